"""One bit over T steps."""

from __future__ import annotations

import numpy as np

from app.tasks.one_bit import TASK
from tests.tasks.trivial import constant, drawn, holds


def test_whoever_forgets_reaches_the_baseline() -> None:
    holds(TASK, constant(0.0), settings={"length": 2})


def test_the_first_input_is_asked_for_at_the_end() -> None:
    batch = drawn(TASK, 40, {"length": 6})
    assert set(np.unique(batch.inputs[0])) == {-1, 1}
    assert not batch.inputs[1:].any()
    assert np.array_equal(batch.targets[-1] > 0, batch.inputs[0] > 0)
    assert batch.mask[-1].all()
    assert not batch.mask[:-1].any()
