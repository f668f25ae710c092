"""Symbols as vectors with a single 1, and steps of a sequence marked."""

from __future__ import annotations

import numpy as np

from .task import Array


def one_of(codes: Array, count: int) -> Array:
    """Whole numbers below `count` as vectors: (...,) to (..., count); a code of -1, after a sequence's end, is all 0."""
    return np.concatenate([np.eye(count), np.zeros((1, count))])[codes]


def only(length: int, steps: Array) -> Array:
    """(T, batch), true at one step of each sequence; `steps` (batch,) count from 0."""
    return np.asarray(np.arange(length)[:, None] == steps)
