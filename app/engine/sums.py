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

    All in the layout of the run: `loop` holds what the loop itself forms, `blocks` where a gradient lies among its
    neighbours, `whole` what has been asked for already.
    """

    def __init__(self, forward: Forward, flow: Flow) -> None:
        self.forward, self.flow = forward, flow
        self.length, self.lead, self.dtype = forward.length, forward.lead, forward.dtype
        self.layout = forward.layout
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

        A stretch can be asked for as soon as the loop has run down to its first step. An input that all read has a
        gradient for each of them.
        """
        return self.layout.outward(self.rows(symbol, first, self.length if stop is None else stop))

    def rows(self, symbol: str, first: int, stop: int) -> Array:
        """The same in the layout of the run."""
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
        """dL/dparameter of every parameter, summed over all steps and, unless there are many networks, sequences."""
        with quietly():
            return {name: self._parameter(name) for name in self.forward.program.parameter}

    def _parameter(self, name: str) -> Array:
        if name not in self._totals:
            self._totals[name] = [self._over_time(term) for term in self.flow.terms[name]]
        totals = self._totals[name]
        if not totals:
            return np.zeros_like(self.forward.still[name])
        found = totals[0]()
        for total in totals[1:]:
            found = found + total()
        return self.layout.outward_total(found)

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
            later[: until - first - 1] = self.rows(symbol + PREVIOUS, first + 1, until)
            total = later if total is None else total + later
        shape = (stop - first, *self.shape(symbol))
        if total is None:
            return np.zeros(shape, self.dtype)
        return total if total.shape == shape else np.broadcast_to(total, shape)

    def evaluate(self, expr: Expr, first: int, stop: int, out: Array | None = None) -> Array:
        """An adjoint expression at steps first..stop."""

        def lookup(name: str) -> Array:
            if name.startswith(GRADIENT):
                return self.rows(name.removeprefix(GRADIENT), first, stop)
            return self.forward.inner(name, first, stop)

        return bulk.evaluate(expr, lookup, self.layout, out)

    def shape(self, symbol: str) -> tuple[int, ...]:
        """The shape of a gradient at one step, in the layout of the run."""
        return (self.forward.stored(symbol).shape[1], *self.lead)

    def _over_time(self, expr: Expr) -> Callable[[], Array]:
        """What sums an expression over steps and sequences; outer products become one matrix product."""
        match expr:
            case Apply("sum", (inner,)):
                return self._over_time(inner)
            case Apply("outer", (Name(name), Name(vector))):
                return self._outer(name.removeprefix(GRADIENT), vector)
            case Apply("outer", (left, right)):
                return lambda: self.layout.outer(self._all(left), self._series(right))
            case Apply("mul", (left, right)) if _is_matrix(left):
                total = self._over_time(left)
                return lambda: total() * self.forward.steadily.compute(right)
            case Apply("mul", (left, right)) if _is_matrix(right):
                total = self._over_time(right)
                return lambda: total() * self.forward.steadily.compute(left)
            case Apply("neg", (inner,)):
                total = self._over_time(inner)
                return lambda: np.negative(total())
            case Name(name) if name.removeprefix(GRADIENT) in self.blocks:
                block, first, stop = self.blocks[name.removeprefix(GRADIENT)]
                return self._together(f"{id(block)}", lambda: self.layout.total(block), first, stop)
        return lambda: self.layout.total(self._all(expr))

    def _outer(self, symbol: str, vector: str) -> Callable[[], Array]:
        if symbol not in self.blocks:
            return lambda: self.layout.outer(self._all(Name(GRADIENT + symbol)), self._series(Name(vector)))
        block, first, stop = self.blocks[symbol]
        low, high = self._reach(block, vector)
        key = f"{id(block)} {vector}"

        left, name = block[:, low:high], Name(vector)

        def product() -> Array:
            right = self._series(name)
            shape = (high - low, right.shape[1], *(self.lead if self.forward.many else ()))
            return self.layout.outer(left, right, self._room(key, shape))

        return self._together(key, product, first - low, stop - low)

    def _reach(self, block: Array, vector: str) -> tuple[int, int]:
        """The part of a block of gradients that is multiplied with a vector in some parameter's gradient."""
        here = [self.blocks[symbol] for symbol in self.flow.multiplied[vector] if symbol in self.blocks]
        found = [(first, stop) for array, first, stop in here if array is block]
        return min(first for first, _ in found), max(stop for _, stop in found)

    def _room(self, key: str, shape: tuple[int, ...]) -> Array:
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

    def _series(self, expr: Expr) -> Array:
        """A vector at all steps, one that is the same at each (a parameter) or for all included."""
        vector = self._all(expr)
        shape = (self.length, vector.shape[-1 - len(self.lead)], *self.lead)
        return vector if vector.shape == shape else np.broadcast_to(vector, shape)


def _is_matrix(expr: Expr) -> bool:
    match expr:
        case Apply("outer", _):
            return True
        case Apply("mul" | "neg", args):
            return any(_is_matrix(arg) for arg in args)
    return False
