"""The plan: one program arranged for speed. What depends on the program alone is worked out once and kept."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cached_property
from typing import Any, TypeVar

import numpy as np

from .backward import Backward
from .extent import Extent
from .flow import Flow
from .forward import LARGEST, Forward
from .hidden import exposed
from .program import Program
from .schedule import Schedule, schedule

#: how many finished runs are kept for the next ones, if they are not too large, and how many gradients of each
_KEPT = 4
_KEPT_BACKWARD = 2

Run = TypeVar("Run")


class Plan:
    """The fast evaluator of one program; agrees with `evaluate` to rounding."""

    def __init__(self, program: Program) -> None:
        self.program = program
        #: with more values, so that all products run in sums
        self._inner = exposed(program)
        self._flows: dict[frozenset[str], Flow] = {}
        self._free: list[tuple[object, Forward]] = []

    @cached_property
    def schedule(self) -> Schedule:
        return schedule(self._inner, self.flow([self.program.output]))

    def lease(
        self,
        sizes: Mapping[str, int],
        length: int,
        lead: tuple[int, ...],
        dtype: np.dtype[Any],
        *,
        masked: bool = False,
        many: bool = False,
        shared: bool = False,
    ) -> Forward:
        """A run of an `Extent`, to be loaded; `release` it when done with."""
        extent = Extent(dict(sizes), length, lead, dtype, masked, many, shared)
        return _take(self._free, extent) or Forward(self.program, self.schedule, extent)

    def release(self, run: Forward) -> None:
        """Give a run's arrays back: laying them out costs more than a short sequence's numbers do."""
        if not run.is_kept:
            run.forget()
            return
        self._free.append((run.extent, run))
        while len(self._free) > _KEPT or self._kept() > LARGEST:
            self._free.pop(0)[1].forget()

    def _kept(self) -> int:
        """How many numbers the runs have that are kept; another thread may be forgetting one of them."""
        return sum(vars(run).get("numbers", 0) for _, run in self._free.copy())

    def lease_backward(self, forward: Forward, outside: frozenset[str]) -> Backward:
        """The gradients of a run whose loss touches the values `outside`, to be loaded."""
        return _take(forward.free_backward, outside) or Backward(forward, self.flow(outside))

    def release_backward(self, run: Backward) -> None:
        """The same for gradients; they stay with the forward run whose numbers they read."""
        forward = run.forward
        forward.free_backward.append((run.flow.outside, run))
        while len(forward.free_backward) > (_KEPT_BACKWARD if forward.is_kept else 0):
            forward.free_backward.pop(0)[1].forget()

    def flow(self, outside: Collection[str]) -> Flow:
        """How gradients flow when the loss touches these values."""
        key = frozenset(outside)
        if key not in self._flows:
            self._flows[key] = Flow(self._inner, key)
        return self._flows[key]


def _take(free: list[tuple[object, Run]], key: object) -> Run | None:
    """A free run of that key, the newest first; another thread may be quicker."""
    for entry in reversed(free.copy()):
        if entry[0] == key:
            try:
                free.remove(entry)
            except ValueError:
                continue
            return entry[1]
    return None
