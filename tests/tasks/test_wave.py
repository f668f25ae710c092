"""A wave from nothing."""

from __future__ import annotations

import numpy as np

from app.tasks.wave import PARTS, TASK, wave
from tests.tasks.trivial import constant, drawn, holds


def test_whoever_says_nothing_reaches_the_baseline() -> None:
    holds(TASK, constant(0.0), sequences=3, loss=1e-12, accuracy=1e-12)


def test_it_is_the_sum_of_its_parts() -> None:
    found = np.abs(np.fft.rfft(wave(160)))
    often = [each for each, _, _ in PARTS]
    assert sorted(np.argsort(found)[-len(PARTS) :]) == often
    heights = found[often] / found[1]
    assert np.allclose(heights, [height for _, height, _ in PARTS])
    assert (np.delete(found, often) < 1e-9).all()


def test_nothing_is_read_but_that_it_begins() -> None:
    batch = drawn(TASK, 3)
    assert batch.inputs[0].all()
    assert not batch.inputs[1:].any()
    assert (batch.targets == batch.targets[:, :1]).all()
