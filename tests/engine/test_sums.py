from __future__ import annotations

import numpy as np
import pytest

from app.engine import define
from app.engine.backward import Backward
from app.engine.flow import Flow
from app.engine.ops import Array
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


def test_what_the_loss_does_not_reach_is_zero() -> None:
    run, totals = summed("h = tanh(W @ x + U @ h_prev)\ny = V @ h", "h")
    assert not totals["V"].any()
    assert totals["V"].shape == (3, 3)
    assert not run.array("y").any()


def test_no_two_totals_are_the_same_memory() -> None:
    _, totals = summed(
        "h = tanh(W @ x + U @ h_prev + b + d)\nk = tanh(V @ x + R @ h_prev + e)\nh2 = k_prev * h", "h", "h2"
    )
    assert np.array_equal(totals["b"], totals["d"])
    arrays = list(totals.values())
    assert not any(np.shares_memory(a, b) for k, a in enumerate(arrays) for b in arrays[:k])


def test_a_clock_has_no_gradient() -> None:
    run, _ = summed("m = every(1, 2, 3)\nh = m * (W @ x) + h_prev", "h")
    assert not run.knows("m")
    assert run.knows("h")
    assert run.knows("h_prev")
    assert run.knows("x")


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


def test_parameters_alone_form_no_other_gradient() -> None:
    """What leaves the cell at no step and what only single values depend on stays unformed until it is asked for."""
    run, _ = summed(LSTM, "h")
    assert set(run.loop) == {"c", "h", "c_prev", "h_prev", "i:in", "f:in", "o:in", "g:in"}
    assert not run.whole.keys() & {"i", "f", "o", "g", "h:tanh", "x"}
    assert run.array("i").shape == (5, 3)
    assert "i" in run.whole
