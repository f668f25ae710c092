"""Which format a file has, whatever its name says."""

from __future__ import annotations

import gzip
import io
import struct
import tarfile

import numpy as np
import pytest

from app.formats.files.kinds import KINDS, ZIP, kind_of, kind_of_archive
from app.formats.files.limits import LIMITS
from app.formats.files.npy import write_npy
from app.formats.files.zip import Archive
from tests.formats.files.samples import refused, said, sample, zipped

READ = (
    "what is read: safetensors (.safetensors), NumPy (.npz), NumPy (.npy), PyTorch (.pt), Keras (.keras), "
    "HDF5 (.h5), ONNX (.onnx)"
)
SAMPLES = {
    "torch.safetensors": "safetensors", "torch.pt": ZIP, "keras_both.keras": ZIP, "keras_both.h5": "hdf5",
    "keras_both.weights.h5": "hdf5", "lstm.onnx": "onnx", "exported.onnx": "onnx",
}  # fmt: skip


@pytest.mark.parametrize("name", SAMPLES)
@pytest.mark.parametrize("called", ["", "a.txt", *(f"a{kind.endings[0]}" for kind in KINDS.values())])
def test_contents_tell_the_format(name: str, called: str) -> None:
    assert kind_of(sample(name), called) == SAMPLES[name]


def test_arrays_of_numpy() -> None:
    assert kind_of(write_npy(np.ones(2)), "a") == "npy"


def test_archives() -> None:
    assert kind_of_archive(Archive(sample("torch.pt"), LIMITS)) == "pytorch"
    assert kind_of_archive(Archive(sample("keras_both.keras"), LIMITS)) == "keras"
    assert kind_of_archive(Archive(zipped({"a.npy": b""}), LIMITS)) == "npz"


def test_a_length_that_looks_like_the_start_of_a_pickle() -> None:
    """A header of 640 bytes has the length 80 02 00 ... in it."""
    data = struct.pack("<Q", 640) + b"{}" + b" " * 638
    assert data.startswith(b"\x80\x02")
    assert kind_of(data, "a.safetensors") == "safetensors"


def test_names_tell_where_contents_do_not() -> None:
    assert kind_of(b"\x12\x00", "a.onnx") == "onnx"
    assert kind_of(b"\x10" * 20, "A.SAFETENSORS") == "safetensors"


def tarred() -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        archive.addfile(tarfile.TarInfo("a"))
    return out.getvalue()


WRONG = [
    (b"", "empty-file", "the file is empty | copy it again"),
    (b"hello", "unknown-format", f"this is none of the formats that are read | {READ}"),
    (b"GGUF\x03", "unknown-format", f"this is a file of GGUF, which is not read | {READ}"),
    (b"\x1c\x00\x00\x00TFL3", "unknown-format", f"this is a file of TensorFlow Lite, which is not read | {READ}"),
    (gzip.compress(b"x"), "unknown-format", f"this is a file of gzip, which is not read | {READ}"),
    (tarred(), "unknown-format", f"this is a file of tar, which is not read | {READ}"),
    (b"MATLAB 5.0", "unknown-format", f"this is a file of MATLAB, which is not read | {READ}"),
    (
        sample("old.pt"),
        "old-pytorch",
        "the file is in the form that PyTorch wrote before version 1.6 | in Python: torch.save(",
    ),
    (
        b"\x80\x04K\x01.",
        "bare-pickle",
        "the file is a bare pickle, which only running its own instructions could bring back",
    ),
]


@pytest.mark.parametrize(("data", "code", "message"), WRONG, ids=[str(number) for number in range(len(WRONG))])
def test_what_is_none_of_the_formats(data: bytes, code: str, message: str) -> None:
    problem = refused(kind_of, data, "a.txt")
    assert problem.code == code
    assert said(problem).startswith(message)


@pytest.mark.parametrize(
    ("entries", "what"),
    [
        ([], "nothing"),
        (["a", "b.npy"], "'a', 'b.npy'"),
        (["word/document.xml", "b", "c", "d"], "'word/document.xml', 'b', 'c' and more"),
    ],
)
def test_archives_of_other_things(entries: list[str], what: str) -> None:
    problem = refused(kind_of_archive, Archive(zipped(dict.fromkeys(entries, b"")), LIMITS))
    assert said(problem) == f"the archive holds {what}, which belongs to none of the formats | {READ}"
