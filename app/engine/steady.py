"""Arrays that are worked out of parameters once a run: matrices stacked, sums of biases, expressions of both."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

import numpy as np

from . import bulk
from .expr import Apply, Expr, Name, Number
from .ops import OPS, Array
from .rooms import Rooms
from .schedule import runs
from .storage import Storage


class Steady:
    """Expressions of a storage's parameters and constants; `refresh` holds what a new `load` has to work out again."""

    def __init__(self, storage: Storage, rooms: Rooms, refresh: list[Callable[[], object]]) -> None:
        self.storage, self.rooms, self.refresh = storage, rooms, refresh

    def compute(self, expr: Expr, out: Array | None = None) -> Array:
        """Its value now."""
        return bulk.evaluate(expr, self.storage.steady.__getitem__, self.storage.layout, out)

    def array(self, expr: Expr) -> Array:
        """An array that holds its value after every `load`."""
        if isinstance(expr, Name):
            return self.storage.steady[expr.id]
        room = self.rooms.empty(*self.shape(expr))
        if not self.rooms.weightless:
            self.compute(expr, room)
        match expr:
            case Number():
                pass  # it stays what it is
            case Apply("add" | "sub" | "mul" as op, (Name(left), Name(right))):
                # such as two biases: one call, and no tree to walk at every load
                operands = self.storage.steady[left], self.storage.steady[right]
                self.refresh.append(partial(OPS[op].compute, *operands, room))
            case _:
                self.refresh.append(partial(self.compute, expr, room))
        return room

    def stack(self, parts: Sequence[Expr], signs: Sequence[int] = (), *, by_column: bool = False) -> Array:
        """The same of expressions one below the other, those with sign -1 negated.

        `by_column`: in Fortran's order, in which a matrix times a vector is quicker.
        """
        signs = signs or [1] * len(parts)
        together = self.storage.adjoining([part.id if isinstance(part, Name) else "" for part in parts])
        if together is not None and -1 not in signs and not by_column:
            return together
        arrays = [self.array(part) for part in parts]
        if len(arrays) == 1 and signs[0] == 1 and not by_column:
            return arrays[0]
        rows = sum(len(array) for array in arrays)
        whole = self.rooms.zeros(rows, *arrays[0].shape[1:], order="F" if by_column else "C")
        if together is not None:
            # what lies together is copied together, as far as the signs are the same
            arrays = [together[_rows_above(arrays, a) : _rows_above(arrays, b)] for _, a, b in runs(signs)]
            signs = [sign for sign, _, _ in runs(signs)]
        at = 0
        for array, sign in zip(arrays, signs, strict=True):
            target = whole[at : at + len(array)]
            at += len(array)
            self.refresh.append(partial(np.positive if sign > 0 else np.negative, array, target))
        return whole

    def shape(self, expr: Expr) -> tuple[int, ...]:
        """The shape of its value."""
        match expr:
            case Number():
                return ()
            case Name(id):
                return self.storage.steady[id].shape
            case Apply("matmul", (matrix, vector)):
                return (self.shape(matrix)[0], *self.shape(vector)[1:])
            case Apply("transpose", (matrix,)):
                rows, columns, *many = self.shape(matrix)
                return (columns, rows, *many)
            case Apply(_, args):
                return np.broadcast_shapes(*map(self.shape, args))


def _rows_above(arrays: list[Array], index: int) -> int:
    """The number of rows of the arrays before that index."""
    return sum(len(array) for array in arrays[:index])
