"""How large vectors and matrices are, also where their squares would be too large or too small for a number."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from ..ops import Array, quietly


def length(vectors: Array) -> Array:
    """Euclidean norm over the last axis, (..., n) to (...)."""
    limits = np.finfo(vectors.dtype)
    with quietly():
        squares = np.einsum("...i,...i->...", vectors, vectors)
        found = np.asarray(np.sqrt(squares))
        # squares that have lost digits, or are no numbers any more: divided by the largest entry first
        lost = ~((squares > limits.tiny / limits.eps) & (squares < limits.max * limits.eps))
        if lost.any():
            rows = vectors[lost]
            largest = np.abs(rows).max(axis=-1)
            scale = np.where((largest > 0) & np.isfinite(largest), largest, 1)
            found[lost] = largest * np.sqrt(np.square(rows / scale[..., None]).sum(axis=-1))
    return found


def frobenius(matrices: Array) -> Array:
    """Square root of the sum of all squares, (..., m, n) to (...)."""
    return length(matrices.reshape(*matrices.shape[:-2], -1))


def spectral(matrices: Array) -> Array:
    """Largest singular value, (..., m, n) to (...): how much longer a vector can become.

    NaN where an entry is, else infinite where an entry is.
    """
    return _finite(matrices, lambda m: np.linalg.svd(m, compute_uv=False)[..., 0])


def radius(matrices: Array) -> Array:
    """Largest magnitude of an eigenvalue, (..., n, n) to (...): what repeating the same matrix grows by in the end.

    NaN where an entry is, else infinite where an entry is.
    """
    return _finite(matrices, lambda m: np.abs(np.linalg.eigvals(m)).max(axis=-1))


def _finite(matrices: Array, of: Callable[[Array], Array]) -> Array:
    """What can be worked out for matrices of finite numbers only; the others are as their worst entry."""
    rows = matrices.reshape(*matrices.shape[:-2], -1)
    found = np.where(np.isnan(rows).any(axis=-1), np.nan, np.inf).astype(matrices.dtype)
    fine = np.isfinite(rows).all(axis=-1)
    with quietly():
        found[fine] = of(matrices[fine])
    return found
