"""Numbers from outside: worked out with other programs, or by hand, for cells small enough to follow."""

from __future__ import annotations

import numpy as np
import pytest

from app.cells import load
from app.engine import Layer, Network, Trace, define
from tests.engine import texts

GATES = "ifgo"
LSTM = {
    **dict(zip([f"W_{k}" for k in GATES], ([[0.5]], [[-0.3]], [[0.8]], [[0.2]]), strict=True)),
    **dict(zip([f"U_{k}" for k in GATES], ([[0.1]], [[0.4]], [[-0.6]], [[0.7]]), strict=True)),
    **dict(zip([f"b_{k}" for k in GATES], ([0.1], [0.2], [-0.1], [0.05]), strict=True)),
}
XS = [[1.0], [-1.0], [0.5]]
NO_FORGET = texts.LSTM.replace("f = sigmoid(W_f @ x + U_f @ h_prev + b_f)\n", "").replace("f * c_prev", "c_prev")
UDACITY = texts.LSTM.replace("h = o * tanh(c)", "u = tanh(W_u @ (f * c_prev) + b_u)\nh = o * u")
#: text, further weights, h at three steps, c after the last (D = H = 1, x = 1, -1, 0.5)
HAND_SIZED = {
    "standard": (texts.LSTM, {}, [0.208873635171377, -0.0315150823610712, 0.0784382326489], 0.148539456643841),
    "peephole": (
        texts.PEEPHOLE, {"p_i": [0.3], "p_f": [-0.2], "p_o": [0.5]},
        [0.226447223996358, -0.0458920723313828, 0.0732498187460674], 0.134920378406639,
    ),
    "no forget gate": (
        NO_FORGET, {}, [0.208873635171377, 0.0381072165547622, 0.125700558632284], 0.235292239962588,
    ),
    "Udacity's use gate": (
        UDACITY, {"W_u": [[1.0]], "b_u": [0.0]}, [0, 0.110196119750166, -0.0129822461568217], 0.112033752658409,
    ),
}  # fmt: skip


def run(text: str, weights: dict[str, object], xs: list[list[float]], units: int = 1, **initial: list[float]) -> Trace:
    net = Network([Layer(define("oracle", text), units)], inputs=len(xs[0]))
    known = {name.rpartition(".")[2] for name in net.parameters}
    given = {name: array for name, array in weights.items() if name in known}
    return net.run(given, xs, initial=initial)  # type: ignore[arg-type]


@pytest.mark.parametrize("variant", HAND_SIZED)
def test_lstm_variants(variant: str) -> None:
    text, more, h, c = HAND_SIZED[variant]
    trace = run(text, {**LSTM, **more}, XS)
    # as many digits as the sources give
    np.testing.assert_allclose(trace["h"][:, 0], h, rtol=1e-12, atol=0)
    np.testing.assert_allclose(trace["c"][-1, 0], c, rtol=1e-12, atol=0)


def test_the_coupled_gate() -> None:
    """f = 1 - i, which the sources write with the input gate's weights."""
    text = texts.LSTM.replace("f = sigmoid(W_f @ x + U_f @ h_prev + b_f)", "f = 1 - i")
    trace = run(text, dict(LSTM), XS)
    expected = [0.208873635171377, -0.0408565711523241, 0.0787701151703612]
    np.testing.assert_allclose(trace["h"][:, 0], expected, rtol=1e-12, atol=0)
    np.testing.assert_allclose(trace["c"][-1, 0], 0.149642227008907, rtol=1e-12, atol=0)


GRU = {
    "W_r": [[0.5]], "W_z": [[-0.3]], "W_n": [[0.8]], "U_r": [[0.1]], "U_z": [[0.4]], "U_n": [[-0.6]],
    # input and recurrent bias, which may be added up wherever the reset gate does not stand between them
    "b_r": [0.1 + 0.05], "b_z": [0.2 - 0.1],
}  # fmt: skip
GRUS = [
    (texts.GRU_BEFORE, {"b_n": [-0.1 + 0.3]}, [0.478862001105114, 0.0879924840690415, 0.302620779248633]),
    (texts.GRU_AFTER, {"b_n": [-0.1], "d_n": [0.3]}, [0.45150169378761, 0.0346782794741252, 0.239005071192874]),
]


@pytest.mark.parametrize(("text", "biases", "expected"), GRUS, ids=["reset before", "reset after"])
def test_the_two_grus(text: str, biases: dict[str, list[float]], expected: list[float]) -> None:
    trace = run(text, {**GRU, **biases}, XS, h=[0.2])
    np.testing.assert_allclose(trace["h"][:, 0], expected, rtol=1e-12, atol=0)


