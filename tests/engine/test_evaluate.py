from __future__ import annotations

import numpy as np
import pytest

from app.engine import define, evaluate
from app.engine.expr import Apply, Name, Number
from app.engine.ops import Array
from tests.engine.test_listing import read

TOY = define("toy", "h = W @ x + U @ h_prev").program
ONES = {"W": np.ones((2, 2)), "U": np.ones((2, 2))}


def toy(inputs: list[list[float]]) -> list[evaluate.Arrays]:
    sizes = {"inputs": 2, "units": 2}
    return evaluate.forward(TOY, sizes, ONES, {"x": np.array(inputs)}, {"h": np.zeros(2)})


def test_the_toy_of_the_lecture() -> None:
    steps = toy([[1, 1], [1, 1], [2, 2]])
    assert [env["h"].tolist() for env in steps] == [[2, 2], [6, 6], [16, 16]]
    assert [env["h_prev"].tolist() for env in steps] == [[0, 0], [2, 2], [6, 6]]


def test_the_toys_gradients() -> None:
    """dL/dh_3 = (1, 0): one step earlier everything is the transposed matrix of ones times it."""
    steps = toy([[1, 1], [1, 1], [2, 2]])
    outside = np.zeros((3, 2))
    outside[2, 0] = 1
    found, totals = evaluate.backward(TOY, steps, {"h": outside})
    assert [env["∂h"].tolist() for env in found] == [[2, 2], [1, 1], [1, 0]]
    assert [env["∂x"].tolist() for env in found] == [[4, 4], [2, 2], [1, 1]]
    assert found[0]["∂h_prev"].tolist() == [4, 4]
    # sum over time of ∂h_t x_t^T and of ∂h_t h_{t-1}^T
    assert totals["W"].tolist() == [[2 + 1 + 2, 2 + 1 + 2], [2 + 1, 2 + 1]]
    assert totals["U"].tolist() == [[0 + 2 + 6, 0 + 2 + 6], [0 + 2, 0 + 2]]


def test_a_batch_is_the_sequences_side_by_side() -> None:
    cell = define("t", "h = tanh(W @ x + U @ h_prev + b)").program
    random = np.random.default_rng(0)
    parameters = {"W": random.normal(size=(2, 3)), "U": random.normal(size=(2, 2)), "b": random.normal(size=2)}
    xs, outside = random.normal(size=(4, 5, 3)), random.normal(size=(4, 5, 2))
    sizes = {"inputs": 3, "units": 2}
    whole = evaluate.forward(cell, sizes, parameters, {"x": xs}, {"h": np.zeros((5, 2))})
    gradients, totals = evaluate.backward(cell, whole, {"h": outside})
    summed: dict[str, Array] = {name: np.zeros_like(array) for name, array in parameters.items()}
    for k in range(5):
        alone = evaluate.forward(cell, sizes, parameters, {"x": xs[:, k]}, {"h": np.zeros(2)})
        its, total = evaluate.backward(cell, alone, {"h": outside[:, k]})
        for t in range(4):
            np.testing.assert_allclose(whole[t]["h"][k], alone[t]["h"], rtol=1e-14)
            np.testing.assert_allclose(gradients[t]["∂h:in"][k], its[t]["∂h:in"], rtol=1e-13)
        summed = {name: summed[name] + total[name] for name in summed}
    for name, array in summed.items():
        np.testing.assert_allclose(totals[name].sum(axis=0), array, rtol=1e-12)


def test_clocks_count_from_the_first_step() -> None:
    cell = define("t", "m = every(1, 2)\nh = m * x2 + h_prev").program
    parameters = {"x2": np.ones(2)}
    steps = evaluate.forward(cell, {"inputs": 1, "units": 2}, parameters, {"x": np.zeros((4, 1))}, {"h": np.zeros(2)})
    assert [env["m"].tolist() for env in steps] == [[1, 1], [1, 0], [1, 1], [1, 0]]
    assert [env["h"].tolist() for env in steps] == [[1, 1], [2, 1], [3, 2], [4, 2]]


def test_masks_are_worked_out_once_for_each_size() -> None:
    cell = define("t", "h = (slower(1, 2) * U) @ h_prev").program
    assert evaluate.masks(cell, {"units": 2})["h:slower"].tolist() == [[1, 1], [0, 1]]
    assert evaluate.periods(Apply("every", (Number(1.0), Number(4.0)))) == [1, 4]


def test_operations_of_adjoints() -> None:
    env = {"g": np.array([1.0, 2.0]), "x": np.array([3.0, 4.0, 5.0]), "outside g": np.array([7.0, 8.0])}
    later = {"g": np.array([9.0, 9.0])}
    g = Name("g")
    assert evaluate.compute(Apply("outer", (g, Name("x"))), env).tolist() == [[3, 4, 5], [6, 8, 10]]
    assert evaluate.compute(Apply("total", (g,)), env).tolist() == [3]
    assert evaluate.compute(Apply("next", (g,)), env, later).tolist() == [9, 9]
    assert evaluate.compute(Apply("next", (g,)), env) == 0
    assert evaluate.compute(Apply("outside", (g,)), env).tolist() == [7, 8]
    assert evaluate.compute(Apply("outside", (Name("x"),)), env) == 0
    assert evaluate.compute(Apply("transpose", (Name("m"),)), {"m": np.array([[1, 2], [3, 4]])}).tolist() == [
        [1, 3],
        [2, 4],
    ]


@pytest.mark.parametrize(("text", "expected"), [("1 - 0.95", 1 - 0.95), ("alpha * 2", 0.5), ("tanh(0) + relu(-3)", 0)])
def test_constants(text: str, expected: float) -> None:
    assert evaluate.constant(read(text), {"alpha": 0.25}) == expected


def test_a_constant_that_overflows_is_infinite_and_warns_nobody() -> None:
    assert evaluate.constant(read("exp(1000)"), {}) == float("inf")
