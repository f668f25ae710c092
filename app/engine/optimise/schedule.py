"""Learning rates that change: what share of the rate an update gets."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

RATE_SHAPES: dict[str, Callable[[int, int, float], float]] = {
    "constant": lambda done, every, factor: 1.0,
    "step": lambda done, every, factor: factor ** (done // every),
    "exponential": lambda done, every, factor: factor ** (done / every),
    "cosine": lambda done, every, factor: factor + (1 - factor) * _half_wave(min(done, every) / every),
}
"""The share of the rate after `done` updates, by name.

`step` multiplies the rate by the factor every so many updates (StepLR of PyTorch); `exponential` does the same little by
little (ExponentialLR has every = 1); `cosine` goes down to the factor within them and stays there (Loshchilov & Hutter
2017, eq. 5; CosineAnnealingLR).
"""


@dataclass(frozen=True, slots=True)
class RateSchedule:
    """A shape of `RATE_SHAPES` with its two numbers, and a warm-up: the rate rises in a line over the first updates.

    Warm-up is LinearLR of PyTorch with start_factor 1/warm_up over warm_up - 1 updates, and both are multiplied as
    ChainedScheduler does.
    """

    shape: str = "constant"
    every: int = 1000
    factor: float = 0.1
    warm_up: int = 0

    def share(self, number: int) -> float:
        """What the learning rate is multiplied by at update `number`, counted from 1."""
        rising = min(1.0, number / self.warm_up) if self.warm_up else 1.0
        return rising * RATE_SHAPES[self.shape](number - 1, self.every, self.factor)


def _half_wave(share: float) -> float:
    """From 1 to 0 as share goes from 0 to 1."""
    return (1 + math.cos(math.pi * share)) / 2
