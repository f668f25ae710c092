"""A table of prepared operations, run step after step without a line of Python between them.

Each operation is a NumPy call and the columns that it reads and writes. One `map` a row of the table,
all drawn by one `zip`, carries the loop into C: at every step the rows of the table run in their order.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import repeat
from typing import Any

from .ops import Array

Operation = Callable[..., object]


@dataclass(frozen=True, slots=True, eq=False)
class Series:
    """A column with a row for each step: an array whose first axis is time."""

    array: Array


@dataclass(frozen=True, slots=True, eq=False)
class Still:
    """A column that is the same at every step: a parameter, a number, a scratch array."""

    array: Any


Column = Series | Still


class _Endless:
    """One thing at every step, whichever steps are asked for."""

    def __init__(self, thing: Any) -> None:
        self.thing = thing

    def __getitem__(self, step: int | slice) -> Any:
        return self if isinstance(step, slice) else self.thing

    def __iter__(self) -> Iterator[Any]:
        return repeat(self.thing)


Rows = list[Any] | _Endless


class Tape:
    """Operations in the order in which a step runs them, over `length` steps or, `backward`, from the last to the first.

    The arrays are bound once, their contents change.
    """

    def __init__(self, length: int, *, backward: bool = False) -> None:
        self.length, self.backward = length, backward
        self.table: list[tuple[Operation, tuple[Column, ...]]] = []
        self._drawn: list[tuple[Operation, list[Rows]]] = []

    def add(self, operation: Operation, *columns: Column) -> None:
        """One more operation a step; ufuncs and `dot` write into their last column."""
        self.table.append((operation, columns))

    def run(self, first: int, stop: int) -> None:
        """All operations at each step of first..stop."""
        if stop <= first:
            return
        if len(self._drawn) < len(self.table):
            self._drawn = self._draw()
        if self.backward:
            first, stop = self.length - stop, self.length - first
        if stop - first == 1:
            # for a single step, setting the loop up would take longer than the step
            for operation, rows in self._drawn:
                operation(*[row[first] for row in rows])
            return
        if (first, stop) == (0, self.length):
            calls = [map(operation, *rows) for operation, rows in self._drawn]
        else:
            calls = [map(operation, *[row[first:stop] for row in rows]) for operation, rows in self._drawn]
        deque(zip(*calls, strict=False), maxlen=0)

    def _draw(self) -> list[tuple[Operation, list[Rows]]]:
        """The rows of every column, those of one column drawn once."""
        drawn: dict[int, Rows] = {}
        for _, columns in self.table:
            for column in columns:
                if id(column) not in drawn:
                    drawn[id(column)] = self._rows(column)
        return [(operation, [drawn[id(column)] for column in columns]) for operation, columns in self.table]

    def _rows(self, column: Column) -> Rows:
        match column:
            case Series(array):
                assert len(array) == self.length, "a column has a row for each step"
                turned = array[::-1] if self.backward else array
                # a row of a single axis is a number, and NumPy wants arrays
                return list(turned) if array.ndim > 1 else [turned[step, ...] for step in range(self.length)]
            case Still(thing):
                return _Endless(thing)
