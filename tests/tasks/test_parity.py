"""Running parity."""

from __future__ import annotations

import numpy as np

from app.tasks import Array, Batch
from app.tasks.parity import TASK
from tests.tasks.trivial import drawn, holds


def without_memory(batch: Batch) -> Array:
    """Sure at the first step, where the bit is the parity; nothing is known at the others."""
    logits = np.zeros(batch.targets.shape)
    logits[0] = np.where(batch.inputs[0] > 0, 1000, -1000)
    return logits


def test_whoever_does_not_remember_reaches_the_baseline() -> None:
    holds(TASK, without_memory, settings={"length": 5})


def test_it_is_the_exclusive_or_of_all_bits_so_far() -> None:
    batch = drawn(TASK, 50, {"length": 12})
    odd = np.logical_xor.accumulate(batch.inputs > 0, axis=0)
    assert np.array_equal(batch.targets > 0, odd)
    assert set(np.unique(batch.inputs)) == {0, 1}
    assert batch.mask.all()
    assert batch.asked.all()
