"""Terms of the backward loop as operations on its tape."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np

from . import bulk
from .adjoint import GRADIENT
from .expr import Apply, Expr, Name, Number
from .flow import Flow, gradients, linear
from .forward import Forward
from .ops import OPS, Array
from .sums import Sums
from .tape import Column, Series, Still, Tape


class Terms(Sums):
    """Adds to `tape` what a term needs at each step, and to `refresh` what it needs once a run."""

    def __init__(self, forward: Forward, flow: Flow) -> None:
        super().__init__(forward, flow)
        self.columns: dict[str, Column] = {}
        self.tape = Tape()
        self.refresh: list[Callable[[], object]] = []

    def term(self, term: Expr, out: Column | None) -> Column:
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
            inner = self.shape(part.of)[-1]
            scratch = self.scratch(inner)
            local = self.local(part.factors, inner)
            self.tape.add(np.multiply, source, Series(local), scratch)
            source = scratch
        target = out or self.scratch(width)
        self.multiply(self.steady(part.matrix), source, target)
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
                self.multiply(self.steady(matrix), source, out)
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
            between = Still(np.empty_like(out.array if isinstance(out, Still) else out.array[0]))
            self.tape.add(np.add, total, part, between)
            total = between
        self.tape.add(np.add, total, parts[-1], out)

    def local(self, factors: tuple[Expr, ...], width: int) -> Array:
        if len(factors) == 1 and isinstance(factors[0], Name) and factors[0].id not in self.forward.still:
            return self.forward.raw(factors[0].id)
        room = np.empty((self.length, *self.lead, width), self.dtype)
        self.factor(factors, room)
        return room

    def factor(self, factors: tuple[Expr, ...], out: Array) -> None:
        """The product of local derivatives at all steps, worked out again at every `load`."""
        # what is stored with the opposite sign is the argument of a sigmoid alone, and its derivative needs the value
        bulk.prepare(factors or (Number(1.0),), self.forward.raw, out, self.refresh)

    def steady(self, expr: Expr) -> Array:
        """The array of an expression of parameters and constants, worked out again at every `load`."""
        if isinstance(expr, Name):
            return self.forward.still[expr.id]
        room = np.array(self.still(expr), self.dtype)
        self.refresh.append(partial(bulk.evaluate, expr, self.forward.still, out=room))
        return room

    def stack(self, parts: list[Expr]) -> Array:
        """Steady expressions one below the other."""
        names = [part.id if isinstance(part, Name) else "" for part in parts]
        together = self.forward.adjoining(names)
        if together is not None:
            return together
        arrays = [self.steady(part) for part in parts]
        if len(arrays) == 1:
            return arrays[0]
        whole = np.concatenate(arrays)
        self.refresh.append(partial(np.concatenate, arrays, out=whole))
        return whole

    def multiply(self, matrix: Array, vector: Column, out: Column) -> None:
        """Rows times matrix, which is the transposed matrix times a column."""
        if self.lead:
            self.tape.add(np.matmul, vector, Still(matrix), out)
        else:
            self.tape.add(matrix.T.dot, vector, out)

    def is_late(self, term: Expr) -> bool:
        return any(of in self.flow.late for of in gradients(term))

    def gradient(self, symbol: str) -> Array:
        """The array that the loop reads a gradient from; what does not wait for it is filled at every `load`."""
        if symbol not in self.loop:
            early = np.empty((self.length, *self.shape(symbol)), self.dtype)
            self.refresh.append(lambda: np.copyto(early, self.array(symbol)))
            return early
        return self.loop[symbol]

    def column(self, symbol: str) -> Column:
        if symbol not in self.columns:
            self.columns[symbol] = Series(self.gradient(symbol))
        return self.columns[symbol]

    def scratch(self, width: int) -> Still:
        return Still(np.empty((*self.lead, width), self.dtype))

    def _width(self, expr: Expr) -> int:
        match expr:
            case Number():
                return 1
            case Name(id):
                value = self.forward.raw(id.removeprefix(GRADIENT))
                return value.shape[-1] if value.ndim else 1
            case Apply("matmul", (matrix, _)):
                return len(self.still(matrix))
            case Apply("total"):
                return 1
            case Apply(_, args):
                return max(self._width(arg) for arg in args)


def _total(source: Array, out: Array) -> None:
    np.sum(source, axis=-1, keepdims=True, out=out)
