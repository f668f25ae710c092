"""Keras' layers: what their options and arrays say, and what has to be said of them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from app.formats.activations import KERAS
from app.formats.convert import convert
from app.formats.library import LibraryLayer
from tests.formats.layers import Numbers, keras, problems, said

DAMAGED = "the file is damaged, or its parts do not belong together"


def untold(layer: LibraryLayer, *options: str) -> LibraryLayer:
    return replace(layer, options={name: value for name, value in layer.options.items() if name not in options})


def cell(layer: LibraryLayer, **options: object) -> str:
    name: str = convert([layer], options=options).description["parts"][0]["layers"][0]["cell"]
    return name


def test_two_rows_of_a_bias_tell_that_the_reset_gate_acts_after_the_matrix() -> None:
    found = convert([untold(keras("GRU"), "reset_after")])
    assert found.description["parts"][0]["layers"][0]["cell"] == "gru-reset-after"
    assert [(note.code, note.message) for note in found.notes] == [
        (
            "reset-by-bias",
            "the bias of 'k' has two rows, so its reset gate acts after the recurrent matrix (reset_after=True)",
        )
    ]


def test_one_row_tells_that_it_acts_before() -> None:
    found = convert([untold(keras("GRU", reset_after=False, both=True), "reset_after")])
    assert found.description["parts"][0]["layers"][0]["cell"] == "gru"
    assert found.notes[0].message == (
        "the bias of 'k' has one row, so its reset gate acts before the recurrent matrix (reset_after=False)"
    )


def test_without_a_bias_the_form_of_a_gru_has_to_be_told() -> None:
    layer = untold(keras("GRU", bias=False), "reset_after")
    assert said(convert, [layer]) == (
        "reset-unknown: whether the reset gate of 'k' acts before or after the recurrent matrix is not in the file, and without "
        "a bias nothing shows it: give reset_after=true, which is Keras' own choice, or reset_after=false"
    )
    texts = [
        str(convert([layer], options={"reset_after": given}).description["parts"][0]["layers"][0]["text"])
        for given in (True, "true", False, "false", 0)
    ]
    assert ["acts after" in text for text in texts] == [True, True, False, False, False]


def test_a_bias_of_the_other_form() -> None:
    layer = replace(keras("GRU"), options={**keras("GRU").options, "reset_after": False})
    assert said(convert, [layer]) == f"bad-shape: 'bias' of 'k' has the shape (2, 12), not (12,): {DAMAGED}"


def test_what_a_file_without_a_configuration_does_not_tell() -> None:
    layer = replace(keras("LSTM", both=False), options={})
    found = convert([layer])
    assert [(each.option, each.taken, each.message) for each in found.choices] == [
        ("recurrent_activation", "sigmoid",
         "the recurrent_activation of 'k' is not in the file; sigmoid is taken, which Keras takes unless told otherwise; give "
         "recurrent_activation=relu, say, to change it"),
        ("activation", "tanh",
         "the activation of 'k' is not in the file; tanh is taken, which Keras takes unless told otherwise; give "
         "activation=relu, say, to change it"),
        ("go_backwards", "false",
         "in which direction 'k' reads is not in the file; forward is taken, give go_backwards=true to change it"),
    ]  # fmt: skip
    told = convert([layer], options={"activation": "relu", "recurrent_activation": "sigmoid", "go_backwards": "true"})
    assert told.choices == ()
    assert told.description["parts"][0]["layers"][0]["direction"] == "backward"
    both = convert([replace(keras("RNN", both=True), options={"activation": "tanh"})])
    assert [(each.option, each.taken, each.message) for each in both.choices] == [
        ("merge_mode", "concat", "how 'k' joins its two directions is not in the file; side by side is taken"),
    ]  # fmt: skip


def test_none_is_linear() -> None:
    assert cell(keras("RNN", activation=None, bias=False)) == "linear-rnn"


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("gelu", ": it needs the error function"),
        ("sparsemax", ": it sorts its units"),
        ("my_own", ""),
        ("x" * 100, ""),
    ],
)
def test_activations_for_which_there_is_no_text(name: str, why: str) -> None:
    quoted = name if len(name) < 80 else "x" * 80 + "..."
    assert said(convert, [keras("GRU", recurrent_activation=name)]) == (
        f"unknown-activation: 'k' has the recurrent_activation '{quoted}', for which cells have no equation{why}: "
        f"known are {', '.join(KERAS)}"
    )


def test_an_activation_that_is_no_word() -> None:
    assert said(convert, [keras("RNN", activation={"class_name": "LeakyReLU"})]) == (
        "bad-option: activation of 'k' is {'class_name': 'LeakyReLU'}, not a word: give a word"
    )


@pytest.mark.parametrize(
    ("mode", "what"),
    [
        ("sum", "adds the outputs of its two directions"),
        ("mul", "multiplies the outputs of its two directions"),
        ("ave", "takes the mean of the outputs of its two directions"),
        ("max", "joins its two directions by 'max', which Keras does not have"),
    ],
)
def test_directions_that_are_not_side_by_side(mode: str, what: str) -> None:
    assert said(convert, [keras("LSTM", both=True, merge_mode=mode)]) == (
        f"merge-mode: 'k' {what}; here they stand side by side: use merge_mode='concat'"
    )


def test_directions_that_are_given_apart() -> None:
    found = convert([keras("LSTM", both=True, merge_mode=None)])
    assert (found.notes[0].code, found.notes[0].message) == (
        "two-outputs", "'k' gives its two directions apart; here they stand side by side",
    )  # fmt: skip


def test_a_layer_that_reads_backwards_in_a_wrapper() -> None:
    assert said(convert, [keras("LSTM", both=True, go_backwards=True)]) == (
        "turned-both: 'k' wraps a layer that reads backwards, so that its two halves and its steps come in reverse order: "
        "wrap a layer without go_backwards"
    )


def test_notes() -> None:
    layer = keras(
        "LSTM", both=True, dropout=0.1, recurrent_dropout=0.2, stateful=True, time_major=True, return_sequences=False,
        units=4, name="lstm", unroll=True, implementation=2, seed=3,
    )  # fmt: skip
    assert [(note.code, note.message) for note in convert([layer]).notes] == [
        ("training-only", "the dropout of 'lstm' acts in training only"),
        ("stateful", "'lstm' goes on from the state that the last batch left; here it starts at 0"),
        ("data-layout", "'lstm' has time in front of the batch in its data, as it is here"),
        ("last-step", "'lstm' gives its last output only; here there is one at every step"),
        (
            "last-state",
            "'lstm' reads both ways: its last state is that of the last step in the forward half, and that of the first step "
            "in the backward half; at the last step the backward half has read one step only",
        ),
    ]
    assert convert([keras("LSTM", return_sequences=True, dropout=0.0, stateful=False)]).notes == ()


def test_an_option_that_is_not_known() -> None:
    (note,) = convert([keras("LSTM", cell_clip=3)]).notes
    assert note.message == "'k' has an option 'cell_clip' (3), which is not known and not used"


def test_all_of_a_configuration_is_known() -> None:
    # keras.layers.GRU(4).get_config() of Keras 3.15
    config = {
        "name": "gru", "trainable": True, "dtype": {"class_name": "DTypePolicy"}, "return_sequences": True,
        "return_state": False, "go_backwards": False, "stateful": False, "unroll": False, "zero_output_for_mask": False,
        "units": 4, "activation": "tanh", "recurrent_activation": "sigmoid", "use_bias": True,
        "kernel_initializer": {}, "recurrent_initializer": {}, "bias_initializer": {}, "kernel_regularizer": None,
        "recurrent_regularizer": None, "bias_regularizer": None, "activity_regularizer": None, "kernel_constraint": None,
        "recurrent_constraint": None, "bias_constraint": None, "dropout": 0.0, "recurrent_dropout": 0.0,
        "reset_after": True, "seed": None,
    }  # fmt: skip
    found = convert([replace(keras("GRU"), options=config)])
    assert (found.notes, found.choices) == ((), ())


def test_sizes_that_the_arrays_contradict() -> None:
    assert (
        said(convert, [replace(keras("GRU"), options={**keras("GRU").options, "units": 5})])
        == f"options-disagree: 'k' has units 5, but its arrays are those of 4 units: {DAMAGED}"
    )


@pytest.mark.parametrize("name", ["kernel", "recurrent_kernel", "bias"])
def test_an_array_that_is_missing(name: str) -> None:
    layer = keras("LSTM")
    arrays = {key: array for key, array in layer.arrays.items() if key != name}
    assert said(convert, [replace(layer, arrays=arrays)]) == f"missing-array: '{name}' of 'k' is missing: {DAMAGED}"


def test_a_direction_that_is_missing() -> None:
    layer = keras("LSTM", both=True)
    arrays = {key: array for key, array in layer.arrays.items() if key.startswith("forward")}
    assert [each.message for each in problems(convert, [replace(layer, arrays=arrays)])] == [
        "'backward/kernel' of 'k' is missing", "'backward/recurrent_kernel' of 'k' is missing",
        "'backward/bias' of 'k' is missing",
    ]  # fmt: skip


def test_a_bias_that_should_not_be_there() -> None:
    layer = replace(keras("RNN"), options={**keras("RNN").options, "use_bias": False})
    assert said(convert, [layer]) == (
        "unknown-array: 'bias' of 'k' is no array of a Keras RNN like this one: its arrays are kernel, recurrent_kernel"
    )


@pytest.mark.parametrize(
    ("name", "shape", "expected"),
    [
        ("kernel", (3, 15), "(3, 16)"),
        ("recurrent_kernel", (4, 12), "(4, 16)"),
        ("bias", (2, 16), "(16,)"),
        ("bias", (4,), "(16,)"),
    ],
)
def test_wrong_shapes(name: str, shape: tuple[int, ...], expected: str) -> None:
    layer = keras("LSTM")
    found = said(convert, [replace(layer, arrays={**layer.arrays, name: Numbers()(*shape)})])
    assert found == f"bad-shape: '{name}' of 'k' has the shape {shape}, not {expected}: {DAMAGED}"


@pytest.mark.parametrize("shape", [(16,), (3, 16, 1), (0, 16), (3, 0), ()])
def test_a_kernel_that_is_no_matrix(shape: tuple[int, ...]) -> None:
    layer = keras("LSTM")
    found = said(convert, [replace(layer, arrays={**layer.arrays, "kernel": np.zeros(shape)})])
    assert found == f"bad-shape: 'kernel' of 'k' has the shape {shape}, not two axes of at least 1: {DAMAGED}"
