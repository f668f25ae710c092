"""Labels of connectionist temporal classification: checked, with blanks between, and how many steps they need."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import TypeVar

import numpy as np

from ..check import whole
from ..problems import Problem

Symbol = TypeVar("Symbol", bound=Hashable)


def check_blank(blank: object, symbols: int, problems: list[Problem]) -> int:
    """The blank's index among so many symbols; -1, and one problem more, if it is none."""
    index = whole(blank)
    if index is not None and 0 <= index < symbols:
        return index
    said = f"{blank!s:.20}"
    message = f"the blank {said} is not one of the {symbols} symbols"
    args: dict[str, str | int | float] = {"value": said, "symbols": symbols}
    problems.append(Problem("bad-blank", message, args, _range(symbols), field="blank"))
    return -1


def check_label(
    label: object, symbols: int, blank: int, problems: list[Problem], *, field: str = "label"
) -> tuple[int, ...]:
    """A label as whole numbers, and a problem for each symbol that is none of them or is the blank."""
    given = as_list(label)
    if given is None:
        message, hint = f"'{field}' is not a list of symbols", "give the symbols as a list of whole numbers"
        problems.append(Problem("bad-label", message, {"name": field}, hint, field=field))
        return ()
    found: list[int] = []
    for number, value in enumerate(given, start=1):
        index = whole(value)
        if index is None or not 0 <= index < symbols:
            problems.append(_wrong(field, value, number, f"is not one of the {symbols} symbols", _range(symbols)))
        elif index == blank:
            problems.append(blank_in_label(value, number, field))
        else:
            found.append(index)
    return tuple(found)


def blank_in_label(value: object, number: int, field: str = "label") -> Problem:
    """That a label has the blank at a place, counted from 1."""
    return _wrong(field, value, number, "is the blank", "a label holds no blanks: they are put between its symbols")


def as_list(value: object) -> tuple[object, ...] | None:
    """What a list, a tuple or an array holds; None for anything else."""
    if isinstance(value, list | tuple) or (isinstance(value, np.ndarray) and value.ndim):
        return tuple(value)
    return None


def with_blanks(label: Sequence[Symbol], blank: Symbol) -> tuple[Symbol, ...]:
    """The states of an alignment: blanks between the symbols and at both ends, 2 U + 1 for U symbols."""
    return (blank, *(each for symbol in label for each in (symbol, blank)))


def repeats(label: Sequence[Hashable]) -> int:
    """How often a symbol follows itself: a blank has to stand between the two."""
    return sum(label[at] == label[at - 1] for at in range(1, len(label)))


def shortest(label: Sequence[Hashable]) -> int:
    """The least number of steps that a label needs."""
    return len(label) + repeats(label)


def _wrong(field: str, value: object, number: int, wrong: str, hint: str) -> Problem:
    said = f"{value!s:.20}"
    message = f"'{field}' has {said} at place {number}, which {wrong}"
    return Problem("bad-label", message, {"name": field, "value": said, "place": number}, hint, field=field)


def _range(symbols: int) -> str:
    return f"symbols are whole numbers from 0 to {symbols - 1}"
