"""What share of the answers is right, by hand."""

from __future__ import annotations

import numpy as np

from app.tasks import Batch
from app.tasks.judges import all_legal, best_class, right_side, within


def batch(targets: object, asked: object, legal: object = None) -> Batch:
    steps = np.asarray(asked, bool)
    return Batch(
        np.zeros((*steps.shape, 1)), np.asarray(targets), steps, steps, None if legal is None else np.asarray(legal)
    )


def test_the_best_class() -> None:
    answers = np.array([[[1.0, 2.0], [3.0, 0.0]], [[5.0, 1.0], [0.0, 1.0]]])
    assert best_class(answers, batch([[1, 1], [0, 0]], [[1, 1], [1, 0]])) == 2 / 3


def test_the_right_side() -> None:
    answers = np.array([[[1.0], [-2.0]], [[-3.0], [0.5]]])
    assert right_side(answers, batch([[[1], [1]], [[0], [1]]], [[1, 1], [1, 1]])) == 3 / 4


def test_within() -> None:
    answers = np.array([[[1.0], [2.0]], [[3.0], [4.0]]])
    assert within(0.5)(answers, batch([[[1.4], [2.6]], [[0], [4]]], [[1, 1], [0, 1]])) == 2 / 3


def test_all_legal() -> None:
    legal = [[[1, 1, 0], [0, 1, 0]], [[0, 0, 1], [1, 0, 0]]]
    answers = np.array([[[2.0, 1.0, 0.0], [0.0, 1.0, 0.0]], [[0.0, 0.0, 1.0], [0.0, 1.0, 0.0]]])
    both = batch([[0, 0], [0, 0]], [[1, 1], [1, 1]], np.array(legal, bool))
    assert all_legal(answers, both) == 0.5
    first = batch([[0, 0], [0, 0]], [[1, 1], [1, 0]], np.array(legal, bool))
    assert all_legal(answers, first) == 1.0
