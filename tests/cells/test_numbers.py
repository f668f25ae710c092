"""Numbers that were worked out elsewhere: lecture slides, PyTorch, and by hand."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from app.cells import load
from app.engine import Layer, Network, Trace

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
