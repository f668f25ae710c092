"""RMSprop: each parameter's step is measured by the size of its recent gradients."""

from __future__ import annotations

import numpy as np
from numpy.typing import DTypeLike

from ..ops import Array, quietly


class Rmsprop:
    """s <- decay s + (1 - decay) g^2, p <- p - rate g / (sqrt(s) + small), from s = 0.

    Tieleman & Hinton 2012 (lecture 6.5), in the form of torch.optim.RMSprop: `small` is added outside the root. With
    momentum b <- momentum b + g / (sqrt(s) + small), p <- p - rate b.
    """

    def __init__(
        self, size: int, dtype: DTypeLike, *, decay: float = 0.99, small: float = 1e-8, momentum: float = 0.0
    ) -> None:
        self.decay, self.small, self.momentum = decay, small, momentum
        self._scratch: Array = np.empty(size, dtype)
        self.memory: dict[str, Array] = {"squares": np.zeros(size, dtype)}
        if momentum:
            self.memory["velocity"] = np.zeros(size, dtype)

    def update(self, parameters: Array, gradient: Array, rate: float, number: int) -> None:
        """One update of `parameters` in place; both are (size,). `number` counts updates from 1 and is not needed."""
        scratch, squares = self._scratch, self.memory["squares"]
        with quietly():
            np.multiply(gradient, gradient, out=scratch)
            scratch *= 1 - self.decay
            squares *= self.decay
            squares += scratch
            np.sqrt(squares, out=scratch)
            scratch += self.small
            np.divide(gradient, scratch, out=scratch)
            if self.momentum:
                velocity = self.memory["velocity"]
                velocity *= self.momentum
                velocity += scratch
                scratch[...] = velocity
            scratch *= rate
            parameters -= scratch
