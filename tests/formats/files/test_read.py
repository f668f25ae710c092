"""Reading files of every format: the same record from all, and from damaged ones nothing but FormatError."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.formats.files.limits import LIMITS, MIB, Limits
from app.formats.files.npz import write_npz
from app.formats.files.problems import FormatError
from app.formats.files.read import read, read_path
from app.formats.files.record import File
from app.formats.files.safetensors import write_safetensors
from tests.formats.files.driver import Driver
from tests.formats.files.pickles import archive, state, tensor
from tests.formats.files.samples import DATA, mutated, refused, said, sample, traced, unzipped, zipped

QUICK = settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.mark.parametrize(
    ("name", "kind", "layers"),
    [
        ("torch.pt", "pytorch", ["encoder", "projected", "gru", "rnn", "cell"]),
        ("torch.safetensors", "safetensors", ["cell", "encoder", "gru", "projected", "rnn"]),
        ("keras_nested.keras", "keras", ["inner/simple_rnn", "celled"]),
        ("keras_nested.h5", "hdf5", ["inner/simple_rnn", "celled"]),
        ("keras_nested.weights.h5", "hdf5", ["celled", "simple_rnn"]),
        ("stack.onnx", "onnx", ["lower", "Y2", "upper"]),
    ],
)
def test_files_of_all_libraries(name: str, kind: str, layers: list[str]) -> None:
    """In processes of their own where that is how they are read."""
    found = read(sample(name), f"file_{name}")
    assert (found.name, found.format, found.size) == (f"file_{name}", kind, len(sample(name)))
    assert [each.name for each in found.layers] == layers
    assert set(found.places) == {(layer.name, key) for layer in found.layers for key in layer.arrays}


def test_numpys_files() -> None:
    arrays = {"weight_ih_l0": np.ones((2, 3)), "weight_hh_l0": np.ones((2, 2))}
    assert [each.kind for each in read(write_npz(arrays), "a.npz").layers] == ["RNN"]
    found = read(unzipped(write_npz(arrays))["weight_ih_l0.npy"], "a.npy")
    assert (found.format, found.layers) == ("npy", ())
    assert [(each.name, each.shape) for each in found.rest] == [("array", (2, 3))]


def test_our_own_files_come_back_as_they_went() -> None:
    parameters = {"main.1.forward.W": np.array([[0.1, 1e-300]]), "main.readout.forward.d": np.array([-0.0])}
    for data in (write_npz(parameters), write_safetensors(parameters, {"made by": "unrolled"})):
        found = read(data)
        assert {key: each.tobytes() for key, each in found.parameters.items()} == {
            key: each.tobytes() for key, each in parameters.items()
        }
        assert not found.layers


def test_a_name_that_promises_another_format() -> None:
    note = read(sample("half.safetensors"), "weights.pt").notes[0]
    assert note.code == "other-ending"
    assert note.message == "the name ends in .pt, but the contents are safetensors"
    assert not read(sample("half.safetensors"), "weights").notes
    assert not read(sample("half.safetensors"), "weights.SAFETENSORS").notes


def test_what_a_person_tells() -> None:
    found = read(sample("torch.pt"), "a.pt", {"nonlinearity": "relu"})
    assert {each.name: dict(each.options) for each in found.layers}["rnn"] == {"nonlinearity": "relu"}
    problem = refused(read, sample("torch.pt"), "a.pt", {"nonlinear": "relu"})
    assert problem.code == "unknown-option"
    assert problem.hint == "did you mean 'nonlinearity'?"
    assert problem.file == "a.pt"


def test_problems_carry_the_name_of_the_file() -> None:
    problem = refused(read, b"hello", "a.txt")
    assert (problem.file, problem.code) == ("a.txt", "unknown-format")
    assert refused(read, bytes(20), limits=Limits(file_bytes=19)).code == "over-limit"


def test_paths(tmp_path: Path) -> None:
    found = read_path(DATA / "file_half.safetensors")
    assert (found.name, found.format) == ("file_half.safetensors", "safetensors")
    missing = tmp_path / "no.pt"
    assert said(refused(read_path, missing)) == f"there is no file '{missing}' | check the path"
    assert refused(read_path, tmp_path).message == f"'{tmp_path}' is no file"
    assert refused(read_path, missing / "x").message == f"there is no file '{missing / 'x'}'"
    assert refused(read_path, Path("a\0b")).message == "there is no file 'a?b'"
    large = tmp_path / "large.pt"
    with large.open("wb") as file:
        file.truncate(300 * MIB)
    with traced() as peak:
        assert refused(read_path, large).message == "the file holds 300 MiB: the limit is 256 MiB"
    assert peak[0] < MIB


@pytest.mark.skipif(sys.platform == "win32", reason="there are no pipes and rights of this kind")
def test_paths_that_are_no_plain_files(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    assert refused(read_path, pipe).message == f"'{pipe}' is no file"
    assert refused(read_path, Path("/dev/zero")).message == "'/dev/zero' is no file"


def test_a_file_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def closed(path: Path) -> bytes:
        raise PermissionError(path)

    monkeypatch.setattr(Path, "read_bytes", closed)
    path = tmp_path / "closed"
    path.touch()
    assert said(refused(read_path, path)) == f"the file '{path}' may not be read | ask whoever owns it"


def tried(data: bytes, name: str = "") -> File | None:
    """The file if it can be read, and else the certainty that each problem says what to do."""
    try:
        return read(data, name)
    except FormatError as error:
        assert all(each.message and each.hint and each.file == name for each in error.problems)
        return None


@pytest.mark.parametrize("name", ["torch.safetensors", "shared.pt", "checkpoint.pt"])
@given(st.data())
@settings(QUICK, max_examples=60)
def test_damaged_files_of_pytorch(name: str, data: st.DataObject) -> None:
    tried(data.draw(mutated(sample(name))))


@pytest.mark.parametrize("name", ["keras_both.weights.h5", "keras_grus.h5", "lstm.onnx", "stack.onnx", "exported.onnx"])
@given(data=st.data())
@settings(QUICK, max_examples=60)
def test_damaged_files_of_keras_and_onnx(quickly: Driver, name: str, data: st.DataObject) -> None:
    """Read as always, in processes that may die of it."""
    tried(data.draw(mutated(sample(name))), "a")


@given(data=st.data())
@settings(QUICK, max_examples=60)
def test_damaged_entries_of_keras_archives(quickly: Driver, data: st.DataObject) -> None:
    entries = unzipped(sample("keras_both.keras"))
    name = data.draw(st.sampled_from(sorted(entries)))
    tried(zipped({**entries, name: data.draw(mutated(entries[name]))}))


@given(st.binary(max_size=200), st.sampled_from(["", "a.onnx", "a.safetensors", "a.pt"]))
@settings(QUICK, max_examples=100)
def test_any_bytes(quickly: Driver, data: bytes, name: str) -> None:
    tried(data, name)


@pytest.mark.parametrize("name", ["keras_both.weights.h5", "lstm.onnx"])
def test_shorter_files_of_keras_and_onnx(quickly: Driver, name: str) -> None:
    data = sample(name)
    step = max(1, len(data) // 60)
    whole = len(read(data).layers)
    for size in range(0, len(data), step):
        found = tried(data[:size])
        assert found is None or len(found.layers) < whole or name.endswith("onnx")


def test_memory_is_bounded_by_the_file() -> None:
    """What is held besides the file: one copy of what is read, for archives one more while it is unpacked."""
    weights = {"weight_ih_l0": np.zeros((4 * 512, 2048), "f4"), "weight_hh_l0": np.zeros((4 * 512, 512), "f4")}
    size = sum(each.nbytes for each in weights.values())
    files = {"safetensors": write_safetensors(weights), "npz": write_npz(weights)}
    del weights
    for kind, data in files.items():
        with traced() as peak:
            assert [each.kind for each in read(data).layers] == ["LSTM"]
        assert peak[0] < 2.5 * size, kind


def test_hostile_files_are_refused_quickly_and_in_little_memory() -> None:
    bomb = zipped({"a.npy": bytes(200 * MIB), "b.npy": bytes(100 * MIB)}, 8)
    repeated = archive(state(weight_ih_l0=tensor((2**16, 2**16), (0, 0)), weight_hh_l0=tensor((2**16, 2**16), (0, 0))))
    header = (LIMITS.header_bytes + 1).to_bytes(8, "little") + b"{" + b" " * LIMITS.header_bytes
    nested = (10**6).to_bytes(8, "little") + b'{"a":' + b"[" * (10**6 - 5)
    for data in (bomb, repeated, header, nested, b"PK\x03\x04" + b"PK\x01\x02" * 10**6):
        start = time.monotonic()
        with traced() as peak:
            assert tried(data) is None
        assert peak[0] < 64 * MIB
        assert time.monotonic() - start < 10
