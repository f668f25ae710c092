"""Gradient descent: plain, with momentum, and with Nesterov's."""

from __future__ import annotations

import numpy as np
from numpy.typing import DTypeLike

from ..ops import Array, quietly


class Sgd:
    """b <- momentum b + g, p <- p - rate b, from b = 0; with `nesterov` p <- p - rate (g + momentum b).

    The form of torch.optim.SGD (Sutskever et al. 2013, where the rate is inside b). Without momentum there is no b.
    """

    def __init__(self, size: int, dtype: DTypeLike, *, momentum: float = 0.0, nesterov: bool = False) -> None:
        self.momentum, self.nesterov = momentum, nesterov
        self._scratch: Array = np.empty(size, dtype)
        self.memory: dict[str, Array] = {"velocity": np.zeros(size, dtype)} if momentum else {}

    def update(self, parameters: Array, gradient: Array, rate: float, number: int) -> None:
        """One update of `parameters` in place; both are (size,). `number` counts updates from 1 and is not needed."""
        scratch, step = self._scratch, gradient
        with quietly():
            if self.momentum:
                step = self.memory["velocity"]
                step *= self.momentum
                step += gradient
                if self.nesterov:
                    np.multiply(step, self.momentum, out=scratch)
                    scratch += gradient
                    step = scratch
            np.multiply(step, rate, out=scratch)
            parameters -= scratch
