"""Memory for the numbers of a run, counted as it is handed out."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from .ops import Array


class Rooms:
    """Gives arrays of one type and counts their bytes.

    `weightless` ones take no memory and cannot be written to: with them a run is laid out to know what it will need.
    """

    def __init__(self, dtype: np.dtype[Any], *, weightless: bool = False) -> None:
        self.dtype, self.weightless = dtype, weightless
        self.bytes = 0

    def empty(self, *shape: int) -> Array:
        """Room whose contents are to be written before they are read."""
        return self._room(shape, "C", zeros=False)

    def zeros(self, *shape: int, order: str = "C") -> Array:
        """Room that holds zeros; by columns if `order` is "F"."""
        return self._room(shape, order, zeros=True)

    def flags(self, *shape: int) -> Array:
        """Room that holds False."""
        self.bytes += math.prod(shape)
        return np.broadcast_to(np.False_, shape) if self.weightless else np.zeros(shape, bool)

    def _room(self, shape: tuple[int, ...], order: str, *, zeros: bool) -> Array:
        self.bytes += math.prod(shape) * self.dtype.itemsize
        if self.weightless:
            return np.broadcast_to(np.zeros((), self.dtype), shape)
        return np.zeros(shape, self.dtype, "F" if order == "F" else "C") if zeros else np.empty(shape, self.dtype)
