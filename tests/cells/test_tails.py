"""Numbers at their ends: what overflows is shown as that, what is no number stays none, and nobody is warned."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from app.cells import load, names
from app.engine import Layer, Network, define
from tests.engine import texts
from tests.engine.reference import expected, numbers


def toy(recurrent: float) -> Network:
    assert recurrent
    return Network([Layer(load("linear-rnn"), 2)], inputs=2, readout="y[outputs] = V @ h", outputs=2)


def test_the_toy_overflows_in_full_view() -> None:
    """A recurrent weight dragged to 1000, the sequence lengthened to 120."""
    net = toy(1000)
    weights = {name: np.ones(shape) for name, shape in net.parameters.items()}
    weights["main.1.forward.U"][0, 0] = 1000
    trace = net.run(weights, np.ones((120, 2)))
    h = trace["h"]
    first = int(np.argmax(~np.isfinite(h[:, 0])))
    assert 95 < first < 110
    assert np.isfinite(h[:first]).all()
    assert np.isposinf(h[first:, 0]).all()
    assert not np.isfinite(trace["y"][first:]).any()
    outside = np.zeros((120, 2))
    outside[-1] = 1
    gradient = trace.gradient({"y": outside})
    assert np.isposinf(gradient.inputs[:10]).all()
    assert np.isfinite(gradient["h"][-1]).all()
    # the weights as they were: all is as before
    weights["main.1.forward.U"][0, 0] = 1
    assert net.run(weights, np.ones((3, 2)))["y"].tolist() == [[4, 4], [12, 12], [28, 28]]


def test_the_very_step_at_which_it_overflows() -> None:
    """h doubles: 2^1023 can be held, 2^1024 cannot."""
    net = Network([Layer(load("linear-rnn"), 1)], inputs=1)
    trace = net.run({"W": [[1.0]], "U": [[2.0]]}, [[1.0]] + [[0.0]] * 1030)
    assert trace["h"][1023, 0] == 2.0**1023
    assert np.isposinf(trace["h"][1024:]).all()
    short = net.run({"W": [[1.0]], "U": [[2.0]]}, [[1.0]] + [[0.0]] * 200, dtype=np.float32)
    assert short["h"][127, 0] == 2.0**127
    assert np.isposinf(short["h"][128:]).all()


@pytest.mark.parametrize("z", [-745.0, -710.0, -110.0, -90.0, -40.0, 40.0, 90.0, 110.0, 710.0, 745.0])
def test_a_gate_far_out(z: float) -> None:
    """A sigmoid in the loop, ahead of it and in the reference: to rounding, below the smallest normal number to that."""
    text = (
        "a = sigmoid(W @ x)\ni = sigmoid(V @ h_prev)\nj = sigmoid(W @ x + V @ j_prev)\nh = x2 + 0 * a + 0 * i + 0 * j"
    )
    net = Network([Layer(define("t", text), 1)], inputs=1)
    trace = net.run({"W": [[1.0]], "V": [[1.0]], "x2": [z]}, [[z], [z]], initial={"h": [z]})
    exact = np.exp(z) / (1 + np.exp(z)) if z < 0 else 1 / (1 + np.exp(-z))
    for name in ("a", "i"):
        np.testing.assert_allclose(trace[name][:, 0], [exact] * 2, rtol=1e-15, atol=2.3e-308)
    assert trace["j"][0, 0] == pytest.approx(exact, rel=1e-15, abs=2.3e-308)
    assert np.isfinite(trace.gradient({"h": np.ones((2, 1))}).inputs).all()


@pytest.mark.parametrize("name", names())
def test_what_is_no_number_is_never_hidden(name: str) -> None:
    net = texts.network(name)
    given = numbers(net, length=4)
    given.inputs[1, 0] = np.nan
    trace = net.run(given.parameters, given.inputs, initial=given.initial)
    output = net.parts[0].layers[0].cell.output
    for value in net.places[0].program.values:
        assert np.isfinite(trace[value.name][0]).all()
        assert value.label == "clock" or np.isnan(trace[value.name][1]).all(), value.name
    assert np.isnan(trace[output][1]).all()
    for state in net.places[0].program.states:
        assert np.isnan(trace[state][1:]).all(), state


@pytest.mark.parametrize(
    "function", ["relu", "step", "softmax", "softplus", "softsign", "sigmoid", "tanh", "exp", "identity", "clip"]
)
def test_no_function_hides_it(function: str) -> None:
    """In the loop and beside it, forwards and backwards."""
    limits = ", -1, 1" if function == "clip" else ""
    text = f"a = {function}(W @ x{limits})\nh = {function}(U @ h_prev{limits}) + 0 * h_prev + a"
    net = Network([Layer(define("t", text), 2)], inputs=2)
    given = numbers(net, length=3)
    trace = net.run(given.parameters, given.inputs, initial={"h": [np.nan, 1.0]})
    assert np.isnan(trace["h"]).all()
    assert np.isfinite(trace["a"]).all()
    given.inputs[0] = np.nan
    assert np.isnan(net.run(given.parameters, given.inputs)["a"][0]).all()


def test_an_infinite_weight() -> None:
    net = Network([Layer(load("lstm"), 2)], inputs=2)
    given = numbers(net, length=3)
    given.parameters["main.1.forward.W_f"][...] = np.inf
    given.inputs[...] = 1.0
    trace = net.run(given.parameters, given.inputs, initial=given.initial)
    assert (trace["f"] == 1).all()
    assert np.isfinite(trace["h"]).all()
    gradient = trace.gradient({"h": np.ones((3, 2))})
    assert not gradient["f:in"].any()
    # 0 times infinity is no number, and is shown as that
    assert np.isnan(gradient.inputs).all()
    assert np.isnan(expected(net, given).inputs).any()


def test_softmax_at_its_ends() -> None:
    net = Network([Layer(define("t", "h = softmax(W @ x + U @ h_prev)"), 3)], inputs=1)
    zero = {"U": np.zeros((3, 3))}
    apart = net.run({**zero, "W": [[1000.0], [0.0], [-1000.0]]}, [[1.0], [1e300], [0.0]])
    assert apart["h"].tolist() == [[1, 0, 0], [1, 0, 0], pytest.approx([1 / 3] * 3, rel=1e-15)]
    gradient = apart.gradient({"h": np.ones((3, 3))})
    # a sum that is always 1 does not change
    np.testing.assert_allclose(gradient["h:in"], np.zeros((3, 3)), atol=1e-16)
    infinite = net.run({**zero, "W": [[1e200], [0.0], [0.0]]}, [[1e200]])
    assert np.isnan(infinite["h"]).all()


def test_float32_underflows_where_float64_does_not() -> None:
    """Step 5 of the walkthrough: 5.7e-39 is left of the memory, which float32 can only just hold, and y not at all."""
    net = Network([Layer(load("memory-cell"), 1)], inputs=3)
    weights: dict[str, list[Any]] = {
        "W_z": [[1, 0, 0]], "W_i": [[0, 100, 0]], "W_f": [[0, 100, 0]], "W_o": [[0, 0, 100]],
        "b_z": [0], "b_i": [-10], "b_f": [10], "b_o": [-10],
    }  # fmt: skip
    xs = [[3, 1, 0], [4, 1, 0], [2, 0, 0], [1, 0, 1], [3, -1, 0]]
    narrow, wide = net.run(weights, xs, dtype=np.float32), net.run(weights, xs)
    assert wide["c"][4, 0] == pytest.approx(5.735399660523715e-39, rel=1e-12)
    assert narrow["y"][4, 0] <= np.float32(1e-42)
    np.testing.assert_allclose(narrow["y"][:4], wide["y"][:4], rtol=1e-5)
    assert {array.dtype for array in narrow.values.values()} == {np.dtype(np.float32)}
    gradient = narrow.gradient({"y": np.ones((5, 1))})
    arrays = [*gradient.values.values(), *gradient.parameters.values(), *gradient.initial.values(), gradient.inputs]
    assert {array.dtype for array in arrays} == {np.dtype(np.float32)}
