"""A gradient itemised through time: how much of it each later step's loss contributes.

Where a loss is a sum over steps, its gradient is one, too: dL/dv_s = sum over t of dL_t/dv_s (Pascanu, Mikolov & Bengio
2013, equation 3).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import ArrayLike

from ..address import parse
from ..check import as_named
from ..ops import Array
from ..problems import Problem
from ..trace import Trace
from .asked import Asked
from .fan import Fan
from .fan_plan import EACH, FULL, FanPlan
from .norms import length
from .rays import Rays
from .room import LIMITS, Limits, check_bytes, check_steps


class Itemised:
    """Tables of dL_t/dv_s, by any spelling of a name that was asked for; the first axis is t, the loss's step."""

    def __init__(self, trace: Trace, fan: Fan) -> None:
        self._trace, self._fan = trace, fan

    def table(self, name: str) -> Array:
        """(T, T, *lead, size) of a value, an input or a state one step earlier: [t, s] is dL_t/dv_s.

        Its sum over t is the total gradient. Not there where only norms were asked for.
        """
        assert self._fan.plan.is_full, "only norms were asked for"
        return np.moveaxis(self._fan.series(self._trace.wires.value(name)), -2, 0)

    def norms(self, name: str) -> Array:
        """(T, T, *lead): Euclidean norms of the table's entries over the units."""
        series = self._fan.series(self._trace.wires.value(name))
        return np.moveaxis(length(series) if self._fan.plan.is_full else series, -1, 0)

    def initial(self, name: str) -> Array:
        """(T, *lead, size): each step's loss by a state before the first step that its place reads."""
        (full,) = Asked(self._trace.wires).states([name])
        return np.moveaxis(self._fan.start(full), -2, 0)

    def parameters(self, name: str) -> Array:
        """(T, *shape), or (T, networks, *shape): each step's loss by a parameter, over all places that have it."""
        asked = Asked(self._trace.wires)
        (full,) = asked.parameters([name])
        parts = [self._fan.total(use) for use in asked.uses(full)]
        return np.asarray(sum(parts[1:], parts[0]))


def itemised(
    trace: Trace,
    outside: Mapping[str, ArrayLike],
    symbols: str | Sequence[str],
    *,
    initial: Sequence[str] = (),
    parameters: Sequence[str] = (),
    only_norms: bool = False,
    limits: Limits = LIMITS,
) -> Itemised:
    """Tables over time of some symbols, for a loss of which each step's dL/dv is given as for `trace.gradient`.

    `symbols` are values, inputs or states one step earlier; `initial` starting states and `parameters` parameters whose
    gradients are wanted for each step's loss. With `only_norms` the tables hold norms alone and take that much less.
    A batch keeps its axis: every sequence has tables of its own, and parameters sum over it. `itemised_bytes` tells the
    memory before. Raises NetworkError for what `trace.gradient` refuses, unknown symbols, losses on several parts, and
    what is over a limit.
    """
    plan = _plan(trace, outside, symbols, initial, parameters, only_norms=only_norms)
    check_steps(plan.rays.count, limits)
    check_bytes(plan.bytes(), limits)
    return Itemised(trace, Fan(plan))


def itemised_bytes(
    trace: Trace,
    outside: Mapping[str, ArrayLike],
    symbols: str | Sequence[str],
    *,
    initial: Sequence[str] = (),
    parameters: Sequence[str] = (),
    only_norms: bool = False,
) -> int:
    """The memory that `itemised` takes for its arrays, at most."""
    return _plan(trace, outside, symbols, initial, parameters, only_norms=only_norms).bytes()


def _plan(
    trace: Trace,
    outside: Mapping[str, ArrayLike],
    symbols: str | Sequence[str],
    initial: Sequence[str],
    parameters: Sequence[str],
    *,
    only_norms: bool,
) -> FanPlan:
    given = given_outside(trace, outside)
    asked = Asked(trace.wires)
    wanted, starts, totals = asked.series(symbols), asked.states(initial), asked.parameters(parameters)
    parts = list(dict.fromkeys(parse(full).part for full in given)) or list(trace.runs)[-1:]
    if len(parts) > 1:
        said, hint = f"the loss touches several parts: {', '.join(parts)}", "ask for one part's steps at a time"
        asked.problems.append(Problem("several-parts", said, {"parts": ", ".join(parts)}, hint, field="outside"))
    asked.check()
    rays = Rays(parts[0], np.arange(trace.runs[parts[0]].length), given)
    uses = [use for full in totals for use in asked.uses(full)]
    return FanPlan(trace, rays, wanted, starts=starts, totals=uses, keep=EACH if only_norms else FULL)


def given_outside(trace: Trace, outside: Mapping[str, ArrayLike]) -> dict[str, Array]:
    """dL/dv as given to `trace.gradient`, by full address.

    Raises NetworkError for unknown names and other shapes.
    """
    shapes = {
        name: (run.length, *run.lead, *shape) for run in trace.runs.values() for name, shape in run.stack.values.items()
    }
    return as_named(outside, trace.wires.names, shapes, "values", next(iter(trace.runs.values())).dtype)
