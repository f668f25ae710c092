"""The adding problem of 1997."""

from __future__ import annotations

import numpy as np
import pytest

from app.tasks.adding_1997 import TASK, zeroed
from tests.tasks.trivial import constant, drawn, holds


@pytest.mark.parametrize("length", [24, 100])
def test_whoever_knows_nothing_reaches_the_baseline(length: int) -> None:
    holds(TASK, constant(0.5), settings={"length": length}, sequences=60_000)


def test_without_the_rare_case_it_would_be_one_in_twenty_four() -> None:
    assert TASK.baseline({"length": 2000}).loss + zeroed(2000) / 48 == pytest.approx(1 / 24)


def test_it_is_what_the_paper_says() -> None:
    batch = drawn(TASK, 4000, {"length": 40})
    numbers, marks = batch.inputs[..., 0], batch.inputs[..., 1]
    ends = batch.mask.argmax(axis=0)
    columns = np.arange(4000)
    assert set(ends + 1) == set(range(40, 45))
    assert (marks[ends, columns] == -1).all()
    assert ((marks == 1).sum(axis=0) == 2).all()
    assert (marks[:10] == 1).any(axis=0).all()
    assert not (marks[20:] == 1).any()
    first = marks[0] == 1
    assert first.mean() == pytest.approx(zeroed(40), abs=0.02)
    assert (marks[0, ~first] == -1).all()
    chosen = np.where(marks == 1, numbers, 0)
    assert ((chosen[:, first] == 0).sum(axis=0) == 43).all()
    assert batch.targets[ends, columns, 0] == pytest.approx(0.5 + chosen.sum(axis=0) / 4)
    assert not batch.inputs[43][ends < 43].any()
