"""How one value depends on another over time: the matrices of all derivatives of the one by the other.

These are total derivatives: whatever else depends on the earlier value moves along with it. (With a state's value
everything of its own step moves that reads it, such as h with c in an LSTM; with a state one step earlier, `c_prev`,
nothing does but what reads that: see `step_matrices` for the two side by side.)
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from ..ops import Array
from ..trace import Trace
from .asked import Asked
from .fan import Fan
from .fan_plan import FanPlan
from .norms import frobenius, spectral
from .point import point
from .rays import Rays
from .room import LIMITS, Limits, check_bytes
from .tangents import Tangents


@dataclass(frozen=True, eq=False)
class Jacobian:
    """d of_t / d wrt_s: `matrices` (T, *lead, m, n), m being the size of `of`, n that of `wrt` (both full addresses).

    `step` (from 1) is t, and there is a matrix for each s; or `onward`, it is s, and there is one for each t.
    """

    of: str
    wrt: str
    step: int
    matrices: Array
    onward: bool = False

    @cached_property
    def frobenius(self) -> Array:
        """(T, *lead): square root of the sum of all squares."""
        return frobenius(self.matrices)

    @cached_property
    def spectral(self) -> Array:
        """(T, *lead): the largest singular value."""
        return spectral(self.matrices)


def jacobian(trace: Trace, of: str, wrt: str, *, step: int, limits: Limits = LIMITS) -> Jacobian:
    """How a value at a step (from 1) depends on a value, input or state one step earlier at every step.

    A batch keeps its axis: each sequence's value by the same sequence's. Raises NetworkError for unknown names, what is
    not a value, a step that there is not, and more memory than a limit allows.
    """
    at = point(trace, of, step)
    asked = Asked(trace.wires)
    wanted = asked.series(wrt)
    asked.check()
    seeds = at.seeds()
    rays = Rays(at.run.stack.name, np.full(len(seeds), at.step - 1), {at.full: seeds})
    plan = FanPlan(trace, rays, wanted)
    check_bytes(plan.bytes(), limits)
    return Jacobian(at.full, wanted[0], at.step, Fan(plan).series(wanted[0]))


def jacobian_from(trace: Trace, wrt: str, of: str, *, step: int, limits: Limits = LIMITS) -> Jacobian:
    """How a value at every step depends on a value at one step (from 1): what becomes of it.

    A batch keeps its axis. Raises NetworkError for unknown names, what is not a value, a step that there is not, and
    more memory than a limit allows.
    """
    at = point(trace, wrt, step)
    full = point(trace, of, 1).full
    return Jacobian(full, at.full, at.step, Tangents(trace, at, limits, [full]).matrices(full), onward=True)
