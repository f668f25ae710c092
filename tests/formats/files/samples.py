"""Sample files, and how tests make bad ones of them."""

from __future__ import annotations

import io
import tracemalloc
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import strategies as st
from numpy.typing import NDArray

from app.engine import Problem
from app.formats.files.problems import FormatError
from tests.oracles.file_weights import weights

DATA = Path(__file__).resolve().parents[2] / "oracles" / "data"
Floats = NDArray[np.floating[Any]]


def sample(name: str) -> bytes:
    """A file that a library wrote; the scripts are tests/oracles/file_*.py."""
    return (DATA / f"file_{name}").read_bytes()


def refused(action: Callable[..., object], *args: Any, **options: Any) -> Problem:
    """The one problem that an action ends with."""
    with pytest.raises(FormatError) as caught:
        action(*args, **options)
    (problem,) = caught.value.problems
    return problem


def said(problem: Problem) -> str:
    """A problem as a person reads it."""
    return f"{problem.message} | {problem.hint}"


def is_weights(array: Floats, name: str, dtype: type = np.float32) -> bool:
    """Whether an array holds the numbers that the scripts gave to the weight of a name."""
    return array.dtype == dtype and bool(np.array_equal(array, weights(name, array.shape, dtype)))


@contextmanager
def traced() -> Iterator[list[int]]:
    """The most memory that Python and NumPy held inside the block, in bytes, known at its end."""
    peak: list[int] = []
    tracemalloc.start()
    try:
        yield peak
        peak.append(tracemalloc.get_traced_memory()[1])
    finally:
        tracemalloc.stop()


def zipped(entries: Mapping[str, bytes], method: int = zipfile.ZIP_STORED) -> bytes:
    """An archive of entries."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in entries.items():
            archive.writestr(name, data)
    return out.getvalue()


def unzipped(data: bytes) -> dict[str, bytes]:
    """The entries of an archive."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@st.composite
def mutated(draw: st.DrawFn, data: bytes) -> bytes:
    """A file with bytes changed, put in, taken out, or cut off at the end."""
    made = bytearray(data)
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, max(0, len(made) - 1)))
        match draw(st.sampled_from(["set", "set", "bit", "insert", "remove", "cut", "repeat"])):
            case "set" if made:
                made[at] = draw(st.sampled_from([0, 1, 0x7F, 0x80, 0xFF]) | st.integers(0, 255))
            case "bit" if made:
                made[at] ^= 1 << draw(st.integers(0, 7))
            case "insert":
                made[at:at] = draw(st.binary(min_size=1, max_size=9))
            case "remove":
                del made[at : at + draw(st.integers(1, 9))]
            case "cut":
                del made[at:]
            case "repeat":
                made[at:at] = made[at : at + draw(st.integers(1, 200))]
    return bytes(made)
