"""What layers become computes what the library does: against NumPy written by hand from each library's documentation."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.engine import ProblemError
from app.formats.convert import convert, convert_all
from app.formats.found import Found
from app.formats.library import LibraryLayer
from tests.formats.layers import KERAS, Array, Numbers, index, keras, onnx, problems, pytorch, run, said

XS = np.random.default_rng(5).normal(size=(6, 3))


def ours(found: Found, xs: Array = XS) -> Array:
    """What leaves the top layer of the network at every step, both directions side by side."""
    network = found.network()
    initial = {name: state[0] if state.ndim == 2 else state for name, state in found.initial.items()}
    trace = network.run(found.parameters, xs, initial=initial)
    top = [place for place in network.places if place.layer == network.places[-1].layer]
    return np.concatenate([trace[place.address("h")] for place in top], axis=1)


def cells(found: Found) -> list[tuple[str, str]]:
    return [(layer["cell"], layer["direction"]) for layer in found.description["parts"][0]["layers"]]


def codes(found: Found) -> list[str]:
    return [note.code for note in found.notes]


@pytest.mark.parametrize("both", [False, True])
@pytest.mark.parametrize("layers", [1, 2, 3])
@pytest.mark.parametrize("bias", [True, False])
@pytest.mark.parametrize(
    ("kind", "cell", "options"),
    [
        ("RNN", "simple-rnn", {}),
        ("RNN", "relu-rnn", {"nonlinearity": "relu"}),
        ("LSTM", "lstm", {}),
        ("LSTM", "pytorch-lstm", {"projection": 2}),
        ("GRU", "gru-reset-after", {}),
    ],
)
def test_pytorch(kind: str, cell: str, options: dict, bias: bool, layers: int, both: bool) -> None:
    layer = pytorch(kind, layers=layers, both=both, bias=bias, **options)
    found = convert([layer])
    np.testing.assert_allclose(ours(found), run(layer, XS), rtol=1e-13, atol=1e-13)
    assert cells(found) == [(cell if bias else f"pytorch-{kind.lower()}", "both" if both else "forward")] * layers


@pytest.mark.parametrize("kind", ["RNN", "LSTM", "GRU"])
def test_a_cell_module_of_pytorch_is_one_layer(kind: str) -> None:
    layer = pytorch(kind, cell=True)
    assert "weight_ih" in layer.arrays
    np.testing.assert_allclose(ours(convert([layer])), run(layer, XS), rtol=1e-13, atol=1e-13)


KERAS_KINDS = [("RNN", {}), ("LSTM", {}), ("GRU", {"reset_after": True}), ("GRU", {"reset_after": False})]


@pytest.mark.parametrize("bias", [True, False])
@pytest.mark.parametrize("both", [False, True])
@pytest.mark.parametrize(("kind", "options"), KERAS_KINDS)
def test_keras(kind: str, options: dict, both: bool, bias: bool) -> None:
    layer = keras(kind, both=both, bias=bias, **options)
    np.testing.assert_allclose(ours(convert([layer])), run(layer, XS), rtol=1e-13, atol=1e-13)


@pytest.mark.parametrize("name", KERAS)
@pytest.mark.parametrize(("kind", "options"), KERAS_KINDS)
def test_activations_of_keras(kind: str, options: dict, name: str) -> None:
    for where in ("activation", "recurrent_activation")[: 1 if kind == "RNN" else 2]:
        layer = keras(kind, units=3, **options, **{where: name})
        expected = run(layer, XS[:2] * 0.3)
        np.testing.assert_allclose(ours(convert([layer]), XS[:2] * 0.3), expected, rtol=1e-10, atol=1e-12)


@pytest.mark.parametrize("turns", list(product([False, True], repeat=3)), ids=str)
def test_what_reads_backward_in_keras_leaves_its_outputs_in_reverse_order(turns: tuple[bool, ...]) -> None:
    layers = [
        keras("LSTM", inputs=3 if number == 0 else 4, go_backwards=turn, seed=number, name=f"l{number}")
        for number, turn in enumerate(turns)
    ]
    found = convert(layers)
    expected = XS
    for layer in layers:
        expected = run(layer, expected)
    reverse = sum(turns) % 2
    np.testing.assert_allclose(ours(found), expected[::-1] if reverse else expected, rtol=1e-13, atol=1e-13)
    assert [note.message for note in found.notes] == [
        "'l2' gives its outputs in the order in which they were made, that of the last step first (go_backwards); here they "
        "stand in the order of the steps"
    ][: 1 if reverse else 0]


ONNX_FORMS = [
    ("RNN", {}),
    ("LSTM", {}),
    ("LSTM", {"peepholes": True}),
    ("LSTM", {"input_forget": 1}),
    ("LSTM", {"input_forget": 1, "peepholes": True}),
    ("GRU", {"linear_before_reset": 0}),
    ("GRU", {"linear_before_reset": 1}),
    ("GRU", {}),
]


@pytest.mark.parametrize("options", [{}, {"clip": 0.4}, {"batch": 1}, {"bias": False}], ids=str)
@pytest.mark.parametrize("direction", ["forward", "reverse", "bidirectional"])
@pytest.mark.parametrize(("kind", "form"), ONNX_FORMS)
def test_onnx(kind: str, form: dict, direction: str, options: dict) -> None:
    layer = onnx(kind, direction=direction, **form, **options)
    found = convert([layer])
    np.testing.assert_allclose(ours(found), run(layer, XS), rtol=1e-13, atol=1e-13)
    if options == {} and form in ({}, {"peepholes": True}, {"linear_before_reset": 1}):
        names = {
            "RNN": "simple-rnn",
            "LSTM": "lstm-peephole" if form else "lstm",
            "GRU": "gru-reset-after" if form else "gru",
        }
        assert cells(found)[0][0] == names[kind]


ONNX_ACTIVATIONS = [
    ("RNN", ["Affine"], [0.7], [0.2]),
    ("RNN", ["Softplus"], [], []),
    ("LSTM", ["HardSigmoid", "Tanh", "Affine"], [0.3, 0.7], [0.4, 0.1]),
    ("LSTM", ["Sigmoid", "Affine", "Affine"], [1.0, 1.0], [0.0, 0.0]),
    ("LSTM", ["HardSigmoid", "LeakyRelu", "ScaledTanh"], [0.3, 0.6, 0.7], [0.4, 1.1]),
    ("LSTM", ["Sigmoid", "Elu", "Softsign"], [0.5], []),
    ("LSTM", ["Sigmoid", "ThresholdedRelu", "Relu"], [0.5], []),
    ("LSTM", ["HardSigmoid", "Elu", "LeakyRelu"], [], []),
    ("GRU", ["HardSigmoid", "Affine"], [0.3, 0.7], [0.4, 0.1]),
    ("GRU", ["Softsign", "Softplus"], [], []),
    ("GRU", ["sigmoid", "TANH"], [], []),
]


@pytest.mark.parametrize("direction", ["forward", "bidirectional"])
@pytest.mark.parametrize("clip", [None, 0.8])
@pytest.mark.parametrize(("kind", "names", "alpha", "beta"), ONNX_ACTIVATIONS)
def test_activations_of_onnx(
    kind: str, names: list[str], alpha: list[float], beta: list[float], clip: float | None, direction: str
) -> None:
    count = 2 if direction == "bidirectional" else 1
    options = {"direction": direction, "activations": names * count}
    options |= {"activation_alpha": alpha * count} if alpha else {}
    options |= {"activation_beta": beta * count} if beta else {}
    layer = onnx(kind, **options, **({"clip": clip} if clip else {}))
    found = convert([layer])
    known = [{"sigmoid": "Sigmoid", "TANH": "Tanh"}.get(name, name) for name in names]
    expected = run(replace(layer, options={**layer.options, "activations": known * count}), XS)
    np.testing.assert_allclose(ours(found), expected, rtol=1e-12, atol=1e-12)
    assert "left-over" not in codes(found)


def test_a_shipped_cell_has_no_text_of_its_own() -> None:
    found = convert([keras("LSTM")])
    assert found.description == {
        "parts": [
            {
                "name": "main",
                "inputs": 3,
                "layers": [{"cell": "lstm", "text": None, "units": 4, "direction": "forward", "sizes": {}}],
            }
        ]
    }
    assert found.choices == found.notes == ()


def test_where_everything_went() -> None:
    placed = [each.to_data() for each in convert([keras("GRU", inputs=2, units=1)]).placed]
    assert [(each["array"], each["where"], each["gate"], each["address"], each["transposed"]) for each in placed] == [
        ("kernel", "[:, 0:1]", "z", "W_z", True),
        ("kernel", "[:, 1:2]", "r", "W_r", True),
        ("kernel", "[:, 2:3]", "h", "W_n", True),
        ("recurrent_kernel", "[:, 0:1]", "z", "U_z", True),
        ("recurrent_kernel", "[:, 1:2]", "r", "U_r", True),
        ("recurrent_kernel", "[:, 2:3]", "h", "U_n", True),
        ("bias", "[0, 0:1]", "z", "b_z", False),
        ("bias", "[0, 1:2]", "r", "b_r", False),
        ("bias", "[0, 2:3]", "h", "b_n", False),
        ("bias", "[1, 0:1]", "z", "d_z", False),
        ("bias", "[1, 1:2]", "r", "d_r", False),
        ("bias", "[1, 2:3]", "h", "d_n", False),
    ]


def test_where_a_second_bias_and_starting_states_went() -> None:
    found = convert([onnx("RNN", units=2, direction="bidirectional", batch=1)])
    assert [(each.array, each.where, each.address, each.added) for each in found.placed if each.array != "W"] == [
        ("R", "[0, :]", "1.forward.U", False),
        ("B", "[0, 0:2]", "1.forward.b", False),
        ("B", "[0, 2:4]", "1.forward.b", True),
        ("R", "[1, :]", "1.backward.U", False),
        ("B", "[1, 0:2]", "1.backward.b", False),
        ("B", "[1, 2:4]", "1.backward.b", True),
        ("initial_h", "[0]", "1.forward.h", False),
        ("initial_h", "[1]", "1.backward.h", False),
    ]
    assert [(each.array, each.where) for each in convert([pytorch("RNN", units=2)]).placed] == [
        ("weight_ih_l0", ""), ("weight_hh_l0", ""), ("bias_ih_l0", ""), ("bias_hh_l0", ""),
    ]  # fmt: skip


@pytest.mark.parametrize("layer", [
    pytorch("LSTM", layers=2, both=True), keras("GRU", both=True), onnx("LSTM", direction="bidirectional", peepholes=True),
    onnx("LSTM", input_forget=1, direction="reverse", batch=2),
], ids=lambda layer: layer.library)  # fmt: skip
def test_every_number_of_every_array_is_told_of_once(layer: LibraryLayer) -> None:
    found = convert([layer])
    seen = {name: np.zeros(array.shape) for name, array in layer.arrays.items()}
    for each in found.placed:
        seen[each.array][index(each.where)] += 1
    assert all((array == 1).all() for array in seen.values())
    assert {each.address for each in found.placed} - {""} == {*found.parameters, *found.initial}


def test_starting_states() -> None:
    layer = onnx("LSTM", batch=2, direction="bidirectional")
    found = convert([layer])
    assert sorted(found.initial) == ["1.backward.c", "1.backward.h", "1.forward.c", "1.forward.h"]
    np.testing.assert_array_equal(found.initial["1.backward.c"], layer.arrays["initial_c"][1])
    turned = {name: array.swapaxes(0, 1) if "initial" in name else array for name, array in layer.arrays.items()}
    batch_first = convert([replace(layer, arrays=turned, options={**layer.options, "layout": 1})])
    assert codes(batch_first) == ["data-layout", *codes(found)]
    for name, state in found.initial.items():
        np.testing.assert_array_equal(batch_first.initial[name], state)


def test_one_starting_state_is_one_for_every_batch() -> None:
    found = convert([onnx("RNN", batch=1, direction="reverse")])
    assert found.initial["h"].shape == (4,)
    assert found.initial["h"].dtype == np.float64


def test_a_stack_of_several() -> None:
    layers = [keras("GRU", both=True, name="low"), keras("LSTM", inputs=8, units=2, seed=1, name="high")]
    found = convert(layers)
    np.testing.assert_allclose(ours(found), run(layers[1], run(layers[0], XS)), rtol=1e-13, atol=1e-13)
    assert cells(found) == [("gru-reset-after", "both"), ("lstm", "forward")]
    assert {each.layer for each in found.placed} == {"low", "high"}
    mixed = convert([pytorch("RNN"), onnx("GRU", inputs=4)])
    assert cells(mixed) == [("simple-rnn", "forward"), ("gru", "forward")]


def test_sizes_that_do_not_chain() -> None:
    assert said(convert, [keras("GRU", both=True, name="low"), keras("LSTM", inputs=4, name="high")]) == (
        "sizes-do-not-chain: 'high' takes 4 inputs, but 'low' below it gives 8: convert them one by one"
    )


def test_both_ways_above_what_is_in_reverse_order() -> None:
    layers = [keras("RNN", go_backwards=True, name="low"), keras("RNN", inputs=4, both=True, name="high")]
    assert said(convert, layers) == (
        "turned-both: 'high' reads both ways what a layer below it gives in reverse order, so that its two halves are "
        "exchanged: convert them one by one"
    )


def test_no_layers() -> None:
    assert said(convert, []) == "no-layers: there is no recurrent layer: give at least one"
    assert convert_all([]) == ()


def test_a_file_of_many() -> None:
    layers = [
        keras("LSTM", name="a"), keras("LSTM", inputs=4, name="b"), keras("GRU", inputs=5, name="c"),
        pytorch("LSTM"), replace(pytorch("LSTM", inputs=4), name="other"), onnx("RNN", inputs=4, name="x"),
        onnx("RNN", inputs=4, name="y"),
    ]  # fmt: skip
    found = convert_all(layers)
    assert [list(dict.fromkeys(each.layer for each in one.placed)) for one in found] == [
        ["a", "b"], ["c"], ["m"], ["other"], ["x", "y"],
    ]  # fmt: skip
    assert [note.message for note in found[0].notes] == [
        "'a', 'b' are taken for a stack, since their sizes fit; what lies between them is not known here"
    ]
    assert [note.code for note in found[1].notes] == []
    assert found[0].notes[0].to_data() == {
        "code": "stacked", "message": found[0].notes[0].message, "args": {"layers": "'a', 'b'"},
    }  # fmt: skip


def test_unknown_kinds_and_libraries() -> None:
    wrong = [LibraryLayer("mxnet", "LSTM", "a", {}), LibraryLayer("keras", "ConvLSTM2D", "b\n", {})]
    assert [f"{each.message}: {each.hint}" for each in problems(convert, wrong)] == [
        "'a' is a LSTM of mxnet, which is not known: known are RNN, LSTM, GRU of pytorch, keras, onnx",
        "'b?' is a ConvLSTM2D of keras, which is not known: known are RNN, LSTM, GRU of pytorch, keras, onnx",
    ]


def test_all_problems_of_all_layers_at_once() -> None:
    bad = pytorch("LSTM", layers=2)
    arrays = {**bad.arrays, "weight_hh_l1": Numbers()(16, 5), "bias_ih_l0": Numbers()(15).astype(np.int32)}
    del arrays["bias_hh_l1"]
    found = problems(convert_all, [replace(bad, arrays=arrays), keras("LSTM", activation="gelu")])
    assert [each.code for each in found] == ["bad-dtype", "bad-shape", "missing-array", "unknown-activation"]


def test_an_option_that_a_person_gives() -> None:
    layer = pytorch("RNN", nonlinearity=None)
    assert cells(convert([layer])) == [("simple-rnn", "forward")]
    assert cells(convert([layer], options={"nonlinearity": "relu"})) == [("relu-rnn", "forward")]
    assert convert([layer], options={"nonlinearity": "relu"}).choices == ()
    assert cells(convert_all([layer], options={"nonlinearity": "relu"})[0]) == [("relu-rnn", "forward")]


@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64])
def test_narrow_numbers_are_widened(dtype: type) -> None:
    layer = pytorch("GRU")
    narrow = replace(layer, arrays={name: array.astype(dtype) for name, array in layer.arrays.items()})
    found = convert([narrow])
    assert {array.dtype for array in found.parameters.values()} == {np.dtype(np.float64)}
    np.testing.assert_array_equal(found.parameters["W_r"], narrow.arrays["weight_ih_l0"][:4].astype(np.float64))


def test_numbers_that_are_none_are_kept_and_said() -> None:
    layer = pytorch("LSTM")
    layer.arrays["weight_hh_l0"][0, 0] = np.nan
    layer.arrays["bias_ih_l0"][:2] = np.inf
    found = convert([layer])
    assert [note.message for note in found.notes if note.code == "array-not-finite"] == [
        "'weight_hh_l0' of 'm' holds 1 number that is infinite or NaN",
        "'bias_ih_l0' of 'm' holds 2 numbers that are infinite or NaN",
    ]
    assert np.isnan(found.parameters["U_i"][0, 0])


NAMES = {
    "pytorch": [
        "weight_ih_l0",
        "weight_hh_l0",
        "bias_ih_l0",
        "bias_hh_l0",
        "weight_hr_l0",
        "weight_ih_l1",
        "weight_hh_l0_reverse",
    ],
    "keras": [
        "kernel",
        "recurrent_kernel",
        "bias",
        "forward/kernel",
        "forward/recurrent_kernel",
        "backward/kernel",
        "forward/bias",
    ],
    "onnx": ["W", "R", "B", "P", "initial_h", "initial_c"],
}
OPTIONS = [
    "activation", "recurrent_activation", "reset_after", "go_backwards", "merge_mode", "direction", "activations", "clip",
    "activation_alpha", "linear_before_reset", "input_forget", "layout", "nonlinearity", "use_bias", "hidden_size", "units", "x",
]  # fmt: skip
ANYTHING = st.none() | st.booleans() | st.integers(-2, 20) | st.floats() | st.sampled_from(
    ["tanh", "Tanh", "relu", "concat", "reverse", "bidirectional", ["Tanh"], [0.5], ["Sigmoid", "Tanh"], "", "\x00"]
)  # fmt: skip


@st.composite
def any_layer(draw: st.DrawFn) -> LibraryLayer:
    """A layer with arrays of any shape and options of any kind, some of it as it should be."""
    library = draw(st.sampled_from(sorted(NAMES)))
    kind = draw(st.sampled_from(["RNN", "LSTM", "GRU"]))
    made = {"pytorch": pytorch, "keras": keras, "onnx": onnx}[library](kind, units=2)
    arrays = dict(made.arrays) if draw(st.integers(0, 4)) else {}
    for name in draw(st.lists(st.sampled_from(NAMES[library]), max_size=1)):
        shape = draw(st.lists(st.integers(0, 9), max_size=4))
        dtype = draw(st.sampled_from(["f8", "f4", "f2", "i4", "c8", "U1", "O", "?"]))
        arrays[name] = np.zeros(shape, dtype)
    options = draw(st.dictionaries(st.sampled_from(OPTIONS), ANYTHING, max_size=2))
    return replace(made, arrays=arrays, options={**made.options, **options}, name=draw(st.text(max_size=5)))


@given(
    st.lists(any_layer(), min_size=1, max_size=2),
    st.just({}) | st.dictionaries(st.sampled_from(OPTIONS), ANYTHING, max_size=1),
)
@settings(max_examples=300, deadline=None)
def test_anything_gives_networks_or_problems(layers: list[LibraryLayer], options: dict[str, object]) -> None:
    try:
        found = convert_all(layers, options=options)
    except ProblemError as error:
        assert error.problems
        assert all(problem.code and problem.message for problem in error.problems)
        return
    for one in found:
        network = one.network()
        network.run(one.parameters, np.zeros((2, network.inputs)), dtype="float32")
