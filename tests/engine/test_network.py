from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest

from app.cells import load
from app.engine import CellError, Layer, Network, NetworkError, Problem, define
from tests.engine import reference, texts

LSTM = load("lstm")


def problems(error: pytest.ExceptionInfo[NetworkError]) -> list[tuple[str, str, str, str]]:
    return [(p.code, p.message, p.hint, p.field) for p in error.value.problems]


def test_a_direction_that_is_none() -> None:
    with pytest.raises(NetworkError) as error:
        Layer(LSTM, 2, direction="sideways")
    assert error.value.problems == (
        Problem("bad-direction", "'sideways' is not a direction", {"value": "sideways"}, "use one of forward, backward, both",
                field="direction"),
    )  # fmt: skip


def test_a_network_without_layers() -> None:
    with pytest.raises(NetworkError) as error:
        Network([], 3)
    assert problems(error) == [("no-layers", "the network has no layer", "give at least one layer", "layers")]


def test_a_readout_has_no_memory() -> None:
    with pytest.raises(NetworkError) as error:
        Network([Layer(LSTM, 2)], 3, "a[outputs] = V @ h\ny[outputs] = a + 0.5 * y_prev", outputs=2)
    assert problems(error) == [
        ("readout-state", "a readout has no memory, but reads 'y_prev'", "keep states in the cell", "readout")
    ]
    with pytest.raises(CellError, match="an input has no earlier value here"):
        Network([Layer(LSTM, 2)], 3, "y = V @ h_prev")


@pytest.mark.parametrize(
    ("layers", "inputs", "sizes"),
    [
        ([Layer(LSTM, 4)], 3, ["main.1.forward 3 4"]),
        ([Layer(LSTM, 4), Layer(LSTM, 2)], 3, ["main.1.forward 3 4", "main.2.forward 4 2"]),
        (
            [Layer(LSTM, 4, direction="both"), Layer(LSTM, 2, direction="backward")], 3,
            ["main.1.forward 3 4", "main.1.backward 3 4", "main.2.backward 8 2"],
        ),
        (
            [texts.layer("jordan"), Layer(LSTM, 5)], 1,
            ["main.1.forward 1 3", "main.2.forward 4 5"],
        ),
    ],
)  # fmt: skip
def test_layers_fit_onto_each_other(layers: list[Layer], inputs: int, sizes: list[str]) -> None:
    places = Network(layers, inputs).places
    assert [f"{p.prefix[:-1]} {p.sizes['inputs']} {p.sizes['units']}" for p in places] == sizes


def test_shapes_of_everything() -> None:
    network = Network([Layer(LSTM, 4, direction="both")], 3, "y[outputs] = softmax(V @ h + W @ c + d)", outputs=2)
    short = {network.short(name): shape for name, shape in network.parameters.items()}
    assert len(short) == 2 * 12 + 3
    assert short["1.forward.W_i"] == (4, 3)
    assert short["1.backward.U_g"] == (4, 4)
    assert short["1.backward.b_o"] == (4,)
    assert (short["readout.V"], short["readout.W"], short["readout.d"]) == ((2, 8), (2, 8), (2,))
    assert {network.short(name): shape for name, shape in network.states.items()} == {
        f"1.{direction}.{state}": (4,) for direction in ("forward", "backward") for state in "ch"
    }
    assert network.values["main.readout.forward.y"] == (2,)
    assert {name: array.shape for name, array in network.initial().items()} == short


@pytest.mark.parametrize(
    ("cell", "inputs", "units", "count"),
    [
        ("simple-rnn", 3, 1, 5), ("simple-rnn", 8, 64, 4672), ("simple-rnn", 28, 64, 5952), ("lstm", 3, 1, 20), ("lstm", 2, 2, 40),
        ("lstm", 8, 64, 18688), ("lstm", 28, 64, 23808), ("memory-cell", 3, 1, 16), ("lstm-peephole", 8, 64, 18880),
        ("lstm-coupled", 28, 64, 17856), ("gru", 8, 64, 14016), ("gru-reset-after", 3, 1, 18),
    ],
)  # fmt: skip
def test_parameters_are_counted_as_in_the_literature(cell: str, inputs: int, units: int, count: int) -> None:
    network = Network([Layer(texts.cell(cell)[0], units)], inputs)
    assert sum(array.size for array in network.initial().values()) == count


