"""Probabilities kept as their logarithms, so that nothing underflows: -inf is probability 0."""

from __future__ import annotations

import numpy as np

from ..ops import Array, quietly

#: taken off instead of a largest entry of -inf, from which nothing can be taken off
_LEAST = np.finfo(np.float64).min


def log_sum_exp(x: Array) -> Array:
    """log(sum(exp(x))) over the last axis, which is kept with length 1; -inf where all are -inf. Real numbers."""
    top = np.maximum(np.max(x, axis=-1, keepdims=True), _LEAST)
    with np.errstate(all="ignore"):
        return np.asarray(np.log(np.sum(np.exp(x - top), axis=-1, keepdims=True)) + top)


def log_softmax(x: Array) -> Array:
    """log(softmax(x)) over the last axis, real or complex, to full precision however near to 0 it comes.

    The largest entry is taken off first, so nothing overflows, and left out of the sum of exp: what the others add to
    it may be far smaller than rounding. A row with NaN, with +inf, or of -inf alone has no softmax: it becomes NaN.
    """
    with quietly():
        real = np.real(x)
        largest = np.argmax(real, axis=-1)[..., None]
        below = x - np.max(real, axis=-1, keepdims=True)
        others = np.exp(below)
        np.put_along_axis(others, largest, 0, axis=-1)
        # nothing for real numbers; a complex one keeps its imaginary part
        own = np.expm1(np.take_along_axis(below, largest, axis=-1))
        return np.asarray(below - np.log1p(others.sum(axis=-1, keepdims=True) + own))


def weighted(weights: Array, values: Array) -> Array:
    """weights * values, where a weight of 0 gives 0 whatever it weighs, infinity and NaN included."""
    with quietly():
        return np.asarray(np.where(weights == 0, 0.0, weights * values))
