"""Terms of the backward loop as operations on its tape."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from .adjoint import GRADIENT
from .bulk import Preparing
from .expr import Apply, Expr, Name, Number, names
from .flow import Flow, gradients, linear
from .forward import Forward
from .ops import OPS, Array, quietly
from .sheet import Sheet
from .steady import Steady
from .sums import Sums
from .tape import Column, Series, Still, Tape


class Terms(Sums):
    """Adds to `tape` what a term needs at each step, and to `refresh` what it needs once a run."""

    def __init__(self, forward: Forward, flow: Flow) -> None:
        super().__init__(forward, flow)
        self.columns: dict[str, Column] = {}
        self.tape = Tape(self.length, backward=True)
        self.refresh: list[Callable[[], object]] = []
        #: local derivatives, a stretch of steps at once
        self.sheet = Sheet(self.length, forward.numbers_a_step, self.rooms)
        #: by symbol, what works its gradient out when it is asked for, and where
        self._hanging: dict[str, tuple[Sheet, Array]] = {}
        self.steadily = Steady(forward, self.rooms, self.refresh)

    def rows(self, symbol: str, first: int, stop: int) -> Array:
        """As in `Sums`; what is a multiple of a gradient of the loop is laid out once, for the whole sequence."""
        if symbol not in self.loop and symbol not in self.whole:
            root, factors = self.flow.resolve(symbol)
            if root in self.loop and not factors:
                return self.loop[root][first:stop]
            if root in self.loop and (first, stop) == (0, self.length):
                self.whole[symbol] = self._multiplied(symbol)
        return super().rows(symbol, first, stop)

    def lay_out(self, symbol: str) -> tuple[Sheet, Array]:
        """What works out a gradient that is a multiple of one of the loop, and where."""
        if symbol not in self._hanging:
            root, factors = self.flow.resolve(symbol)
            sheet = self.sheet.another()
            room = self.rooms.empty(self.length, *self.shape(symbol))
            Preparing(sheet, self.layout, self._factor_column).product((Name(GRADIENT + root), *factors), Series(room))
            self._hanging[symbol] = sheet, room
        return self._hanging[symbol]

    def _multiplied(self, symbol: str) -> Array:
        sheet, room = self.lay_out(symbol)
        with quietly():
            for first, stop in sheet.stretches(0, self.length):
                sheet.run(first, stop)
        return room

    def term(self, term: Expr, out: Column | None) -> Column:
        """Operations that work a term out at each step; the column that holds the result."""
        part = linear(term)
        if part is None:
            return self._emit(term, out)
        width = self._width(term)
        if part.matrix is None:
            root, factors = self.flow.resolve(part.of)
            factors += part.factors
            if not factors:
                return self.column(root)
            target = out or self.scratch(width)
            local = self.local(factors, width)
            self.tape.add(np.multiply, self.column(root), Series(local), target)
            return target
        source = self.column(part.of)
        if part.factors:
            inner = self.shape(part.of)[0]
            scratch = self.scratch(inner)
            local = self.local(part.factors, inner)
            self.tape.add(np.multiply, source, Series(local), scratch)
            source = scratch
        target = out or self.scratch(width)
        self.multiply(self.steadily.array(part.matrix), source, target)
        if part.after:
            local = self.local(part.after, width)
            self.tape.add(np.multiply, target, Series(local), target)
        return target

    def _emit(self, expr: Expr, out: Column | None) -> Column:
        """Any other expression, operation by operation."""
        match expr:
            case Name(id) if id.startswith(GRADIENT):
                return self.column(id.removeprefix(GRADIENT))
            case _ if not gradients(expr):
                return Series(self.local((expr,), self._width(expr)))
            case Apply("add" | "sub" | "mul" as op, (left, right)):
                a, b = self._emit(left, None), self._emit(right, None)
                out = out or self.scratch(self._width(expr))
                self.tape.add(OPS[op].compute, a, b, out)
            case Apply("matmul", (Apply("transpose", (matrix,)), inner)):
                source = self._emit(inner, None)
                out = out or self.scratch(self._width(expr))
                self.multiply(self.steadily.array(matrix), source, out)
            case Apply("total", (inner,)):
                source = self._emit(inner, None)
                out = out or self.scratch(1)
                self.tape.add(_total, source, out)
            case Apply(op, (inner,)):
                source = self._emit(inner, None)
                out = out or self.scratch(self._width(expr))
                self.tape.add(OPS[op].compute, source, out)
            case _:
                raise AssertionError(f"no such term: {expr}")
        return out

    def add_up(self, parts: list[Column], out: Column) -> None:
        """The sum of columns, the last addition writing it where it belongs."""
        if len(parts) == 1:
            if parts[0] is not out:
                self.tape.add(np.positive, parts[0], out)
            return
        total = parts[0]
        for part in parts[1:-1]:
            between = self.scratch(out.array.shape[0 if isinstance(out, Still) else 1])
            self.tape.add(np.add, total, part, between)
            total = between
        self.tape.add(np.add, total, parts[-1], out)

    def local(self, factors: tuple[Expr, ...], width: int) -> Array:
        """The product of local derivatives at all steps, (T, width, ...)."""
        if len(factors) == 1 and isinstance(factors[0], Name) and factors[0].id not in self.forward.steady:
            return self.forward.stored(factors[0].id)
        room = self.rooms.empty(self.length, width, *self.lead)
        self.factor(factors, room)
        return room

    def factor(self, factors: tuple[Expr, ...], out: Array) -> None:
        """The same in a given place, worked out before the loop runs a stretch of steps."""
        preparing = Preparing(self.sheet, self.layout, self._factor_column)
        preparing.product(factors or (Number(1.0),), Series(out))

    def _factor_column(self, expr: Expr) -> Column | None:
        match expr:
            case Number(value):
                return Still(np.asarray(value, self.dtype))
            case Name(id) if id.startswith(GRADIENT):
                return Series(self.loop[id.removeprefix(GRADIENT)])
            case Name(id) if id not in self.forward.steady:
                # what is stored with the opposite sign is the argument of a sigmoid alone, whose derivative needs the value
                return Series(self.forward.stored(id))
            case _ if self.forward.steady.keys() >= set(names(expr)):
                return Still(self.steadily.array(expr))
        return None

    def multiply(self, matrix: Array, vector: Column, out: Column) -> None:
        """The transposed matrix times a column."""
        self.layout.multiply(self.tape, self.refresh, self.layout.transposed(matrix), vector, out)

    def is_late(self, term: Expr) -> bool:
        """Whether a term has to wait for the loop."""
        return any(of in self.flow.late for of in gradients(term))

    def gradient(self, symbol: str) -> Array:
        """The array that the loop reads a gradient from; what does not wait for it is filled at every `load`."""
        if symbol not in self.loop:
            early = self.rooms.empty(self.length, *self.shape(symbol))
            self.refresh.append(lambda: np.copyto(early, self.rows(symbol, 0, self.length)))
            return early
        return self.loop[symbol]

    def column(self, symbol: str) -> Column:
        """The column of a gradient, one and the same object each time so that its rows are drawn once."""
        if symbol not in self.columns:
            self.columns[symbol] = Series(self.gradient(symbol))
        return self.columns[symbol]

    def scratch(self, width: int) -> Still:
        return Still(self.rooms.empty(width, *self.lead))

    def _width(self, expr: Expr) -> int:
        match expr:
            case Number():
                return 1
            case Name(id) if id.startswith(GRADIENT):
                return self.shape(id.removeprefix(GRADIENT))[0]
            case Name(id) if id in self.forward.steady:
                value = self.forward.steady[id]
                return len(value) if value.ndim else 1
            case Name(id):
                return self.shape(id)[0]
            case Apply("matmul", (matrix, _)):
                return self.steadily.shape(matrix)[0]
            case Apply("total"):
                return 1
            case Apply(_, args):
                return max(self._width(arg) for arg in args)


def _total(source: Array, out: Array) -> None:
    np.sum(source, axis=0, keepdims=True, out=out)
