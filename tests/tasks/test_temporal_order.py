"""Temporal order of 1997."""

from __future__ import annotations

import numpy as np

from app.tasks.temporal_order import NAMES, ORDERS, TASK
from tests.tasks.trivial import constant, drawn, holds


def test_whoever_knows_nothing_reaches_the_baseline() -> None:
    holds(TASK, constant(0, 0, 0, 0), settings={"length": 20})


def test_it_is_what_the_paper_says() -> None:
    batch = drawn(TASK, 3000, {"length": 100})
    codes, ends = batch.inputs.argmax(axis=-1), batch.mask.argmax(axis=0)
    found = set()
    for column, end in enumerate(ends):
        text = "".join(NAMES[code] for code in codes[: end + 1, column])
        assert text[0] == "E"
        assert text[-1] == "B"
        assert set(text[1:-1]) <= set("abcdXY")
        first, second = (at for at, letter in enumerate(text) if letter in "XY")
        assert text[first] + text[second] == ORDERS[batch.targets[end, column]]
        found.add((first, second, end + 1))
    bounds = [(min(each), max(each)) for each in zip(*found, strict=True)]
    assert bounds == [(10, 20), (50, 60), (100, 110)]
    assert not batch.inputs[109][ends < 109].any()
    assert (batch.mask.sum(axis=0) == 1).all()
    assert np.array_equal(batch.mask, batch.asked)
