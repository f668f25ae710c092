"""Recall."""

from __future__ import annotations

import numpy as np

from app.tasks.recall import FIRST_NOISE, TASK
from tests.tasks.trivial import constant, drawn, holds


def test_whoever_does_not_remember_reaches_the_baseline() -> None:
    holds(TASK, constant(0.0))


def test_the_first_letter_is_asked_about_at_the_end() -> None:
    batch = drawn(TASK, 200, {"length": 9})
    codes = batch.inputs.argmax(axis=-1)
    assert set(codes[0]) == {0, 1}
    assert set(codes[1:].ravel()) == set(range(FIRST_NOISE, 6))
    assert np.array_equal(batch.targets[-1, :, 0], codes[0])
    assert batch.mask[-1].all()
    assert not batch.mask[:-1].any()