@pytest.mark.parametrize(
    ("memory", "expected"),
    [
        ("a", [0.537049566998035, 0.0296309770792482, 0.357227988400012]),
        ("y", [0.537049566998035, 0.117006089706383, 0.632217822835543]),
    ],
    ids=["Elman", "Jordan"],
)
def test_elman_and_jordan(memory: str, expected: list[float]) -> None:
    text = f"a = tanh(W @ x + U @ {memory}_prev + b)\ny = sigmoid(V @ a + d)"
    weights: dict[str, object] = {"W": [[0.5]], "U": [[0.8]], "b": [0.1], "V": [[1.5]], "d": [-0.2]}
    trace = run(text, weights, XS)
    np.testing.assert_allclose(trace["a"][:, 0], expected, rtol=1e-12, atol=0)
    if memory == "y":
        output = [0.646930591828044, 0.493877589656582, 0.678813993687391]
        np.testing.assert_allclose(trace["y"][:, 0], output, rtol=1e-12, atol=0)


@pytest.mark.parametrize(
    ("inputs", "memory"), [([1, 1, 2], [2, 6, 16]), ([1, 2, 1], [2, 8, 18]), ([2, 1, 1], [4, 10, 22])]
)
def test_the_linear_toy(inputs: list[float], memory: list[float]) -> None:
    net = Network([Layer(load("linear-rnn"), 2)], inputs=2, readout="y[outputs] = V @ h", outputs=2)
    ones = {name: np.ones(shape) for name, shape in net.parameters.items()}
    trace = net.run(ones, [[v, v] for v in inputs])
    assert trace["h"].tolist() == [[m, m] for m in memory]
    assert trace.before["h"].tolist() == [[m, m] for m in (0, *memory[:-1])]
    assert trace["y"].tolist() == [[2 * m, 2 * m] for m in memory]
    # the toy explodes: one step earlier everything counts twice as much
    outside = np.zeros((3, 2))
    outside[2, 0] = 1
    assert trace.gradient({"y": outside}).inputs.tolist() == [[8, 8], [4, 4], [2, 2]]


WALKTHROUGH = {
    "W_z": [[1, 0, 0]], "W_i": [[0, 100, 0]], "W_f": [[0, 100, 0]], "W_o": [[0, 0, 100]],
    "b_z": [0], "b_i": [-10], "b_f": [10], "b_o": [-10],
}  # fmt: skip
FIVE = [[3, 1, 0], [4, 1, 0], [2, 0, 0], [1, 0, 1], [3, -1, 0]]
NINE = [[1, 0, 0], [3, 1, 0], [2, 0, 0], [4, 1, 0], [2, 0, 0], [1, 0, 1], [3, -1, 0], [6, 1, 0], [1, 0, 1]]


def walk(cell: str, xs: list[list[int]]) -> Trace:
    return Network([Layer(load(cell), 1)], inputs=3).run(WALKTHROUGH, xs)


def test_the_walkthrough_with_rounded_gates() -> None:
    trace = walk("memory-cell-rounded", FIVE)
    assert trace["c"][:, 0].tolist() == [3, 7, 7, 7, 0]
    assert trace.before["c"][:, 0].tolist() == [0, 3, 7, 7, 7]
    assert trace["y"][:, 0].tolist() == [0, 0, 0, 7, 0]
    assert trace["f:in"][:, 0].tolist() == [110, 110, 10, 10, -90]
    nine = walk("memory-cell-rounded", NINE)
    assert nine.before["c"][:, 0].tolist() == [0, 0, 3, 3, 7, 7, 7, 0, 6]
    assert nine["y"][:, 0].tolist() == [0, 0, 0, 0, 0, 7, 0, 0, 6]


