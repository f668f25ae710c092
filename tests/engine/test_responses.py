from __future__ import annotations

import numpy as np
import pytest

from app.engine import Axis, Layer, Network, define, response
from tests.engine import texts

LINE = Network([Layer(define("line", "h = w * h_prev + W @ x"), 1)], 1)
ONES = {"main.1.forward.w": np.array([1.0]), "main.1.forward.W": np.array([[1.0]])}
#: w, w^999 and 999 w^998 to the digits of float64, worked out with 40
POWERS = [
    (1.0, 1.0, 999.0),
    (1.01, 20751.639245360059, 20525631.2931828707),
    (0.99, 4.3607320616826517e-05, 0.0440037508042522518),
    (0.9, 1.942079e-46, 2.155708e-43),
    (1.1, 2.245394e41, 2.039226e44),
    (0.01, 0.0, 0.0),
]


def one(steps: int) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    """1 and then nothing."""
    return np.eye(steps, 1)


def test_one_weight_a_thousand_times() -> None:
    weights, values, slopes = (np.array(column) for column in zip(*POWERS, strict=True))
    found = response(LINE, ONES, one(1000), Axis("w", (0,), weights), "h", 1000)
    np.testing.assert_allclose(found.values[:3], values[:3], rtol=1e-12)
    np.testing.assert_allclose(found.slopes[:3], slopes[:3], rtol=1e-12)
    np.testing.assert_allclose(found.values, values, rtol=1e-6)
    np.testing.assert_allclose(found.slopes, slopes, rtol=1e-6)


def test_what_comes_after_the_step_does_not_count() -> None:
    axis = Axis("w", (0,), np.array([0.5, 2.0]))
    found = response(LINE, ONES, one(20), axis, "h", 4)
    np.testing.assert_allclose(found.values, [0.125, 8])
    np.testing.assert_allclose(found.slopes, [0.75, 12])


def test_it_is_the_run_and_the_gradient_of_each_network() -> None:
    network = Network([texts.layer("lstm")], 2)
    given = {network.full(name): array for name, array in network.initial(2).items()}
    xs = np.random.default_rng(3).normal(size=(6, 2))
    full = network.full("U_f")
    found = response(network, given, xs, Axis("U_f", (1, 0), np.array([-1.0, 2.0])), "c", 5, 1)
    for at, value in enumerate((-1.0, 2.0)):
        moved = {name: array.copy() for name, array in given.items()}
        moved[full][1, 0] = value
        trace = network.run(moved, xs[:5])
        outside = np.zeros_like(trace["c"])
        outside[4, 1] = 1
        assert found.values[at] == pytest.approx(trace["c"][4, 1], rel=1e-13)
        assert found.slopes[at] == pytest.approx(trace.gradient({"c": outside}).parameters[full][1, 0], rel=1e-12)


def test_what_overflows_is_infinite() -> None:
    found = response(LINE, ONES, one(400), Axis("w", (0,), np.array([10.0])), "h", 400)
    assert found.values[0] == np.inf
