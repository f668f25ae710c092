"""Operations on many steps at once, prepared once and run for one stretch of steps after the other.

A stretch is short enough for its numbers to stay in the processor's cache from one operation to the next.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from .ops import Array
from .rooms import Rooms
from .tape import Column, Operation, Series, Still

#: numbers of all values that a stretch may have
_STRETCH = 262_144
#: calls that are kept bound to the arrays of their stretch
_BOUND = 4_096


@dataclass(frozen=True, slots=True, eq=False)
class Scratch:
    """A column that holds something between two operations on a stretch."""

    array: Array


def stretch(length: int, step: int) -> int:
    """How many of the steps to take at once, each of which has `step` numbers."""
    return min(length, max(1, _STRETCH // step))


class Sheet:
    """Operations in the order in which a stretch runs them. The arrays are bound once, their contents change."""

    def __init__(self, length: int, step: int, rooms: Rooms) -> None:
        """For a run of so many steps, each of which has `step` numbers."""
        self.length, self.step, self.rooms = length, step, rooms
        self.stretch = stretch(length, step)
        self.table: list[tuple[Operation, tuple[Column | Scratch, ...]]] = []
        self._free: dict[tuple[int, ...], list[Scratch]] = {}
        self._bound: dict[tuple[int, int], list[Callable[[], object]]] = {}

    def another(self) -> Sheet:
        """A sheet of its own for the same run, with scratch room in common."""
        sheet = Sheet(self.length, self.step, self.rooms)
        sheet._free = self._free
        return sheet

    def add(self, operation: Operation, *columns: Column | Scratch) -> None:
        """One more operation a stretch, with arrays (steps, ...) or what is the same at all of them."""
        self.table.append((operation, columns))

    def take(self, shape: tuple[int, ...]) -> Scratch:
        """Room for something between two operations, of that shape at each step."""
        free = self._free.get(shape)
        return free.pop() if free else Scratch(self.rooms.empty(self.stretch, *shape))

    def give(self, column: Column | Scratch) -> None:
        """Later operations may use that room."""
        if isinstance(column, Scratch):
            self._free.setdefault(column.array.shape[1:], []).append(column)

    def stretches(self, first: int, stop: int) -> Iterator[tuple[int, int]]:
        """Steps first..stop in stretches that may be run."""
        for start in range(first, stop, self.stretch):
            yield start, min(stop, start + self.stretch)

    def run(self, first: int, stop: int) -> None:
        """All operations for one stretch."""
        for call in self._bound.get((first, stop)) or self._bind(first, stop):
            call()

    def _bind(self, first: int, stop: int) -> list[Callable[[], object]]:
        calls: list[Callable[[], object]] = []
        for operation, columns in self.table:
            parts = [_part(column, first, stop) for column in columns]
            calls.append(partial(operation, *_flatter(operation, parts)))
        if (len(self._bound) + 1) * len(calls) <= _BOUND:
            self._bound[first, stop] = calls
        return calls


def _part(column: Column | Scratch, first: int, stop: int) -> Any:
    match column:
        case Series(array):
            return array[first:stop]
        case Scratch(array):
            return array[: stop - first]
        case Still(thing):
            return thing


def _flatter(operation: Operation, parts: list[Any]) -> list[Any]:
    """The arrays of an elementwise operation without a last axis of one: with a single axis NumPy is twice as quick."""
    if not isinstance(operation, np.ufunc) or operation.signature is not None:
        return parts
    arrays = [np.asarray(part) for part in parts]
    single = all(array.shape[-1:] in ((), (1,)) for array in arrays)
    return [array[..., 0] if array.ndim else array for array in arrays] if single else parts
