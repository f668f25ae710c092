"""Keras' configurations: which layers are recurrent, what they are called, where their weights lie."""

from __future__ import annotations

import json
from typing import Any

import pytest

from app.formats.files.keras_config import Described, read_config
from app.formats.files.limits import LIMITS, Limits
from tests.formats.files.samples import refused, said, sample, unzipped

HINT = "so the model cannot be taken apart | save the model again with model.save"


def config(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(unzipped(sample(f"keras_{name}.keras"))["config.json"])
    return found


def layer(kind: str, **options: Any) -> dict[str, Any]:
    return {"class_name": kind, "config": {"name": kind.lower(), **options}}


def sequential(*layers: Any) -> dict[str, Any]:
    return {"class_name": "Sequential", "config": {"name": "model", "layers": list(layers)}}


def read(given: dict[str, Any], limits: Limits = LIMITS) -> Described:
    return read_config(given, limits)


def test_layers_lie_under_their_class_in_order() -> None:
    found = read(config("grus"))
    assert [(each.name, each.kind, each.path, each.both) for each in found.recipes] == [
        ("zebra", "GRU", "layers/gru", False),
        ("apple", "GRU", "layers/gru_1", False),
        ("plain", "LSTM", "layers/lstm", False),
    ]
    assert found.recipes[1].options == {
        "activation": "tanh", "recurrent_activation": "hard_sigmoid", "use_bias": True, "reset_after": False,
        "go_backwards": True, "return_sequences": True,
    }  # fmt: skip
    assert found.recipes[2].options["use_bias"] is False
    assert found.owners["layers/gru_1"] == "part of the GRU layer 'apple'"


def test_wrappers_and_models_within_models() -> None:
    (both,) = read(config("both")).recipes
    assert (both.name, both.kind, both.path, both.both) == ("both", "LSTM", "layers/bidirectional", True)
    assert both.options["merge_mode"] == "concat"
    assert both.options["go_backwards"] is False
    inner, celled = read(config("nested")).recipes
    assert (inner.name, inner.path, inner.kind) == ("inner/simple_rnn", "layers/sequential/layers/simple_rnn", "RNN")
    assert inner.options["activation"] == "relu"
    assert (celled.name, celled.path, celled.kind) == ("celled", "layers/rnn", "LSTM")
    assert (celled.options["return_sequences"], celled.options["recurrent_activation"]) == (True, "sigmoid")


def test_configurations_of_keras_2() -> None:
    """A list where today a dictionary stands, no modules, and options that did not exist yet."""
    found = read({"class_name": "Sequential", "config": [layer("GRU", units=2, activation="tanh")]})
    assert found.recipes[0].options == {"activation": "tanh"}
    model = {"class_name": "Model", "config": {"layers": [layer("LSTM")]}}
    assert [each.kind for each in read(model).recipes] == ["LSTM"]


def test_classes_of_others_with_the_same_name() -> None:
    registered = {**layer("LSTM"), "module": None, "registered_name": "mine>LSTM"}
    elsewhere = {**layer("GRU"), "module": "mine.layers", "registered_name": "GRU"}
    found = read(sequential(registered, elsewhere, {**layer("LSTM"), "module": "keras.layers"}))
    assert [each.path for each in found.recipes] == ["layers/lstm_1"]
    assert found.owners["layers/lstm"] == "part of the LSTM layer 'lstm'"


def test_models_of_a_class_of_their_own() -> None:
    found = read({"class_name": "MyModel", "config": {"layers": [layer("LSTM")]}})
    assert (found.recipes, found.owners) == ([], {})


def test_names_of_functions() -> None:
    function = {"module": "keras.activations", "class_name": "function", "config": "relu", "registered_name": "relu"}
    found = read(sequential(layer("LSTM", activation=function, recurrent_activation=None)))
    assert found.recipes[0].options == {"activation": "relu", "recurrent_activation": "linear"}
    for other in ({**function, "module": "mine"}, {**function, "class_name": "Swish"}, {**function, "config": {}}):
        (problem,) = read(sequential(layer("LSTM", activation=other))).problems
        assert (problem.code, problem.field) == ("unknown-activation", "lstm")
        assert said(problem) == (
            "'lstm' has an activation of its own making | give it one of Keras' activations, by its name"
        )


def test_directions_that_differ() -> None:
    forward = layer("LSTM", activation="tanh", go_backwards=False)

    def wrapped(backward: dict[str, Any] | None) -> Described:
        return read(sequential(layer("Bidirectional", layer=forward, backward_layer=backward)))

    assert wrapped(None).recipes[0].both
    assert wrapped(layer("LSTM", activation="tanh", go_backwards=True)).recipes[0].both
    for backward in (
        layer("LSTM", activation="relu", go_backwards=True),
        layer("LSTM", activation="tanh", go_backwards=False),
        layer("GRU", activation="tanh", go_backwards=True),
    ):
        (problem,) = wrapped(backward).problems
        assert said(problem) == (
            "the two directions of 'bidirectional' differ in more than their direction | wrap one layer, so that both are alike"
        )


def test_other_wrappers_and_cells_are_no_recurrent_layers() -> None:
    others = [
        layer("Bidirectional", layer={"class_name": "LSTM"}),
        layer("Bidirectional", layer=layer("Dense")), layer("TimeDistributed", layer=layer("LSTM")), layer("ConvLSTM1D"),
        layer("RNN", cell=layer("StackedRNNCells")), layer("RNN", cell={**layer("LSTMCell"), "module": "mine"}), layer("RNN"),
        layer("RNN", cell=[]), layer("Dense"),
    ]  # fmt: skip
    found = read(sequential(*others))
    assert (found.recipes, found.problems) == ([], [])


BAD = [
    ({}, "the configuration does not say of which class the model is"),
    ({"class_name": 3}, "the configuration does not say of which class the model is"),
    ({"class_name": "Sequential"}, "a model has no list of layers"),
    ({"class_name": "Functional", "config": {"layers": {}}}, "a model has no list of layers"),
    (sequential(3), "a layer has no class"),
    (sequential({"config": {}}), "a layer has no class"),
    (sequential({"class_name": "LSTM"}), "a layer has no configuration"),
    (sequential(layer("LSTM", name="x" * 201)), "a layer has a name of more than 200 characters"),
    (sequential(layer("Bidirectional")), "a Bidirectional layer holds no layer"),
    (sequential(layer("Bidirectional", layer={})), "a Bidirectional layer holds no layer"),
]


@pytest.mark.parametrize(("given", "message"), BAD, ids=[str(number) for number in range(len(BAD))])
def test_what_is_no_configuration(given: dict[str, Any], message: str) -> None:
    assert said(refused(read, given)) == f"{message}, {HINT}"


def test_limits() -> None:
    deep = sequential(layer("LSTM"))
    for _ in range(70):
        deep = sequential(deep)
    assert refused(read, deep).message == "the file has parts within parts, 65 deep: the limit is 64"
    many = sequential(*[layer("LSTM")] * 11)
    assert refused(read, many, Limits(operations=10)).code == "over-limit"
