"""Symbols as vectors, steps marked."""

from __future__ import annotations

import numpy as np

from app.tasks.coding import one_of, only


def test_a_symbol_is_a_single_one_and_none_after_the_end() -> None:
    assert one_of(np.array([[2], [-1]]), 3).tolist() == [[[0, 0, 1]], [[0, 0, 0]]]


def test_one_step_of_each_sequence() -> None:
    assert only(3, np.array([0, 2])).tolist() == [[True, False], [False, False], [False, True]]
