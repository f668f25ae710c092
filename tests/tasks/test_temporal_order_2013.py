"""Temporal order of 2013."""

from __future__ import annotations

import numpy as np

from app.tasks.temporal_order_2013 import NAMES, ORDERS, TASK
from tests.tasks.trivial import constant, drawn, holds


def test_whoever_knows_nothing_reaches_the_baseline() -> None:
    holds(TASK, constant(0, 0, 0, 0), settings={"length": 10})


def test_it_is_what_the_code_of_the_paper_does() -> None:
    batch = drawn(TASK, 2000, {"length": 50})
    codes = batch.inputs.argmax(axis=-1)
    assert (batch.inputs.sum(axis=-1) == 1).all()
    found = set()
    for column in range(2000):
        text = "".join(NAMES[code] for code in codes[:, column])
        first, second = (at for at, letter in enumerate(text) if letter in "AB")
        assert text[first] + text[second] == ORDERS[batch.targets[-1, column]]
        found.add((first, second))
    assert [(min(each), max(each)) for each in zip(*found, strict=True)] == [(5, 9), (25, 29)]
    assert batch.mask[-1].all()
    assert not batch.mask[:-1].any()
    assert np.array_equal(batch.mask, batch.asked)
