"""The noiseless task with long time lags."""

from __future__ import annotations

import numpy as np

from app.tasks.long_lag import TASK
from tests.tasks.trivial import drawn, holds, known


def test_whoever_forgets_the_first_symbol_reaches_the_baseline() -> None:
    holds(TASK, lambda batch: known(batch, 11, batch.asked, np.arange(11) >= 9), settings={"lag": 10}, sequences=4000)


def test_there_are_two_sequences() -> None:
    batch = drawn(TASK, 60, {"lag": 4})
    names = TASK.inputs({"lag": 4})
    assert names == ("a1", "a2", "a3", "y", "x")
    codes = np.concatenate([batch.inputs.argmax(axis=-1), batch.targets[-1:]])
    assert {" ".join(names[code] for code in column) for column in codes.T} == {"y a1 a2 a3 y", "x a1 a2 a3 x"}
    assert np.array_equal(codes[1:], batch.targets)
    assert batch.mask.all()
    assert batch.asked[-1].all()
    assert not batch.asked[:-1].any()
