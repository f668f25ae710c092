"""Updates of all weights at once: by hand, against central differences, and where they cannot go on."""

from __future__ import annotations

from itertools import islice

import numpy as np
import pytest

from app.cells import load
from app.engine import OPTIMISERS, Layer, Network, Objective, Stand, objective, updates
from app.engine.ops import Array

UNIT = Network([Layer(load("linear-rnn"), 1)], 1)
W, U = UNIT.full("W"), UNIT.full("U")
START = {W: np.array([[1.0]]), U: np.array([[0.5]])}
INPUTS = [[1.0], [2.0], [4.0]]
ASKED = objective(UNIT, "squared", "h", [[0], None, [5]])


def loss(w: float, u: float) -> float:
    """h = 1w, then 2w + u h, then 4w + u h; asked are 0 at the first step and 5 at the last."""
    first = w
    last = 4 * w + u * (2 * w + u * first)
    return first**2 + (last - 5) ** 2


def walk(count: int, rate: float, *, rule: str = "sgd", most: float | None = None, given: dict[str, Array] = START) -> list[Stand]:
    optimiser = OPTIMISERS[rule].make(2, np.float64, {})
    return list(islice(updates(UNIT, given, INPUTS, ASKED, optimiser, rate=rate, most=most), count + 1))


def at(stand: Stand) -> tuple[float, float]:
    return float(stand.parameters[W][0, 0]), float(stand.parameters[U][0, 0])


def test_one_update_by_hand() -> None:
    before, after = walk(1, 0.02)
    assert before.loss == 1.0625
    assert (before.gradient[W][0, 0], before.gradient[U][0, 0]) == (4.625, 1.5)
    assert before.norm == before.clipped == pytest.approx(np.hypot(4.625, 1.5), rel=1e-15)
    assert at(after) == pytest.approx((1 - 0.02 * 4.625, 0.5 - 0.02 * 1.5), rel=1e-15)
    assert after.loss == pytest.approx(loss(0.9075, 0.47), rel=1e-14)
    assert START[W][0, 0] == 1, "what was given stays as it was"


def test_ten_updates_against_central_differences() -> None:
    w, u, small = 1.0, 0.5, 1e-6
    for stand in walk(10, 0.02):
        assert at(stand) == pytest.approx((w, u), rel=1e-7)
        assert stand.loss == pytest.approx(loss(w, u), rel=1e-7)
        slopes = ((loss(w + small, u) - loss(w - small, u)) / (2 * small), (loss(w, u + small) - loss(w, u - small)) / (2 * small))
        w, u = w - 0.02 * slopes[0], u - 0.02 * slopes[1]


def test_momentum_by_hand() -> None:
    stands = walk(2, 0.01, rule="momentum")
    velocity = 0.9 * 4.625 + stands[1].gradient[W][0, 0]
    assert at(stands[2])[0] == pytest.approx(1 - 0.01 * 4.625 - 0.01 * velocity, rel=1e-14)


def test_a_clipped_gradient_keeps_its_direction() -> None:
    before, after = walk(1, 0.02, most=1.0)
    assert before.norm == pytest.approx(np.hypot(4.625, 1.5))
    assert before.clipped == pytest.approx(1, rel=1e-6)
    moved = np.array([1.0, 0.5]) - at(after)
    assert np.linalg.norm(moved) == pytest.approx(0.02, rel=1e-6)
    assert moved[0] / moved[1] == pytest.approx(4.625 / 1.5, rel=1e-12)
    assert before.gradient[W][0, 0] == 4.625, "the gradient is told as it was"


def test_no_rate_keeps_learning_from_stopping_where_numbers_end() -> None:
    stands = walk(50, 1e9)
    *_, good, last = stands
    assert last.stop is not None
    assert last.stop.code == "loss-overflowed"
    assert last.stop.message == "stopped at update 3: the loss is not a finite number"
    assert last.stop.hint == "a smaller rate, or clipping, may prevent it"
    assert len(stands) == 3
    assert at(last) == at(good), "the last weights with a finite loss are kept"
    assert np.isfinite(good.loss)


def test_a_state_that_overflows_is_named() -> None:
    given = {W: np.array([[1e200]]), U: np.array([[1e200]])}
    (only,) = walk(5, 0.1, given=given)
    assert only.stop is not None
    assert only.stop.message == "stopped at update 1: h left the range of numbers at step 2"
    assert at(only) == (1e200, 1e200)


def test_an_update_that_overflows_is_not_made() -> None:
    before, stopped = walk(5, 1.7e308)
    assert stopped.stop is not None
    assert stopped.stop.code == "update-overflowed"
    assert at(stopped) == at(before) == (1, 0.5)


def test_states_before_the_first_step_follow_the_weights() -> None:
    """As where a sequence is read again: the start is a function of the weights, and its gradient is not asked for."""
    asked: Objective = objective(UNIT, "squared", "h", [[0]])
    optimiser = OPTIMISERS["sgd"].make(2, np.float64, {})
    stands = updates(UNIT, START, [[1.0]], asked, optimiser, rate=0.1, start=lambda own: {"h": own[W][0]})
    first, second = islice(stands, 2)
    assert first.loss == (1 + 0.5 * 1) ** 2
    w, u = at(second)
    assert (w, u) == pytest.approx((1 - 0.1 * 2 * 1.5, 0.5 - 0.1 * 2 * 1.5))
    assert second.loss == pytest.approx((w + u * w) ** 2)
