from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from app.engine import NetworkError, Problem
from app.engine.losses.loss_check import numbers, place, refuse, series, shape_problem


def test_numbers_are_float64_unless_they_are_float32() -> None:
    problems: list[Problem] = []
    for given, wanted in (([1, 2], "f8"), (np.ones(2, np.float32), "f4"), (np.ones(2, np.float16), "f8"), ([True], "f8")):
        array = numbers(given, "logits", problems)
        assert array is not None
        assert array.dtype == np.dtype(wanted)
    assert not problems


@pytest.mark.parametrize("given", [[[1, 2], [3]], [["a"]], [None], [1j], "text", {"a": 1}, [10**400]])
def test_what_holds_no_numbers(given: Any) -> None:
    problems: list[Problem] = []
    assert numbers(given, "mask", problems) is None
    assert problems == [
        Problem(
            "not-numbers", "'mask' does not hold numbers in rows of equal length", {"name": "mask"},
            "give lists of numbers of equal length", field="mask",
        )
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("shape", "options", "expected"),
    [
        ((3,), {}, "(T, size) or (T, batch, size)"),
        ((0, 3), {}, "(T, size) or (T, batch, size)"),
        ((2, 0, 3), {}, "(T, size) or (T, batch, size)"),
        ((2, 3, 4, 5), {}, "(T, size) or (T, batch, size)"),
        ((2, 3, 4), {"axes": (2,), "size": "symbols"}, "(T, symbols)"),
        ((2, 3), {"axes": (3,), "size": "symbols"}, "(T, batch, symbols)"),
    ],
)
def test_series_of_another_shape(shape: tuple[int, ...], options: dict[str, Any], expected: str) -> None:
    with pytest.raises(NetworkError) as error:
        series(np.zeros(shape), "logits", **options)
    assert error.value.problems == (shape_problem("logits", expected, shape),)
    assert error.value.problems[0].message == f"'logits' has the shape {shape}, not {expected}"


def test_series() -> None:
    assert series([[1, 2]], "logits").shape == (1, 2)
    assert np.isnan(series([[[np.nan]]], "logits")).all()
    with pytest.raises(NetworkError, match="'logits' does not hold numbers in rows of equal length"):
        series([[1, 2], [3]], "logits")


@pytest.mark.parametrize(
    ("at", "lead", "said"),
    [
        ((2,), 1, "step 3"), ((2, 0), 2, "step 3 of sequence 1"), ((2, 4), 1, "entry 5 of step 3"),
        ((2, 0, 4), 2, "entry 5 of step 3 of sequence 1"),
    ],
)  # fmt: skip
def test_places_count_from_1(at: tuple[int, ...], lead: int, said: str) -> None:
    assert place(at, lead) == said


def test_one_problem_for_all_bad_entries() -> None:
    array = np.array([[1.0, 2.5], [1234567.0, 4.0]])
    problems: list[Problem] = []
    assert not refuse(array < 0, array, 2, "targets", "which is wrong", "do better", problems)
    assert not problems
    assert refuse(array > 1, array, 2, "targets", "which is wrong", "do better", problems)
    assert refuse(array > 5, array, 1, "weights", "which is wrong", "do better", problems)
    assert problems == [
        Problem(
            "bad-targets", "'targets' has 2.5 at step 1 of sequence 2, which is wrong (and 2 more)",
            {"name": "targets", "value": "2.5", "place": "step 1 of sequence 2", "more": 2}, "do better", field="targets",
        ),
        Problem(
            "bad-weights", "'weights' has 1234567 at entry 1 of step 2, which is wrong",
            {"name": "weights", "value": "1234567", "place": "entry 1 of step 2", "more": 0}, "do better", field="weights",
        ),
    ]  # fmt: skip
