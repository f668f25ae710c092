"""Numbers that were worked out elsewhere: lecture slides, PyTorch, and by hand."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from app.cells import load
from app.engine import Layer, Network, Trace, define
from tests.engine import texts

REL = 1e-12
#: z = x1, i = 100 x2 - 10, f = 100 x2 + 10, o = 100 x3 - 10
WALK: dict[str, list[Any]] = {
    "W_z": [[1, 0, 0]], "b_z": [0], "W_i": [[0, 100, 0]], "b_i": [-10], "W_f": [[0, 100, 0]], "b_f": [10],
    "W_o": [[0, 0, 100]], "b_o": [-10],
}  # fmt: skip
FIVE = [[3, 1, 0], [4, 1, 0], [2, 0, 0], [1, 0, 1], [3, -1, 0]]
NINE = np.array([[1, 3, 2, 4, 2, 1, 3, 6, 1], [0, 1, 0, 1, 0, 0, -1, 1, 0], [0, 0, 0, 0, 0, 1, 0, 0, 1]]).T


def close(found: object, expected: object, rel: float = REL) -> None:
    np.testing.assert_allclose(np.asarray(found), np.asarray(expected), rtol=rel, atol=0)


@pytest.mark.parametrize(
    ("inputs", "memory", "output"),
    [((1, 1, 2), (2, 6, 16), (4, 12, 32)), ((1, 2, 1), (2, 8, 18), (4, 16, 36)), ((2, 1, 1), (4, 10, 22), (8, 20, 44)),
     ((1, 1, 2, 0, 0), (2, 6, 16, 32, 64), (4, 12, 32, 64, 128))],
)  # fmt: skip
def test_the_linear_toy(inputs: tuple[int, ...], memory: tuple[int, ...], output: tuple[int, ...]) -> None:
    network = Network([Layer(load("linear-rnn"), 2)], 2, "y[outputs] = V @ h", outputs=2)
    ones = np.ones((2, 2))
    trace = network.run({"W": ones, "U": ones, "readout.V": ones}, [[v, v] for v in inputs])
    assert trace["h"].tolist() == [[v, v] for v in memory]
    assert trace["readout.y"].tolist() == [[v, v] for v in output]
    assert trace.before["h"].tolist() == [[0, 0], *([v, v] for v in memory[:-1])]
    last = np.zeros((len(inputs), 2))
    last[-1, 0] = 1
    length = len(inputs)
    assert trace.gradient({"readout.y": last}).inputs.tolist() == [[2 ** (length - t)] * 2 for t in range(length)]


def walk(cell: str, xs: object) -> Trace:
    return Network([Layer(load(cell), 1)], 3).run(WALK, np.asarray(xs, float))


def test_five_steps_with_rounded_gates() -> None:
    trace = walk("memory-cell-rounded", FIVE)
    rows = np.hstack([trace[name] for name in ("z", "i:in", "f:in", "o:in", "i", "f", "o")])
    assert rows.tolist() == [
        [3, 90, 110, -10, 1, 1, 0], [4, 90, 110, -10, 1, 1, 0], [2, -10, 10, -10, 0, 1, 0], [1, -10, 10, 90, 0, 1, 1],
        [3, -110, -90, -10, 0, 0, 0],
    ]  # fmt: skip
    assert trace.before["c"].T.tolist() == [[0, 3, 7, 7, 7]]
    assert trace["c"].T.tolist() == [[3, 7, 7, 7, 0]]
    assert trace["y"].T.tolist() == [[0, 0, 0, 7, 0]]


def test_five_steps_with_exact_gates() -> None:
    trace = walk("memory-cell", FIVE)
    close(trace["c"][:, 0], [3, 7, 6.9997730106564884, 6.9995006337491068, 5.735399660523715e-39])
    close(trace.before["c"][:, 0], [0, 3, 7, 6.9997730106564884, 6.9995006337491068])
    close(
        trace["y"][:, 0],
        [
            0.00013619360610730318,
            0.00031778508091704076,
            0.00031777477608462717,
            6.9995006337491068,
            2.6037492074444242e-43,
        ],
    )
    close(trace["f"][2:, 0], [0.9999546021312976, 0.9999546021312976, 8.194012623990515e-40])
    close(trace["i"][2:, 0], [4.5397868702434395e-05, 4.5397868702434395e-05, 1.6889118802245324e-48])


def test_nine_columns() -> None:
    trace = walk("memory-cell", NINE)
    memory = [4.5397868702e-05, 3.0000453978687, 2.9999999979390, 6.9999999979390, 6.9997730085956, 6.9995006316883, 5.7354e-39,
              6, 5.9997730106565]  # fmt: skip
    close(trace["c"][:, 0], memory, 1e-5)
    close(trace["c"][[0, 1, 2, 3, 4, 5, 7, 8], 0], [memory[n] for n in (0, 1, 2, 3, 4, 5, 7, 8)], 2e-11)
    output = [2.06097e-09, 1.36196e-04, 1.36194e-04, 3.17785e-04, 3.17775e-04, 6.9995006316883, 2.60375e-43, 2.72387e-04,
              5.9997730106565]  # fmt: skip
    close(trace["y"][:, 0], output, 5e-6)
    rounded = walk("memory-cell-rounded", NINE)
    assert rounded.before["c"].T.tolist() == [[0, 0, 3, 3, 7, 7, 7, 0, 6]]
    assert rounded["c"].T.tolist() == [[0, 3, 3, 7, 7, 7, 0, 6, 6]]
    assert rounded["y"].T.tolist() == [[0, 0, 0, 0, 0, 7, 0, 0, 6]]


def test_gradients_of_the_walk() -> None:
    outside = np.zeros((5, 1))
    outside[3] = 1
    gradient = walk("memory-cell", FIVE).gradient({"y": outside})
    shut, opened = 4.5397868702434395e-05, 0.9999546021312976
    close(gradient.inputs[:, 0], [opened**2, opened**2, shut * opened, shut, 0])
    close(gradient.inputs[:4, 0], [0.99990921, 0.99990921, 4.53958e-05, 4.53979e-05], 2e-6)
    found = {name: [*gradient.parameters[f"W_{name}"][0], *gradient.parameters[f"b_{name}"]] for name in "zifo"}
    close(found["z"], [6.999500633749107, 1.9998184126471235, 4.5397868702434395e-05, 1.999909206323562])
    at = [0, 2, 3]
    close(np.array(found["i"])[at], [2.269707951880814e-04, 4.5395807735951673e-05, 1.3618330146201654e-04])
    close(np.array(found["f"])[at], [9.532728058685954e-04, 3.1776034978675744e-04, 6.355165778276764e-04])
    assert 0 <= found["i"][1] < 1e-37
    assert 0 <= found["f"][1] < 1e-37
    assert max(map(abs, found["o"])) < 1e-37


X = [[1.0], [-1.0], [0.5]]
GATES = {"W_i": 0.5, "W_f": -0.3, "W_g": 0.8, "W_o": 0.2, "U_i": 0.1, "U_f": 0.4, "U_g": -0.6, "U_o": 0.7, "b_i": 0.1, "b_f": 0.2,
         "b_g": -0.1, "b_o": 0.05}  # fmt: skip
CIFG = texts.COUPLED.replace(
    "f = sigmoid(W_f @ x + U_f @ h_prev + b_f)", "i = sigmoid(W_i @ x + U_i @ h_prev + b_i)"
).replace("f * c_prev + (1 - f) * g", "(1 - i) * c_prev + i * g")
NO_FORGET = texts.LSTM.replace("f = sigmoid(W_f @ x + U_f @ h_prev + b_f)\n", "").replace("f * c_prev", "c_prev")
UDACITY = texts.LSTM.replace("o * tanh(c)", "o * tanh(W_u @ (f * c_prev) + b_u)")
GRU = {"W_r": 0.5, "W_z": -0.3, "W_n": 0.8, "U_r": 0.1, "U_z": 0.4, "U_n": -0.6, "b_r": 0.1 + 0.05, "b_z": 0.2 - 0.1}
HAND: dict[str, tuple[str, dict[str, float], dict[str, float], list[float], float | None]] = {
    "standard": (texts.LSTM, GATES, {}, [0.208873635171377, -0.0315150823610712, 0.0784382326489], 0.148539456643841),
    "peephole": (texts.PEEPHOLE, {**GATES, "p_i": 0.3, "p_f": -0.2, "p_o": 0.5}, {},
                 [0.226447223996358, -0.0458920723313828, 0.0732498187460674], 0.134920378406639),
    "no forget gate": (NO_FORGET, GATES, {}, [0.208873635171377, 0.0381072165547622, 0.125700558632284], 0.235292239962588),
    "coupled": (CIFG, GATES, {}, [0.208873635171377, -0.0408565711523241, 0.0787701151703612], 0.149642227008907),
    "udacity": (UDACITY, {**GATES, "W_u": 1, "b_u": 0}, {}, [0, 0.110196119750166, -0.0129822461568217], 0.112033752658409),
    "gru, reset before": (texts.GRU_BEFORE, {**GRU, "b_n": -0.1 + 0.3}, {"h": 0.2},
                          [0.478862001105114, 0.0879924840690415, 0.302620779248633], None),
    "gru, reset after": (texts.GRU_AFTER, {**GRU, "b_n": -0.1, "d_n": 0.3}, {"h": 0.2},
                         [0.45150169378761, 0.0346782794741252, 0.239005071192874], None),
    "elman": ("h = tanh(W @ x + U @ h_prev + b)", {"W": 0.5, "U": 0.8, "b": 0.1}, {},
              [0.537049566998035, 0.0296309770792482, 0.357227988400012], None),
    "jordan": ("h = tanh(W @ x + U @ y_prev + b)\ny = sigmoid(V @ h + d)", {"W": 0.5, "U": 0.8, "b": 0.1, "V": 1.5, "d": -0.2}, {},
               [0.537049566998035, 0.117006089706383, 0.632217822835543], None),
}  # fmt: skip


@pytest.mark.parametrize("name", HAND)
def test_oracles_of_the_size_of_a_hand(name: str) -> None:
    text, numbers, initial, expected, memory = HAND[name]
    network = Network([Layer(define("hand", text), 1)], 1)
    parameters = {p: np.full(network.parameters[network.full(p)], numbers[p]) for p in network.initial()}
    trace = network.run(parameters, X, initial={state: [value] for state, value in initial.items()})
    np.testing.assert_allclose(trace["h"][:, 0], expected, rtol=2e-13, atol=5e-15)
    if memory is not None:
        close(trace["c"][-1, 0], memory, 1e-13)
    if name == "jordan":
        close(trace["y"][:, 0], [0.646930591828044, 0.493877589656582, 0.678813993687391], 2e-15)


@pytest.mark.parametrize(
    ("w", "output", "slope"),
    [(1, 1, 999), (1.01, 20751.639245360059, 20525631.2931828707), (0.99, 4.3607320616826517e-05, 0.0440037508042522518),
     (0.01, 0, 0), (0.9, 1.942079e-46, 2.155708e-43), (1.1, 2.245394e41, 2.039226e44)],
)  # fmt: skip
def test_a_thousand_steps_of_one_weight(w: float, output: float, slope: float) -> None:
    xs, last = np.zeros((1000, 1)), np.zeros((1000, 1))
    xs[0] = last[-1] = 1
    trace = Network([Layer(load("linear-rnn"), 1)], 1).run({"W": [[1]], "U": [[w]]}, xs)
    rel = 1e-6 if w in (0.9, 1.1) else REL
    close(trace["h"][-1, 0], output, rel)
    close(trace.gradient({"h": last}).parameters["U"][0, 0], slope, rel)


def test_clocks_and_slow_memory() -> None:
    clock = define("clock", "m = every(1, 2, 4)\nh = m * (W @ x) + (1 - m) * h_prev")
    trace = Network([Layer(clock, 3)], 1).run({"W": np.ones((3, 1))}, np.arange(9.0)[:, None])
    active = [{1, 2, 4}, {1}, {1, 2}, {1}, {1, 2, 4}, {1}, {1, 2}, {1}, {1, 2, 4}]
    assert [{p for p, on in zip((1, 2, 4), row, strict=True) if on} for row in trace["m"]] == active
    assert trace["h"][:, 2].tolist() == [0, 0, 0, 0, 4, 4, 4, 4, 8]
    scrn = define("scrn", "alpha = 0.95\ns[context] = (1 - alpha) * (B @ x) + alpha * s_prev\nh = P @ s")
    network = Network([Layer(scrn, 1, context=1)], 1)
    trace = network.run({"B": [[1]], "P": [[1]]}, np.ones((5, 1)))
    close(trace["h"][:, 0], [0.05, 0.0975, 0.142625, 0.18549375, 0.2262190625])
