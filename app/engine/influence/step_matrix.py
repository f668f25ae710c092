"""One step of memory as a matrix: how the states after a step depend on the states before it, and products of these.

Through many steps a change goes by the product of their matrices (Pascanu, Mikolov & Bengio 2013, equation 5).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from math import prod

import numpy as np

from ..address import Names, parse
from ..check import check_step
from ..description import FORWARD
from ..ops import Array, quietly
from ..place import Place
from ..problems import NetworkError, Problem
from ..rules import PREVIOUS
from ..run import Run
from ..trace import Trace
from .descent import down, order
from .fan_walk import Given, add
from .norms import frobenius, radius, spectral
from .pull import Pull
from .rays import turned
from .room import LIMITS, Limits, check_bytes

#: numbers of one gradient that are worked on at a time: larger arrays are new memory every time, which takes longer than they do
_STRETCH = 1 << 13


@dataclass(frozen=True, eq=False)
class StepMatrices:
    """dS_t/dS_{t-1} for all states S side by side: `matrices` (T, *lead, n, n), in the order of the sequence.

    `states` are their full addresses with the rows first..stop that each has. All states before the step are moved
    freely, each without the others. Where a place reads backward, "before" is the step after. Zero after a sequence's
    end.
    """

    run: Run
    names: Names
    states: Mapping[str, tuple[int, int]]
    matrices: Array
    backward: bool

    def block(self, of: str, wrt: str, matrices: Array | None = None) -> Array:
        """(T, *lead, m, k): one state after the step by another before it, by any spelling; or that part of `matrices`."""
        rows, columns = (self.states[self.names.full(name)] for name in (of, wrt))
        whole = self.matrices if matrices is None else matrices
        return whole[..., slice(*rows), slice(*columns)]

    @cached_property
    def frobenius(self) -> Array:
        """(T, *lead): square root of the sum of all squares."""
        return frobenius(self.matrices)

    @cached_property
    def spectral(self) -> Array:
        """(T, *lead): the largest singular value, the most that one step can lengthen a change of the states."""
        return spectral(self.matrices)

    @cached_property
    def radius(self) -> Array:
        """(T, *lead): the largest magnitude of an eigenvalue (Pascanu, Mikolov & Bengio 2013, section 2.1)."""
        return radius(self.matrices)

    def products(self, step: int) -> Array:
        """dS_t/dS_s of one step t (from 1) for all s, (T, *lead, n, n): the matrices of the steps between, multiplied.

        The identity at t itself, zero where t does not come after s. Raises NetworkError for a step that there is not.
        """
        check_step(step, self.run.length)
        found = np.zeros_like(self.matrices)
        found[step - 1] = np.eye(self.matrices.shape[-1])
        if self.run.ended is not None:
            found[step - 1][self.run.ended[step - 1]] = 0
        steps = range(step - 1, self.run.length - 1) if self.backward else range(step - 1, 0, -1)
        with quietly():
            for at in steps:
                to = at + 1 if self.backward else at - 1
                np.matmul(found[at], self.matrices[at], out=found[to])
                if self.run.ended is not None:
                    found[to][self.run.ended[to]] = 0
        return found


def step_matrices(trace: Trace, name: str | None = None, *, limits: Limits = LIMITS) -> StepMatrices:
    """The matrices of the layer in which a symbol lies; without one, of all layers of the last part together.

    Raises NetworkError for an unknown name, a layer without memory, all layers when one of them reads backward or the
    part is fed its own output (which is memory, too), and more memory than a limit allows.
    """
    run, places = _places(trace, name)
    states: dict[str, tuple[int, int]] = {}
    count = 0
    for place in reversed(places):
        for state in place.program.states:
            size = place.sizes[place.program.value[state].size]
            states[place.address(state)] = count, count + size
            count += size
    steps, lead = run.length, prod(run.lead)
    pulls = _pulls(run, places)
    widths = [run.runs[prefix].raw(name).shape[-1] for prefix, pull in pulls.items() for name in pull.forms]
    stretch = max(1, _STRETCH // (lead * count * max(widths)))
    check_bytes((steps * count + min(stretch, steps) * sum(widths)) * lead * count * run.dtype.itemsize, limits)
    found = np.zeros((steps, *run.lead, count, count), run.dtype)
    with quietly():
        for first in range(0, steps, stretch):
            _fill(run, places, pulls, states, slice(first, min(first + stretch, steps)), found)
    backward = places[0].direction != FORWARD
    found = turned(run, places[0], found)
    if run.ended is not None:
        found = np.where(run.ended[..., None, None], run.dtype.type(0), found)
    return StepMatrices(run, trace.wires.names, states, found, backward)


def _pulls(run: Run, places: list[Place]) -> dict[str, Pull]:
    touched: dict[str, set[str]] = {place.prefix: set(place.program.states) for place in places}
    found: dict[str, Pull] = {}
    for place in places:
        wanted = {state + PREVIOUS for state in place.program.states}
        if place is not places[-1]:
            wanted.update(place.program.inputs)
        found[place.prefix] = Pull(run.runs[place.prefix], touched[place.prefix], wanted)
        for step in down(run.stack, place):
            if step.target.prefix in touched and step.name in found[place.prefix].forms:
                touched[step.target.prefix].add(step.symbol)
    return found


def _fill(
    run: Run,
    places: list[Place],
    pulls: Mapping[str, Pull],
    states: Mapping[str, tuple[int, int]],
    steps: slice,
    into: Array,
) -> None:
    """The rows of some steps: every state's every unit is a loss of its own, and goes back by one step."""
    eye = np.eye(into.shape[-1], dtype=run.dtype)
    given: Given = {}
    for place in places:
        outside = given.pop(place.prefix, {})
        for state in place.program.states:
            first, stop = states[place.address(state)]
            add(outside, state, eye[:, first:stop])
        found = pulls[place.prefix].step(steps, outside, {})
        for state in place.program.states:
            if state + PREVIOUS in found:
                first, stop = states[place.address(state)]
                into[steps, ..., first:stop] = found[state + PREVIOUS]
        for step in down(run.stack, place):
            if step.target.prefix in pulls and step.name in found:
                part = found[step.name][..., step.first : step.stop]
                add(given.setdefault(step.target.prefix, {}), step.symbol, part)


def _places(trace: Trace, name: str | None) -> tuple[Run, list[Place]]:
    """The part that is meant, and its layers with memory from above."""
    if name is not None:
        full = trace.wires.value(name)
        run = trace.runs[parse(full).part]
        places = [place for place in run.places if full.startswith(place.prefix) and place.program.states]
        if not places:
            said = f"'{name}' lies in no layer with memory"
            raise _refusal("no-states", said, "name a value of a layer that has states", name)
        return run, places
    run = list(trace.runs.values())[-1]
    places = [place for place in order(run.stack) if place.program.states]
    if not places:
        raise _refusal("no-states", "no layer has memory", "give the network a layer that has states", run.stack.name)
    backward = [place for place in places if place.direction != FORWARD]
    if len(places) > 1 and backward:
        short = trace.wires.names.short(backward[0].address(backward[0].program.states[0]))
        said = f"'{short}' reads backward, so the layers have no step in common"
        raise _refusal("reads-backward", said, "ask for one layer at a time", short)
    if run.fed is not None:
        short = trace.wires.names.short(run.fed)
        said = f"'{short}' is fed back, so that the states are not all that is remembered"
        raise _refusal("fed-back", said, "ask for one layer at a time", short)
    return run, places


def _refusal(code: str, message: str, hint: str, name: str) -> NetworkError:
    return NetworkError([Problem(code, message, {"name": name}, hint, field=name)])
