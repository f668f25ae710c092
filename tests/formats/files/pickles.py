"""Pickles of state dicts, put together operation by operation, so that each part can be made wrong."""

from __future__ import annotations

import struct
from collections.abc import Sequence

import numpy as np

from tests.formats.files.samples import zipped

Part = int | bytes


def text(word: str) -> bytes:
    return b"X" + struct.pack("<I", len(word.encode())) + word.encode()


def whole(number: Part) -> bytes:
    """A whole number, or operations that stand in its place."""
    return number if isinstance(number, bytes) else b"\x8a\x09" + number.to_bytes(9, "little", signed=True)


def name(module: str, word: str) -> bytes:
    return f"c{module}\n{word}\n".encode()


def group(*parts: bytes) -> bytes:
    """A tuple."""
    return b"(" + b"".join(parts) + b"t"


def called(module: str, word: str, *arguments: bytes) -> bytes:
    return name(module, word) + group(*arguments) + b"R"


def storage(kind: str = "FloatStorage", key: str = "0", size: Part = 6) -> bytes:
    return group(text("storage"), name("torch", kind), text(key), text("cpu"), whole(size)) + b"Q"


def tensor(
    shape: Sequence[Part] = (2, 3), strides: Sequence[Part] = (3, 1), offset: Part = 0, store: bytes | None = None
) -> bytes:
    return called(
        "torch._utils", "_rebuild_tensor_v2", storage() if store is None else store, whole(offset),
        group(*map(whole, shape)), group(*map(whole, strides)), b"\x89", called("collections", "OrderedDict"),
    )  # fmt: skip


def state(**values: bytes) -> bytes:
    """A dictionary, as the whole pickle."""
    return b"\x80\x02}(" + b"".join(text(key) + value for key, value in values.items()) + b"u."


def archive(pickled: bytes, **others: bytes | None) -> bytes:
    """A `.pt` file of one storage with the numbers 0, 1, ..., 5; `others` replace its entries, None leaves one out."""
    entries: dict[str, bytes | None] = {
        "data.pkl": pickled, "byteorder": b"little", "data/0": np.arange(6, dtype="<f4").tobytes(), "version": b"3\n",
    }  # fmt: skip
    entries |= {key.replace("_", "/"): data for key, data in others.items()}
    return zipped({f"net/{key}": data for key, data in entries.items() if data is not None})
