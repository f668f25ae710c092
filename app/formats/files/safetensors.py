"""safetensors files: eight bytes of length, a header in JSON, the arrays one after the other.

Format: https://github.com/huggingface/safetensors, section "Format" of its README.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Mapping
from typing import Any

import numpy as np

from ..library import Array
from .json import parse_json
from .limits import LIMITS, Limits
from .numbers import BITS, count, shape_of, stored
from .problems import FormatError, quoted, refusal
from .record import Contents, Stored

_LENGTH = struct.Struct("<Q")
_FIELDS = {"dtype", "shape", "data_offsets"}
_METADATA = "__metadata__"
_ALIGNED = 8
_KINDS = {("f", 8): "F64", ("f", 4): "F32"}


def looks_like_safetensors(data: bytes) -> bool:
    """Whether the length of a header and the header's first sign stand where they should."""
    return len(data) > _LENGTH.size and data[_LENGTH.size] == ord("{") and _LENGTH.unpack_from(data)[0] < 1 << 32


def read_safetensors(data: bytes, limits: Limits = LIMITS) -> Contents:
    """The arrays and the metadata of a file. Arrays share the memory of `data`.

    Raises FormatError unless the header describes every byte behind it exactly once.
    """
    if len(data) < _LENGTH.size:
        raise _damaged("the file is shorter than the length of its header")
    (length,) = _LENGTH.unpack_from(data)
    if length > len(data) - _LENGTH.size:
        raise _damaged("the header is longer than the file")
    start = _LENGTH.size + length
    text = data[_LENGTH.size : start]
    if not text.startswith(b"{"):
        raise _damaged("the header does not begin with {")
    header = parse_json(text, "the header", limits)
    metadata = _metadata(header.pop(_METADATA, {}))
    limits.check("arrays", len(header))
    body = memoryview(data)[start:].toreadonly()
    spans = {name: _span(name, entry, len(body), limits) for name, entry in header.items()}
    _check_that_all_is_covered(spans, len(body))
    arrays = [_stored(name, header[name], body[begin:end]) for name, (begin, end) in spans.items()]
    return Contents(tuple(arrays), metadata)


def _span(name: str, entry: object, size: int, limits: Limits) -> tuple[int, int]:
    """Where the bytes of an array begin and end, its entry checked."""
    if not isinstance(entry, dict) or set(entry) != _FIELDS:
        raise _damaged(f"the entry of {quoted(name)} does not hold dtype, shape and data_offsets, and nothing else")
    kind, offsets = entry["dtype"], entry["data_offsets"]
    if not isinstance(kind, str) or kind not in BITS:
        raise _damaged(f"{quoted(name)} has a dtype that safetensors does not know")
    shape = shape_of(entry["shape"], name, limits)
    if not isinstance(offsets, list) or len(offsets) != 2 or not all(type(each) is int for each in offsets):
        raise _damaged(f"the data_offsets of {quoted(name)} are not two whole numbers")
    begin, end = offsets
    if not 0 <= begin <= end <= size:
        raise _damaged(f"the data_offsets of {quoted(name)} lie outside the file")
    if (end - begin) * 8 != count(shape) * BITS[kind]:
        raise _damaged(f"the data_offsets of {quoted(name)} do not fit its shape and dtype")
    return begin, end


def _check_that_all_is_covered(spans: Mapping[str, tuple[int, int]], size: int) -> None:
    reached = 0
    for name, (begin, end) in sorted(spans.items(), key=lambda each: each[1]):
        if begin < reached:
            raise _damaged(f"the bytes of {quoted(name)} overlap those of another array")
        if begin > reached:
            raise _damaged(f"there are bytes before {quoted(name)} that belong to no array")
        reached = end
    if reached < size:
        raise _damaged("there are bytes at the end that belong to no array")


def _metadata(given: object) -> dict[str, str]:
    if not isinstance(given, dict) or not all(isinstance(value, str) for value in given.values()):
        raise _damaged(f"{_METADATA} is not a table of texts")
    return given


def _stored(name: str, entry: Mapping[str, Any], data: memoryview) -> Stored:
    return stored(name, entry["dtype"], entry["shape"], lambda: data)


def _damaged(message: str) -> FormatError:
    return refusal("bad-safetensors", message, "the file is damaged, cut off, or was made by hand")


def write_safetensors(arrays: Mapping[str, Array], metadata: Mapping[str, str] | None = None) -> bytes:
    """A file of float64 and float32 arrays, by name. The same arrays always give the same bytes.

    The order is that of the official writer: wide numbers first, then by name.
    """
    named = {name: np.asarray(array) for name, array in arrays.items()}
    kinds = {name: _KINDS.get((array.dtype.kind, array.dtype.itemsize)) for name, array in named.items()}
    assert _METADATA not in named, f"no array can be called {_METADATA}"
    assert None not in kinds.values(), "only float64 and float32 arrays are written"
    order = sorted(named, key=lambda name: (-named[name].dtype.itemsize, name))
    header: dict[str, object] = {_METADATA: dict(sorted(metadata.items()))} if metadata else {}
    at = 0
    for name in order:
        array = named[name]
        header[name] = {
            "dtype": kinds[name],
            "shape": list(array.shape),
            "data_offsets": [at, at + array.nbytes],
        }
        at += array.nbytes
    text = json.dumps(header, ensure_ascii=False, separators=(",", ":")).encode("utf-8")
    text += b" " * (-len(text) % _ALIGNED)
    bodies = (
        np.ascontiguousarray(array, array.dtype.newbyteorder("<")).tobytes()
        for array in (named[name] for name in order)
    )
    return b"".join([_LENGTH.pack(len(text)), text, *bodies])
