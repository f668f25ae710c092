"""A table of prepared operations, run step after step without a line of Python between them.

Each operation is a NumPy call and the columns that it reads and writes. One `map` a row of the table,
all drawn by one `zip`, carries the loop into C: at every step the rows of the table run in their order.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import repeat
from typing import Any

from .ops import Array


@dataclass(frozen=True, slots=True, eq=False)
class Series:
    """A column with a row for each step: an array whose first axis is time."""

    array: Array

    def rows(self, first: int, stop: int, *, backward: bool) -> Iterable[Array]:
        part = self.array[first:stop]
        return list(part[::-1] if backward else part)


@dataclass(frozen=True, slots=True, eq=False)
class Still:
    """A column that is the same at every step: a parameter, a number, a scratch array."""

    array: Any

    def rows(self, first: int, stop: int, *, backward: bool) -> Iterable[Any]:
        return _Endless(self.array)


Column = Series | Still


class _Endless:
    """One thing again and again, to be drawn from any number of times."""

    def __init__(self, thing: Any) -> None:
        self.thing = thing

    def __iter__(self) -> Iterator[Any]:
        return repeat(self.thing)


class Tape:
    """Operations in the order in which a step runs them. The arrays are bound once, their contents change."""

    def __init__(self) -> None:
        self.table: list[tuple[Callable[..., object], tuple[Column, ...]]] = []
        self._drawn: tuple[int, int, list[tuple[Iterable[Any], ...]]] = (0, 0, [])

    def add(self, operation: Callable[..., object], *columns: Column) -> None:
        """One more operation a step; ufuncs and `dot` write into their last column."""
        self.table.append((operation, columns))

    def run(self, first: int, stop: int, *, backward: bool = False) -> None:
        """All operations at each step of first..stop, from the last to the first when `backward`."""
        if self._drawn[:2] != (first, stop):
            self._drawn = (first, stop, self._draw(first, stop, backward))
        calls = [map(operation, *rows) for (operation, _), rows in zip(self.table, self._drawn[2], strict=True)]
        deque(zip(*calls, strict=False), maxlen=0)

    def _draw(self, first: int, stop: int, backward: bool) -> list[tuple[Iterable[Any], ...]]:
        """The rows of every column, those of one column drawn once and kept for the next run."""
        rows: dict[int, Iterable[Any]] = {}
        for _, columns in self.table:
            for column in columns:
                if id(column) not in rows:
                    rows[id(column)] = column.rows(first, stop, backward=backward)
        return [tuple(rows[id(column)] for column in columns) for _, columns in self.table]
