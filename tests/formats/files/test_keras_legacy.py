"""Keras' older files, with and without the model's configuration."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import h5py
import numpy as np
import pytest

from app.formats.files.apart import read_apart
from app.formats.files.keras import read_keras
from app.formats.files.keras_legacy import looks_legacy, read_keras_legacy
from app.formats.files.limits import LIMITS
from app.formats.files.record import Reading
from app.formats.files.zip import Archive
from tests.formats.files.driver import Driver
from tests.formats.files.samples import refused, said, sample


@pytest.fixture(autouse=True)
def _quick(quickly: Driver) -> None:
    """No test here needs a process of its own."""


def read(data: bytes) -> Reading:
    contents = read_apart("hdf5", data)
    assert looks_legacy(contents)
    return read_keras_legacy(contents)


def changed(name: str, change: Callable[[Any], object]) -> bytes:
    out = io.BytesIO(sample(f"keras_{name}.h5"))
    with h5py.File(out, "r+") as file:
        change(file)
    return out.getvalue()


@pytest.mark.parametrize("name", ["both", "grus", "nested"])
def test_the_same_model_in_both_forms(name: str) -> None:
    old, new = read(sample(f"keras_{name}.h5")), read_keras(Archive(sample(f"keras_{name}.keras"), LIMITS))
    assert [(each.name, each.kind, each.options) for each in old.layers] == [
        (each.name, each.kind, each.options) for each in new.layers
    ]
    for one, other in zip(old.layers, new.layers, strict=True):
        assert set(one.arrays) == set(other.arrays)
        assert all(np.array_equal(one.arrays[key], other.arrays[key]) for key in one.arrays)
    assert old.metadata == {"keras": "3.15.1", "backend": "torch"}


def test_the_rest() -> None:
    found = read(sample("keras_both.h5"))
    assert {each.name: each.why for each in found.rest} == {
        "model_weights/head/model/head/kernel": "part of the layer 'head'",
        "model_weights/head/model/head/bias": "part of the layer 'head'",
    }
    assert found.places[("both", "forward/bias")] == "model_weights/both/model/both/forward_lstm/lstm_cell/bias"


def weights_of_keras_2(file: Any) -> None:
    """What `save_weights` of Keras 2 wrote."""
    layers = {
        "bidirectional": [
            (f"bidirectional/{way}_memory/{name}:0", shape)
            for way in ("forward", "backward")
            for name, shape in (("kernel", (3, 8)), ("recurrent_kernel", (2, 8)), ("bias", (8,)))
        ],
        "gru_1": [("gru_1/gru_cell_1/kernel:0", (4, 6)), ("gru_1/gru_cell_1/recurrent_kernel:0", (2, 6))],
        "dense": [("dense/kernel:0", (2, 1)), ("dense/bias:0", (1,))],
    }
    file.attrs["layer_names"] = [name.encode() for name in layers]
    file.attrs["keras_version"] = b"2.4.0"
    for layer, weights in layers.items():
        group = file.create_group(layer)
        group.attrs["weight_names"] = [name.encode() for name, _ in weights]
        for name, shape in weights:
            group[name] = np.zeros(shape, "f4")


def test_weights_alone() -> None:
    out = io.BytesIO()
    with h5py.File(out, "w") as file:
        weights_of_keras_2(file)
    found = read(out.getvalue())
    assert [(each.name, each.kind, sorted(each.arrays)) for each in found.layers] == [
        (
            "bidirectional", "LSTM",
            [f"{way}/{name}" for way in ("backward", "forward") for name in ("bias", "kernel", "recurrent_kernel")],
        ),
        ("gru_1", "GRU", ["kernel", "recurrent_kernel"]),
    ]  # fmt: skip
    assert [each.code for each in found.notes] == ["weights-alone", "kind-by-sizes"]
    assert found.metadata == {"keras": "2.4.0"}
    assert [each.why for each in found.rest] == ["part of the layer 'dense'"] * 2


def test_a_kernel_of_which_no_kind_shows_is_told() -> None:
    out = io.BytesIO()
    with h5py.File(out, "w") as file:
        weights_of_keras_2(file)
        del file["gru_1/gru_1/gru_cell_1/recurrent_kernel:0"]
        file["gru_1"].move("gru_1/gru_cell_1/kernel:0", "own/kernel:0")
        file["gru_1/own/recurrent_kernel:0"] = np.zeros((3, 16), "f4")
        file["gru_1"].attrs["weight_names"] = [b"own/kernel:0", b"own/recurrent_kernel:0"]
    found = read(out.getvalue())
    assert [each.name for each in found.layers] == ["bidirectional"]
    assert [(each.code, each.args["array"], each.args["found"]) for each in found.problems] == [
        ("misfit", "gru_1/own/recurrent_kernel:0", "3 x 16")
    ]


def test_layers_that_cannot_be_told_apart() -> None:
    def again(file: Any) -> None:
        group = file["model_weights/inner"]
        group["other/simple_rnn/kernel"] = np.zeros((3, 2), "f4")
        group.attrs["weight_names"] = [*group.attrs["weight_names"], "other/simple_rnn/kernel"]

    assert said(refused(read, changed("nested", again))) == (
        "the file does not tell which weights are those of the layer 'inner/simple_rnn' | "
        "save the model in Keras' own format: model.save('model.keras')"
    )


def test_other_arrays_in_the_group_of_a_layer() -> None:
    def add(file: Any) -> None:
        group = file["model_weights/inner"]
        names = ["inner/dense/kernel", "inner/simple_rnn/simple_rnn_cell/gain"]
        for name in names:
            group[name] = np.zeros((3, 2), "f4")
        group.attrs["weight_names"] = [*group.attrs["weight_names"], *names]

    found = read(changed("nested", add))
    assert [(each.name, len(each.arrays)) for each in found.layers] == [("inner/simple_rnn", 3), ("celled", 3)]
    assert [each.name.split("/")[-1] for each in found.rest] == ["kernel", "gain"]


def test_weights_that_are_missing() -> None:
    def remove(file: Any) -> None:
        del file["model_weights/plain/model/plain/lstm_cell/kernel"]

    assert refused(read, changed("grus", remove)).message == "the layer 'plain' has no kernel in the file"

    def forget(file: Any) -> None:
        file["model_weights/plain"].attrs["weight_names"] = []

    with pytest.raises(ValueError, match="'plain' has no kernel"):
        read(changed("grus", forget))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", "the configuration is not valid JSON"),
        ('{"class_name": "Sequential"}', "a model has no list of layers, so the model cannot be taken apart"),
    ],
)
def test_bad_configurations(text: str, message: str) -> None:
    assert refused(read, changed("grus", lambda file: file.attrs.__setitem__("model_config", text))).message == message
