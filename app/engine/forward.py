"""The forward half of the plan: a schedule bound to parameters and inputs, ready to run in stretches."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from .blocks import Blocks
from .extent import Extent
from .lower import Lowered
from .ops import Array, quietly
from .program import Program
from .schedule import Block, Schedule
from .sheet import stretch
from .tape import Series

#: how many numbers all values of the runs may have that a plan keeps for the next ones
LARGEST = 8_000_000


class Forward(Blocks):
    """A forward run, laid out once and filled by `load`; its arrays are reused by the next `load`."""

    def __init__(
        self,
        program: Program,
        plan: Schedule,
        extent: Extent,
        *,
        weightless: bool = False,
    ) -> None:
        with quietly():
            super().__init__(program, plan, extent, weightless=weightless)
            self._bind()
        # one sequence has all steps ahead of the loop in a single product, which reads the matrix once
        self._stretch = stretch(self.length, self.numbers_a_step) if self.lead else self.length
        self.numbers = self.numbers_a_step * self.length
        self.is_kept = self.numbers <= LARGEST
        #: gradients of this run whose arrays are free for the next, with what the loss touches
        self.free_backward: list[tuple[object, Any]] = []
        self.ended: Array | None = None
        if extent.masked:
            self.ended = self.rooms.flags(self.length, *self.lead)
            for state in program.states:
                self.tape.add(_zero, self.column(state), Series(self.ended))

    def load(
        self,
        parameters: Mapping[str, Array],
        initial: Mapping[str, Array],
        ended: Array | None = None,
    ) -> None:
        """New numbers; `ended` (T, ...) marks the steps after a sequence's end, which hold zeros.

        Inputs are written into `series` before the steps that read them are run.
        """
        for name in self.program.parameter:
            self.still[name][...] = parameters[name]
        for state in self.program.states:
            self.earlier[state][0] = initial[state]
        if self.ended is not None:
            self.ended[...] = ended
        with quietly():
            for refresh in self.refresh:
                refresh()

    def run(self, first: int, stop: int) -> None:
        """Steps first..stop; stretches are run in order."""
        with quietly():
            for start in range(first, stop, self._stretch):
                end = min(stop, start + self._stretch)
                for prepare in self.ahead:
                    prepare(start, end)
                self.sums.run(start, end)
                self.tape.run(start, end)
                for work in self._after:
                    work(start, end)

    def go_on(self) -> None:
        """Begin again where the last step ended: the next steps are written over these."""
        for state in self.program.states:
            self.before[state][0] = self.rows[state][-1]

    def forget(self) -> None:
        """Free the memory now: the operations hold the run, which would wait until Python looks for such circles."""
        for _, backward in self.free_backward:
            backward.forget()
        vars(self).clear()
        self.is_kept, self.free_backward = False, []

    def _bind(self) -> None:
        self._after: list[Callable[[int, int], None]] = []
        for each in self.plan.ahead:
            self.ahead.append(self.whole(each.expr, self.rows[each.target]))
        for item in self.plan.loop:
            match item:
                case Block():
                    self.block(item)
                case Lowered(target, expr):
                    self.emit(expr, self.rows[target].shape[1], self.column(target))
        for each in self.plan.after:
            self._after.append(self.whole(each.expr, self.rows[each.target]))


def _zero(row: Array, ended: Array) -> None:
    np.copyto(row, 0, where=ended)
