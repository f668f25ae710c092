"""A table of prepared operations, run step after step with next to no Python between them.

Each operation is a NumPy call and the columns that it reads and writes. In a long sequence one `map` a row of the table,
all drawn by one `zip`, carries the loop into C: at every step the rows of the table run in their order. In a short one
setting these up takes as long as a step or two, so there every call is kept beside what it takes.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from itertools import repeat
from typing import Any

from .ops import Array

Operation = Callable[..., object]

#: bytes of an array that shows a row of another one, and of its place in a list
_ROW, _PLACE = 112, 8
#: how many calls all steps may have that are kept step by step, and bytes of one
_SHORT, _CALL = 4_096, 152


@dataclass(frozen=True, slots=True, eq=False)
class Series:
    """A column with a row for each step: an array whose first axis is time."""

    array: Array


@dataclass(frozen=True, slots=True, eq=False)
class Still:
    """A column that is the same at every step: a parameter, a number, a scratch array."""

    array: Any


Column = Series | Still


class Tape:
    """Operations in the order in which a step runs them, over `length` steps or, `backward`, from the last to the first.

    All are added before the first run. The arrays are bound once, their contents change.
    """

    def __init__(self, length: int, *, backward: bool = False) -> None:
        self.length, self.backward = length, backward
        self.table: list[tuple[Operation, tuple[Column, ...]]] = []

    def add(self, operation: Operation, *columns: Column) -> None:
        """One more operation a step; ufuncs and `dot` write into their last column."""
        self.table.append((operation, columns))

    def run(self, first: int, stop: int) -> None:
        """All operations at each step of first..stop."""
        if self.backward:
            first, stop = self.length - stop, self.length - first
        if self._is_short or stop - first == 1:
            for calls in self._by_step[first:stop]:
                for operation, row in calls:
                    operation(*row)
            return
        if (first, stop) == (0, self.length):
            loops = [map(operation, *columns) for operation, columns in self._drawn]
        else:
            loops = [map(operation, *[rows[first:stop] for rows in columns]) for operation, columns in self._drawn]
        deque(zip(*loops, strict=True), maxlen=0)

    @property
    def bytes(self) -> int:
        """The memory of the rows, once they are drawn."""
        columns = {id(column): column for _, used in self.table for column in used}
        drawn = sum(isinstance(column, Series) for column in columns.values())
        kept = len(self.table) * _CALL if self._is_short else 0
        return self.length * (drawn * _ROW + len(columns) * _PLACE + kept)

    @property
    def _is_short(self) -> bool:
        return self.length * len(self.table) <= _SHORT

    @cached_property
    def _drawn(self) -> list[tuple[Operation, list[list[Any]]]]:
        """The rows of every column, those of one column drawn once."""
        drawn: dict[int, list[Any]] = {}
        for _, columns in self.table:
            for column in columns:
                if id(column) not in drawn:
                    drawn[id(column)] = self._rows(column)
        return [(operation, [drawn[id(column)] for column in columns]) for operation, columns in self.table]

    @cached_property
    def _by_step(self) -> list[list[tuple[Operation, tuple[Any, ...]]]]:
        """At each step the operations in their order, with what they take."""
        loops = [zip(repeat(operation), zip(*columns, strict=True)) for operation, columns in self._drawn]
        return [list(calls) for calls in zip(*loops, strict=True)]

    def _rows(self, column: Column) -> list[Any]:
        match column:
            case Series(array):
                assert len(array) == self.length, "a column has a row for each step"
                turned = array[::-1] if self.backward else array
                # a row of a single axis is a number, and NumPy wants arrays
                return list(turned) if array.ndim > 1 else [turned[step, ...] for step in range(self.length)]
            case Still(thing):
                return [thing] * self.length
