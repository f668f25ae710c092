"""The helper process: its answers, and that nothing a library does there reaches the program."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from app.formats.files import helper
from app.formats.files.helper import READERS, answer
from app.formats.files.limits import LIMITS, MIB, Limits
from app.formats.files.record import Contents, Stored
from app.formats.files.safetensors import read_safetensors


def told(reader: Callable[[bytes, Limits], Contents], monkeypatch: pytest.MonkeyPatch, limits: Limits = LIMITS) -> Any:
    """The problems in the answer of a reader."""
    monkeypatch.setitem(READERS, "test", reader)  # type: ignore[arg-type]
    return json.loads(read_safetensors(answer("test", b"", limits)).metadata["problems"])


def test_arrays_and_descriptions_come_over(monkeypatch: pytest.MonkeyPatch) -> None:
    arrays = (
        Stored("w", "F32", (2,), lambda: np.array([1, 2], np.float32)),
        Stored("steps", "I64", (1, 3), None, "whole numbers, no weights"),
    )
    monkeypatch.setitem(READERS, "test", lambda data, limits: Contents(arrays, {"size": str(len(data))}))  # type: ignore[arg-type]
    found = read_safetensors(answer("test", b"abc", LIMITS))
    assert found.metadata["size"] == "3"
    assert json.loads(found.metadata["rest"]) == [["steps", "I64", [1, 3], "whole numbers, no weights"]]
    (array,) = found.arrays
    assert array.read is not None
    assert array.read().tolist() == [1, 2]


def test_numbers_are_counted_before_they_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    def reader(data: bytes, limits: Limits) -> Contents:
        return Contents((Stored("w", "F32", (10**6, 10**6), lambda: pytest.fail("it was read")),))

    assert told(reader, monkeypatch)[0]["code"] == "over-limit"


def test_whatever_goes_wrong_is_one_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(data: bytes, limits: Limits) -> Contents:
        raise ZeroDivisionError("secret/path.c, line 7")

    def greedy(data: bytes, limits: Limits) -> Contents:
        raise MemoryError

    (problem,) = told(failing, monkeypatch)
    assert problem["code"] == "damaged"
    assert problem["message"] == "the file is damaged or cut off"
    assert problem["hint"] == "copy it again, or save it again"
    (problem,) = told(greedy, monkeypatch)
    assert problem["message"] == "reading the file takes more memory than 2,048 MiB: the limit is 2,048 MiB"


def run(code: str, limits: Limits) -> subprocess.CompletedProcess[bytes]:
    """A program in a process of those bounds."""
    start = (
        f"from app.formats.files.helper import bound\nfrom app.formats.files.limits import Limits\nbound({limits!r})\n"
    )
    return subprocess.run([sys.executable, "-c", start + code], capture_output=True, check=False, timeout=60)


@pytest.mark.skipif(sys.platform != "linux", reason="other systems bound less")
def test_memory_time_and_files_are_bounded(tmp_path: Path) -> None:
    # Starting Python takes most of a second where the processor is busy.
    limits = Limits(helper_bytes=100 * MIB, helper_seconds=20)
    assert run(f"bytearray({50 * MIB})", limits).returncode == 0
    greedy = run(f"bytearray({150 * MIB})", limits)
    assert greedy.returncode == 1
    assert b"MemoryError" in greedy.stderr
    assert run("while True: pass", replace(limits, helper_seconds=1)).returncode < 0
    kept = tmp_path / "kept"
    writing = run(f"with open({str(kept)!r}, 'w') as file: file.write('x' * 10)", limits)
    assert b"File too large" in writing.stderr
    assert kept.stat().st_size == 0


def test_systems_without_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(helper, "_RESOURCE", None)
    helper.bound(LIMITS)
