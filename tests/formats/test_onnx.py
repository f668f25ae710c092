"""ONNX' nodes: what their attributes and arrays say, and what has to be said of them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from app.formats.activations import ONNX
from app.formats.convert import convert
from app.formats.library import LibraryLayer
from tests.formats.layers import Numbers, onnx, problems, said

DAMAGED = "the file is damaged, or its parts do not belong together"


def cell(layer: LibraryLayer) -> str:
    name: str = convert([layer]).description["parts"][0]["layers"][0]["cell"]
    return name


def text(layer: LibraryLayer) -> str:
    return str(convert([layer]).description["parts"][0]["layers"][0]["text"])


def test_an_attribute_that_is_missing_has_the_default_of_onnx() -> None:
    assert cell(onnx("GRU")) == cell(onnx("GRU", linear_before_reset=0)) == "gru"
    assert cell(onnx("GRU", linear_before_reset=1)) == "gru-reset-after"
    found = convert([onnx("LSTM")])
    assert (found.choices, cell(onnx("LSTM"))) == ((), "lstm")


def test_directions() -> None:
    for word, ours in {"forward": "forward", "reverse": "backward", "bidirectional": "both"}.items():
        assert convert([onnx("RNN", direction=word)]).description["parts"][0]["layers"][0]["direction"] == ours
    assert said(convert, [onnx("RNN", direction="sideways")]) == (
        "bad-option: direction of 'n' is 'sideways', not forward, reverse or bidirectional: the file is damaged"
    )


def test_clip_is_in_the_text() -> None:
    """ONNX Runtime clips the arguments of gates and candidate, and not the c that h is taken of."""
    lines = text(onnx("LSTM", clip=0.5, peepholes=True)).splitlines()
    assert [line for line in lines if "clip" not in line and "=" in line] == [
        line for line in lines if line[:2] in ("c ", "h ")
    ]
    assert "n = tanh(clip(W_n @ x + r * (U_n @ h_prev + d_n) + b_n, -0.5, 0.5))" in text(
        onnx("GRU", clip=0.5, linear_before_reset=1)
    )


@pytest.mark.parametrize("clip", [0.0, -1.0])
def test_a_clip_that_leaves_nothing(clip: float) -> None:
    assert said(convert, [onnx("LSTM", clip=clip)]) == (
        f"bad-option: clip of 'n' is {clip!r}, not a number above 0: leave it out for none"
    )


def test_notes() -> None:
    layer = onnx("LSTM", input_forget=1, direction="bidirectional", layout=1, hidden_size=4, output_sequence=1)
    assert [(note.code, note.message) for note in convert([layer]).notes] == [
        ("data-layout", "'n' has the batch in front of time in its data; here time is in front"),
        (
            "last-state",
            "'n' reads both ways: its last state is that of the last step in the forward half, and that of the first step in "
            "the backward half; at the last step the backward half has read one step only",
        ),
        (
            "bias-added",
            "the second bias of 'n' ('B') is added into the first, since only their sum matters; written back, the first "
            "holds the sum and the second 0",
        ),
        (
            "unused-blocks",
            "the forget gate of 'n' is one minus its input gate (input_forget=1): what its arrays hold for a forget gate is "
            "not used, and is 0 when written back",
        ),
    ]
    assert convert([onnx("GRU", linear_before_reset=1)]).notes == ()


def test_an_attribute_that_is_not_known() -> None:
    (note,) = convert([onnx("LSTM", bias=False, layer_norm=1)]).notes
    assert note.message == "'n' has an option 'layer_norm' (1), which is not known and not used"


def test_an_unknown_activation() -> None:
    assert said(convert, [onnx("RNN", activations=["Gelu"])]) == (
        f"unknown-activation: 'n' has the activation 'Gelu', which ONNX does not have: known are {', '.join(ONNX)}"
    )


@pytest.mark.parametrize(("direction", "names", "wanted"), [
    ("forward", ["Tanh", "Tanh"], 3), ("bidirectional", ["Sigmoid", "Tanh", "Tanh"], 6),
])  # fmt: skip
def test_another_number_of_activations(direction: str, names: list[str], wanted: int) -> None:
    assert said(convert, [onnx("LSTM", direction=direction, activations=names)]) == (
        f"bad-option: activations of 'n' are {', '.join(names)}, not {wanted} activations: give 3 for each direction"
    )


def test_other_activations_in_the_other_direction() -> None:
    layer = onnx("GRU", direction="bidirectional", activations=["Sigmoid", "Tanh", "HardSigmoid", "Tanh"])
    assert said(convert, [layer]) == (
        "directions-differ: 'n' has other activations forward (sigmoid, tanh) than backward (hard_sigmoid(0.2, 0.5), tanh): "
        "a layer here has one cell for both directions"
    )


@pytest.mark.parametrize("name", ["Affine", "ScaledTanh", "ThresholdedRelu"])
def test_numbers_of_which_onnx_and_its_runtime_make_different_ones(name: str) -> None:
    wanted = ["activation_alpha", "activation_beta"][: ONNX[name].takes]
    assert [
        f"{each.code}: {each.message}: {each.hint}" for each in problems(convert, [onnx("RNN", activations=[name])])
    ] == [
        f"missing-option: 'n' has the activation {name} without {option}, of which ONNX' text and ONNX Runtime make different "
        f"numbers: write {option} into the node"
        for option in wanted
    ]


def test_numbers_are_taken_in_order_by_those_that_have_some() -> None:
    layer = onnx(
        "LSTM", activations=["Sigmoid", "LeakyRelu", "Affine"], activation_alpha=[0.3, 0.7], activation_beta=[0.1]
    )
    assert "g = relu(a_g) - 0.3 * relu(-a_g)" in text(layer)
    assert "h = o * (0.7 * c + 0.1)" in text(layer)


def test_numbers_that_are_left_over() -> None:
    layer = onnx("LSTM", bias=False, activations=["Sigmoid", "LeakyRelu", "Tanh"], activation_alpha=[0.3, 0.7, 0.1])
    (note,) = convert([layer]).notes
    assert (note.code, note.message) == (
        "left-over", "activation_alpha of 'n' holds 2 more than its activations take; they are taken in order",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"clip": "much"}, "clip of 'n' is 'much', not a number"),
        ({"clip": float("nan")}, "clip of 'n' is nan, not a number"),
        ({"activations": "Tanh"}, "activations of 'n' is 'Tanh', not a list of words"),
        ({"activation_alpha": [None]}, "activation_alpha of 'n' is [None], not a list of numbers"),
        ({"linear_before_reset": 2}, "linear_before_reset of 'n' is 2, not true or false"),
        ({"direction": 1}, "direction of 'n' is 1, not a word"),
    ],
)
def test_options_of_a_wrong_type(options: dict, message: str) -> None:
    assert message in [each.message for each in problems(convert, [onnx("GRU", **options)])]


def test_sizes_that_the_arrays_contradict() -> None:
    assert said(convert, [onnx("LSTM", hidden_size=5)]) == (
        f"options-disagree: 'n' has hidden_size 5, but its arrays are those of 4 units: {DAMAGED}"
    )


def changed(layer: LibraryLayer, **arrays: np.ndarray | None) -> LibraryLayer:
    return replace(layer, arrays={key: array for key, array in {**layer.arrays, **arrays}.items() if array is not None})


@pytest.mark.parametrize(
    ("name", "shape", "expected"),
    [
        ("W", (2, 16, 3), "(1, 16, 3)"),
        ("R", (1, 16, 5), "(1, 16, 4)"),
        ("B", (1, 16), "(1, 32)"),
        ("P", (1, 16), "(1, 12)"),
        ("initial_h", (2, 2, 4), "(1, batch, 4)"),
        ("initial_c", (1, 2, 5), "(1, batch, 4)"),
        ("initial_c", (4,), "(1, batch, 4)"),
        ("initial_h", (1, 0, 4), "(1, batch, 4)"),
    ],
)
def test_wrong_shapes(name: str, shape: tuple[int, ...], expected: str) -> None:
    layer = changed(onnx("LSTM", peepholes=True, batch=2), **{name: np.zeros(shape)})
    assert said(convert, [layer]) == f"bad-shape: '{name}' of 'n' has the shape {shape}, not {expected}: {DAMAGED}"


def test_starting_states_with_the_batch_in_front() -> None:
    layer = changed(onnx("RNN", layout=1), initial_h=Numbers()(1, 2, 4))
    assert said(convert, [layer]) == (
        f"bad-shape: 'initial_h' of 'n' has the shape (1, 2, 4), not (batch, 1, 4): {DAMAGED}"
    )


@pytest.mark.parametrize("shape", [(16, 3), (1, 0, 3), (1, 16, 0), (0, 16, 3)])
def test_weights_that_are_no_matrices(shape: tuple[int, ...]) -> None:
    assert said(convert, [changed(onnx("LSTM"), W=np.zeros(shape))]) == (
        f"bad-shape: 'W' of 'n' has the shape {shape}, not three axes, that of directions in front, of at least 1: {DAMAGED}"
    )


def test_arrays_that_a_node_does_not_have() -> None:
    assert said(convert, [changed(onnx("GRU"), P=Numbers()(1, 12))]) == (
        "unknown-array: 'P' of 'n' is no array of a ONNX GRU like this one: its arrays are W, R, B, initial_h"
    )
    assert problems(convert, [changed(onnx("RNN"), initial_c=Numbers()(1, 1, 4))])[0].code == "unknown-array"


@pytest.mark.parametrize("name", ["W", "R"])
def test_an_array_that_is_missing(name: str) -> None:
    assert (
        said(convert, [changed(onnx("LSTM"), **{name: None})])
        == f"missing-array: '{name}' of 'n' is missing: {DAMAGED}"
    )
