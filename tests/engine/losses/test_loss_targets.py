from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from app.engine import Problem
from app.engine.losses.loss_targets import entries, one_hot

ALL = np.ones(3, bool)
CLASSES = "classes are whole numbers from 0 to 4"
ROWS = "each row holds probabilities, which sum to 1"
SHAPE = "give an array of the shape (3,) or (3, 5)"
LISTS = "give lists of numbers of equal length"
FINITE, CHANCES = "give finite numbers", "give numbers from 0 to 1"


def test_classes_and_rows() -> None:
    problems: list[Problem] = []
    rows = one_hot([2, 0, 1], (3, 3), ALL, problems)
    assert rows.tolist() == [[0, 0, 1], [1, 0, 0], [0, 1, 0]]
    np.testing.assert_array_equal(one_hot(rows, (3, 3), ALL, problems), rows)
    np.testing.assert_array_equal(one_hot([2.0, 0.0, 1.0], (3, 3), ALL, problems), rows)
    batch = one_hot([[0, 1], [1, 1]], (2, 2, 2), np.array([[True, False], [True, True]]), problems)
    assert batch.tolist() == [[[1, 0], [0, 0]], [[0, 1], [0, 1]]]
    soft = np.array([[0.25, 0.75], [1, 0], [0.5, 0.5]])
    np.testing.assert_array_equal(one_hot(soft, (3, 2), ALL, problems), soft)
    single = np.random.default_rng(0).dirichlet(np.ones(3000), size=3).astype(np.float32)
    assert one_hot(single, (3, 3000), ALL, problems).any()
    assert not problems


def test_what_does_not_count_is_not_looked_at() -> None:
    problems: list[Problem] = []
    first = np.array([True, False, False])
    assert one_hot([1, -100, 7], (3, 2), first, problems).tolist() == [[0, 1], [0, 0], [0, 0]]
    assert one_hot([[0.5, 0.5], [9, 9], [np.nan, 0]], (3, 2), first, problems).tolist() == [[0.5, 0.5], [0, 0], [0, 0]]
    assert entries([[3], [np.nan], [np.inf]], (3, 1), first, problems).tolist() == [[3], [0], [0]]
    assert entries([[1], [5], [np.nan]], (3, 1), first, problems, chances=True).tolist() == [[1], [0], [0]]
    assert not problems


@pytest.mark.parametrize(
    ("targets", "shape", "message", "hint"),
    [
        ([0, 7, 1], (3, 5), "has 7 at step 2, which is not one of the 5 classes", CLASSES),
        ([0, -1, 9], (3, 5), "has -1 at step 2, which is not one of the 5 classes (and 1 more)", CLASSES),
        ([0, 1.5, 2], (3, 5), "has 1.5 at step 2, which is not one of the 5 classes", CLASSES),
        ([0, 1, np.nan], (3, 5), "has nan at step 3, which is not one of the 5 classes", CLASSES),
        ([[0.5, 0.5], [1.5, -0.5], [1, 0]], (3, 2), "has 1.5 at entry 1 of step 2, which is not a probability (and 1 more)", ROWS),
        ([[0.5, 0.5], [np.nan, 1], [1, 0]], (3, 2), "has nan at entry 1 of step 2, which is not a probability", ROWS),
        ([[0.5, 0.5], [1, 0], [0.75, 0.5]], (3, 2), "has 1.25 at step 3, which is the sum of the row and should be 1", ROWS),
        ([0, 1], (3, 5), "has the shape (2,), not (3,) or (3, 5)", SHAPE),
        ([[0], [1], [2]], (3, 5), "has the shape (3, 1), not (3,) or (3, 5)", SHAPE),
        (["a", "b", "c"], (3, 5), "does not hold numbers in rows of equal length", LISTS),
    ],
)  # fmt: skip
def test_targets_of_a_softmax_that_cannot_be(targets: Any, shape: tuple[int, ...], message: str, hint: str) -> None:
    problems: list[Problem] = []
    one_hot(targets, shape, ALL, problems)
    assert [(problem.message, problem.hint, problem.field) for problem in problems] == [(f"'targets' {message}", hint, "targets")]


def test_a_class_that_cannot_be_in_a_batch() -> None:
    problems: list[Problem] = []
    one_hot([[0, 1], [1, 5]], (2, 2, 3), np.ones((2, 2), bool), problems)
    assert problems == [
        Problem(
            "bad-targets", "'targets' has 5 at step 2 of sequence 2, which is not one of the 3 classes",
            {"name": "targets", "value": "5", "place": "step 2 of sequence 2", "more": 0},
            "classes are whole numbers from 0 to 2", field="targets",
        )
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("targets", "chances", "message", "hint"),
    [
        ([[1, 2], [3, np.inf], [0, 0]], False, "has inf at entry 2 of step 2, which is not a finite number", FINITE),
        ([[1, 0], [0.5, -0.5], [2, 0]], True, "has -0.5 at entry 2 of step 2, which is not a probability (and 1 more)", CHANCES),
        ([[1, 0], [0, 0]], True, "has the shape (2, 2), not (3, 2)", "give an array of the shape (3, 2)"),
        ([1, 0, 0], False, "has the shape (3,), not (3, 2)", "give an array of the shape (3, 2)"),
        ([[1, 0], [0], [1, 1]], False, "does not hold numbers in rows of equal length", LISTS),
    ],
)  # fmt: skip
def test_entries_that_cannot_be(targets: Any, chances: bool, message: str, hint: str) -> None:
    problems: list[Problem] = []
    entries(targets, (3, 2), ALL, problems, chances=chances)
    assert [(problem.message, problem.hint) for problem in problems] == [(f"'targets' {message}", hint)]
