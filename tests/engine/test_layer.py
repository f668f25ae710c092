from __future__ import annotations

import json

import numpy as np
import pytest

from app.cells import load
from app.engine import Layer, Network, NetworkError
from tests.cells.written import complex_step
from tests.engine.seq2seq import Array, lstm, parameters


def network(*learned: str, direction: str = "forward") -> Network:
    return Network([Layer(load("lstm"), 3, learned=learned, direction=direction)], 2)


def test_learned_starting_states_are_parameters() -> None:
    net = network("c", "h")
    assert net.parameters["main.1.forward.h:start"] == (3,)
    assert net.initial()["c:start"].tolist() == [0, 0, 0]
    p, xs = parameters(net), np.random.default_rng(1).normal(size=(4, 2))
    trace = net.run(p, xs)
    full = "main.1.forward"
    h, c = lstm(p, full, xs, p[f"{full}.h:start"], p[f"{full}.c:start"])
    np.testing.assert_allclose(trace["h"], h, rtol=1e-13)
    np.testing.assert_allclose(trace["c"], c, rtol=1e-13)
    outside = np.random.default_rng(2).normal(size=(4, 3))
    gradient = trace.gradient({"h": outside})
    for state in ("h:start", "c:start"):

        def loss(a: Array, state: str = state) -> complex:
            q = {**p, f"{full}.{state}": a}
            return complex(np.sum(outside * lstm(q, full, xs, q[f"{full}.h:start"], q[f"{full}.c:start"])[0]))

        wanted = complex_step(loss, p[f"{full}.{state}"])
        np.testing.assert_allclose(gradient.parameters[state], wanted, rtol=1e-10)
        np.testing.assert_array_equal(gradient.parameters[state], gradient.initial[state[0]])


def test_a_batch_learns_one_start_together_and_given_states_come_first() -> None:
    net = network("h", direction="both")
    assert net.short("main.1.backward.h:start") == "1.backward.h:start"
    p, xs = parameters(net), np.random.default_rng(1).normal(size=(4, 5, 2))
    outside = {"1.backward.h": np.random.default_rng(2).normal(size=(4, 5, 3))}
    gradient = net.run(p, xs).gradient(outside)
    np.testing.assert_allclose(gradient.parameters["1.backward.h:start"], gradient.initial["1.backward.h"].sum(0))
    assert not gradient.parameters["1.forward.h:start"].any()
    given = net.run(p, xs, initial={"1.backward.h": [1, 2, 3]})
    assert given.before["1.backward.h"][-1].tolist() == [[1, 2, 3]] * 5
    assert not given.gradient(outside).parameters["1.backward.h:start"].any()


def test_the_description_says_what_is_learned() -> None:
    net = network("h", "c")
    again = Network.from_description(json.loads(json.dumps(net.description)), load)
    assert again.parameters == net.parameters
    assert again.parts[0].layers[0].learned == ("c", "h")
    symbols = net.to_data()["symbols"]
    assert symbols["main.1.forward.c:start"]["used_by"] == ["c"]  # type: ignore[index]


@pytest.mark.parametrize(
    ("cell", "name", "message", "hint"),
    [
        ("lstm", "q", "'q' is not a state of the cell 'lstm'", "its states are c, h"),
        ("lstm", "H", "'H' is not a state of the cell 'lstm'", "did you mean 'h'?"),
        ("simple-rnn", "hh", "'hh' is not a state of the cell 'simple-rnn'", "did you mean 'h'?"),
    ],
)
def test_what_is_learned_has_to_be_a_state(cell: str, name: str, message: str, hint: str) -> None:
    with pytest.raises(NetworkError) as error:
        Layer(load(cell), 2, learned=[name])
    (problem,) = error.value.problems
    assert (problem.code, problem.message, problem.hint, problem.field) == ("unknown-state", message, hint, "learned")


def test_a_direction_that_is_none() -> None:
    with pytest.raises(NetworkError, match="'up' is not a direction"):
        Layer(load("lstm"), 2, direction="up")
    assert Layer(load("lstm"), 2, direction="both").directions == ("forward", "backward")
