"""Sine to cosine."""

from __future__ import annotations

import numpy as np
import pytest

from app.tasks.sine import TASK
from tests.tasks.trivial import constant, drawn, holds


def test_whoever_sees_the_present_value_alone_reaches_the_baseline() -> None:
    holds(TASK, constant(0.0), settings={"length": 13, "period": 7})


def test_it_is_a_quarter_of_a_period_ahead() -> None:
    batch = drawn(TASK, 9, {"length": 30, "period": 20})
    sine, cosine = batch.inputs[..., 0], batch.targets[..., 0]
    assert sine**2 + cosine**2 == pytest.approx(np.ones(sine.shape))
    assert cosine[:-5] == pytest.approx(sine[5:])
    assert sine[20:] == pytest.approx(sine[:10])
    assert batch.mask[1:].all()
    assert not batch.mask[0].any()


def test_two_values_tell_the_third() -> None:
    """So a network with memory can do without any loss: cos a = (sin a cos d - sin(a - d)) / sin d."""
    batch = drawn(TASK, 9, {"length": 12, "period": 9})
    turn = 2 * np.pi / 9
    sine = batch.inputs[..., 0]
    found = (sine[1:] * np.cos(turn) - sine[:-1]) / np.sin(turn)
    assert found == pytest.approx(batch.targets[1:, :, 0])
