"""Reading in a process of its own: what comes back, what is said when it fails."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from app.formats.files import apart
from app.formats.files.apart import read_apart
from app.formats.files.limits import LIMITS, Limits
from tests.formats.files.samples import refused, said, sample

HDF5 = "Keras' HDF5 files"


def test_a_file_is_read() -> None:
    found = read_apart("hdf5", sample("keras_both.weights.h5"))
    assert len(found.arrays) == 8
    assert "attributes" in found.metadata


def test_problems_come_back_as_they_were() -> None:
    problem = refused(read_apart, "hdf5", b"\x89HDF\r\n\x1a\n" + bytes(100))
    assert (problem.code, said(problem)) == (
        "damaged",
        "the file is damaged or cut off | copy it again, or save it again",
    )


@pytest.mark.parametrize(
    ("reader", "package", "what", "extra"), [("hdf5", "h5py", HDF5, "keras"), ("onnx", "onnx", "ONNX files", "onnx")]
)
def test_a_package_that_is_missing(
    reader: str, package: str, what: str, extra: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    problem = refused(read_apart, reader, b"")
    assert problem.code == "needs-package"
    assert said(problem) == f"reading {what} needs {package}, which is not installed | pip install 'unrolled[{extra}]'"


def test_a_process_that_dies(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "_START", "import os; os.abort()")
    problem = refused(read_apart, "hdf5", b"x")
    assert said(problem) == (
        f"the library that reads {HDF5} fails on this file | the file is damaged, or was made to do harm"
    )


def test_a_process_that_takes_too_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "_START", "import time; time.sleep(60)")
    problem = refused(read_apart, "hdf5", b"x", Limits(helper_seconds=1))
    assert problem.message == "reading the file takes more than 1 s: the limit is 1"


def test_a_process_that_answers_nonsense(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "_START", "print('hello')")
    assert refused(read_apart, "hdf5", b"x").code == "bad-safetensors"


def test_a_process_that_cannot_be_started(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))
    problem = refused(read_apart, "hdf5", b"x", LIMITS)
    assert said(problem) == (
        f"the process that reads {HDF5} cannot be started | it is started with the same Python as this program"
    )
