"""Expressions of the forward loop as operations on its tape."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np

from . import bulk
from .evaluate import periods
from .expr import Apply, Expr, Name, names
from .extent import Extent
from .lower import Lowered
from .ops import OPS, Array, every
from .program import Program
from .rules import PREVIOUS
from .schedule import Schedule, members_of
from .sheet import Sheet
from .steady import Steady
from .storage import Storage
from .tape import Column, Series, Still, Tape

#: numbers of which quotients are found sooner than reciprocals
_MANY = 500

#: works something out for steps first..stop
Stretch = Callable[[int, int], None]


class Steps(Storage):
    """Adds to `tape` what a step needs, to `ahead` and `sums` what a stretch needs before, to `refresh` what a run needs."""

    def __init__(
        self,
        program: Program,
        plan: Schedule,
        extent: Extent,
        *,
        weightless: bool = False,
    ) -> None:
        super().__init__(program, plan, extent, weightless=weightless)
        self.columns: dict[str, Column] = {}
        self.tape = Tape(self.length)
        self.refresh: list[Callable[[], object]] = []
        self.ahead: list[Stretch] = []
        #: what of the blocks' sums is known before the loop; it may read what `ahead` works out
        self.sums = Sheet(self.length, self.numbers_a_step, self.rooms)
        self.steadily = Steady(self, self.rooms, self.refresh)
        #: by vector: the result of all its recurrent products, and where each target's part begins in it
        self._products: dict[str, tuple[Array, dict[str, int]]] = {}
        self._in_loop = {each.target for each in plan.loop if isinstance(each, Lowered)}
        for member in members_of(plan):
            self._in_loop.update(filter(None, (member.target, member.activation)))

    def column(self, name: str) -> Column:
        """The column of a name, one and the same object each time so that its rows are drawn once."""
        if name not in self.columns:
            array = self.stored(name)
            self.columns[name] = Still(array) if name in self.steady else Series(array)
        return self.columns[name]

    def whole(self, expr: Expr, into: Array) -> Stretch:
        """What works an expression out for a stretch of steps, in whole-array operations."""
        if isinstance(expr, Apply) and expr.op == "every":
            clock = self.rooms.empty(*into.shape[:2], *(1,) * len(self.lead))
            if not self.rooms.weightless:
                for t in range(self.length):
                    clock[t].flat = every(into.shape[1], t + 1, *periods(expr))
            return lambda first, stop: np.copyto(into[first:stop], clock[first:stop])

        def work(first: int, stop: int) -> None:
            def lookup(name: str) -> Array:
                return self.inner(name, first, stop)

            bulk.evaluate(expr, lookup, self.layout, into[first:stop])

        return work

    def emit(self, expr: Expr, width: int, out: Column | None = None) -> Column:
        """Operations that work the expression out at each step; the column that holds the result."""
        if out is None and not isinstance(expr, Name) and not self._moves(expr):
            return self._hoist(expr, width)
        match expr:
            case Name(id) if out is None:
                return self.column(id)
            case Apply("matmul", (matrix, vector)):
                values = self.steadily.array(matrix)
                column = self.emit(vector, values.shape[1])
                out = out or self.scratch(values.shape[0])
                self.layout.multiply(self.tape, self.refresh, values, column, out)
            case Apply("add" | "sub" | "mul" as op, (left, right)):
                first = self.emit(left, width)
                second = self.emit(right, width)
                out = out or self.scratch(width)
                self.tape.add(OPS[op].compute, first, second, out)
            case Apply("clip", (inner, low, high)):
                column = self.emit(inner, width)
                out = out or self.scratch(width)
                self.tape.add(bulk.clip, column, self.emit(low, width), self.emit(high, width), out)
            case Apply(op, (inner,)) if OPS[op].activation or op == "neg":
                column = self.emit(inner, width)
                out = out or self.scratch(width)
                self.activate(op, column, out, flipped=False)
            case _:
                out = out or self.scratch(width)
                self.tape.add(np.positive, self.emit(expr, width), out)
        return out

    def activate(self, op: str, source: Column, out: Column, *, flipped: bool) -> None:
        """A function of one column into another; `flipped` where its argument is stored with the opposite sign."""
        match op:
            case "sigmoid":
                if not flipped:
                    self.tape.add(np.negative, source, out)
                    source = out
                # NumPy is slower where a result takes the place of what it is worked out of
                between = self.scratch(out.array.shape[0 if isinstance(out, Still) else 1])
                self.tape.add(np.exp, source, out)
                one = self._one(between)
                self.tape.add(np.add, out, one, between)
                # the same bits: of many numbers NumPy finds quotients in half the time, of few the call is what counts
                if between.array.size >= _MANY:
                    self.tape.add(np.divide, one, between, out)
                else:
                    self.tape.add(np.reciprocal, between, out)
            case "tanh" | "exp" | "neg" | "identity":
                self.tape.add(OPS[op].compute, source, out)
            case _ if OPS[op].elementwise:
                self.tape.add(partial(_into, OPS[op].compute), source, out)
            case _:
                self.tape.add(partial(_into, partial(self.layout.along, OPS[op].compute)), source, out)

    def scratch(self, width: int) -> Still:
        return Still(self.rooms.empty(width, *self.lead))

    def _one(self, like: Still) -> Still:
        """1 for every number of a vector, since NumPy is slower with a number beside one; for a whole matrix a number."""
        if self.lead:
            return Still(np.asarray(1, self.dtype))
        ones = self.rooms.empty(*like.array.shape)
        if not self.rooms.weightless:
            ones[...] = 1
        return Still(ones)

    def _moves(self, expr: Expr) -> bool:
        """Whether an expression reads anything that only the loop knows."""
        return any(name in self._in_loop or name.endswith(PREVIOUS) for name in names(expr))

    def _hoist(self, expr: Expr, width: int) -> Column:
        """A part of an expression that can be worked out before the loop."""
        if all(name in self.steady for name in names(expr)):
            return Still(self.steadily.array(expr))
        room = self.rooms.empty(self.length, width, *self.lead)
        self.ahead.append(self.whole(expr, room))
        return Series(room)


def _into(function: Callable[[Array], Array], source: Array, out: Array) -> None:
    out[...] = function(source)
