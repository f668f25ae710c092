"""Keras' layers, put together of what was found."""

from __future__ import annotations

import json

import numpy as np

from app.formats.files.keras_config import Recipe
from app.formats.files.keras_layers import Making, attributes_of
from app.formats.files.limits import LIMITS
from app.formats.files.record import Contents, Rest, Stored
from tests.formats.files.samples import said


def stored(name: str, *shape: int) -> Stored:
    return Stored(name, "F32", shape, lambda: np.zeros(shape, np.float32))


def recipe(**options: object) -> Recipe:
    return Recipe("memory", "LSTM", "layers/lstm", False, options)


SOURCES = {"kernel": stored("k", 3, 8), "recurrent_kernel": stored("r", 2, 8), "bias": stored("b", 8)}


def test_a_layer_with_the_places_of_its_arrays() -> None:
    making = Making(LIMITS)
    making.add(recipe(use_bias=True), SOURCES)
    (layer,) = making.layers
    assert (layer.library, layer.kind, layer.name, set(layer.arrays)) == ("keras", "LSTM", "memory", set(SOURCES))
    assert making.places == {("memory", "kernel"): "k", ("memory", "recurrent_kernel"): "r", ("memory", "bias"): "b"}


def test_a_bias_that_is_not_used_is_left() -> None:
    making = Making(LIMITS)
    making.add(recipe(use_bias=False), SOURCES)
    assert set(making.layers[0].arrays) == {"kernel", "recurrent_kernel"}
    assert [each.name for each in making.rest(SOURCES.values(), {})] == ["b"]


def test_arrays_that_are_missing_or_no_weights() -> None:
    making = Making(LIMITS)
    making.add(recipe(use_bias=True), {"kernel": Stored("k", "I64", (3, 8), None, "whole numbers, no weights")})
    assert [said(each) for each in making.problems] == [
        "the layer 'memory' has no recurrent_kernel in the file | the file is damaged, or its parts do not belong together",
        "the layer 'memory' has no bias in the file | the file is damaged, or its parts do not belong together",
        "kernel of the layer 'memory' holds whole numbers, no weights | save the weights as floating-point numbers",
    ]
    assert not making.layers
    making = Making(LIMITS)
    making.add(Recipe("both", "GRU", "", True, {}), {"forward/kernel": stored("k", 2, 6)})
    assert [each.message.split(" has no ")[1] for each in making.problems] == [
        "forward/recurrent_kernel in the file", "backward/kernel in the file", "backward/recurrent_kernel in the file",
    ]  # fmt: skip


def found(words: list[str], *shape: int) -> Making:
    making = Making(LIMITS)
    making.add_found(recipe(), {"kernel": stored("k", 3, shape[-1]), "recurrent_kernel": stored("r", *shape)}, words)
    return making


def test_kinds_that_names_tell() -> None:
    for word, kind in (("lstm", "LSTM"), ("gru_2", "GRU"), ("simple_rnn_cell_1", "RNN"), ("lstm_cell", "LSTM")):
        making = found(["other", word], 2, 8)
        assert [each.kind for each in making.layers] == [kind]
        assert not making.notes


def test_kinds_that_sizes_tell_are_said_to_be_so() -> None:
    for gates, kind in ((1, "RNN"), (3, "GRU"), (4, "LSTM")):
        making = found(["memory"], 2, 2 * gates)
        assert [each.kind for each in making.layers] == [kind]
        assert [each.message for each in making.notes] == [
            f"'memory' was taken for {kind} by the sizes of its arrays; the file does not say"
        ]
    for shape in ((2, 4), (2, 7), (0, 0), (8,), (2, 2, 8)):
        assert not found(["memory"], *shape).layers
    for sources in (
        {"kernel": stored("k", 3, 8)},
        {"forward/recurrent_kernel": stored("f", 2, 8), "backward/recurrent_kernel": stored("b", 2, 6)},
    ):
        making = Making(LIMITS)
        making.add_found(recipe(), sources, [])
        assert not making.layers
        assert not making.problems


def test_weights_alone_are_said_to_be_so() -> None:
    making = found(["lstm"], 2, 8)
    making.note_weights_alone()
    assert making.notes[0].message == (
        "the file holds weights alone: neither the options of the layers nor their order are in it"
    )
    empty = Making(LIMITS)
    empty.note_weights_alone()
    assert not empty.notes


def test_the_rest_and_whose_it_is() -> None:
    arrays = [stored(name) for name in ("layers/dense/vars/0", "optimizer/vars/1", "odd")]
    rest = Making(LIMITS).rest(
        [*arrays, Rest("steps", "int64", (), "whole numbers")], {"layers/dense": "part of a Dense"}
    )
    assert {each.name: each.why for each in rest} == {
        "layers/dense/vars/0": "part of a Dense", "optimizer/vars/1": "part of the optimizer",
        "odd": "part of no layer that is read", "steps": "whole numbers",
    }  # fmt: skip


def test_attributes() -> None:
    assert attributes_of(Contents((), {"attributes": json.dumps({"a": {"name": "b"}})})) == {"a": {"name": "b"}}
