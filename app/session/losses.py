"""The loss of a sequence as it is sent: of every step, and the sum of all up to there."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from app.engine import Objective, Trace

from .numbers import Floats

LOSS = "loss"
"""What the loss is called where a value is named."""

Targets = Sequence[Sequence[float] | None]


def losses(objective: Objective, trace: Trace, start: int, stop: int) -> dict[str, Floats]:
    """Of the steps start..stop (from 0), each (count, 1): the loss, all loss up to there, the probability of the target.

    Where nothing is asked the loss is 0 and the probability NaN; only cross-entropy has a probability.
    """
    found = objective.between(trace, 0, stop)
    arrays = {LOSS: found.steps, f"{LOSS}_sum": np.cumsum(found.steps)}
    if found.probability is not None:
        arrays[f"{LOSS}_probability"] = found.probability
    return {name: array[start:, None] for name, array in arrays.items()}


def rows(objective: Objective) -> list[list[float] | None]:
    """The targets as they were given, a row for each step."""
    return [[float(each) for each in row] if asked else None for row, asked in zip(objective.targets, objective.asked, strict=True)]
