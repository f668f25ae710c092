"""HDF5 files as Keras writes them: the arrays, and the few attributes that tell what they are.

Runs in the helper process (`apart`). Nothing outside the file is ever opened: links other than hard ones,
virtual datasets and external storage are refused.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import numpy as np

from ..library import Array
from .limits import Limits
from .numbers import count, decode, shape_of
from .problems import FormatError, quoted, refusal
from .record import Contents, Stored

SIGNATURE = b"\x89HDF\r\n\x1a\n"
#: attributes that are read; lists of names may be cut in pieces: weight_names0, weight_names1, ...
_TEXTS = ("model_config", "keras_version", "backend", "name", "dtype")
_LISTS = ("layer_names", "weight_names")
_MOST_PIECES = 100
#: gzip, shuffle, checksum: the filters that come with HDF5; others would be loaded as programs from elsewhere
_FILTERS = (1, 2, 3)
_FLOATS = {2: "F16", 4: "F32", 8: "F64"}
_DAMAGED = "the file is damaged or was made by hand"


def hdf5_contents(data: bytes, limits: Limits) -> Contents:
    """The arrays of a file by path, and as metadata "attributes": {path: {name: text or list of texts}} in JSON.

    Raises FormatError for anything that lies outside the file or unpacks to more than the limits allow, and
    whatever h5py raises at a damaged file.
    """
    import h5py

    with h5py.File(h5py.h5f.open_file_image(data), "r") as file:
        attributes = {"": _attributes(file, limits)}
        arrays: list[Stored] = []
        for path, node in _walk(file, limits):
            found = _attributes(node, limits)
            if found:
                attributes[path] = found
            if isinstance(node, h5py.Dataset):
                limits.check("arrays", len(arrays) + 1)
                arrays.append(_stored(path, node, found, limits))
        limits.check("numbers", sum(count(each.shape) for each in arrays if each.read is not None))
        # read now, while the file is open
        held = [_held(each) for each in arrays]
    return Contents(tuple(held), {"attributes": json.dumps(attributes)})


def _held(array: Stored) -> Stored:
    if array.read is None:
        return array
    numbers = array.read()
    return Stored(array.name, array.dtype, array.shape, lambda: numbers)


def _walk(file: Any, limits: Limits) -> Iterator[tuple[str, Any]]:
    """Every group and dataset with its path, parents first."""
    import h5py

    seen = 0
    waiting = [("", file)]
    while waiting:
        path, group = waiting.pop()
        limits.check("depth", path.count("/"))
        for name in group:
            seen += 1
            limits.check("operations", seen)
            full = f"{path}/{name}" if path else name
            if not name.isprintable() or "/" in name:
                raise refusal("bad-name", f"{quoted(full)} is no name for an array", _DAMAGED)
            if not isinstance(group.get(name, getlink=True), h5py.HardLink):
                raise _outside(full, "is a link to another place")
            node = group[name]
            yield full, node
            if isinstance(node, h5py.Group):
                waiting.append((full, node))


def _stored(path: str, dataset: Any, attributes: dict[str, Any], limits: Limits) -> Stored:
    import h5py

    layout = dataset.id.get_create_plist()
    if layout.get_layout() == h5py.h5d.VIRTUAL or layout.get_external_count():
        raise _outside(path, "lies in another file")
    for number in range(layout.get_nfilters()):
        if layout.get_filter(number)[0] not in _FILTERS:
            message = f"{quoted(path)} is packed in a way that is not read"
            raise refusal("unknown-packing", message, "save it without compression", where=path)
    if dataset.shape is None:
        return Stored(path, "", (), None, "holds nothing")
    shape = shape_of([int(size) for size in dataset.shape], path, limits)
    if layout.get_layout() == h5py.h5d.CHUNKED:
        limits.check("file_bytes", count(layout.get_chunk()) * dataset.id.get_type().get_size(), where=path)
    try:
        dtype = dataset.dtype
    except (TypeError, ValueError):  # HDF5 has kinds that NumPy does not
        return Stored(path, "", shape, None, "no plain numbers")
    if attributes.get("dtype") == "bfloat16" and dtype.itemsize == 2:
        return Stored(path, "BF16", shape, lambda: decode(dataset[()].tobytes(), "BF16", shape))
    if dtype.kind == "f" and dtype.itemsize in _FLOATS:
        return Stored(path, _FLOATS[dtype.itemsize], shape, lambda: _numbers(dataset))
    why = "whole numbers, no weights" if dtype.kind in "biu" else "no plain numbers"
    return Stored(path, dtype.name, shape, None, why)


def _numbers(dataset: Any) -> Array:
    wide = np.float64 if dataset.dtype.itemsize == 8 else np.float32
    numbers: Array = np.asarray(dataset[()]).astype(wide)
    return numbers


def _outside(path: str, message: str) -> FormatError:
    hint = "everything has to lie in the one file: save it again in one piece"
    return refusal("outside-file", f"{quoted(path)} {message}", hint, where=path)


def _attributes(node: Any, limits: Limits) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name in _TEXTS:
        texts = _texts(node, name, limits)
        if texts is not None and len(texts) == 1:
            found[name] = texts[0]
    for name in _LISTS:
        texts = _texts(node, name, limits)
        pieces = range(_MOST_PIECES) if texts is None else ()
        for number in pieces:
            piece = _texts(node, f"{name}{number}", limits)
            if piece is None:
                break
            texts = [*(texts or []), *piece]
        if texts is not None:
            found[name] = texts
    return found


def _texts(node: Any, name: str, limits: Limits) -> list[str] | None:
    """The texts of an attribute, None if there is none of that name. An empty list is stored as numbers."""
    import h5py

    if not h5py.h5a.exists(node.id, name.encode()):
        return None
    attribute = h5py.h5a.open(node.id, name.encode())
    amount = count(attribute.shape)
    limits.check("arrays", amount)
    if amount == 0:
        return []
    if h5py.check_string_dtype(attribute.dtype) is None:
        return None
    limits.check("header_bytes", amount * attribute.dtype.itemsize)
    values = np.atleast_1d(np.asarray(node.attrs[name], object)).ravel()
    texts = [value.decode("utf-8") if isinstance(value, bytes) else str(value) for value in values]
    limits.check("header_bytes", sum(len(text.encode("utf-8")) for text in texts))
    return texts
