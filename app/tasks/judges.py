"""What share of the answers is right: the ways in which tasks judge."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from .task import Array, Batch


def best_class(answers: Array, batch: Batch) -> float:
    """The share of the steps that are asked at which the largest answer is the target's."""
    right = answers.argmax(axis=-1) == batch.targets
    return float(right[batch.asked].mean())


def right_side(answers: Array, batch: Batch) -> float:
    """The share of the steps that are asked at which all logits have the sign of their yes (1) or no (0)."""
    right = ((answers > 0) == (batch.targets > 0.5)).all(axis=-1)
    return float(right[batch.asked].mean())


def within(most: float) -> Callable[[Array, Batch], float]:
    """Judges the share of the steps that are asked at which every number is nearer to its target than `most`."""

    def judge(answers: Array, batch: Batch) -> float:
        right = (np.abs(answers - batch.targets) < most).all(axis=-1)
        return float(right[batch.asked].mean())

    return judge


def all_legal(answers: Array, batch: Batch) -> float:
    """The share of the sequences in which, at every step that is asked, the k legal classes have the k largest answers.

    That is how Hochreiter & Schmidhuber 1997 judge a network that has learnt the Reber grammar.
    """
    assert batch.legal is not None, "the task tells what is legal"
    least = np.where(batch.legal, answers, np.inf).min(axis=-1)
    most = np.where(batch.legal, -np.inf, answers).max(axis=-1)
    return float(((least > most) | ~batch.asked).all(axis=0).mean())
