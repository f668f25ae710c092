"""Which steps of a sequence count in a loss, and how much: lengths, a mask, weights, the last step alone."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from ..check import as_lengths
from ..ops import Array, quietly
from ..problems import NetworkError, Problem
from .loss_check import numbers, refuse, shape_problem


def shares(
    shape: tuple[int, ...],
    problems: list[Problem],
    *,
    lengths: Sequence[int] | None = None,
    mask: ArrayLike | None = None,
    weights: ArrayLike | None = None,
    last: bool = False,
) -> Array:
    """With what weight each step counts, 0 where it does not, of `shape` (T,) or (T, batch).

    A step counts if it lies within its sequence's length and its mask is true; with `last` only each sequence's last
    one of these. `mask` and `weights` are of `shape`, or (T,) for all sequences alike.
    What is wrong is added to the problems.
    """
    counted = np.ones(shape, bool)
    column = (-1, *(1,) * len(shape[1:]))
    try:
        known = as_lengths(lengths, shape[0], shape[1:])
        if known is not None:
            counted &= np.arange(shape[0]).reshape(column) < known
    except NetworkError as error:
        problems += error.problems
    chosen = _per_step(mask, "mask", shape, problems)
    if chosen is not None:
        wrong, hint = "which is neither true nor false", "give true or false for each step, or use weights"
        refuse((chosen != 0) & (chosen != 1), chosen, len(shape), "mask", wrong, hint, problems)
        counted &= chosen == 1
    if last:
        counted &= np.cumsum(counted[::-1], axis=0)[::-1] == 1
    weighing = _per_step(weights, "weights", shape, problems)
    if weighing is None:
        return counted.astype(float)
    wrong, hint = "which is not a finite number", "give finite numbers"
    refuse(~np.isfinite(weighing), weighing, len(shape), "weights", wrong, hint, problems)
    return np.where(counted, weighing, 0.0)


def averaged(share: Array, terms: int, problems: list[Problem]) -> Array:
    """The same weights for a mean over all that counts, each step being a sum of so many terms."""
    with quietly():
        whole = float(share.sum())
    if whole == 0:
        problems.append(
            Problem(
                "no-mean",
                "the weights of the steps that count sum to 0, so the loss has no mean",
                hint="let at least one step count, or leave mean out",
                field="mean",
            )
        )
        return share
    return np.asarray(share / (whole * terms))


def _per_step(value: ArrayLike | None, name: str, shape: tuple[int, ...], problems: list[Problem]) -> Array | None:
    """Numbers of that shape, or (T,) for all sequences alike; None where there are none."""
    array = None if value is None else numbers(value, name, problems)
    if array is None:
        return None
    if array.shape == shape[:1]:
        return np.broadcast_to(array.reshape(-1, *(1,) * len(shape[1:])), shape)
    if array.shape != shape:
        expected = " or ".join(str(fitting) for fitting in dict.fromkeys((shape[:1], shape)))
        problems.append(shape_problem(name, expected, array.shape))
        return None
    return array
