"""Keras' files of today, and files in which configuration and weights do not belong together."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from typing import Any

import h5py
import pytest

from app.formats.files.apart import read_apart
from app.formats.files.keras import looks_like_keras, read_keras, read_keras_weights
from app.formats.files.limits import LIMITS
from app.formats.files.record import Reading
from app.formats.files.zip import Archive
from tests.formats.files.driver import Driver
from tests.formats.files.samples import is_weights, refused, said, sample, unzipped, zipped

LSTM = "lstm_cell"
#: name of a layer -> what its weights are called in Keras
PATHS = {
    "zebra": "model/zebra/gru_cell", "apple": "model/apple/gru_cell", "plain": "model/plain/lstm_cell",
    "inner/simple_rnn": "inner/simple_rnn/simple_rnn_cell", "celled": "celled/lstm_cell",
    "simple_rnn": "inner/simple_rnn/simple_rnn_cell",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _quick(quickly: Driver) -> None:
    """No test here needs a process of its own."""


def read(data: bytes) -> Reading:
    return read_keras(Archive(data, LIMITS))


def check(found: Reading) -> None:
    """Every array of every layer is the one that Keras has under that name."""
    for layer in found.layers:
        for key, array in layer.arrays.items():
            if layer.name == "both":
                way, _, name = key.partition("/")
                path = f"model/both/{way}_lstm/lstm_cell/{name}"
            else:
                path = f"{PATHS[layer.name]}/{key}"
            assert is_weights(array, path), path


@pytest.mark.parametrize(
    ("name", "layers"),
    [
        ("both", [("both", "LSTM", 6)]),
        ("grus", [("zebra", "GRU", 3), ("apple", "GRU", 3), ("plain", "LSTM", 2)]),
        ("nested", [("inner/simple_rnn", "RNN", 3), ("celled", "LSTM", 3)]),
    ],
)
def test_whole_models(name: str, layers: list[tuple[str, str, int]]) -> None:
    data = sample(f"keras_{name}.keras")
    assert looks_like_keras(list(unzipped(data)))
    found = read(data)
    assert [(each.name, each.kind, len(each.arrays)) for each in found.layers] == layers
    assert found.metadata == {"keras": "3.15.1"}
    check(found)


def test_what_belongs_to_other_layers() -> None:
    found = read(sample("keras_both.keras"))
    assert [(each.name, each.shape, each.why) for each in found.rest] == [
        ("layers/dense/vars/0", (4, 1), "part of the Dense layer 'head'"),
        ("layers/dense/vars/1", (1,), "part of the Dense layer 'head'"),
    ]
    assert found.places[("both", "backward/kernel")] == "layers/bidirectional/backward_layer/cell/vars/0"


@pytest.mark.parametrize("name", ["both", "grus", "nested"])
def test_weights_alone(name: str) -> None:
    found = read_keras_weights(read_apart("hdf5", sample(f"keras_{name}.weights.h5")))
    whole = read(sample(f"keras_{name}.keras"))
    assert {(each.kind, len(each.arrays)) for each in found.layers} == {
        (each.kind, len(each.arrays)) for each in whole.layers
    }
    assert all(each.options == {} for each in found.layers)
    assert [each.code for each in found.notes] == ["weights-alone"]
    check(found)


def changed(name: str, change: Callable[[Any], object]) -> bytes:
    """A sample with another configuration."""
    entries = unzipped(sample(f"keras_{name}.keras"))
    config = json.loads(entries["config.json"])
    change(config)
    return zipped({**entries, "config.json": json.dumps(config).encode()})


def reweighted(name: str, change: Callable[[Any], object]) -> bytes:
    """A sample with other weights."""
    entries = unzipped(sample(f"keras_{name}.keras"))
    out = io.BytesIO(entries["model.weights.h5"])
    with h5py.File(out, "r+") as file:
        change(file)
    return zipped({**entries, "model.weights.h5": out.getvalue()})


def test_layers_in_another_order_than_their_weights() -> None:
    def exchange(config: Any) -> None:
        layers = config["config"]["layers"]
        layers[1], layers[2] = layers[2], layers[1]

    with pytest.raises(ValueError, match="should lie") as caught:
        read(changed("grus", exchange))
    assert [said(each) for each in caught.value.problems] == [  # type: ignore[attr-defined]
        "where the weights of 'apple' should lie are those of 'zebra' | the configuration and the weights are of two models",
        "where the weights of 'zebra' should lie are those of 'apple' | the configuration and the weights are of two models",
    ]


def test_weights_that_are_missing() -> None:
    problem = refused(read, reweighted("grus", lambda file: file.__delitem__("layers/lstm/cell/vars/1")))
    assert problem.message == "the layer 'plain' has no recurrent_kernel in the file"
    assert refused(
        read, reweighted("both", lambda file: file.__delitem__("layers/bidirectional/forward_layer/cell/vars/2"))
    ).message == ("the layer 'both' has no forward/bias in the file")


def test_files_without_the_names_of_later_versions() -> None:
    def rename(file: Any) -> None:
        for group in ("layers/gru/vars", "layers/gru_1/vars", "layers/lstm/vars"):
            del file[group].attrs["name"]
        file.move("layers", "_layer_checkpoint_dependencies")

    found = read(reweighted("grus", rename))
    assert [each.name for each in found.layers] == ["zebra", "apple", "plain"]
    assert found.places[("zebra", "kernel")] == "_layer_checkpoint_dependencies/gru/cell/vars/0"
    check(found)


def test_models_that_only_their_code_knows() -> None:
    def rename(config: Any) -> None:
        config.update({"class_name": "MyModel", "module": "mine"})

    found = read(changed("grus", rename))
    assert [(each.name, each.kind, dict(each.options)) for each in found.layers] == [
        ("zebra", "GRU", {}), ("apple", "GRU", {}), ("plain", "LSTM", {}),
    ]  # fmt: skip


def test_code_in_a_configuration_is_text() -> None:
    """A Lambda layer carries Python code; nobody looks at it."""

    def add(config: Any) -> None:
        code = {"class_name": "__lambda__", "config": {"code": "4wEAAAAAAAAAAA=="}}
        config["config"]["layers"].insert(
            1, {"class_name": "Lambda", "module": "keras.layers", "config": {"function": code}}
        )

    assert len(read(changed("grus", add)).layers) == 3


REFUSED = [
    (
        lambda entries: entries.pop("model.weights.h5"),
        "sharded",
        "the weights of this model are spread over several files",
    ),
    (lambda entries: entries.update({"config.json": b"{"}), "bad-json", "config.json is not valid JSON"),
    (lambda entries: entries.update({"config.json": b"[]"}), "bad-json", "config.json is JSON, but no object"),
    (lambda entries: entries.update({"metadata.json": b"{"}), "bad-json", "metadata.json is not valid JSON"),
    (lambda entries: entries.update({"model.weights.h5": b"x" * 99}), "damaged", "the file is damaged or cut off"),
]


@pytest.mark.parametrize(("change", "code", "message"), REFUSED, ids=[str(number) for number in range(len(REFUSED))])
def test_what_is_refused(change: Callable[[Any], object], code: str, message: str) -> None:
    entries = unzipped(sample("keras_both.keras"))
    change(entries)
    problem = refused(read, zipped(entries, zipfile.ZIP_DEFLATED))
    assert problem.message == message
    assert problem.hint
    assert problem.code == code


def test_problems_of_the_configuration_are_told_with_those_of_the_weights() -> None:
    def change(config: Any) -> None:
        config["config"]["layers"][1]["config"]["activation"] = {
            "class_name": "function",
            "module": "mine",
            "config": "f",
        }
        config["config"]["layers"][2]["config"]["name"] = "pear"

    with pytest.raises(ValueError, match="of its own making") as caught:
        read(changed("grus", change))
    assert [each.code for each in caught.value.problems] == ["unknown-activation", "other-layer"]  # type: ignore[attr-defined]
