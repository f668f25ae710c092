from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from app.cells import load
from app.engine import Layer, Network, NetworkError
from tests.engine import reference, seq2seq

P = seq2seq.parameters(seq2seq.network())
XS, YS = np.ones((3, 2)), np.ones((2, 4))

MISTAKES: list[tuple[Any, dict[str, Any], str, str]] = [
    (XS, {}, "the network has several parts", "give the inputs of each: encoder, decoder"),
    ({"encoder": XS}, {}, "no inputs for the part 'decoder'", "give a sequence, or let it run freely"),
    ({"encoder": XS, "decoder": YS, "middle": XS}, {}, "there is no part 'middle'", "the parts are encoder, decoder"),
    ({"encoder": XS, "decoder": np.ones((2, 3))}, {}, "'decoder' has the shape (2, 3), not (T, 4) or (T, batch, 4)", ""),
    ({"encoder": np.ones((3, 5, 2)), "decoder": YS}, {},
     "'decoder' holds one sequence, where 5 sequences are needed", "give every part the same number of sequences"),
    ({"encoder": XS, "decoder": np.ones((3, 5, 4))}, {},
     "'decoder' holds 5 sequences, where one sequence is needed", ""),
    ({"encoder": XS, "decoder": YS}, {"lengths": {"encoder": [4]}}, "lengths [4] do not fit 1 sequences of 3 steps", ""),
    ({"encoder": XS, "decoder": YS}, {"lengths": {"encodr": [2]}}, "there is no part 'encodr'", "the parts are encoder, decoder"),
    ({"encoder": XS, "decoder": YS}, {"networks": 0}, "'networks' is 0, not a whole number of at least 1", ""),
]  # fmt: skip


@pytest.mark.parametrize(("xs", "more", "message", "hint"), MISTAKES, ids=[row[2][:40] for row in MISTAKES])
def test_a_mistake(xs: Any, more: dict[str, Any], message: str, hint: str) -> None:
    with pytest.raises(NetworkError) as error:
        seq2seq.network().run(P, xs, **more)
    assert error.value.problems[0].message == message
    assert error.value.problems[0].hint.startswith(hint)


@pytest.mark.parametrize("sizes", [[3, 3], [1, 4, 1], [6]])
def test_state_carried_from_chunk_to_chunk(sizes: list[int]) -> None:
    network = Network([Layer(load("lstm"), 3), Layer(load("simple-rnn"), 2)], 2, "y[outputs] = V @ h", outputs=2)
    given = reference.numbers(network, 1, 6, (2,))
    whole = network.run(given.parameters, given.inputs)
    at, initial, found = 0, None, []
    for size in sizes:
        chunk = network.run(given.parameters, given.inputs[at : at + size], initial=initial)
        initial, at = chunk.carried, at + size
        found.append(chunk["readout.y"])
    np.testing.assert_allclose(np.concatenate(found), whole["readout.y"], rtol=1e-12, atol=1e-14)


def test_a_layer_that_reads_backward_carries_nothing() -> None:
    network = Network([Layer(load("lstm"), 3, direction="both")], 2)
    trace = network.run(network.initial(), XS)
    with pytest.raises(NetworkError) as error:
        trace.carried["1.forward.h"]
    (problem,) = error.value.problems
    assert problem.message == "'1.backward.h' reads backward, so it cannot go on where a chunk ended"
    assert (problem.code, problem.hint) == ("reads-backward", "give the whole sequence at once")


def test_the_last_states_of_both_directions_and_their_gradients() -> None:
    """The pair that classifies a whole sequence; the series' last row of a backward layer has read one step only."""
    network = Network([Layer(load("lstm"), 3, direction="both")], 2)
    given = reference.numbers(network, 3, 5)
    trace = network.run(given.parameters, given.inputs)
    assert trace.last["1.backward.h"].tolist() == trace["1.backward.h"][0].tolist()
    assert trace.last["1.forward.h"].tolist() == trace["1.forward.h"][-1].tolist()
    ends = {"1.backward.h": np.array([1.0, 2, 3]), "1.forward.c": np.array([4.0, 5, 6])}
    gradient = trace.gradient({}, last=ends)
    series = {name: np.zeros((5, 3)) for name in ends}
    series["1.backward.h"][0], series["1.forward.c"][-1] = ends.values()
    wanted = trace.gradient(series)
    np.testing.assert_array_equal(gradient.inputs, wanted.inputs)
    wrong = {"1.backward.h": np.zeros((5, 3))}
    wrong["1.backward.h"][-1] = ends["1.backward.h"]
    assert np.abs(trace.gradient(wrong).inputs[0]).max() == 0
    assert np.abs(gradient.inputs[0]).max() > 0
