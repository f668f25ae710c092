"""Gradients of parameters: sums over all steps, those of a block's neighbours as one matrix product."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property, partial
from sys import getrefcount
from typing import Protocol

import numpy as np

from .adjoint import GRADIENT
from .expr import Apply, Expr, Name
from .flow import Flow
from .forward import Forward
from .ops import Array

#: a shared sum: which array's gradients it is of, and the vector that they are multiplied with, if there is one
Key = tuple[int, str]


class Gradients(Protocol):
    """What is known of a finished backward run, in the layout of the run."""

    forward: Forward
    flow: Flow
    #: where a gradient lies among its neighbours
    blocks: dict[str, tuple[Array, int, int]]

    def rows(self, symbol: str, first: int, stop: int) -> Array: ...

    def evaluate(self, expr: Expr, first: int, stop: int) -> Array: ...


@dataclass(slots=True)
class Shared:
    """A sum over time for several neighbours at once, and the rows of it that are parameters' gradients."""

    #: the series of gradients that is summed, and which one it is: its array, its first row, the row after its last
    left: Array
    which: tuple[int, int, int]
    #: the series that it is multiplied with, if there is one
    right: Callable[[], Array] | None
    parts: list[tuple[str, int, int]] = field(default_factory=list)


class Totals:
    """What sums the gradients of a run, laid out once."""

    def __init__(self, gradients: Gradients) -> None:
        self.gradients, self.forward, self.flow = gradients, gradients.forward, gradients.flow
        self.layout = self.forward.layout
        self._shared: dict[Key, Shared] = {}
        self._alone: dict[str, list[Callable[[], Array]]] = {}
        self._rooms: dict[Key, Array] = {}
        for name in self.forward.program.parameter:
            terms = self.flow.terms[name]
            if not (len(terms) == 1 and self._beside_others(name, terms[0])):
                self._alone[name] = [self._over_time(term) for term in terms]

    def compute(self) -> dict[str, Array]:
        """dL/dparameter, with its axes in the order that others see."""
        outward, sums = self.layout.outward_total, self._sums()
        found: dict[str, Array] = {}
        for name in self.forward.program.parameter:
            if name in self._alone:
                totals = self._alone[name]
                found[name] = outward(_sum(totals)) if totals else np.zeros_like(self.forward.still[name])
            else:
                key, rows, is_taken = self._rows[name]
                found[name] = outward(sums[key][rows].copy() if is_taken else sums[key][rows])
        return found

    @cached_property
    def _rows(self) -> dict[str, tuple[Key, slice, bool]]:
        """By parameter, the sum that its gradient is some rows of, and which; whether another parameter has these.

        Two biases of one equation have the same rows: the second gets its own.
        """
        found: dict[str, tuple[Key, slice, bool]] = {}
        for key, shared in self._shared.items():
            firsts = [first for _, first, _ in shared.parts]
            for index, (name, first, stop) in enumerate(shared.parts):
                found[name] = key, slice(first, stop), first in firsts[:index]
        return found

    def _beside_others(self, name: str, term: Expr) -> bool:
        """Whether a parameter's gradient is some rows of a sum for a whole block; then it is noted there."""
        match term:
            case Apply("sum", (Apply("outer", (Name(of), Name(vector))),)):
                block = self.gradients.blocks.get(of.removeprefix(GRADIENT))
            case Apply("sum", (Name(of),)):
                block, vector = self.gradients.blocks.get(of.removeprefix(GRADIENT)), ""
            case _:
                return False
        if block is None:
            return False
        array, first, stop = block
        low, high = self._reach(array, vector)
        key = (id(array), vector)
        if key not in self._shared:
            self._shared[key] = Shared(array[:, low:high], (id(array), low, high), self._vector(vector) if vector else None)
        self._shared[key].parts.append((name, first - low, stop - low))
        return True

    def _reach(self, block: Array, vector: str) -> tuple[int, int]:
        """The part of a block of gradients that some parameter's gradient takes, multiplied with a vector."""
        blocks = self.gradients.blocks
        here = [blocks[symbol] for symbol in self.flow.multiplied[vector] if symbol in blocks]
        found = [(first, stop) for array, first, stop in here if array is block]
        return min(first for first, _ in found), max(stop for _, stop in found)

    def _sums(self) -> dict[Key, Array]:
        """What is shared, summed; one series of gradients is gone through once, whatever it is multiplied with."""
        found = {key: self.layout.total(shared.left) for key, shared in self._shared.items() if shared.right is None}
        many = self.forward.lead if self.forward.many else ()
        for left, rights in self._products:
            series = {key: right() for key, right in rights.items()}
            rooms = [self._room(key, (left.shape[1], each.shape[1], *many)) for key, each in series.items()]
            products = self.layout.outers(left, list(zip(series.values(), rooms, strict=True)))
            found |= zip(series, products, strict=True)
        return found

    @cached_property
    def _products(self) -> list[tuple[Array, dict[Key, Callable[[], Array]]]]:
        """The series of gradients that are summed, each with all that it is multiplied with."""
        found: dict[tuple[int, int, int], tuple[Array, dict[Key, Callable[[], Array]]]] = {}
        for key, shared in self._shared.items():
            if shared.right is not None:
                found.setdefault(shared.which, (shared.left, {}))[1][key] = shared.right
        return list(found.values())

    def _room(self, key: Key, shape: tuple[int, ...]) -> Array:
        """An array for a product: the last one's if nobody holds a part of it any more, since fresh memory is slow."""
        room = self._rooms.pop(key, None)
        # held by the name and by the question; a part of it that was handed out holds it too
        if room is None or getrefcount(room) > 2:
            room = np.empty(shape, self.forward.dtype)
        self._rooms[key] = room
        return room

    def _over_time(self, expr: Expr) -> Callable[[], Array]:
        """What sums any expression over steps and sequences."""
        match expr:
            case Apply("sum", (inner,)):
                return self._over_time(inner)
            case Apply("outer", (left, Name(vector))):
                one, right = self._whole(left), self._vector(vector)
                return lambda: self.layout.outer(one(), right())
            case Apply("outer", (left, vectors)):
                return lambda: self.layout.outer(self._all(left), self._series(self._all(vectors)))
            case Apply("mul", (matrix, factor)) if _is_matrix(matrix):
                total = self._over_time(matrix)
                return lambda: total() * self.forward.steadily.compute(factor)
            case Apply("mul", (factor, matrix)) if _is_matrix(matrix):
                total = self._over_time(matrix)
                return lambda: total() * self.forward.steadily.compute(factor)
            case Apply("neg", (inner,)):
                total = self._over_time(inner)
                return lambda: np.negative(total())
        whole = self._whole(expr)
        return lambda: self.layout.total(whole())

    def _vector(self, name: str) -> Callable[[], Array]:
        """A vector's numbers at all steps."""
        if name not in self.forward.steady and name not in self.forward.flipped:
            stored = self._series(self.forward.stored(name))
            return lambda: stored
        return lambda: self._series(self._all(Name(name)))

    def _whole(self, expr: Expr) -> Callable[[], Array]:
        """What works an expression out at all steps."""
        match expr:
            case Name(id) if id.startswith(GRADIENT):
                return partial(self.gradients.rows, id.removeprefix(GRADIENT), 0, self.forward.length)
        return partial(self._all, expr)

    def _all(self, expr: Expr) -> Array:
        return self.gradients.evaluate(expr, 0, self.forward.length)

    def _series(self, vector: Array) -> Array:
        """Vectors at all steps, of what is the same at each (a parameter) or for all too."""
        shape = (self.forward.length, vector.shape[-1 - len(self.forward.lead)], *self.forward.lead)
        return vector if vector.shape == shape else np.broadcast_to(vector, shape)


def _sum(totals: list[Callable[[], Array]]) -> Array:
    found = totals[0]()
    for total in totals[1:]:
        found = found + total()
    return found


def _is_matrix(expr: Expr) -> bool:
    match expr:
        case Apply("outer", _):
            return True
        case Apply("mul" | "neg", args):
            return any(_is_matrix(arg) for arg in args)
    return False
