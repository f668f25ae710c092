"""At which steps an answer is wanted: as the task has it, or the other way where it leaves that open."""

from __future__ import annotations

import numpy as np

from .task import EVERY, Array, Batch


def asked_at(batch: Batch, readout: str) -> Batch:
    """The same sequences, asked at their last step or at every one.

    Asked at the last step alone, the target there is the one that was wanted there before; asked at every step it is the
    last one's, wanted from the first step on.
    """
    steps = np.arange(batch.inputs.shape[0])[:, None]
    last = np.array(batch.lengths) - 1
    if readout == EVERY:
        asked: Array = steps <= last
        return Batch(batch.inputs, np.broadcast_to(batch.targets[last, np.arange(batch.size)], batch.targets.shape), asked, asked)
    asked = steps == last
    return Batch(batch.inputs, batch.targets, asked, asked)
