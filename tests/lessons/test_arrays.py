"""Numbers against shapes: one number fills, anything else fits or both shapes are told."""

from __future__ import annotations

import pytest

from app.lessons.arrays import filled
from app.lessons.faults import Place, Report
from app.lessons.table import Nested


@pytest.mark.parametrize(
    ("value", "shape", "expected"),
    [
        (2.0, (2,), [2.0, 2.0]),
        (1.0, (1, 3), [[1.0, 1.0, 1.0]]),
        ([[1.0, 2.0]], (1, 2), [[1.0, 2.0]]),
        ([3.0], (1,), [3.0]),
    ],
)
def test_values_that_fit(value: Nested, shape: tuple[int, ...], expected: Nested) -> None:
    assert filled(value, shape, "W", Place(Report("lesson"), "lesson.toml")) == expected


@pytest.mark.parametrize(
    ("value", "shape", "message", "hint"),
    [
        ([1.0, 0.0, 0.0], (1, 3), "'W' is a list of 3, it has to be 1 × 3",
         "write [[0, 0, 0]], or a single number for all"),
        ([[1.0, 0.0]], (2, 2), "'W' is 1 × 2, it has to be 2 × 2",
         "write 2 rows, each like [0, 0], or a single number for all"),
        ([[1.0], [1.0, 2.0]], (2, 2), "'W' is rows of different lengths, it has to be 2 × 2",
         "write 2 rows, each like [0, 0], or a single number for all"),
        ([[1.0]], (1,), "'W' is 1 × 1, it has to be a list of 1",
         "write 1 numbers in one pair of brackets, or a single number for all"),
        ([], (2,), "'W' is a list of 0, it has to be a list of 2",
         "write 2 numbers in one pair of brackets, or a single number for all"),
        ([1.0], (1, 9), "'W' is a list of 1, it has to be 1 × 9",
         "write [[0, 0, 0, 0, 0, 0, ...]], or a single number for all"),
    ],
)  # fmt: skip
def test_values_that_do_not_fit(value: Nested, shape: tuple[int, ...], message: str, hint: str) -> None:
    report = Report("lesson")
    assert filled(value, shape, "W", Place(report, "lesson.toml", 5)) is None
    [problem] = report.problems
    assert (problem.code, problem.line, problem.message, problem.hint) == ("wrong-shape", 5, message, hint)
