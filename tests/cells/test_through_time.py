"""Gradients over many steps: what the literature says of vanishing and of walls, to the digits that it gives."""

from __future__ import annotations

import numpy as np
import pytest

from app.cells import load
from app.engine import Layer, Network, define


@pytest.mark.parametrize(
    ("bias", "steps", "left"),
    [(10, 100, 0.99547), (10, 1000, 0.95562), (10, 10000, 0.63509), (1, 50, 1.58e-07), (0, 20, 9.5e-07)],
)
def test_a_memory_keeps_its_gradient_while_the_forget_gate_is_open(bias: float, steps: int, left: float) -> None:
    """dc_T/dc_0 is the product of the forget gates."""
    net = Network([Layer(load("memory-cell"), 1)], 1)
    weights = {name: np.zeros(shape) for name, shape in net.parameters.items()}
    weights["main.1.forward.b_f"][0] = bias
    outside = np.zeros((steps, 1))
    outside[-1] = 1
    gradient = net.run(weights, np.zeros((steps, 1))).gradient({"c": outside})
    assert gradient.initial["c"][0] == pytest.approx(left, rel=5e-3)
    assert gradient.initial["c"][0] == pytest.approx((1 / (1 + np.exp(-bias))) ** steps, rel=1e-11)


@pytest.mark.parametrize(
    ("w", "b", "error"),
    [(5.0, -2.4, 0.0330047413), (5.0, -2.0, 0.0555854941), (4.6, -2.8, 0.3829593644), (5.4, -2.8, 0.0286063284)],
)
def test_the_error_surface(w: float, b: float, error: float) -> None:
    """Pascanu, Mikolov & Bengio 2013, eq. 8: x_t = w sigmoid(x_{t-1}) + b from 0.5, E = (sigmoid(x_50) - 0.7)^2."""
    net = Network([Layer(define("doya", "h = w * sigmoid(h_prev) + b\ny = sigmoid(h)"), 1)], 1)
    trace = net.run({"w": [w], "b": [b]}, np.zeros((50, 1)), initial={"h": [0.5]})
    miss = trace["y"][-1, 0] - 0.7
    assert miss**2 == pytest.approx(error, abs=5e-11)
    outside = np.zeros((50, 1))
    outside[-1] = 2 * miss
    totals = trace.gradient({"y": outside}).parameters
    if (w, b) == (5.0, -2.4):
        assert totals["w"][0] == pytest.approx(0.0698646699, abs=5e-11)
        assert totals["b"][0] == pytest.approx(0.0792411059, abs=5e-11)
