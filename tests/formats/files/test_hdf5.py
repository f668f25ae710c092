"""HDF5 files: what Keras writes is found, and nothing outside the file is ever touched."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import h5py
import numpy as np
import pytest

from app.formats.files.hdf5 import SIGNATURE, hdf5_contents
from app.formats.files.limits import LIMITS, MIB, Limits
from app.formats.files.record import Stored
from tests.formats.files.samples import is_weights, refused, said, sample, traced


def made(write: Callable[[Any], object], **options: Any) -> bytes:
    """The bytes of a file that `write` fills."""
    out = io.BytesIO()
    with h5py.File(out, "w", **options) as file:
        write(file)
    return out.getvalue()


def arrays(data: bytes, limits: Limits = LIMITS) -> dict[str, Stored]:
    return {each.name: each for each in hdf5_contents(data, limits).arrays}


def attributes(data: bytes) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = json.loads(hdf5_contents(data, LIMITS).metadata["attributes"])
    return found


def test_what_keras_wrote() -> None:
    data = sample("keras_both.weights.h5")
    assert data.startswith(SIGNATURE)
    found = arrays(data)
    assert sorted(found) == [
        *(
            f"layers/bidirectional/{way}_layer/cell/vars/{number}"
            for way in ("backward", "forward")
            for number in range(3)
        ),
        "layers/dense/vars/0",
        "layers/dense/vars/1",
    ]
    first = found["layers/bidirectional/forward_layer/cell/vars/0"]
    assert (first.dtype, first.shape) == ("F32", (3, 8))
    assert first.read is not None
    assert is_weights(first.read(), "model/both/forward_lstm/lstm_cell/kernel")
    assert attributes(data)["layers/bidirectional/vars"] == {"name": "both"}


def test_the_attributes_of_older_files() -> None:
    found = attributes(sample("keras_grus.h5"))
    assert json.loads(found[""]["model_config"])["class_name"] == "Sequential"
    assert found["model_weights"]["layer_names"] == ["zebra", "apple", "plain"]
    assert found["model_weights/plain"] == {
        "weight_names": ["model/plain/lstm_cell/kernel", "model/plain/lstm_cell/recurrent_kernel"]
    }


def test_lists_of_names_in_pieces_and_empty_ones() -> None:
    def write(file: Any) -> None:
        file.attrs["weight_names0"] = [b"a", b"b"]
        file.attrs["weight_names1"] = [b"c"]
        file.attrs["layer_names"] = []
        file.attrs["name"] = 3

    assert attributes(made(write))[""] == {"weight_names": ["a", "b", "c"], "layer_names": []}


@pytest.mark.parametrize("libver", ["earliest", "latest"])
def test_kinds_of_numbers(libver: str) -> None:
    def write(file: Any) -> None:
        for kind in ("<f2", "<f4", "<f8", ">f4"):
            file[f"g/{kind}"] = np.array([[0.5, -2]], kind)
        file["packed"] = np.zeros((2, 0))
        file.create_dataset("g/gzip", data=np.arange(100.0), compression="gzip", shuffle=True, fletcher32=True)
        brain = file.create_dataset("g/bf16", data=np.array([b"\xc0\x3f", b"\x00\x40"], "V2"))
        brain.attrs["dtype"] = "bfloat16"
        file["g/wide"] = np.array([1.5], "f4")
        file["g/wide"].attrs["dtype"] = "bfloat16"
        file["one"] = 2.5
        file["long"] = np.array([1j])
        h5py.h5d.create(file.id, b"quad", h5py.h5t.IEEE_F128LE, h5py.h5s.create_simple((2,)))
        if np.dtype(np.longdouble).itemsize > 8:
            file["double double"] = np.array([1.5], np.longdouble)
        file["whole"] = np.arange(3)
        file["text"] = "hello"
        file["none"] = h5py.Empty("f4")
        file["pairs"] = np.zeros(2, [("a", "f4"), ("b", "i4")])
        file["link"] = h5py.Reference()

    found = arrays(made(write, libver=libver))
    numbers = {key: each.read() for key, each in found.items() if each.read is not None}
    for kind in ("<f2", "<f4", "<f8", ">f4"):
        assert numbers[f"g/{kind}"].tolist() == [[0.5, -2]]
        assert numbers[f"g/{kind}"].dtype == (np.float64 if kind == "<f8" else np.float32)
    assert numbers["g/gzip"].tolist() == list(range(100))
    assert numbers["g/bf16"].tolist() == [1.5, 2.0]
    assert numbers["g/wide"].tolist() == [1.5]
    assert numbers["one"].shape == ()
    assert numbers["packed"].shape == (2, 0)
    assert found.pop("double double", Stored("", "", ())).read is None
    assert {key: each.why for key, each in found.items() if each.read is None} == {
        "whole": "whole numbers, no weights", "text": "no plain numbers", "none": "holds nothing",
        "pairs": "no plain numbers", "link": "no plain numbers", "long": "no plain numbers", "quad": "no plain numbers",
    }  # fmt: skip


def test_links_to_other_places(tmp_path: Path) -> None:
    secret = tmp_path / "secret.h5"
    secret.write_bytes(made(lambda file: file.__setitem__("w", np.arange(3.0))))
    hint = "everything has to lie in the one file: save it again in one piece"

    def external(file: Any) -> None:
        file["w"] = h5py.ExternalLink(str(secret), "/w")

    def soft(file: Any) -> None:
        file["w"] = h5py.SoftLink("/elsewhere")

    for write in (external, soft):
        problem = refused(hdf5_contents, made(write), LIMITS)
        assert problem.code == "outside-file"
        assert said(problem) == f"'w' is a link to another place | {hint}"


def test_numbers_in_other_files(tmp_path: Path) -> None:
    secret = tmp_path / "secret.bin"
    secret.write_bytes(bytes(range(24)))

    def stored(file: Any) -> None:
        file.create_dataset("w", (3,), "f8", external=[(str(secret), 0, 24)])

    def virtual(file: Any) -> None:
        layout = h5py.VirtualLayout((3,), "f8")
        layout[:] = h5py.VirtualSource(str(secret), "w", (3,))
        file.create_virtual_dataset("w", layout)

    for write in (stored, virtual):
        problem = refused(hdf5_contents, made(write), LIMITS)
        assert (problem.code, problem.message) == ("outside-file", "'w' lies in another file")


def test_shapes_that_are_declared_and_not_there() -> None:
    data = made(lambda file: file.create_dataset("w", (10**6, 10**6), "f4"))
    with traced() as peak:
        problem = refused(hdf5_contents, data, LIMITS)
    assert problem.message == "the arrays hold 1,000,000,000,000 numbers: the limit is 33,554,432"
    assert peak[0] < MIB
    chunks = made(lambda file: file.create_dataset("w", (2**28, 2), "f4", chunks=(2**27, 2), compression="gzip"))
    assert refused(hdf5_contents, chunks, LIMITS).message == "the file holds 1,024 MiB: the limit is 256 MiB"


def test_filters_that_would_be_loaded_as_programs() -> None:
    data = made(lambda file: file.create_dataset("w", data=np.arange(50.0), compression="lzf"))
    assert said(refused(hdf5_contents, data, LIMITS)) == (
        "'w' is packed in a way that is not read | save it without compression"
    )


def test_circles_and_depth() -> None:
    def circle(file: Any) -> None:
        file.create_group("a")
        file["a/again"] = file["/"]

    assert refused(hdf5_contents, made(circle), LIMITS).code == "over-limit"
    deep = made(lambda file: file.create_group("/".join("g" * 70)))
    assert refused(hdf5_contents, deep, LIMITS).message == "the file has parts within parts, 65 deep: the limit is 64"


def test_counts() -> None:
    def write(file: Any) -> None:
        for number in range(20):
            file[str(number)] = 1.0

    data = made(write)
    assert (
        refused(hdf5_contents, data, Limits(arrays=19)).message
        == "the file holds 20 arrays or entries: the limit is 19"
    )
    assert refused(hdf5_contents, data, Limits(operations=9)).message == "the file is made of 10 parts: the limit is 9"


def test_long_attributes() -> None:
    names = made(lambda file: file.attrs.__setitem__("layer_names", [b"x"] * 20))
    assert refused(hdf5_contents, names, Limits(arrays=19)).message == (
        "the file holds 20 arrays or entries: the limit is 19"
    )
    many = made(lambda file: file.attrs.__setitem__("layer_names", [b"x" * 500] * 100))
    assert refused(hdf5_contents, many, Limits(header_bytes=40_000)).code == "over-limit"
    single = made(lambda file: file.attrs.__setitem__("model_config", "x" * 60_000))
    assert refused(hdf5_contents, single, Limits(header_bytes=50_000)).code == "over-limit"


def test_names_that_lead_elsewhere() -> None:
    """A link called "a/b" would be followed as a path, past the look at what sort of link it is."""
    data = made(lambda file: file.__setitem__("aXb", 1.0)).replace(b"aXb", b"a/b")
    assert refused(hdf5_contents, data, LIMITS).message == "'a/b' is no name for an array"


def test_names_that_a_terminal_would_obey() -> None:
    data = made(lambda file: file.__setitem__("\x1b[2Jw", 1.0))
    assert refused(hdf5_contents, data, LIMITS).message == "'?[2Jw' is no name for an array"
