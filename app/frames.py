"""Arrays on their way to a page or another process: header length (u32), header (JSON), numbers, all little-endian.

The header is padded with spaces so that the numbers start at a multiple of eight bytes: a browser can then
look at them in place, without copying. What ends at a multiple of eight as well can be followed by another in the same
frame of the network: what was computed together arrives together, and is drawn once.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

Dense = NDArray[np.float64] | NDArray[np.float32]
"""Numbers, or a picture of them."""

ALIGNMENT = 8
LENGTH = struct.Struct("<I")
"""How long the header is; between processes, also how long a whole message is."""
_TYPES = {"float64": "<f8", "float32": "<f4"}
_NAMES = {np.dtype(name): name for name in _TYPES}  # NumPy works a dtype's own name out anew each time it is asked


def pack(header: Mapping[str, object], groups: Mapping[str, Mapping[str, Dense]]) -> bytes:
    """One message. `groups` maps a header field ("arrays", "totals") to the arrays that it lists, in order of the data."""
    described = {key: [_describe(name, array) for name, array in group.items()] for key, group in groups.items()}
    text = json.dumps({**header, **described}, allow_nan=False, ensure_ascii=False, separators=(",", ":")).encode()
    text += b" " * (-(LENGTH.size + len(text)) % ALIGNMENT)
    arrays = [array for group in groups.values() for array in group.values()]
    data = [np.ascontiguousarray(array, _TYPES[_NAMES[array.dtype]]).tobytes() for array in arrays]
    return b"".join([LENGTH.pack(len(text)), text, *data, bytes(-sum(map(len, data)) % ALIGNMENT)])


def unpack(data: bytes) -> Iterator[tuple[dict[str, Any], dict[str, dict[str, Dense]]]]:
    """The header and groups of arrays of each message again: what a client written in Python does with them."""
    position = 0
    while position < len(data):
        (length,) = LENGTH.unpack_from(data, position)
        position += LENGTH.size
        header = json.loads(data[position : position + length])
        position += length
        groups: dict[str, dict[str, Dense]] = {}
        for key in ("arrays", "totals"):
            for entry in header.get(key, []):
                count = int(np.prod(entry["shape"], dtype=int))
                array = np.frombuffer(data, _TYPES[entry["dtype"]], count, position).reshape(entry["shape"])
                groups.setdefault(key, {})[entry["name"]] = array
                position += array.nbytes
        position += -position % ALIGNMENT
        yield header, groups


def _describe(name: str, array: Dense) -> dict[str, object]:
    return {"name": name, "dtype": _NAMES[array.dtype], "shape": list(array.shape)}
