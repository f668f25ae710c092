"""Losses over a sequence, each with its gradient: cross-entropy on logits, of classes or yes and no, and squared error.

A series is (T, size) or (T, batch, size). All three losses take the same keywords for which steps count, and how much.
`lengths`: how many steps of each sequence count. `mask`: true where a step counts, (T,) or (T, batch). `last`: of the
steps that these two leave, only each sequence's last. `weights`: a factor for each step, (T,) or (T, batch), 0 being
the same as a mask that is false. `mean`: the loss is divided by the sum of the weights of all that is summed, of the
steps for cross-entropy of classes, of all their entries for the other two, which is what PyTorch calls "mean"; without
it the loss is the sum.

What does not count is not looked at: its logits and targets may be anything, its loss and gradient are 0. NaN in
logits or values is carried: that step's loss and gradient are NaN, and so is the total. Wrong shapes and targets
raise NetworkError.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from ..ops import Array, quietly, sigmoid, softplus
from ..problems import NetworkError, Problem
from .log_space import log_softmax, weighted
from .loss_check import series
from .loss_steps import averaged, shares
from .loss_targets import entries, one_hot


@dataclass(frozen=True, slots=True, eq=False)
class Loss:
    """`total`, and what each step adds to it: `steps` (T,) or (T, batch), already weighted.

    `gradient` is dL/dlogits (or dL/dvalues) of their shape and type, `weights` with what weight each step counted.
    Cross-entropy of classes also has each step's `probability` of the target, unweighted (for a row of probabilities
    the mean probability of what is drawn from it), NaN where a step does not count; the others have None.
    """

    total: float
    steps: Array
    gradient: Array
    weights: Array
    probability: Array | None = None


def cross_entropy(
    logits: ArrayLike,
    targets: ArrayLike,
    *,
    lengths: Sequence[int] | None = None,
    mask: ArrayLike | None = None,
    weights: ArrayLike | None = None,
    last: bool = False,
    mean: bool = False,
) -> Loss:
    """-sum_k q_k log softmax(z)_k at each step, in nats: z the logits, q the targets.

    `targets` are class indices from 0, (T,) or (T, batch), or rows of probabilities q of the shape of the logits. The
    gradient is softmax(z) - q (Bridle 1990). A target of probability 0 (a logit of -inf) costs inf, and the gradient
    stays finite; what nobody asks for (q_k = 0) costs nothing even then.
    Raises NetworkError for shapes that do not fit, classes that are none, rows that are no probabilities.
    """
    given = series(logits, "logits")
    problems: list[Problem] = []
    share = shares(given.shape[:-1], problems, lengths=lengths, mask=mask, weights=weights, last=last)
    q = one_hot(targets, given.shape, share != 0, problems)
    if mean:
        share = averaged(share, 1, problems)
    if problems:
        raise NetworkError(problems)
    logs = log_softmax(given.astype(np.float64))
    with quietly():
        # p - 1, which would be rounded to 0 long before it is
        slope = np.where(q == 1, np.expm1(logs), np.exp(logs) * q.sum(axis=-1, keepdims=True) - q)
        probability = np.where(share == 0, np.nan, weighted(q, np.exp(logs)).sum(axis=-1))
        return _loss(share, 0 - weighted(q, logs).sum(axis=-1), slope, given, probability)


def binary_cross_entropy(
    logits: ArrayLike,
    targets: ArrayLike,
    *,
    lengths: Sequence[int] | None = None,
    mask: ArrayLike | None = None,
    weights: ArrayLike | None = None,
    last: bool = False,
    mean: bool = False,
) -> Loss:
    """-sum_k (q_k log sigmoid(z_k) + (1 - q_k) log(1 - sigmoid(z_k))) at each step: each entry a yes or no of its own.

    `targets` q are of the shape of the logits, numbers from 0 to 1. The gradient is sigmoid(z) - q.
    Raises NetworkError for shapes that do not fit and other targets.
    """
    given = series(logits, "logits")
    problems: list[Problem] = []
    share = shares(given.shape[:-1], problems, lengths=lengths, mask=mask, weights=weights, last=last)
    q = entries(targets, given.shape, share != 0, problems, chances=True)
    if mean:
        share = averaged(share, given.shape[-1], problems)
    if problems:
        raise NetworkError(problems)
    z = given.astype(np.float64)
    with quietly():
        raw = weighted(q, softplus(-z)) + weighted(1 - q, softplus(z))
        # sigmoid(z) - q, exact where sigmoid(z) is rounded to 1
        slope = (1 - q) * sigmoid(z) - q * sigmoid(-z)
        return _loss(share, raw.sum(axis=-1), slope, given)


def squared_error(
    values: ArrayLike,
    targets: ArrayLike,
    *,
    lengths: Sequence[int] | None = None,
    mask: ArrayLike | None = None,
    weights: ArrayLike | None = None,
    last: bool = False,
    mean: bool = False,
) -> Loss:
    """sum_k (y_k - t_k)^2 at each step, without a factor 1/2: y the values, t the targets, of one shape.

    The gradient is 2 (y - t). Raises NetworkError for shapes that do not fit, and targets that are NaN or infinite.
    """
    given = series(values, "values")
    problems: list[Problem] = []
    share = shares(given.shape[:-1], problems, lengths=lengths, mask=mask, weights=weights, last=last)
    t = entries(targets, given.shape, share != 0, problems)
    if mean:
        share = averaged(share, given.shape[-1], problems)
    if problems:
        raise NetworkError(problems)
    with quietly():
        error = given.astype(np.float64) - t
        return _loss(share, (error * error).sum(axis=-1), 2 * error, given)


def squared_totals(values: Array, targets: Array) -> Array:
    """The squared errors of many sequences (T, batch, size) for targets (T, size) that all share, (batch,); nothing is checked."""
    with quietly():
        error = values.astype(np.float64) - targets[:, None]
        return np.asarray(np.einsum("tbk,tbk->b", error, error))


def _loss(share: Array, raw: Array, slope: Array, given: Array, probability: Array | None = None) -> Loss:
    steps = weighted(share, raw)
    gradient = weighted(share[..., None], slope).astype(given.dtype)
    return Loss(float(steps.sum()), steps, gradient, share, probability)
