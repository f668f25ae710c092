"""Adam: RMSprop with momentum, both means freed of their start at 0."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import DTypeLike

from ..ops import Array, quietly


class Adam:
    """m <- a m + (1 - a) g, v <- b v + (1 - b) g^2, p <- p - rate m' / (sqrt(v') + small), from m = v = 0.

    m' = m / (1 - a^n) and v' = v / (1 - b^n) at update n (Kingma & Ba 2015, algorithm 1; the form of torch.optim.Adam).
    """

    def __init__(
        self, size: int, dtype: DTypeLike, *, decay: float = 0.9, decay_of_squares: float = 0.999, small: float = 1e-8
    ) -> None:
        self.decay, self.decay_of_squares, self.small = decay, decay_of_squares, small
        self._scratch: Array = np.empty(size, dtype)
        self.memory: dict[str, Array] = {"mean": np.zeros(size, dtype), "squares": np.zeros(size, dtype)}

    def update(self, parameters: Array, gradient: Array, rate: float, number: int) -> None:
        """One update of `parameters` in place; both are (size,). `number` counts updates from 1."""
        scratch, mean, squares = self._scratch, self.memory["mean"], self.memory["squares"]
        with quietly():
            mean *= self.decay
            np.multiply(gradient, 1 - self.decay, out=scratch)
            mean += scratch
            squares *= self.decay_of_squares
            np.multiply(gradient, gradient, out=scratch)
            scratch *= 1 - self.decay_of_squares
            squares += scratch
            np.sqrt(squares, out=scratch)
            scratch *= 1 / math.sqrt(1 - self.decay_of_squares**number)
            scratch += self.small
            np.divide(mean, scratch, out=scratch)
            scratch *= rate / (1 - self.decay**number)
            parameters -= scratch
