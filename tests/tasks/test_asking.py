"""Asked at the last step, or at every one: the same sequences, other targets."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from app.tasks import EVERY, LAST, TASKS, Task, asked_at
from tests.tasks.trivial import constant, drawn

OPEN = [each for each in TASKS.values() if len(each.readouts) > 1]


@pytest.mark.parametrize("task", OPEN, ids=lambda task: str(task.name))
def test_what_is_wanted_at_the_last_step_stays(task: Task) -> None:
    usual = drawn(task, 7)
    other = asked_at(usual, task.readouts[1])
    assert other.inputs is usual.inputs
    assert (other.targets[-1] == usual.targets[-1]).all()
    assert other.mask[-1].all()
    assert other.mask[:-1].any() == (task.readouts[1] == EVERY)
    assert (other.asked == other.mask).all()


def test_at_every_step_the_last_ones_target_is_wanted_up_to_each_sequences_end() -> None:
    batch = drawn(TASKS["adding-1997"], 9)
    other = asked_at(batch, EVERY)
    for number, length in enumerate(batch.lengths):
        assert other.mask[:, number].sum() == length == np.flatnonzero(batch.mask[:, number])[-1] + 1
        assert (other.targets[:, number] == batch.targets[length - 1, number]).all()


def test_at_the_last_step_of_sequences_that_end_at_different_ones() -> None:
    batch = drawn(TASKS["slots"], 9)
    other = asked_at(batch, LAST)
    assert [int(each) for each in np.flatnonzero(other.mask.T) % len(other.mask)] == [each - 1 for each in batch.lengths]


@pytest.mark.parametrize("name", ["one-bit", "recall", "parity"])
def test_the_other_baseline_is_what_is_reached_without_memory(name: str) -> None:
    """Each step on its own: where the input tells the answer it is known, else guessed."""
    task = TASKS[name]
    settings = task.complete({"length": 4})
    batch = asked_at(drawn(task, 40_000, settings), task.readouts[1])
    answers = np.array(constant(0.0)(batch)) + np.random.default_rng(1).normal(scale=1e-9, size=(4, 40_000, 1))
    if task.readouts[1] == EVERY:
        answers[0] = 100 * (2 * batch.targets[0] - 1)
    expected = task.baseline_at(settings, task.readouts[1])
    assert task.loss(answers, batch).total == pytest.approx(expected.loss, rel=1e-6)
    assert task.judge(answers, batch) == pytest.approx(expected.accuracy, abs=0.01)
    assert task.baseline_at(settings, task.readouts[0]) == task.baseline_at(settings, "task") == task.baseline(settings)
    assert replace(task, baseline_otherwise=None).baseline_at(settings, task.readouts[1]) == task.baseline(settings)
