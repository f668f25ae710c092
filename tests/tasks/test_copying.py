"""The copy problem."""

from __future__ import annotations

import numpy as np
import pytest

from app.tasks.copying import TASK
from tests.tasks.trivial import drawn, holds, known


@pytest.mark.parametrize(("gap", "expected"), [(100, 0.17329), (200, 0.09452), (500, 0.03999)])
def test_baselines_are_the_papers(gap: int, expected: float) -> None:
    assert TASK.baseline({"gap": gap, "symbols": 10}).loss == pytest.approx(expected, abs=5e-6)


def test_whoever_only_counts_reaches_the_baseline() -> None:
    holds(TASK, lambda batch: known(batch, 9, batch.asked, np.arange(9) > 0), sequences=3000)


def test_the_symbols_are_wanted_after_the_marker() -> None:
    batch = drawn(TASK, 7, {"gap": 4, "symbols": 3})
    codes = batch.inputs.argmax(axis=-1)
    assert codes.shape == (10, 7)
    assert (codes[:3] == batch.targets[-3:]).all()
    assert codes[:3].min() >= 1
    assert (codes[6] == 9).all()
    assert not codes[[3, 4, 5, 7, 8, 9]].any()
    assert not batch.targets[:-3].any()
    assert batch.asked[-3:].all()
    assert not batch.asked[:-3].any()
    assert batch.mask.all()
