"""Gradients for all steps at once: what hangs off the backward loop, and parameters summed over time."""

from __future__ import annotations

from collections.abc import Callable
from sys import getrefcount

import numpy as np

from . import bulk
from .adjoint import GRADIENT
from .expr import Apply, Expr, Name
from .flow import Flow
from .forward import Forward
from .ops import Array, quietly
from .rules import PREVIOUS


class Sums:
    """Whatever a finished stretch of the backward loop leaves to be worked out when it is asked for.

    `loop` holds what the loop itself forms, `blocks` where a gradient lies among its neighbours, `whole` what has
    been asked for already.
    """

    def __init__(self, forward: Forward, flow: Flow) -> None:
        self.forward, self.flow = forward, flow
        self.length, self.lead, self.dtype = forward.length, forward.lead, forward.dtype
        self.values = forward.part()
        self.outside = {name: np.zeros((self.length, *self.shape(name)), self.dtype) for name in flow.outside}
        self.loop: dict[str, Array] = {}
        self.whole: dict[str, Array] = {}
        self.blocks: dict[str, tuple[Array, int, int]] = {}
        self._totals: dict[str, list[Callable[[], Array]]] = {}
        self._rooms: dict[str, Array] = {}
        self._handed: set[tuple[str, int]] = set()

    def knows(self, symbol: str) -> bool:
        """Whether the symbol is one that is differentiated for (a clock is not)."""
        return symbol in self.flow.terms

    def array(self, symbol: str, first: int = 0, stop: int | None = None) -> Array:
        """dL/dsymbol at steps first..stop: a value, an input, or a state one step earlier as `c_prev`.

        A stretch can be asked for as soon as the loop has run down to its first step.
        """
        stop = self.length if stop is None else stop
        if symbol in self.loop:
            return self.loop[symbol][first:stop]
        if symbol in self.whole:
            return self.whole[symbol][first:stop]
        with quietly():
            result = self._sum(symbol, first, stop)
        if (first, stop) == (0, self.length):
            self.whole[symbol] = result
        return result

    def parameters(self) -> dict[str, Array]:
        """dL/dparameter, summed over all steps and sequences, of every parameter."""
        with quietly():
            return {name: self._parameter(name) for name in self.forward.program.parameter}

    def _parameter(self, name: str) -> Array:
        if name not in self._totals:
            self._totals[name] = [self._over_time(term) for term in self.flow.terms[name]]
        parts = [total() for total in self._totals[name]]
        if not parts:
            return np.zeros_like(self.forward.still[name])
        return np.asarray(sum(parts[1:], parts[0]), self.dtype)

    def _sum(self, symbol: str, first: int, stop: int) -> Array:
        total: Array | None = None
        if symbol in self.outside:
            total = self.outside[symbol][first:stop]
        for term in self.flow.terms[symbol]:
            part = self.evaluate(term, first, stop)
            total = part if total is None else total + part
        if symbol in self.flow.carried:
            later = np.zeros((stop - first, *self.shape(symbol)), self.dtype)
            until = min(stop + 1, self.length)
            later[: until - first - 1] = self.array(symbol + PREVIOUS, first + 1, until)
            total = later if total is None else total + later
        if total is None:
            return np.zeros((stop - first, *self.shape(symbol)), self.dtype)
        return np.broadcast_to(np.asarray(total, self.dtype), (stop - first, *self.shape(symbol)))

    def evaluate(self, term: Expr, first: int, stop: int) -> Array:
        """An adjoint expression at steps first..stop."""
        return bulk.evaluate(term, Env(self, first, stop))

    def shape(self, symbol: str) -> tuple[int, ...]:
        """The shape of a symbol at one step."""
        return self.forward.raw(symbol).shape[1:]

    def _over_time(self, expr: Expr) -> Callable[[], Array]:
        """What sums an expression over steps and sequences; outer products become one matrix product."""
        match expr:
            case Apply("sum", (inner,)):
                return self._over_time(inner)
            case Apply("outer", (Name(name), Name(vector))):
                return self._outer(name.removeprefix(GRADIENT), vector)
            case Apply("outer", (left, right)):
                return lambda: _flat(self._all(left)).T @ self._rows(self._all(right))
            case Apply("mul", (left, right)) if _is_matrix(left):
                total = self._over_time(left)
                return lambda: total() * self.still(right)
            case Apply("mul", (left, right)) if _is_matrix(right):
                total = self._over_time(right)
                return lambda: total() * self.still(left)
            case Apply("neg", (inner,)):
                total = self._over_time(inner)
                return lambda: np.negative(total())
            case Name(name) if name.removeprefix(GRADIENT) in self.blocks:
                block, first, stop = self.blocks[name.removeprefix(GRADIENT)]
                return self._together(f"{id(block)}", lambda: _flat(block).sum(axis=0), first, stop)
        return lambda: _flat(self._all(expr)).sum(axis=0)

    def _outer(self, symbol: str, vector: str) -> Callable[[], Array]:
        if symbol not in self.blocks:
            return lambda: _flat(self.array(symbol)).T @ self._rows(self.values[vector])
        block, first, stop = self.blocks[symbol]
        key = f"{id(block)} {vector}"

        def product() -> Array:
            rows, columns = _flat(block).T, self._rows(self.values[vector])
            return np.matmul(rows, columns, out=self._room(key, (len(rows), columns.shape[-1])))

        return self._together(key, product, first, stop)

    def _room(self, key: str, shape: tuple[int, int]) -> Array:
        """An array for a product: the last one's if nobody holds a part of it any more, since fresh memory is slow."""
        room = self._rooms.pop(key, None)
        # held by the name and by the question; a part of it that was handed out holds it too
        if room is None or getrefcount(room) > 2:
            room = np.empty(shape, self.dtype)
        self._rooms[key] = room
        return room

    def _together(self, key: str, total: Callable[[], Array], first: int, stop: int) -> Callable[[], Array]:
        """Some rows of what is worked out once for a whole block."""
        # two biases of one equation have the same rows: the second gets its own
        shared = (key, first) in self._handed
        self._handed.add((key, first))

        def rows() -> Array:
            if key not in self.whole:
                self.whole[key] = total()
            part = self.whole[key][first:stop]
            return part.copy() if shared else part

        return rows

    def _all(self, expr: Expr) -> Array:
        return self.evaluate(expr, 0, self.length)

    def _rows(self, vector: Array) -> Array:
        """A vector at all steps, one that is the same at each (a parameter) included."""
        if vector.ndim == 1:
            vector = np.broadcast_to(vector, (self.length, *self.lead, len(vector)))
        return _flat(vector)

    def still(self, expr: Expr) -> Array:
        """An expression of parameters and constants."""
        return bulk.evaluate(expr, self.forward.still)


class Env(dict[str, Array]):
    """Values and gradients of a stretch of steps, looked up when asked for."""

    def __init__(self, sums: Sums, first: int, stop: int) -> None:
        super().__init__(sums.forward.still)
        self.sums, self.first, self.stop = sums, first, stop

    def __missing__(self, name: str) -> Array:
        if name.startswith(GRADIENT):
            return self.sums.array(name.removeprefix(GRADIENT), self.first, self.stop)
        return self.sums.values[name][self.first : self.stop]


def _is_matrix(expr: Expr) -> bool:
    match expr:
        case Apply("outer", _):
            return True
        case Apply("mul" | "neg", args):
            return any(_is_matrix(arg) for arg in args)
    return False


def _flat(series: Array) -> Array:
    """(T, ..., size) as (T * ..., size)."""
    return series.reshape(-1, series.shape[-1])