def test_two_cells_of_one_name_are_told_apart() -> None:
    one, two = define("mine", "h = W @ x"), define("mine", "h = tanh(W @ x)")
    network = Network([Layer(one, 2), Layer(two, 2), Layer(one, 2)], 2)
    assert [place.program.name for place in network.places] == ["mine", "mine-2", "mine"]
    assert network.places[0].plan is network.places[2].plan
    readout = Network([Layer(define("readout", "h = W @ x"), 2)], 2, "y = 2 * h")
    assert [place.program.name for place in readout.places] == ["readout", "readout-2"]
    given = reference.numbers(network, 1, 3)
    reference.same(reference.found(network, given), reference.expected(network, given))


DESCRIPTION: dict[str, Any] = {
    "parts": [
        {
            "name": "main",
            "inputs": 3,
            "layers": [
                {"cell": "lstm", "text": None, "units": 2, "direction": "both", "sizes": {}},
                {"cell": "mine", "text": "s[context] = B @ x + s_prev\nh = P @ s\n", "units": 3, "direction": "forward",
                 "sizes": {"context": 2}},
            ],
            "readout": "y[outputs] = V @ h",
            "sizes": {"outputs": 5},
        }
    ]
}  # fmt: skip


def test_a_description_and_back() -> None:
    network = Network.from_description(DESCRIPTION, load)
    assert network.description == DESCRIPTION
    assert network.parameters["main.2.forward.B"] == (2, 4)
    built = Network(network.parts[0].layers, 3, "y[outputs] = V @ h", outputs=5)
    assert json.loads(json.dumps(built.description)) == built.description
    again = Network.from_description(built.description, load)
    assert again.parameters == network.parameters
    assert again.places[0].program == LSTM.program


def test_a_description_needs_no_name_for_a_text() -> None:
    description = {"parts": [{"inputs": 1, "layers": [{"text": "h = x + 0 * h_prev", "units": 1}]}]}
    with pytest.raises(CellError, match="cannot combine 'x'"):
        Network.from_description(description, load)
    description["parts"][0]["layers"][0]["text"] = "h = W @ x"  # type: ignore[index]
    assert Network.from_description(description, load).places[0].program.name == "cell-1"


def test_mistakes_of_all_layers_at_once() -> None:
    layers = [
        {"cell": "lstm", "units": 0}, {"cell": "gru9", "units": 2},
        {"cell": "lstm", "units": 2, "direction": "up", "sizes": {"k": 1}},
    ]  # fmt: skip
    with pytest.raises(NetworkError) as error:
        Network.from_description({"parts": [{"inputs": 1, "layers": layers}]}, load)
    assert [(p.code, p.field) for p in error.value.problems] == [
        ("bad-size", "layers.1.units"), ("unknown-cell", "layers.2.cell"), ("unknown-size", "layers.3.k"),
        ("bad-direction", "layers.3.direction"),
    ]  # fmt: skip


def test_starting_states_are_zero_unless_given() -> None:
    network = Network([Layer(LSTM, 2)], 3)
    p, xs = network.initial(1), np.ones((3, 4, 3))
    zero = network.run(p, xs, initial={"c": np.zeros((4, 2)), "h": [0, 0]})
    np.testing.assert_array_equal(network.run(p, xs)["h"], zero["h"])
    shared = network.run(p, xs, initial={"c": [1, 2]})
    np.testing.assert_array_equal(shared.before["c"][0], [[1, 2]] * 4)
    assert not shared.before["h"][0].any()


def test_one_sequence_of_a_batch_is_the_sequence_alone() -> None:
    network = Network([Layer(LSTM, 2, direction="both")], 3)
    given = reference.numbers(network, 3, 4, (3,))
    batch = network.run(given.parameters, given.inputs, initial=given.initial)
    for n in range(3):
        initial = {name: array[n] for name, array in given.initial.items()}
        alone = network.run(given.parameters, given.inputs[:, n], initial=initial)
        for name, array in alone.values.items():
            np.testing.assert_allclose(batch[name][:, n], array, rtol=1e-12, atol=1e-14)


def test_frames_check_their_numbers_before_the_first_step() -> None:
    network = Network([Layer(LSTM, 2)], 3)
    with pytest.raises(NetworkError, match="no numbers for"):
        next(network.steps({}, [[1, 2, 3]]))
    with pytest.raises(NetworkError, match="'xs' has the shape"):
        next(network.frames(network.initial(), [[1, 2]]))
    with pytest.raises(NetworkError, match="'chunk' is 0, not a whole number of at least 1"):
        next(network.frames(network.initial(), [[1, 2, 3]], chunk=0))
