"""Ours to a library and back, a library's to ours and back; and what a library does not have, with the reason."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.cells import load
from app.engine import Layer, Network, define
from app.formats.convert import convert
from app.formats.found import Found
from app.formats.library import LibraryLayer
from app.formats.to_library import to_library
from tests.formats.layers import keras, onnx, problems, pytorch, run, said

XS = np.random.default_rng(5).normal(size=(6, 3))
HINT = "use a cell that the library has, such as lstm"
LIBRARIES = ("pytorch", "keras", "onnx")
#: which shipped cells each library has
HELD = {
    "pytorch": ["simple-rnn", "simple-rnn-wh-wx", "relu-rnn", "lstm", "lstm-long-short", "gru-reset-after"],
    "keras": [
        "simple-rnn", "simple-rnn-wh-wx", "relu-rnn", "linear-rnn", "lstm", "lstm-long-short", "gru", "gru-reset-after",
    ],
    "onnx": [
        "simple-rnn", "simple-rnn-wh-wx", "relu-rnn", "linear-rnn", "lstm", "lstm-long-short", "lstm-peephole",
        "lstm-coupled", "gru", "gru-reset-after",
    ],
}  # fmt: skip


def network(name: str, *, inputs: int = 3, units: int = 4, layers: int = 1, direction: str = "forward") -> Network:
    return Network([Layer(load(name), units, direction=direction) for _ in range(layers)], inputs=inputs)


def random(of: Network, seed: int = 0) -> dict[str, np.ndarray]:
    numbers = np.random.default_rng(seed)
    return {of.short(name): numbers.normal(size=shape) for name, shape in of.parameters.items()}


def again(found: Found, library: str) -> list[LibraryLayer]:
    initial = found.initial if library == "onnx" else None
    return to_library(found.network(), found.parameters, library, initial=initial)


@pytest.mark.parametrize("direction", ["forward", "backward", "both"])
@pytest.mark.parametrize(("library", "cell"), [(library, cell) for library in LIBRARIES for cell in HELD[library]])
@settings(max_examples=8, deadline=None)
@given(inputs=st.integers(1, 4), units=st.integers(1, 4), layers=st.integers(1, 3), seed=st.integers(0, 99))
def test_ours_to_a_library_and_back(
    library: str, cell: str, direction: str, inputs: int, units: int, layers: int, seed: int
) -> None:
    if library == "pytorch" and direction == "backward":
        return
    ours = network(cell, inputs=inputs, units=units, layers=layers, direction=direction)
    parameters = random(ours, seed)
    given_away = to_library(ours, parameters, library)
    found = convert(given_away)
    xs = np.random.default_rng(seed).normal(size=(4, inputs))
    top = [place.address("h") for place in ours.places if place.layer == str(layers)]
    before, after = ours.run(parameters, xs), found.network().run(found.parameters, xs)
    for address in top:
        np.testing.assert_array_equal(before[address], after[address])
    same = {"simple-rnn-wh-wx": "simple-rnn", "lstm-long-short": "lstm"}.get(cell, cell)
    assert [layer["cell"] for layer in found.description["parts"][0]["layers"]] == [same] * layers
    if cell != "simple-rnn-wh-wx":
        assert found.parameters.keys() == parameters.keys()
        assert all(np.array_equal(found.parameters[name], parameters[name]) for name in parameters)
    assert found.choices == ()
    assert {note.code for note in found.notes} <= {"last-state", "reversed-order"}


CASES = [
    *(pytorch(kind, layers=layers, both=both, bias=bias, seed=layers) for kind in ("RNN", "LSTM", "GRU")
      for layers in (1, 2, 3) for both in (False, True) for bias in (False, True)),
    pytorch("RNN", nonlinearity="relu", layers=2), pytorch("LSTM", projection=2, layers=2, both=True),
    *(keras(kind, both=both, bias=bias, **options) for kind, options in [
        ("RNN", {}), ("RNN", {"activation": "softsign"}), ("RNN", {"activation": "hard_tanh"}), ("LSTM", {}),
        ("LSTM", {"activation": "elu", "recurrent_activation": "hard_sigmoid"}), ("GRU", {"reset_after": False}), ("GRU", {}),
        ("GRU", {"activation": "mish", "recurrent_activation": "sparse_sigmoid"}),
    ] for both in (False, True) for bias in (False, True)),
    keras("LSTM", go_backwards=True),
    *(onnx(kind, direction=direction, bias=bias, batch=batch, **options) for kind, options in [
        ("RNN", {}), ("RNN", {"activations": ["Affine"], "activation_alpha": [0.5], "activation_beta": [0.2]}), ("LSTM", {}),
        ("LSTM", {"peepholes": True}), ("LSTM", {"clip": 0.5}), ("GRU", {"linear_before_reset": 0}),
        ("GRU", {"linear_before_reset": 1, "clip": 1.5}),
    ] for direction in ("forward", "reverse") for bias in (False, True) for batch in (0, 2)),
    onnx("LSTM", direction="bidirectional", batch=1, peepholes=True, activations=["HardSigmoid", "LeakyRelu", "Affine"] * 2,
         activation_alpha=[0.3, 0.1, 0.7] * 2, activation_beta=[0.4, 0.2] * 2),
    onnx("RNN", clip=1.0, activations=["Affine"], activation_alpha=[1.0], activation_beta=[0.0]),
]  # fmt: skip


@pytest.mark.parametrize("layer", CASES, ids=lambda layer: f"{layer.library}-{layer.kind}")
def test_a_librarys_to_ours_and_back(layer: LibraryLayer) -> None:
    """The identity, but for second biases, which come back added into the first."""
    found = convert([layer])
    (back,) = again(found, layer.library)
    assert back.arrays.keys() == layer.arrays.keys()
    assert {name: array.shape for name, array in back.arrays.items()} == {n: a.shape for n, a in layer.arrays.items()}
    added = {each.array for each in found.placed if each.added}
    summed = {first.array for each in found.placed if each.added
              for first in found.placed if first.address == each.address and not first.added}  # fmt: skip
    for name in layer.arrays.keys() - added - summed:
        np.testing.assert_array_equal(back.arrays[name], layer.arrays[name])
    assert bool(added) == ("bias-added" in {note.code for note in found.notes})
    np.testing.assert_allclose(run(back, XS), run(layer, XS), rtol=1e-13, atol=1e-14)
    for name, value in layer.options.items():
        assert back.options[name] == value
    second = convert([back])
    assert second.description == found.description
    assert "bias-added" not in {note.code for note in second.notes}
    (third,) = again(second, layer.library)
    assert third.options == back.options
    assert all(np.array_equal(third.arrays[name], back.arrays[name]) for name in back.arrays)


def test_a_second_bias_comes_back_in_the_first() -> None:
    layer = pytorch("LSTM")
    (back,) = again(convert([layer]), "pytorch")
    np.testing.assert_array_equal(back.arrays["bias_ih_l0"], layer.arrays["bias_ih_l0"] + layer.arrays["bias_hh_l0"])
    assert not back.arrays["bias_hh_l0"].any()


def test_what_a_forget_gate_does_not_use_comes_back_as_zeros() -> None:
    layer = onnx("LSTM", input_forget=1, peepholes=True)
    (back,) = again(convert([layer]), "onnx")
    assert not back.arrays["W"][0, 8:12].any()
    assert not back.arrays["P"][0, 8:].any()
    np.testing.assert_array_equal(back.arrays["W"][0, :8], layer.arrays["W"][0, :8])
    np.testing.assert_allclose(run(back, XS), run(layer, XS), rtol=1e-13)


@pytest.mark.parametrize("pattern", ["f", "b", "fb", "bf", "bb", "fbf", "bbf", "bfb"])
def test_directions_in_keras(pattern: str) -> None:
    ours = Network(
        [Layer(load("lstm"), 4, direction={"f": "forward", "b": "backward"}[each]) for each in pattern], inputs=3
    )
    parameters = random(ours)
    layers = to_library(ours, parameters, "keras")
    turned = [bool(layer.options["go_backwards"]) for layer in layers]
    assert turned == [here != below for below, here in zip("f" + pattern, pattern, strict=False)]
    outputs = XS
    for layer in layers:
        outputs = run(layer, outputs)
    top = ours.run(parameters, XS)[f"{len(pattern)}.h" if len(pattern) > 1 else "h"]
    np.testing.assert_allclose(outputs[::-1] if pattern[-1] == "b" else outputs, top, rtol=1e-13, atol=1e-14)


@pytest.mark.parametrize("library", LIBRARIES)
def test_layers_have_names_of_their_own(library: str) -> None:
    ours = Network(
        [Layer(load("lstm"), 4), Layer(load("lstm"), 4), Layer(load("lstm"), 2), Layer(load("gru-reset-after"), 2)],
        inputs=3,
    )
    layers = to_library(ours, random(ours), library)
    names = ["lstm", "lstm_1", "gru"] if library == "pytorch" else ["lstm", "lstm_1", "lstm_2", "gru"]
    assert [layer.name for layer in layers] == names
    outputs = XS
    for layer in layers:
        outputs = run(layer, outputs)
    np.testing.assert_allclose(outputs, ours.run(random(ours), XS)["4.h"], rtol=1e-13, atol=1e-14)


def test_several_parts_and_parameters_in_common() -> None:
    lstm = {"cell": "lstm", "units": 2}
    description = {
        "parts": [{"name": "encoder", "inputs": 3, "layers": [lstm]},
                  {"name": "decoder", "inputs": 3, "layers": [lstm], "start": "encoder", "readout": "y[outputs] = V @ h",
                   "sizes": {"outputs": 2}}],
        "tied": {"decoder.1": "encoder.1"},
    }  # fmt: skip
    ours = Network.from_description(description, load)
    parameters = random(ours)
    encoder, decoder = to_library(ours, parameters, "pytorch")
    assert (encoder.name, decoder.name) == ("encoder.lstm", "decoder.lstm")
    assert all(np.array_equal(encoder.arrays[name], decoder.arrays[name]) for name in encoder.arrays)
    np.testing.assert_array_equal(encoder.arrays["weight_ih_l0"][:2], parameters["encoder.W_i"])


def test_starting_states_in_onnx() -> None:
    learned = Network([Layer(load("lstm"), 2, direction="both", learned=("c",))], inputs=3)
    parameters = random(learned)
    (layer,) = to_library(learned, parameters, "onnx", initial={"1.forward.h": np.ones((3, 2))})
    assert layer.arrays["initial_h"].shape == (2, 3, 2)
    np.testing.assert_array_equal(layer.arrays["initial_h"], [np.ones((3, 2)), np.zeros((3, 2))])
    np.testing.assert_array_equal(
        layer.arrays["initial_c"][:, 0], [parameters["1.forward.c:start"], parameters["1.backward.c:start"]]
    )
    assert said(to_library, learned, parameters, "pytorch") == (
        "no-starting-states: layers of PyTorch keep no starting states: give them when the network runs"
    )
    assert said(to_library, network("lstm"), random(network("lstm")), "keras", initial={"h": np.ones(4)}).startswith(
        "no-starting-states: layers of Keras keep no starting states"
    )


def test_two_biases_of_ours_are_one() -> None:
    ours = Network([Layer(define("mine", "h = tanh(W @ x + b_x + U @ h_prev + b_h)"), 4)], inputs=3)
    parameters = random(ours)
    (layer,) = to_library(ours, parameters, "pytorch")
    np.testing.assert_array_equal(layer.arrays["bias_ih_l0"], parameters["b_x"] + parameters["b_h"])
    np.testing.assert_allclose(run(layer, XS), ours.run(parameters, XS)["h"], rtol=1e-13)


def test_biases_that_are_not_there_are_zeros() -> None:
    text = load("lstm").text.replace(" + b_o", "")
    ours = Network([Layer(define("mine", text), 4)], inputs=3)
    parameters = random(ours)
    (layer,) = to_library(ours, parameters, "keras")
    assert not layer.arrays["bias"][12:].any()
    np.testing.assert_allclose(run(layer, XS), ours.run(parameters, XS)["h"], rtol=1e-13)


def refusal(cell: str, library: str, **how: object) -> str:
    ours = network(cell, **how)  # type: ignore[arg-type]
    return said(to_library, ours, random(ours), library)


TITLES = {"pytorch": "PyTorch", "keras": "Keras", "onnx": "ONNX"}
LACKS = [
    ("linear-rnn", "pytorch", "an nn.RNN is a tanh or a relu network, not linear"),
    ("gru", "pytorch", "the reset gate of an nn.GRU acts after the recurrent matrix, not before it"),
    ("lstm-peephole", "pytorch", "an nn.LSTM has no peepholes"),
    ("lstm-coupled", "pytorch", "the forget gate of an nn.LSTM is not one minus its input gate"),
    ("lstm-peephole", "keras", "Keras' LSTM has no peepholes"),
    ("lstm-coupled", "keras", "the forget gate of Keras' LSTM is not one minus its input gate"),
    ("jordan", "onnx", "'y' is neither an activation of W @ x + U @ y_prev + b nor z * y_prev + (1 - z) * n"),
]


@pytest.mark.parametrize(("cell", "library", "why"), LACKS)
def test_what_a_library_does_not_have(cell: str, library: str, why: str) -> None:
    sizes = {"outputs": 4} if cell == "jordan" else {}
    ours = Network([Layer(load(cell), 4, **sizes)], inputs=3)
    assert said(to_library, ours, random(ours), library) == (
        f"not-in-library: layer 1 ('{cell}') cannot be one of {TITLES[library]}: {why}: {HINT}"
    )


FORMS = [
    (onnx("LSTM", clip=2.0), "pytorch", "the arguments of gates are not clipped"),
    (onnx("LSTM", clip=2.0), "keras", "the arguments of gates are not clipped"),
    (onnx("GRU", activations=["HardSigmoid", "Tanh"], linear_before_reset=1), "pytorch",
     "the activations of an nn.GRU cannot be chosen"),
    (onnx("GRU", activations=["HardSigmoid", "Tanh"]), "keras", "Keras has no activation hard_sigmoid(0.2, 0.5)"),
    (onnx("LSTM", activations=["Sigmoid", "Tanh", "Relu"]), "keras",
     "the candidate and the output of Keras' LSTM have the same activation"),
    (keras("LSTM", activation="silu"), "onnx", "ONNX has no activation silu"),
    (pytorch("LSTM", projection=2), "keras", "Keras' LSTM has no projection"),
    (pytorch("LSTM", projection=2), "onnx", "ONNX' LSTM has no projection"),
]  # fmt: skip


@pytest.mark.parametrize(("layer", "library", "why"), FORMS)
def test_forms_that_another_library_does_not_have(layer: LibraryLayer, library: str, why: str) -> None:
    found = convert([layer])
    cell = found.description["parts"][0]["layers"][0]["cell"]
    assert said(to_library, found.network(), found.parameters, library) == (
        f"not-in-library: layer 1 ('{cell}') cannot be one of {TITLES[library]}: {why}: {HINT}"
    )


def test_directions_that_a_library_does_not_have() -> None:
    assert refusal("lstm", "pytorch", direction="backward") == (
        "not-in-library: layer 1 ('lstm') cannot be one of PyTorch: a module reads forward or both ways, not backward alone: "
        + HINT
    )
    ours = Network([Layer(load("lstm"), 4, direction=each) for each in ("backward", "both")], inputs=3)
    assert said(to_library, ours, random(ours), "keras") == (
        "turned-both: Keras gives the outputs of a layer that reads backward in reverse order, so none above it can read "
        "both ways: let a layer that reads forward stand between them"
    )


def test_every_layer_that_a_library_does_not_have_is_told() -> None:
    ours = Network([Layer(load("gru-flipped"), 4), Layer(load("lstm"), 4), Layer(load("lstm-no-forget"), 4)], inputs=3)
    assert [each.message for each in problems(to_library, ours, random(ours), "onnx")] == [
        "layer 1 ('gru-flipped') cannot be one of ONNX: 'h' has its update gate the other way round: libraries multiply it "
        "with h_prev",
        "layer 3 ('lstm-no-forget') cannot be one of ONNX: 'c' keeps all that was in the state before: libraries have a "
        "forget gate",
    ]


def test_reasons_for_more_than_one_thing() -> None:
    found = convert([onnx("LSTM", clip=2.0, peepholes=True)])
    (problem,) = problems(to_library, found.network(), found.parameters, "pytorch")
    assert problem.message.endswith("an nn.LSTM has no peepholes; the arguments of gates are not clipped")


def test_a_clip_is_told_from_a_hard_tanh_by_what_the_library_has() -> None:
    found = convert([keras("RNN", activation="hard_tanh")])
    (layer,) = to_library(found.network(), found.parameters, "onnx")
    assert (layer.options["clip"], layer.options["activations"]) == (1.0, ["Affine"])
    np.testing.assert_allclose(run(layer, XS), run(keras("RNN", activation="hard_tanh"), XS), rtol=1e-13)


@pytest.mark.parametrize(("layer", "library"), [
    (pytorch("LSTM", layers=2, both=True), "keras"), (pytorch("GRU"), "onnx"), (keras("GRU", reset_after=False), "onnx"),
    (onnx("GRU", linear_before_reset=1, direction="bidirectional"), "keras"), (onnx("LSTM"), "pytorch"),
    (keras("RNN", activation="linear"), "onnx"), (onnx("LSTM", activations=["HardSigmoid", "Elu", "Elu"],
     activation_alpha=[1 / 6, 1.0, 1.0], activation_beta=[0.5]), "keras"),
], ids=str)  # fmt: skip
def test_from_one_library_to_another(layer: LibraryLayer, library: str) -> None:
    found = convert([layer])
    outputs = XS
    for each in to_library(found.network(), found.parameters, library):
        assert each.library == library
        outputs = run(each, outputs)
    np.testing.assert_allclose(outputs, run(layer, XS), rtol=1e-12, atol=1e-14)


def test_wrong_parameters() -> None:
    ours = network("simple-rnn")
    good = random(ours)
    assert said(to_library, ours, {**good, "W": np.zeros((4, 2))}, "keras") == (
        "bad-shape: 'W' has the shape (4, 2), not (4, 3): give an array of the shape (4, 3)"
    )
    assert said(to_library, ours, {"W": good["W"]}, "keras") == "missing-name: no numbers for U, b: give all parameters"
    assert (
        said(to_library, ours, {**good, "h": np.zeros(4)}, "keras")
        == "unknown-name: 'h' is not one of the parameters: leave it out"
    )
    assert said(to_library, ours, {**good, "V": np.zeros(4)}, "keras").startswith(
        "unknown-name: nothing here is called 'V'"
    )
    assert said(to_library, ours, good, "onnx", initial={"h": np.zeros((2, 3))}) == (
        "bad-shape: 'h' has the shape (2, 3), not (4,): give an array of the shape (4,)"
    )


def test_unknown_libraries() -> None:
    ours = network("lstm")
    assert (
        said(to_library, ours, random(ours), "torch")
        == "unknown-library: unknown library 'torch': did you mean 'pytorch'?"
    )
    assert (
        said(to_library, ours, random(ours), "mxnet")
        == "unknown-library: unknown library 'mxnet': known are pytorch, keras, onnx"
    )


def test_full_addresses_do_as_well() -> None:
    ours = network("gru")
    parameters = {ours.full(name): array for name, array in random(ours).items()}
    assert to_library(ours, parameters, "keras")[0].arrays["kernel"].shape == (3, 12)


def test_numbers_are_not_shared_with_what_was_given() -> None:
    layer = replace(pytorch("GRU"))
    found = convert([layer])
    found.parameters["W_r"][0, 0] = 77.0
    assert layer.arrays["weight_ih_l0"][0, 0] != 77.0
