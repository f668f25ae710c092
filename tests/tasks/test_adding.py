"""The adding problem."""

from __future__ import annotations

import pytest

from app.tasks.adding import TASK
from tests.tasks.trivial import constant, drawn, holds


def test_whoever_knows_nothing_reaches_the_baseline() -> None:
    holds(TASK, constant(1.0), settings={"length": 10}, sequences=100_000)


def test_one_number_is_marked_in_each_half() -> None:
    batch = drawn(TASK, 500, {"length": 9})
    numbers, marks = batch.inputs[..., 0], batch.inputs[..., 1]
    assert (marks[:4].sum(axis=0) == 1).all()
    assert (marks[4:].sum(axis=0) == 1).all()
    assert (marks.sum(axis=1) > 0).all()
    assert 0 <= numbers.min() < 0.01 < 0.99 < numbers.max() < 1
    assert batch.targets[-1, :, 0] == pytest.approx((numbers * marks).sum(axis=0))
    assert batch.mask[-1].all()
    assert not batch.mask[:-1].any()
