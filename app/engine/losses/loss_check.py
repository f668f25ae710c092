"""What a person gives to a loss, checked: series of numbers, and how wrong entries are told of."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from ..ops import Array
from ..problems import NetworkError, Problem


def numbers(value: ArrayLike, name: str, problems: list[Problem]) -> Array | None:
    """An array of float32 if it is one, else float64; None, and one problem more, for what holds no numbers."""
    try:
        array = np.asarray(value)
    except (TypeError, ValueError, OverflowError):
        array = np.asarray(None)
    if array.dtype.kind in "fiub":
        return array if array.dtype == np.float32 else array.astype(np.float64)
    problems.append(
        Problem(
            "not-numbers",
            f"'{name}' does not hold numbers in rows of equal length",
            {"name": name},
            "give lists of numbers of equal length",
            field=name,
        )
    )
    return None


def series(value: ArrayLike, name: str, *, size: str = "size", axes: tuple[int, ...] = (2, 3)) -> Array:
    """A sequence (T, size) or a batch (T, batch, size), whose T, batch and size are at least 1.

    `axes` says whether only the one (2) or the other (3) will do, `size` what the last axis is called.
    Raises NetworkError for other shapes and for what holds no numbers. NaN and infinity are let through.
    """
    problems: list[Problem] = []
    array = numbers(value, name, problems)
    if array is not None:
        if array.ndim in axes and 0 not in array.shape:
            return array
        shapes = {2: f"(T, {size})", 3: f"(T, batch, {size})"}
        problems.append(shape_problem(name, " or ".join(shapes[count] for count in axes), array.shape))
    raise NetworkError(problems)


def refuse(bad: Array, array: Array, lead: int, name: str, wrong: str, hint: str, problems: list[Problem]) -> bool:
    """Whether an entry is bad: then one problem quotes the first with its place, and counts the others.

    `lead` is how many axes tell step and sequence; one more tells the entry. `wrong` goes on after value and place.
    """
    found = np.argwhere(bad)
    if not len(found):
        return False
    at = tuple(int(index) for index in found[0])
    value, spot, more = f"{array[at]:.15g}", place(at, lead), len(found) - 1
    others = f" (and {more} more)" if more else ""
    args: dict[str, str | int | float] = {"name": name, "value": value, "place": spot, "more": more}
    problems.append(Problem(f"bad-{name}", f"'{name}' has {value} at {spot}, {wrong}{others}", args, hint, field=name))
    return True


def place(at: tuple[int, ...], lead: int) -> str:
    """An index into (T,), (T, batch) or either with one axis more, in words that count from 1."""
    entry = f"entry {at[lead] + 1} of " if len(at) > lead else ""
    sequence = f" of sequence {at[1] + 1}" if lead > 1 else ""
    return f"{entry}step {at[0] + 1}{sequence}"


def shape_problem(name: str, expected: str, found: tuple[int, ...]) -> Problem:
    """That an array has another shape."""
    return Problem(
        "bad-shape",
        f"'{name}' has the shape {found}, not {expected}",
        {"name": name, "expected": expected, "found": str(found)},
        f"give an array of the shape {expected}",
        field=name,
    )
