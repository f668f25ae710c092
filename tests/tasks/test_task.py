"""The record that all tasks have in common."""

from __future__ import annotations

import numpy as np
import pytest

from app.engine import ProblemError
from app.tasks import CLASSES, LOSSES, TASKS, YES_NO, Batch
from tests.tasks.trivial import drawn


def test_settings_are_completed() -> None:
    assert TASKS["copy"].complete({"gap": 7}) == {"gap": 7, "symbols": 5}


@pytest.mark.parametrize("value", [0, -1, 10**9, 2.0, True, "5", None, float("nan")])
def test_a_setting_that_is_no_whole_number_in_its_bounds_is_refused(value: object) -> None:
    with pytest.raises(ProblemError) as error:
        TASKS["copy"].complete({"gap": value})  # type: ignore[dict-item]
    (problem,) = error.value.problems
    assert (problem.code, problem.field, problem.args["high"]) == ("setting-outside", "gap", 2000)


def test_an_unknown_setting_is_refused_with_the_nearest() -> None:
    with pytest.raises(ProblemError) as error:
        TASKS["adding"].complete({"lenght": 7})
    (problem,) = error.value.problems
    assert (problem.code, problem.hint) == ("unknown-setting", "did you mean 'length'?")


def test_some_sequences_are_those() -> None:
    batch = drawn(TASKS["reber"], 5)
    some = batch.some(np.array([3, 1]))
    assert some.size == 2
    for name in Batch.__slots__:
        assert np.array_equal(getattr(some, name), getattr(batch, name)[:, [3, 1]])


def test_the_loss_is_the_mean_of_what_counts() -> None:
    task, batch = TASKS["one-bit"], drawn(TASKS["one-bit"], 8)
    loss = task.loss(np.zeros((20, 8, 1)), batch)
    assert loss.total == pytest.approx(np.log(2))
    assert np.count_nonzero(loss.gradient) == 8


def test_classes_can_be_answered_by_yes_and_no() -> None:
    task, batch = TASKS["temporal-order"], drawn(TASKS["temporal-order"], 8)
    loss = task.loss(np.zeros((50, 8, 4)), batch, YES_NO)
    assert loss.total == pytest.approx(np.log(2))
    assert np.sign(loss.gradient[-1]).tolist() == np.where(np.eye(4)[batch.targets[-1]], -1, 1).tolist()


def test_a_readout_goes_with_each_kind() -> None:
    assert TASKS["copy"].readout == LOSSES[CLASSES][1] == "y[outputs] = softmax(V @ h + d)"
