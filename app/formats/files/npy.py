"""One array as NumPy writes it: `.npy`, also the entries of an `.npz`.

Format: https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html. Read here and not by NumPy, so that
nothing is allocated, and nothing unpickled, before the header has been checked.
"""

from __future__ import annotations

import re
import struct

import numpy as np

from ..library import Array
from .limits import Limits
from .numbers import count, shape_of
from .problems import FormatError, quoted, refusal
from .record import Stored

MAGIC = b"\x93NUMPY"
_LENGTHS = {1: struct.Struct("<H"), 2: struct.Struct("<I"), 3: struct.Struct("<I")}
#: NumPy itself refuses longer ones unless told otherwise
_LONGEST = 10_000
_ALIGNED = 64
_ITEM = re.compile(r"\s*'(\w+)'\s*:\s*('[^'\\]*'|True|False|\([0-9L,\s]*\)|\[.*\])\s*(,|(?=\}))", re.DOTALL)
_FLOAT = re.compile(r"[<>=|]?f(2|4|8)")
_NUMBER = re.compile(r"[<>=|]?[biufc]\d{1,2}")
_LONGEST_SIZE = 15
_OBJECTS = "Python objects, which only running the file's own instructions would bring back"


def read_npy(name: str, data: bytes, limits: Limits) -> Stored:
    """The array of a `.npy` file. Its numbers share the memory of `data`.

    Raises FormatError for a header that is not as NumPy writes it, and if the numbers behind it do not fit it.
    """
    text, start = _header(name, data)
    items = _items(name, text)
    kind, fortran, given = items["descr"], items["fortran_order"], items["shape"]
    shape = shape_of(_sizes(given), name, limits)
    if kind.startswith("'") and "O" in kind:
        return Stored(name, "object", shape, None, _OBJECTS)
    if not _NUMBER.fullmatch(kind.strip("'")):
        return Stored(name, kind.strip("'")[:80], shape, None, "no plain numbers")
    dtype = _dtype(name, kind.strip("'"))
    if len(data) - start != count(shape) * dtype.itemsize:
        raise _damaged(name, "its numbers are fewer or more than its header says")
    if not _FLOAT.fullmatch(kind.strip("'")):
        return Stored(
            name, dtype.name, shape, None, "whole numbers, no weights" if dtype.kind in "biu" else "no real numbers"
        )
    body = memoryview(data)[start:].toreadonly()

    def read() -> Array:
        numbers = np.frombuffer(body, dtype).reshape(shape, order="F" if fortran == "True" else "C")
        native: Array = numbers.astype(np.float64 if dtype.itemsize == 8 else np.float32, copy=False)
        return native

    return Stored(name, dtype.name, shape, read)


def _header(name: str, data: bytes) -> tuple[str, int]:
    """The text of the header, and where the numbers begin."""
    if not data.startswith(MAGIC) or len(data) < len(MAGIC) + 2:
        raise _damaged(name, "it does not begin as NumPy's files do")
    length = _LENGTHS.get(data[len(MAGIC)])
    if length is None:
        raise _damaged(name, f"its version, {data[len(MAGIC)]}, is not one that NumPy writes")
    begin = len(MAGIC) + 2 + length.size
    if len(data) < begin:
        raise _damaged(name, "its header is cut off")
    (size,) = length.unpack_from(data, len(MAGIC) + 2)
    if size > _LONGEST:
        raise _damaged(name, f"its header is longer than {_LONGEST:,} bytes")
    if len(data) < begin + size:
        raise _damaged(name, "its header is cut off")
    return data[begin : begin + size].decode("latin-1"), begin + size


def _items(name: str, text: str) -> dict[str, str]:
    """What the header says, each value as it is written there."""
    text = text.strip()
    found: dict[str, str] = {}
    at = 1
    while text.startswith("{") and (item := _ITEM.match(text, at)) and item[1] not in found:
        found[item[1]] = item[2]
        at = item.end()
    starts = {key: value[0] for key, value in found.items()}
    fits = starts.keys() == {"descr", "fortran_order", "shape"} and (
        starts["descr"] in "'[" and starts["fortran_order"] in "TF" and starts["shape"] == "("
    )
    if not fits or text[at:].strip() != "}":
        raise _damaged(name, "its header is not one that NumPy writes")
    return found


def _sizes(text: str) -> list[int] | None:
    pieces = [piece.strip().rstrip("L") for piece in text.strip("()").split(",")]
    if pieces and not pieces[-1]:
        pieces.pop()
    if not all(piece.isdigit() and len(piece) <= _LONGEST_SIZE for piece in pieces):
        return None
    return [int(piece) for piece in pieces]


def _dtype(name: str, word: str) -> np.dtype[np.generic]:
    try:
        return np.dtype(word)
    except TypeError:
        raise _damaged(name, f"its kind of numbers, {quoted(word)}, is not one that NumPy knows") from None


def _damaged(name: str, message: str) -> FormatError:
    hint = "the file is damaged, cut off, or was made by hand"
    return refusal("bad-npy", f"the array {quoted(name)} cannot be read: {message}", hint, where=name, array=name[:80])


def write_npy(array: Array) -> bytes:
    """A float64 or float32 array as `.npy`, version 1.0, in C order, little-endian."""
    array = np.asarray(array)
    assert (array.dtype.kind, array.dtype.itemsize) in (("f", 8), ("f", 4)), (
        "only float64 and float32 arrays are written"
    )
    shape = f"({array.shape[0]},)" if array.ndim == 1 else repr(tuple(array.shape))
    text = f"{{'descr': '<f{array.dtype.itemsize}', 'fortran_order': False, 'shape': {shape}, }}".encode("latin-1")
    before = len(MAGIC) + 2 + _LENGTHS[1].size
    text += b" " * (-(before + len(text) + 1) % _ALIGNED) + b"\n"
    body = np.ascontiguousarray(array, array.dtype.newbyteorder("<")).tobytes()
    return MAGIC + b"\x01\x00" + _LENGTHS[1].pack(len(text)) + text + body
