"""The helper process many times over: started once, it makes a copy of itself for each file, which is quick.

    python -m tests.formats.files.driver

For tests that read hundreds of damaged files, any of which may crash the library that reads it.
"""

from __future__ import annotations

import json
import os
import struct
import subprocess
import sys
from dataclasses import asdict, replace
from importlib import import_module
from pathlib import Path
from typing import BinaryIO

from app.formats.files.helper import answer, bound
from app.formats.files.limits import Limits

_LENGTH = struct.Struct("<Q")
#: some damaged files make the HDF5 library go round in circles
_SECONDS = 3


class Driver:
    """Stands in for `apart.run`; `crashes` counts the files at which the process died or went on for too long."""

    def __init__(self) -> None:
        command = [sys.executable, "-m", "tests.formats.files.driver"]
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=Path(__file__).resolve().parents[3]
        )
        self.crashes = 0

    def __call__(self, reader: str, data: bytes, limits: Limits) -> bytes:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        _send(
            self._process.stdin,
            json.dumps({"reader": reader, "limits": asdict(replace(limits, helper_seconds=_SECONDS))}).encode(),
        )
        _send(self._process.stdin, data)
        found = _receive(self._process.stdout)
        self.crashes += not found
        return found

    def close(self) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.stdout.close()
        self._process.wait(10)


def _send(stream: BinaryIO, data: bytes) -> None:
    stream.write(_LENGTH.pack(len(data)) + data)
    stream.flush()


def _receive(stream: BinaryIO) -> bytes:
    (size,) = _LENGTH.unpack(stream.read(_LENGTH.size))
    return stream.read(size)


def _copied(order: dict[str, object], data: bytes) -> bytes:
    """The answer of a copy of this process, b"" if it died."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
        limits = Limits(**order["limits"])  # type: ignore[arg-type]
        bound(limits)
        with os.fdopen(writing, "wb") as out:
            out.write(answer(str(order["reader"]), data, limits))
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as stream:
        found = stream.read()
    _, status = os.waitpid(child, 0)
    return found if status == 0 else b""


if __name__ == "__main__":
    for package in ("h5py", "onnx"):  # before the copies are made
        import_module(package)
    while head := sys.stdin.buffer.read(_LENGTH.size):
        wanted = json.loads(sys.stdin.buffer.read(_LENGTH.unpack(head)[0]))
        _send(sys.stdout.buffer, _copied(wanted, _receive(sys.stdin.buffer)))
