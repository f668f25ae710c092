"""Which axis is which: one sequence, a batch of sequences, or many networks at once.

Inside a run what is many comes last, (T, size, batch): a value is one piece of memory at each step, however many
sequences there are, and a matrix goes through all of them in one product. Outside it comes first, (T, batch, size).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from .alike import Alike
from .ops import Array
from .tape import Column, Still, Tape

#: what has to be worked out again whenever parameters are loaded
Refresh = list[Callable[[], object]]
#: how many numbers are turned round at once: they are read again while they are near the processor
_TURNED = 131_072


class Layout:
    """One sequence: series (T, size), vectors (size,), matrices (rows, columns)."""

    def __init__(self, lead: tuple[int, ...] = ()) -> None:
        self.lead = lead

    def still(self, shape: tuple[int, ...]) -> tuple[int, ...]:
        """The shape of a parameter."""
        return shape

    def mask(self, matrix: Array) -> Array:
        """A matrix that is the same for all."""
        return matrix

    def outward(self, series: Array) -> Array:
        """A series, or a value at one step, as it is seen outside: what is many comes before the size."""
        return series

    def outward_still(self, array: Array, axes: int) -> Array:
        """A parameter or mask that has so many axes of its own, as it is seen outside."""
        return array

    def outward_total(self, array: Array) -> Array:
        """A parameter's gradient as it is seen outside."""
        return array

    def transposed(self, matrix: Array) -> Array:
        return matrix.T

    def product(self, matrix: Array, vectors: Array, out: Array | None = None) -> Array:
        """A matrix times a vector, or times the vectors of all steps."""
        return np.matmul(vectors, matrix.T, out=out)

    def multiply(self, tape: Tape, refresh: Refresh, matrix: Array, vector: Column, out: Column) -> None:
        """The same at each step of a loop."""
        tape.add(matrix.dot, vector, out)

    def along(self, function: Callable[[Array], Array], array: Array) -> Array:
        """A function that takes all entries of a vector together (softmax) and has them on the last axis."""
        return function(array)

    def outer(self, left: Array, right: Array, out: Array | None = None) -> Array:
        """The outer products of two series, summed over steps and sequences."""
        return np.matmul(left.T, right, out=out)

    def outers(self, left: Array, rights: Sequence[tuple[Array, Array]]) -> list[Array]:
        """The same of one series and several others, each with the array that its result goes to."""
        return [self.outer(left, right, out) for right, out in rights]

    def total(self, series: Array) -> Array:
        """A series summed over steps and sequences."""
        found: Array = np.add.reduce(series, axis=0)
        return found


class Batch(Layout):
    """Sequences side by side: series (T, size, batch), vectors (size, 1), matrices (rows, columns)."""

    def still(self, shape: tuple[int, ...]) -> tuple[int, ...]:
        return (*shape, 1) if len(shape) == 1 else shape

    def outward(self, series: Array) -> Array:
        return series.swapaxes(-1, -2)

    def outward_still(self, array: Array, axes: int) -> Array:
        return array[:, 0] if axes == 1 else array

    def product(self, matrix: Array, vectors: Array, out: Array | None = None) -> Array:
        if out is not None and vectors.shape[-1] != out.shape[-1]:
            # what is the same for all is multiplied once
            out[...] = np.matmul(matrix, vectors)
            return out
        return np.matmul(matrix, vectors, out=out)

    def multiply(self, tape: Tape, refresh: Refresh, matrix: Array, vector: Column, out: Column) -> None:
        tape.add(np.matmul, Still(matrix), vector, out)

    def along(self, function: Callable[[Array], Array], array: Array) -> Array:
        return function(array.swapaxes(-2, -1)).swapaxes(-1, -2)

    def outer(self, left: Array, right: Array, out: Array | None = None) -> Array:
        (total,) = self.outers(
            left, [(right, np.empty((left.shape[1], right.shape[1]), left.dtype) if out is None else out)]
        )
        return total

    def outers(self, left: Array, rights: Sequence[tuple[Array, Array]]) -> list[Array]:
        for _, total in rights:
            total[...] = 0
        # some steps at a time, since all are turned round for it
        steps = max(1, _TURNED // (left.shape[1] * left.shape[-1]))
        for first in range(0, len(left), steps):
            part = slice(first, first + steps)
            turned = _flat(left[part])
            for right, total in rights:
                total += np.matmul(turned, _flat(right[part]).T)
        return [total for _, total in rights]

    def total(self, series: Array) -> Array:
        return np.asarray(series.sum(axis=(0, -1)))


class Many(Batch):
    """Networks side by side: series (T, size, networks), vectors (size, networks), matrices (rows, columns, networks)."""

    def still(self, shape: tuple[int, ...]) -> tuple[int, ...]:
        return (*shape, *self.lead)

    def mask(self, matrix: Array) -> Array:
        return matrix[..., None]

    def outward_still(self, array: Array, axes: int) -> Array:
        return np.moveaxis(array, -1, 0)

    def outward_total(self, array: Array) -> Array:
        return np.moveaxis(array, -1, 0)

    def transposed(self, matrix: Array) -> Array:
        return np.swapaxes(matrix, 0, 1)

    def product(self, matrix: Array, vectors: Array, out: Array | None = None) -> Array:
        if matrix.shape[1] == 1:
            return np.multiply(matrix[:, 0], vectors, out=out)
        return _columns(matrix, vectors, out)

    def multiply(self, tape: Tape, refresh: Refresh, matrix: Array, vector: Column, out: Column) -> None:
        if matrix.shape[1] == 1:
            tape.add(np.multiply, Still(matrix[:, 0]), vector, out)
        else:
            alike = Alike(matrix)
            refresh.append(alike.look)
            tape.add(alike.times, vector, out)

    def outer(self, left: Array, right: Array, out: Array | None = None) -> Array:
        found: Array = np.einsum("ti...,tj...->ij...", left, right, out=out)
        return found

    def outers(self, left: Array, rights: Sequence[tuple[Array, Array]]) -> list[Array]:
        return [self.outer(left, right, out) for right, out in rights]

    def total(self, series: Array) -> Array:
        found: Array = np.add.reduce(series, axis=0)
        return found


def _columns(matrix: Array, vectors: Array, out: Array | None = None) -> Array:
    """Every network's matrix times its vector, or its vectors at all steps."""
    steps = "t" if vectors.ndim == matrix.ndim else ""
    found: Array = np.einsum(f"ij...,{steps}j...->{steps}i...", matrix, vectors, out=out)
    return found


def _flat(series: Array) -> Array:
    """(T, size, batch) as (size, T * batch)."""
    return series.swapaxes(0, 1).reshape(series.shape[1], -1)


def layout(lead: tuple[int, ...], *, many: bool) -> Layout:
    """The layout of a run. `lead` is (), (sequences,), or with `many` (networks,)."""
    assert len(lead) <= 1, "a run has one axis for what it is many of"
    assert lead or not many, "many networks need an axis"
    return Many(lead) if many else Batch(lead) if lead else Layout()
