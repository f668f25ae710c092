"""What a network should have answered: classes, rows of probabilities, or numbers, checked where a step counts."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from ..ops import Array
from ..problems import Problem
from .loss_check import numbers, refuse, shape_problem

#: how far from 1 the sum of a row of probabilities may be: float32 rows of thousands of entries stay within it
_NEAR = 1e-5


def one_hot(targets: ArrayLike, shape: tuple[int, ...], counted: Array, problems: list[Problem]) -> Array:
    """Targets of a softmax as rows of probabilities, `shape` (..., classes): from class indices (...), or from rows.

    Only steps that count are looked at; the others become rows of 0. What is wrong is added to the problems.
    """
    array, classes, lead = numbers(targets, "targets", problems), shape[-1], len(shape) - 1
    rows = np.zeros(shape)
    if array is None:
        return rows
    if array.shape == shape:
        return _distributions(array, counted, problems)
    if array.shape != shape[:-1]:
        problems.append(shape_problem("targets", f"{shape[:-1]} or {shape}", array.shape))
        return rows
    wrong, hint = f"which is not one of the {classes} classes", f"classes are whole numbers from 0 to {classes - 1}"
    bad = counted & ~np.isin(array, np.arange(classes))
    if not refuse(bad, array, lead, "targets", wrong, hint, problems):
        index = np.where(counted, array, 0).astype(int)[..., None]
        np.put_along_axis(rows, index, counted[..., None].astype(float), axis=-1)
    return rows


def entries(
    targets: ArrayLike, shape: tuple[int, ...], counted: Array, problems: list[Problem], *, chances: bool = False
) -> Array:
    """Targets for each entry, of `shape`: finite numbers, or `chances` from 0 to 1; 0 at steps that do not count."""
    array, lead = numbers(targets, "targets", problems), len(shape) - 1
    if array is None:
        return np.zeros(shape)
    if array.shape != shape:
        problems.append(shape_problem("targets", str(shape), array.shape))
        return np.zeros(shape)
    rows = np.where(counted[..., None], array, 0.0)
    if chances:
        _refuse_chances(rows, lead, "give numbers from 0 to 1", problems)
    else:
        wrong, hint = "which is not a finite number", "give finite numbers"
        refuse(~np.isfinite(rows), rows, lead, "targets", wrong, hint, problems)
    return rows


def _distributions(array: Array, counted: Array, problems: list[Problem]) -> Array:
    rows = np.where(counted[..., None], array, 0.0)
    hint = "each row holds probabilities, which sum to 1"
    if not _refuse_chances(rows, counted.ndim, hint, problems):
        sums = rows.sum(axis=-1)
        off = counted & (np.abs(sums - 1) > _NEAR)
        refuse(off, sums, counted.ndim, "targets", "which is the sum of the row and should be 1", hint, problems)
    return rows


def _refuse_chances(rows: Array, lead: int, hint: str, problems: list[Problem]) -> bool:
    return refuse(~((rows >= 0) & (rows <= 1)), rows, lead, "targets", "which is not a probability", hint, problems)
