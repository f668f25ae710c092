"""What a window shows of a sequence."""

from __future__ import annotations

import numpy as np
import pytest

from app.session.windows import Pane


@pytest.mark.parametrize(
    ("first", "count", "span"),
    [(1, None, (0, 10)), (3, 4, (2, 6)), (8, 9, (7, 10)), (10, 1, (9, 10)), (11, 5, (10, 10)), (99, None, (10, 10))],
)
def test_a_window_ends_where_the_sequence_does(first: int, count: int | None, span: tuple[int, int]) -> None:
    assert Pane("near", None, first, count).span(10) == span


def test_all_symbols_or_some() -> None:
    assert Pane("near").shows("c")
    assert Pane("near", frozenset({"c"})).shows("c")
    assert not Pane("near", frozenset({"c"})).shows("h")


def test_numbers_stay_exact_and_pictures_are_half_as_large() -> None:
    numbers = np.array([[0.1, 1e300]])
    assert Pane("near").cast(numbers) is numbers
    assert Pane("view", dtype="float32").cast(numbers).tolist() == [[float(np.float32(0.1)), np.inf]]