def test_the_walkthrough_with_exact_sigmoids() -> None:
    trace = walk("memory-cell", FIVE)
    c = [3, 7, 6.9997730106564884, 6.9995006337491068, 5.735399660523715e-39]
    y = [
        0.00013619360610730318,
        0.00031778508091704076,
        0.00031777477608462717,
        6.9995006337491068,
        2.6037492074444242e-43,
    ]
    np.testing.assert_allclose(trace["c"][:, 0], c, rtol=1e-12, atol=0)
    np.testing.assert_allclose(trace["y"][:, 0], y, rtol=1e-12, atol=0)
    outside = np.zeros((5, 1))
    outside[3] = 1
    gradient = trace.gradient({"y": outside})
    f = 0.9999546021312976
    shut = 4.5397868702434395e-05
    np.testing.assert_allclose(gradient.inputs[:, 0], [f * f, f * f, shut * f, shut, 0], rtol=1e-12, atol=0)
    totals = gradient.parameters
    z = [6.999500633749107, 1.9998184126471235, 4.5397868702434395e-05]
    np.testing.assert_allclose(totals["W_z"][0], z, rtol=1e-12, atol=0)
    np.testing.assert_allclose(totals["b_z"], [1.999909206323562], rtol=1e-12, atol=0)
    np.testing.assert_allclose(
        totals["W_i"][0, ::2], [2.269707951880814e-04, 4.5395807735951673e-05], rtol=1e-12, atol=0
    )
    np.testing.assert_allclose(
        totals["W_f"][0, ::2], [9.532728058685954e-04, 3.1776034978675744e-04], rtol=1e-12, atol=0
    )
    np.testing.assert_allclose(totals["b_i"], [1.3618330146201654e-04], rtol=1e-12, atol=0)
    np.testing.assert_allclose(totals["b_f"], [6.355165778276764e-04], rtol=1e-12, atol=0)
    # saturated: below 1e-38, and not hidden by being 0 either
    for small in (totals["W_i"][0, 1], totals["W_f"][0, 1]):
        assert 0 < abs(small) < 1e-38
    assert np.all(np.abs(totals["W_o"]) < 1e-38)


@pytest.mark.parametrize(
    ("w", "y", "slope"),
    [
        (1, 1, 999),
        (1.01, 20751.639245360059, 20525631.2931828707),
        (0.99, 4.3607320616826517e-05, 0.0440037508042522518),
    ],
)
def test_a_thousand_steps(w: float, y: float, slope: float) -> None:
    """y_1000 = w^999 and its derivative: vanishing, standing and exploding."""
    xs = [[1.0]] + [[0.0]] * 999
    trace = run("h = W @ x + U @ h_prev", {"W": [[1.0]], "U": [[w]]}, xs)
    outside = np.zeros((1000, 1))
    outside[-1] = 1
    np.testing.assert_allclose(trace["h"][-1, 0], y, rtol=1e-12, atol=0)
    np.testing.assert_allclose(trace.gradient({"h": outside}).parameters["U"][0, 0], slope, rtol=1e-12, atol=0)


@pytest.mark.parametrize(
    ("bias", "steps", "left"), [(10, 100, 0.99547), (10, 1000, 0.95562), (1, 20, 0.0019), (0, 20, 9.5e-07)]
)
def test_a_memory_keeps_its_gradient_while_the_forget_gate_is_open(bias: float, steps: int, left: float) -> None:
    weights = {name: np.zeros(shape) for name, shape in Network([Layer(load("memory-cell"), 1)], 1).parameters.items()}
    weights["main.1.forward.b_f"][0] = bias
    trace = Network([Layer(load("memory-cell"), 1)], 1).run(weights, np.zeros((steps, 1)))
    outside = np.zeros((steps, 1))
    outside[-1] = 1
    found = trace.gradient({"c": outside}).initial["c"][0]
    assert found == pytest.approx(left, rel=3e-2)
    assert found == pytest.approx((1 / (1 + np.exp(-bias))) ** steps, rel=1e-12)


def test_the_error_surface_of_pascanu() -> None:
    """x_t = w sigmoid(x_{t-1}) + b from 0.5, E = (sigmoid(x_50) - 0.7)^2, at w = 5, b = -2.4."""
    trace = run("h = w * sigmoid(h_prev) + b\ny = sigmoid(h)", {"w": [5.0], "b": [-2.4]}, [[0.0]] * 50, h=[0.5])
    error = trace["y"][-1, 0] - 0.7
    assert error**2 == pytest.approx(0.0330047413, rel=2e-9)
    outside = np.zeros((50, 1))
    outside[-1] = 2 * error
    totals = trace.gradient({"y": outside}).parameters
    assert totals["w"][0] == pytest.approx(0.0698646699, rel=1e-9)
    assert totals["b"][0] == pytest.approx(0.0792411059, rel=1e-9)


def test_a_backward_layer_has_read_one_step_at_the_sequences_end() -> None:
    net = Network([Layer(load("linear-rnn"), 1, direction="both")], inputs=1)
    trace = net.run({name: [[1.0]] for name in net.parameters}, [[1.0], [2.0], [4.0]])
    assert trace["1.forward.h"][:, 0].tolist() == [1, 3, 7]
    assert trace["1.backward.h"][:, 0].tolist() == [7, 6, 4]
    assert trace.last["1.forward.h"] == trace.last["1.backward.h"] == 7
