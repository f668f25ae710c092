"""What a value depends on, what depends on it, and how strongly: every name that is reached, with a number at every step."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from ..ops import Array
from ..trace import Trace
from .asked import Asked
from .fan import Fan
from .fan_plan import ALL, FanPlan
from .norms import frobenius, length
from .point import point
from .rays import Rays
from .reach import Reached, Reads, reached
from .room import LIMITS, Limits, check_bytes
from .tangents import Tangents


@dataclass(frozen=True, slots=True, eq=False)
class Dependencies:
    """One value at a step (`of` by full address, `step` from 1, `unit` from 0 or all of them), and what it has to do with.

    `values` are the values and inputs that the equations connect it with, nearest first, `strength` how strongly the
    numbers do at every step: the Frobenius norm of all derivatives, (T, *lead) in the order of the sequence, T being
    that of the other value's part. 0 says that nothing arrives there, whatever the equations say: a shut gate, or a
    step in the wrong direction of time. (By itself, at its own step, a value's every unit has 1.)
    `parameters` and `initial` are the same for parameters () or (networks,), and for starting states (*lead,); they are
    empty for what depends on a value.
    """

    of: str
    step: int
    unit: int | None
    values: Mapping[str, Reached]
    strength: Mapping[str, Array]
    parameters: Mapping[str, Array]
    initial: Mapping[str, Array]


def dependencies(
    trace: Trace, name: str, *, step: int, unit: int | None = None, limits: Limits = LIMITS
) -> Dependencies:
    """What a value at a step depends on, and how strongly; of all its units or of one.

    Raises NetworkError for an unknown name, one that is not a value, a step or a unit that there is not, and more memory
    than a limit allows.
    """
    at = point(trace, name, step, unit)
    wires = trace.wires
    found = reached(_reads(trace).of, at.full)
    values = {full: each for full, each in found.items() if full not in wires.parameters}
    uses = {full: Asked(wires).uses(full) for full in found if full in wires.parameters}
    seeds = at.seeds()
    rays = Rays(at.run.stack.name, np.full(len(seeds), at.step - 1), {at.full: seeds})
    totals = [use for each in uses.values() for use in each]
    plan = FanPlan(trace, rays, list(values), starts=list(wires.states), totals=totals, keep=ALL)
    check_bytes(plan.bytes(), limits)
    fan = Fan(plan)
    parameters = {}
    for full, each in uses.items():
        total = sum((fan.total(use) for use in each[1:]), fan.total(each[0]))
        rows = np.moveaxis(total, 0, 1) if at.run.many else total[None]
        norms = length(rows.reshape(len(rows), -1))
        parameters[full] = norms if at.run.many else norms[0]
    initial = {state: frobenius(fan.start(state)) for state in wires.states}
    strength = {full: fan.series(full) for full in values}
    return Dependencies(at.full, at.step, at.unit, values, strength, parameters, initial)


def dependents(trace: Trace, name: str, *, step: int, unit: int | None = None, limits: Limits = LIMITS) -> Dependencies:
    """What depends on a value at a step, and how strongly; on all its units or on one.

    Raises NetworkError as `dependencies` does.
    """
    at = point(trace, name, step, unit)
    values = reached(_reads(trace).turned(), at.full)
    tangents = Tangents(trace, at, limits)
    strength = {full: tangents.norms(full) for full in values}
    return Dependencies(at.full, at.step, at.unit, values, strength, {}, {})


def _reads(trace: Trace) -> Reads:
    """What is read in this run."""
    runs = trace.runs.items()
    given = [state for _, run in runs for state in run.stack.states if state not in {*run.handed, *run.learned}]
    return Reads(trace.wires, [name for name, run in runs if run.fed is not None], given)
