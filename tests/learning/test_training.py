"""Training: the same numbers for the same settings, and the numbers of somebody who does it by hand."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from app.learning import Training
from app.learning.batches import Batches
from app.learning.pupil import Pupil
from tests.learning.small import small, trained


@pytest.mark.parametrize("changed", [
    {}, {"optimiser": "sgd", "rate": 0.5, "clip": "none"}, {"cell": "gru", "dtype": "float32", "truncation": 3},
    {"task": "reber", "options": {}, "clip": "value", "clip_at": 0.01}, {"data": 9, "schedule": "cosine", "warm_up": 2},
], ids=str)  # fmt: skip
def test_the_same_settings_give_the_same_run_bit_for_bit(changed: dict[str, Any]) -> None:
    one, other = trained(6, **changed), trained(6, **changed)
    assert one.flat.vector.tobytes() == other.flat.vector.tobytes()
    assert one.history == other.history
    assert one.is_over
    if not changed:
        assert trained(6, seed=1).flat.vector.tobytes() != one.flat.vector.tobytes()


def test_two_updates_are_those_that_are_made_by_hand() -> None:
    chosen = small(optimiser="momentum", rate=0.3, tuning={"momentum": 0.5}, clip_at=0.2, schedule="step",
                   schedule_every=1, schedule_factor=0.5)  # fmt: skip
    training, pupil, batches = Training(chosen), Pupil(chosen), Batches(chosen)
    weights = {pupil.network.full(name): array for name, array in pupil.network.initial(0).items()}
    velocity = {name: np.zeros_like(array) for name, array in weights.items()}
    for number, rate in ((1, 0.3), (2, 0.15)):
        learnt = pupil.learn(weights, batches.update(number))
        gradient = {name: learnt.gradients[0].parameters[name] for name in weights}
        length = float(np.sqrt(sum((array**2).sum() for array in gradient.values())))
        share = min(1.0, 0.2 / (length + 1e-6))
        velocity = {name: 0.5 * velocity[name] + share * gradient[name] for name in weights}
        weights = {name: weights[name] - rate * velocity[name] for name in weights}
        progress = training.step()
        assert (progress.update, progress.rate) == (number, rate)
        assert progress.loss == pytest.approx(learnt.loss, rel=1e-12)
        assert progress.norm == pytest.approx(length, rel=1e-12)
        assert progress.clipped == pytest.approx(min(length, 0.2), rel=1e-5)
        for name, array in weights.items():
            assert training.parameters[name] == pytest.approx(array, rel=1e-12, abs=1e-15)


def test_held_out_sequences_are_looked_at_when_it_is_time() -> None:
    training = Training(small(updates=7))
    seen = [training.step().held_out for _ in range(7)]
    assert [each.update if each else None for each in seen] == [None, None, 3, None, None, 6, 7]
    assert training.history.held_out == [each for each in seen if each]
    answers = training.pupil.answers(training.parameters, training.batches.held_out.inputs)
    last = seen[-1]
    assert last is not None
    assert last.loss == pytest.approx(training.pupil.task.loss(answers, training.batches.held_out).total, rel=1e-12)


def test_held_out_sequences_in_pieces_are_all_there() -> None:
    training = Training(small(test=150))
    found = training.measure()
    assert found is not None
    answers = training.pupil.answers(training.parameters, training.batches.held_out.inputs)
    assert answers.shape[1] == 150
    assert found.accuracy == training.pupil.task.judge(answers, training.batches.held_out)


def test_the_norm_at_each_step_is_shown_when_it_is_asked_for() -> None:
    training = Training(small())
    assert training.step().flow is None
    flow = training.step(flow=True).flow
    assert flow is not None
    assert flow.shape == (10,)
    assert (flow > 0).all()


@pytest.mark.parametrize("name", ["zeros", "he", "pytorch"])
def test_weights_can_be_started_by_another_rule(name: str) -> None:
    training = Training(small(start=name))
    network = training.pupil.network
    for full, array in training.parameters.items():
        assert np.array_equal(array, network.start(full, name, 0))


def test_clipping_by_value_bounds_every_entry() -> None:
    training = Training(small(clip="value", clip_at=1e-3, optimiser="sgd", rate=1.0))
    before = training.flat.vector.copy()
    training.step()
    assert np.abs(training.flat.vector - before).max() == pytest.approx(1e-3)


@pytest.mark.parametrize("cell", ["linear-rnn", "relu-rnn", "lstm"])
def test_numbers_that_overflow_stop_it_with_the_last_good_weights(cell: str) -> None:
    training = Training(small(task="adding", options={"length": 40}, cell=cell, optimiser="sgd", rate=1000.0,
                              clip="none", updates=300, every=300))  # fmt: skip
    while not training.is_over:
        progress = training.step()
    assert progress.stop is training.stopped is not None
    assert progress.stop.update == progress.update == training.done + 1
    assert np.isfinite(training.flat.vector).all()
    answers = training.pupil.answers(training.parameters, training.batches.update(training.done).inputs)
    assert np.isfinite(answers).all()


def test_it_learns() -> None:
    """One bit over five steps, within a second."""
    training = trained(
        150, task="one-bit", options={"length": 5}, cell="gru", batch=16, updates=150, rate=0.02, every=150
    )
    assert training.history.held_out[-1].accuracy == 1
    assert training.history.loss[-1] < 0.1 < 0.6 < training.history.loss[0]
