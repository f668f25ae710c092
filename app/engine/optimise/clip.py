"""Clipping: a gradient that is too long is shortened, by its norm or entry by entry."""

from __future__ import annotations

import math

import numpy as np

from ..ops import Array, quietly

#: what PyTorch adds to the norm that it divides by
_SMALL = 1e-6


def norm(vector: Array) -> float:
    """The Euclidean norm of (size,), infinite or NaN only where an entry is."""
    with quietly():
        found = math.sqrt(float(np.dot(vector, vector)))
        if math.isfinite(found) or not vector.size:
            return found
        # the squares have left the range of the type, the entries perhaps not
        largest = float(np.abs(vector).max())
        if not math.isfinite(largest):
            return largest
        scaled = vector.astype(np.float64) / largest
    return largest * math.sqrt(float(np.dot(scaled, scaled)))


def clip_norm(gradient: Array, most: float, length: float | None = None) -> float:
    """Shortens (size,) in place to a norm of `most`, and gives the norm that it had; `length` is that if it is known.

    As torch.nn.utils.clip_grad_norm_ does (Pascanu, Mikolov & Bengio 2013, algorithm 1): times
    most / (norm + 1e-6) where that is below 1.
    """
    length = norm(gradient) if length is None else length
    share = most / (length + _SMALL)
    if share < 1:
        gradient *= share
    return length


def clip_value(gradient: Array, most: float) -> None:
    """Keeps every entry between -most and most, in place, as torch.nn.utils.clip_grad_value_ (Mikolov 2012)."""
    np.maximum(gradient, -most, out=gradient)
    np.minimum(gradient, most, out=gradient)
