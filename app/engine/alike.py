"""Matrices of many networks that differ in few rows: the rows that all have alike go through all networks in one product.

On an error surface two numbers differ from network to network, and with them two rows of all recurrent matrices.
"""

from __future__ import annotations

import numpy as np

from .ops import Array


class Alike:
    """Products of `matrix` (rows, columns, networks), whose numbers may change, and vectors (columns, networks)."""

    def __init__(self, matrix: Array) -> None:
        self.matrix = matrix
        self._shared: Array | None = None
        self._own: list[int] = []

    def look(self) -> None:
        """Find the rows in which networks differ: to be called whenever the numbers have changed."""
        first = self.matrix[..., :1]
        self._own = [row for row, one in enumerate(first) if (self.matrix[row] != one).any()]
        # where most rows differ, one pass over all of them is quicker
        self._shared = np.ascontiguousarray(first[..., 0]) if 2 * len(self._own) <= len(first) else None

    def times(self, vectors: Array, out: Array) -> None:
        """Every network's matrix times its vector, into (rows, networks)."""
        if self._shared is None:
            np.einsum("ij...,j...->i...", self.matrix, vectors, out=out)
            return
        np.matmul(self._shared, vectors, out=out)
        for row in self._own:
            np.einsum("j...,j...->...", self.matrix[row], vectors, out=out[row])
