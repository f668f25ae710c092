from __future__ import annotations

import numpy as np
import pytest

from app.cells import load
from app.engine import define
from app.engine.backward import Backward
from app.engine.flow import Flow
from app.engine.ops import Array
from app.engine.plan import Plan
from tests.engine.test_adjoint import LSTM
from tests.engine.test_backward import LSTM_SIZES, outside, ready
from tests.engine.test_forward import bound


def summed(text: str, *names: str, **sizes: int) -> tuple[Backward, dict[str, Array]]:
    forward, run = ready(text, {**LSTM_SIZES, **sizes}, 5, *names)
    run.load(outside(forward, 3, *names))
    run.run(0, 5)
    return run, run.parameters()


def over_time(run: Backward, left: str, right: str) -> Array:
    """The sum over time of ∂left right^T, step by step."""
    rows, columns = run.array(left), run.forward.part()[right]
    return np.asarray(sum(np.outer(rows[t], columns[t]) for t in range(run.length)))


def test_weights_are_outer_products_summed_over_time() -> None:
    run, totals = summed(LSTM, "h", "c")
    for k in "ifog":
        np.testing.assert_allclose(totals[f"W_{k}"], over_time(run, f"{k}:in", "x"), rtol=1e-12)
        np.testing.assert_allclose(totals[f"U_{k}"], over_time(run, f"{k}:in", "h_prev"), rtol=1e-12)
        np.testing.assert_allclose(totals[f"b_{k}"], run.array(f"{k}:in").sum(axis=0), rtol=1e-12)


ROWS = [
    ("h = tanh(W @ x - U @ h_prev)", "U", lambda run: -over_time(run, "h:in", "h_prev")),
    ("h = tanh(W @ x + (slower(1, 2, 3) * U) @ h_prev)", "U", lambda run: np.triu(over_time(run, "h:in", "h_prev"))),
    (
        "h = tanh(W @ x + (A * U) @ h_prev)",
        "U",
        lambda run: over_time(run, "h:in", "h_prev") * run.forward.still["A"],
    ),
    ("h = tanh(W @ x + (1 - U) @ h_prev)", "U", lambda run: -over_time(run, "h:in", "h_prev")),
    ("h = tanh(W @ x + (2 * U) @ h_prev)", "U", lambda run: 2 * over_time(run, "h:in", "h_prev")),
    ("h = tanh(W @ x + u * h_prev)", "u", lambda run: (run.array("h:in") * run.forward.part()["h_prev"]).sum(axis=0)),
    (
        "h = tanh(W @ x + V @ p + U @ h_prev)\nk = p * h",
        "V",
        lambda run: np.outer(run.array("h:in").sum(axis=0), run.forward.still["p"]),
    ),
    ("h = W @ (x * x) + U @ h_prev", "W", lambda run: run.array("h").T @ run.forward.part()["x"] ** 2),
]  # fmt: skip


@pytest.mark.parametrize(("text", "name", "expected"), ROWS, ids=[text for text, _, _ in ROWS])
def test_a_parameter_in_another_place(text: str, name: str, expected: object) -> None:
    run, totals = summed(text, "h")
    assert callable(expected)
    np.testing.assert_allclose(totals[name], expected(run), rtol=1e-12, atol=1e-14)


def test_no_two_totals_are_the_same_memory() -> None:
    _, totals = summed(
        "h = tanh(W @ x + U @ h_prev + b + d)\nk = tanh(V @ x + R @ h_prev + e)\nh2 = k_prev * h", "h", "h2"
    )
    assert np.array_equal(totals["b"], totals["d"])
    arrays = list(totals.values())
    assert not any(np.shares_memory(a, b) for k, a in enumerate(arrays) for b in arrays[:k])


def test_a_batch_is_summed_over() -> None:
    program = define("t", "h = tanh(W @ x + U @ h_prev + b)").program
    forward = bound(program, LSTM_SIZES, 4, (6,))
    forward.load({"W": np.ones((3, 2)), "U": np.ones((3, 3)), "b": np.ones(3)}, {"h": np.zeros(3)})
    forward.run(0, 4)
    run = Backward(forward, Flow(program, ("h",)))
    run.load({"h": np.ones((4, 6, 3))})
    run.run(0, 4)
    totals = run.parameters()
    np.testing.assert_allclose(totals["b"], run.array("h:in").sum(axis=(0, 1)), rtol=1e-12)
    assert totals["W"].shape == (3, 2)


def test_many_networks_are_not() -> None:
    program = define("t", "h = tanh(W @ x + U @ h_prev + b)").program
    forward = bound(program, LSTM_SIZES, 4, (6,), many=True)
    random = np.random.default_rng(1)
    parameters = {name: random.normal(size=array.shape) for name, array in forward.still.items()}
    forward.load(parameters, {"h": np.zeros(3)})
    forward.series["x"][...] = random.normal(size=forward.series["x"].shape)
    forward.run(0, 4)
    run = Backward(forward, Flow(program, ("h",)))
    run.load({"h": np.ones((4, 6, 3))})
    run.run(0, 4)
    totals = run.parameters()
    assert {name: array.shape for name, array in totals.items()} == {"W": (6, 3, 2), "U": (6, 3, 3), "b": (6, 3)}
    np.testing.assert_allclose(totals["b"], run.array("h:in").sum(axis=0), rtol=1e-12)
    expected = np.einsum("tni,tnj->nij", run.array("h:in"), forward.part()["h_prev"])
    np.testing.assert_allclose(totals["U"], expected, rtol=1e-12)


def test_rows_for_nobody_are_not_multiplied() -> None:
    """The block holds what the reset gate is taken of besides the gates, and only those have weights on the input."""
    plan = Plan(load("gru-reset-after").program)
    run = plan.lease({"inputs": 2, "units": 3}, 5, (), np.dtype(np.float64))
    gradients = plan.lease_backward(run, frozenset({"h"}))
    sums = {vector: shared for (_, vector), shared in gradients._totals._shared.items()}
    assert {vector: [name for name, *_ in shared.parts] for vector, shared in sums.items()} == {
        "x": ["W_r", "W_z"],
        "h_prev": ["U_r", "U_z", "U_n"],
        "": ["b_r", "d_r", "b_z", "d_z", "d_n"],
    }
    summed = {vector: total.shape for (_, vector), total in gradients._totals._sums().items()}
    assert summed == {"x": (6, 2), "h_prev": (9, 3), "": (9,)}
