from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from app.engine import bulk, evaluate
from app.engine.ops import Array, quietly
from tests.engine.test_listing import read

RANDOM = np.random.default_rng(5)
ENV = {
    "a": RANDOM.normal(size=(4, 2, 3)),
    "b": RANDOM.normal(size=(4, 2, 3)),
    "d": RANDOM.normal(size=3),
    "W": RANDOM.normal(size=(3, 3)),
    "V": RANDOM.normal(size=(2, 3)),
}
TEXTS = (
    "a",
    "2",
    "a + b",
    "a - b * d",
    "(a + b) * (a - b)",
    "1 - a",
    "a - (b - a)",
    "sigmoid(a) * tanh(b) + d",
    "sigmoid(sigmoid(a))",
    "W @ a",
    "V @ (a * b) + V @ b",
    "(2 * W + W) @ tanh(W @ a)",
    "softmax(a) - softmax(W @ b)",
    "-exp(-a) + relu(b) - step(b) * softplus(a) + identity(d)",
)


def by_steps(text: str) -> Array:
    rows = [
        evaluate.compute(read(text), ENV | {"a": ENV["a"][t, n], "b": ENV["b"][t, n]})
        for t in range(4)
        for n in range(2)
    ]
    return np.array(rows)


@pytest.mark.parametrize("text", TEXTS)
def test_all_steps_at_once_are_the_steps_one_by_one(text: str) -> None:
    expected = by_steps(text)
    before = {name: array.copy() for name, array in ENV.items()}
    found = bulk.evaluate(read(text), ENV)
    width = expected.shape[-1] if expected.ndim > 1 else 3
    rows = np.broadcast_to(found, (4, 2, width)).reshape(8, width)
    np.testing.assert_allclose(rows, np.broadcast_to(expected.reshape(8, -1), (8, width)), rtol=1e-13, atol=1e-15)
    out = np.full((4, 2, width), np.nan)
    assert bulk.evaluate(read(text), ENV, out=out) is out
    np.testing.assert_array_equal(out, np.broadcast_to(found, out.shape))
    for name, array in before.items():
        np.testing.assert_array_equal(ENV[name], array)


def test_a_matrix_times_vectors_of_any_leading_axes() -> None:
    matrix = np.array([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]])
    assert bulk.product(matrix, np.array([1.0, 10.0])).tolist() == [21, 43, 65]
    assert bulk.product(matrix, np.array([[[1.0, 0.0]], [[0.0, 1.0]]])).tolist() == [[[1, 3, 5]], [[2, 4, 6]]]


def test_the_tails_of_the_sigmoid() -> None:
    with quietly():
        found = bulk.sigmoid(np.array([-800.0, -110.0, -90.0, -40.0, -10.0, 0.0, 10.0, 90.0, 800.0, np.nan]))
    expected = [0, 1.6889118802245324e-48, 8.194012623990515e-40, 4.248354255291589e-18, 4.5397868702434395e-05]
    np.testing.assert_allclose(found, [*expected, 0.5, 0.9999546021312976, 1, 1, np.nan], rtol=1e-15)


@pytest.mark.parametrize(
    "factors",
    [("a",), ("2",), ("a", "b"), ("1 - a",), ("a", "1 - a"), ("a - b * b", "d", "b"), ("tanh(a)", "-1"), ("-1", "1 - b * b"),
     ("a + (b - (a * b))", "2 * d")],
)  # fmt: skip
def test_what_is_prepared_works_new_numbers_out(factors: tuple[str, ...]) -> None:
    env = {name: np.zeros_like(array) for name, array in ENV.items()}
    out = np.full((4, 2, 3), np.nan)
    calls: list[Callable[[], object]] = []
    bulk.prepare([read(factor) for factor in factors], env.__getitem__, out, calls)
    for round_ in (1.0, -0.5):
        for name, array in ENV.items():
            env[name][...] = array * round_
        for call in calls:
            call()
        expected = np.ones((4, 2, 3))
        for factor in factors:
            expected = expected * bulk.evaluate(read(factor), env)
        np.testing.assert_allclose(out, expected, rtol=1e-13)
        for name, array in ENV.items():
            np.testing.assert_array_equal(env[name], array * round_)
