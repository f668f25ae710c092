"""Networks drawn from a seed: against the same worked out by hand, and against what is known of them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from app.session.samples import UNITS, WIDE, Draw, reaching, reaching_afresh, through_layers

Array = np.ndarray[Any, np.dtype[np.float64]]
SLOPES = {
    "linear": (lambda a: a, lambda h: np.ones_like(h)),
    "tanh": (np.tanh, lambda h: 1 - h**2),
    "sigmoid": (lambda a: 1 / (1 + np.exp(-a)), lambda h: h * (1 - h)),
    "relu": (lambda a: np.maximum(a, 0), lambda h: (h > 0).astype(float)),
}


def scaled(matrix: Array, radius: float) -> Array:
    found: Array = matrix * (radius / np.abs(np.linalg.eigvals(matrix)).max())
    return found


def by_hand(name: str, draw: Draw, *, fresh: bool) -> list[float]:
    """Largest singular values of dh_T/dh_(T-k), k = 0, 1, ...; W is the network's first parameter, U its second."""
    activation, slope = SLOPES[name]
    inputs = draw.drive * np.random.default_rng([draw.seed, 2_000_000]).normal(size=(draw.steps + 1, UNITS))
    W = np.random.default_rng([draw.seed, 0]).normal(size=(UNITS, UNITS)) / np.sqrt(UNITS)
    h, steps = np.zeros(UNITS), []
    for at, x in enumerate(inputs):
        U = scaled(np.random.default_rng([draw.seed, 1_000_000 + at if fresh else 1]).normal(size=(UNITS, UNITS)), draw.radius)
        h = activation(W @ x + U @ h)
        steps.append(np.diag(slope(h)) @ U)
    product, found = np.eye(UNITS), [1.0]
    for step in reversed(steps[1:]):
        product = product @ step
        found.append(float(np.linalg.norm(product, 2)))
    return found


@pytest.mark.parametrize("name", SLOPES)
@pytest.mark.parametrize("fresh", [False, True])
def test_what_reaches_back(name: str, fresh: bool) -> None:
    draw = Draw(3, 1.2, 40, drive=0.5)
    lags, norms = (reaching_afresh if fresh else reaching)(name, draw)
    assert lags.tolist() == list(range(41))
    np.testing.assert_allclose(norms, by_hand(name, draw, fresh=fresh), rtol=1e-9)


def test_far_back_every_tenth_step_is_told() -> None:
    lags, norms = reaching("linear", Draw(0, 1, 1000))
    assert lags.tolist() == [*range(100), *range(100, 1001, 10)]
    assert len(norms) == len(lags)


@pytest.mark.parametrize(("gate", "left"), [(10, 0.95562), (1, 0.7310585786300049**1000), (0, 0.5**1000)])
def test_a_cell_line_alone_keeps_what_its_gate_lets_through(gate: float, left: float) -> None:
    """Published (ground truth 5.3): sigma(10)^1000 = 0.95562. A matrix of almost 0 leaves the line of c alone."""
    _, norms = reaching("lstm", Draw(0, 1e-9, 1000, drive=0, gate=gate))
    assert norms[-1] == pytest.approx(left, rel=1e-5)


def test_other_answers() -> None:
    still = Draw(0, 1e-9, 120, drive=0)
    assert reaching("context", still)[1][20] == pytest.approx(0.95**20, rel=1e-6)
    # The slowest module is computed at every 128th step and keeps its value between: nothing of it is lost until then.
    assert reaching("clockwork", still)[1][100] == pytest.approx(1)
    # Units that stay above 0 add up: with the identity nothing is lost.
    assert reaching("identity", Draw(0, 1, 5, drive=1))[1][5] in (0, 1)


def test_the_same_seed_is_the_same_network() -> None:
    assert reaching("gru", Draw(5, 1, 30))[1].tolist() == reaching("gru", Draw(5, 1, 30))[1].tolist()
    assert reaching("gru", Draw(5, 1, 30))[1].tolist() != reaching("gru", Draw(6, 1, 30))[1].tolist()


@pytest.mark.parametrize("name", ["sigmoid", "tanh", "relu"])
def test_error_through_layers(name: str) -> None:
    activation, slope = SLOPES[name]
    rng = np.random.default_rng(7)
    h, target = rng.normal(size=WIDE), rng.normal(size=WIDE)
    weights = [1.5 / np.sqrt(WIDE) * rng.normal(size=(WIDE, WIDE)) for _ in range(4)]
    values = [h]
    for W in weights:
        values.append(activation(W @ values[-1]))
    error = 2 * (values[-1] - target)
    layers, by_weight = [], []
    for W, below, above in zip(reversed(weights), reversed(values[:-1]), reversed(values[1:]), strict=True):
        layers.append(np.linalg.norm(error))
        by_weight.append(np.linalg.norm(np.outer(error * slope(above), below)))
        error = W.T @ (error * slope(above))
    found = through_layers(name, 4, 1.5, 7)
    np.testing.assert_allclose(found["layers"], layers[::-1], rtol=1e-9)
    np.testing.assert_allclose(found["weights"], by_weight[::-1], rtol=1e-9)
    np.testing.assert_allclose(found["shares"], np.array(layers[::-1]) / layers[0], rtol=1e-9)
