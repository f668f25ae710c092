"""Arrays that a person gives to a network, checked against what it needs."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, DTypeLike

from .address import Names
from .ops import Array
from .problems import NetworkError, Problem


def as_dtype(dtype: DTypeLike) -> np.dtype[Any]:
    """The type to compute in.

    Raises NetworkError unless it is float64 or float32.
    """
    try:
        found = np.dtype(dtype)
    except (TypeError, ValueError, SyntaxError):
        found = None
    if found not in (np.float64, np.float32):
        raise NetworkError(
            [
                Problem(
                    "bad-dtype",
                    f"'{dtype!s:.40}' is not a type that networks compute in",
                    {"value": f"{dtype!s:.40}"},
                    "use float64 or float32",
                    field="dtype",
                )
            ]
        )
    return found


def whole(value: object) -> int | None:
    """A whole number of Python's or NumPy's, no truth value; None for anything else."""
    return int(value) if isinstance(value, int | np.integer) and not isinstance(value, bool) else None


def unknown_parts(given: Mapping[str, object], parts: Collection[str], field: str) -> list[Problem]:
    """A problem for each name by which something was given and which is no part's."""
    return [
        Problem(
            "unknown-part",
            f"there is no part '{name}'",
            {"name": str(name), "suggestion": ""},
            f"the parts are {', '.join(parts)}",
            field=field,
        )
        for name in given
        if name not in parts
    ]


def step_problems(step: object, steps: int) -> list[Problem]:
    """What is wrong with a step that counts from 1, in a sequence of so many."""
    if 1 <= (whole(step) or 0) <= steps:
        return []
    said, hint = f"there is no step {step!s:.20}: the sequence has {steps}", f"give a whole number from 1 to {steps}"
    return [Problem("no-step", said, {"step": f"{step!s:.20}", "steps": steps}, hint, field="step")]


def check_step(step: object, steps: int) -> None:
    """Raises NetworkError for a step that there is not."""
    problems = step_problems(step, steps)
    if problems:
        raise NetworkError(problems)


def as_inputs(xs: ArrayLike, inputs: int, dtype: np.dtype[Any], name: str = "xs") -> Array:
    """A sequence as an array of its own, (T, inputs) or (T, batch, inputs).

    Raises NetworkError if it has another shape, no step, or holds no numbers.
    """
    array = _numbers(xs, dtype, name)
    if array.ndim not in (2, 3) or 0 in array.shape or array.shape[-1] != inputs:
        raise NetworkError([_shape_problem(name, f"(T, {inputs}) or (T, batch, {inputs})", array.shape)])
    return array.copy()


def as_lengths(lengths: Sequence[int] | None, length: int, lead: tuple[int, ...]) -> Array | None:
    """How many steps of each sequence count, as an array of whole numbers of shape `lead`.

    Raises NetworkError when one is not between 1 and T.
    """
    if lengths is None:
        return None
    array = _array(lengths)
    wanted = lead or (1,)
    fits = array is not None and array.shape == wanted and array.dtype.kind in "iu"
    if array is None or not fits or array.min() < 1 or array.max() > length:
        raise NetworkError(
            [
                Problem(
                    "bad-lengths",
                    f"lengths {lengths!s:.60} do not fit {wanted[0]} sequences of {length} steps",
                    {"count": wanted[0], "steps": length},
                    f"give a whole number from 1 to {length} for each sequence",
                    field="lengths",
                )
            ]
        )
    whole: Array = array.astype(int)
    return whole if lead else whole[0]


def as_named(
    given: object,
    names: Names,
    wanted: Mapping[str, tuple[int, ...]],
    what: str,
    dtype: np.dtype[Any],
    *,
    front: Callable[[str], tuple[int, ...]] | None = None,
    shared: bool = False,
    complete: bool = False,
) -> dict[str, Array]:
    """What was given by any spelling of a name, as arrays by full address: each of its wanted shape.

    `front` says which axes come before those of a full address; `shared`: one without them does as well, and counts for
    all of them.
    Raises NetworkError for what is no mapping, unknown names, names given twice, wrong shapes, things that are no
    numbers, and missing names when it should be `complete`.
    """
    if not isinstance(given, Mapping):
        hint = "give a mapping from names to numbers"
        raise NetworkError(
            [Problem("bad-field", f"the {what} are not given by name", {"field": what}, hint, field=what)]
        )
    problems: list[Problem] = []
    found: dict[str, Array] = {}
    for name, value in given.items():
        typed = str(name)
        try:
            full = names.full(typed)
            own = wanted.get(full)
            if own is None:
                known = ", ".join(names.short(name) for name in wanted)
                problems.append(
                    Problem(
                        "unknown-name",
                        f"'{typed}' is not one of the {what}",
                        {"name": typed, "suggestion": ""},
                        f"they are {known}",
                        field=typed,
                    )
                )
                continue
            array = _numbers(value, dtype, typed)
        except NetworkError as error:
            problems += error.problems
            continue
        shape = own if front is None else front(full) + own
        if array.shape != shape and not (shared and array.shape == own):
            problems.append(_shape_problem(typed, str(shape), array.shape))
            continue
        if full in found:
            problems.append(
                Problem("duplicate", f"'{typed}' is given twice", {"name": typed}, "keep one of them", field=typed)
            )
        found[full] = array
    if complete and len(found) < len(wanted) and not problems:
        missing = [names.short(name) for name in wanted if name not in found]
        problems.append(
            Problem(
                "missing-name",
                f"no numbers for {', '.join(missing)}",
                {"names": ", ".join(missing)},
                f"give all {what}",
                field=missing[0],
            )
        )
    if problems:
        raise NetworkError(problems)
    return found


def _numbers(value: ArrayLike, dtype: np.dtype[Any], name: str) -> Array:
    if isinstance(value, np.ndarray) and value.dtype == dtype:
        return value
    array = _array(value)
    if array is None or array.dtype.kind not in "fiub":
        raise NetworkError(
            [
                Problem(
                    "not-numbers",
                    f"'{name}' does not hold numbers in rows of equal length",
                    {"name": name},
                    "give a number, or lists of numbers of equal length",
                    field=name,
                )
            ]
        )
    with np.errstate(over="ignore"):  # what float32 cannot hold is shown as an overflow
        return array.astype(dtype, copy=False)


def _array(value: object) -> Array | None:
    """What NumPy makes of it, None for rows of unequal length and the like."""
    try:
        return np.asarray(value)
    except (TypeError, ValueError, OverflowError):
        return None


def _shape_problem(name: str, expected: str, found: tuple[int, ...]) -> Problem:
    return Problem(
        "bad-shape",
        f"'{name}' has the shape {found}, not {expected}",
        {"name": name, "expected": expected, "found": str(found)},
        f"give an array of the shape {expected}",
        field=name,
    )
