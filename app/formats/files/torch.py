"""PyTorch's `.pt` and `.pth`: a zip archive with one pickle and one entry for each storage. Nothing pickled is run."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.lib.stride_tricks import as_strided

from ..library import Array
from .limits import LIMITS, Limits
from .numbers import BITS, decode, why_not
from .pickle import broken, read_pickle
from .problems import FormatError, quoted, refusal
from .record import Contents, Stored
from .torch_names import StateDict, Storage, Tensor, Unread
from .zip import Archive

_PICKLE = "data.pkl"
#: files from before PyTorch 1.6 begin with this number, pickled by itself
_OLD = b"\x80\x02\x8a\x0al\xfc\x9cF\xf9 j\xa8P\x19."
_ORDERS = {b"little": False, b"big": True}
_ADVICE = "in Python: torch.save(torch.load(path, weights_only=True), new_path)"


def looks_like_torch(names: list[str]) -> bool:
    """Whether an archive with these entries is one that torch.save or TorchScript writes."""
    return any(name.split("/")[-1] == _PICKLE for name in names)


def looks_pickled(data: bytes) -> bool:
    """Whether the data is a pickle that lies in no archive."""
    return len(data) > 1 and data[0] == 0x80 and 2 <= data[1] <= 5


def refuse_pickle(data: bytes) -> FormatError:
    """The refusal of a pickle outside an archive, with what to do."""
    if data.startswith(_OLD):
        message = "the file is in the form that PyTorch wrote before version 1.6"
        return refusal("old-pytorch", message, _ADVICE)
    message = "the file is a bare pickle, which only running its own instructions could bring back"
    return refusal("bare-pickle", message, "save the weights with torch.save, numpy.savez or as safetensors")


def read_torch(archive: Archive, limits: Limits = LIMITS) -> Contents:
    """The tensors of a state dict, or of dictionaries and lists that hold state dicts, named by their keys.

    Raises FormatError for whole modules, TorchScript, any name or operation that a state dict does not
    need, and tensors that do not fit their storages. Tensors of a sort that is not read are listed, not read.
    """
    found = [name for name in archive.names if name.split("/")[-1] == _PICKLE]
    folder = found[0].removesuffix(_PICKLE)
    if len(found) > 1 or folder.count("/") > 1:
        raise refusal("bad-pytorch", "the archive holds more than one saved object", _ADVICE)
    if f"{folder}constants.pkl" in archive:
        message = "the file is a TorchScript program, not a state dict"
        raise refusal("torchscript", message, "in Python: torch.save(torch.jit.load(path).state_dict(), new_path)")
    root = read_pickle(archive.read(found[0]), StateDict(), limits)
    storages = _Storages(archive, folder)
    arrays = [_stored(name, tensor, storages) for name, tensor in _tensors(root, limits)]
    limits.check("arrays", len(arrays))
    return Contents(tuple(arrays))


class _Storages:
    """The runs of numbers in an archive, each unpacked once, for tensors often share one."""

    def __init__(self, archive: Archive, folder: str) -> None:
        self._archive, self._folder = archive, folder
        self._big = _is_big(archive, f"{folder}byteorder")
        self._read: dict[Storage, Array] = {}

    def check(self, store: Storage, name: str) -> None:
        """Raises FormatError unless the archive holds the numbers of a storage. `name` is that of the tensor."""
        entry = self._entry(store)
        if entry not in self._archive or self._archive.size(entry) != store.size * BITS[store.kind] // 8:
            message = f"the numbers of {quoted(name)} are missing, or fewer or more than the file says"
            raise refusal("bad-pytorch", message, "the file is damaged or cut off", where=name)

    def numbers(self, store: Storage) -> Array:
        """All numbers of a storage that was checked."""
        if store not in self._read:
            self._read[store] = decode(self._archive.read(self._entry(store)), store.kind, (store.size,), big=self._big)
        return self._read[store]

    def _entry(self, store: Storage) -> str:
        return f"{self._folder}data/{store.key}"


def _is_big(archive: Archive, entry: str) -> bool:
    if entry not in archive:
        return False
    order = _ORDERS.get(archive.read(entry)) if archive.size(entry) < 10 else None
    if order is None:
        raise refusal("bad-pytorch", "the byte order in the file is neither little nor big", "the file is damaged")
    return order


def _tensors(root: Any, limits: Limits) -> Iterator[tuple[str, Tensor | Unread]]:
    """Every tensor with its keys, in the file's order, containers within containers, each container once."""
    if isinstance(root, Tensor | Unread):
        yield "tensor", root
        return
    if type(root) is not dict:
        raise refusal("no-state-dict", "the file holds no dictionary of tensors", _SAVE)
    seen = {id(root)}
    waiting = [_children("", root)]
    while waiting:
        name, value = next(waiting[-1], (None, None))
        if name is None:
            waiting.pop()
        elif isinstance(value, Tensor | Unread):
            yield name, value
        elif type(value) in (dict, list, tuple) and id(value) not in seen:
            seen.add(id(value))
            limits.check("depth", len(waiting))
            waiting.append(_children(name, value))


_SAVE = "save with torch.save(model.state_dict(), path)"
_LONGEST_NAME = 1000


def _children(name: str, value: Any) -> Iterator[tuple[str, Any]]:
    pairs = value.items() if type(value) is dict else enumerate(value)
    for key, child in pairs:
        full = f"{name}.{key}" if name else str(key)
        if len(full) > _LONGEST_NAME:
            raise broken("a tensor has a name of more than 1,000 characters")
        yield full, child


def _stored(name: str, tensor: Tensor | Unread, storages: _Storages) -> Stored:
    if isinstance(tensor, Unread):
        return Stored(name, "", (), None, tensor.why)
    kind = tensor.storage.kind
    why = why_not(kind)
    if why:
        return Stored(name, kind, tensor.shape, None, why)
    storages.check(tensor.storage, name)

    def read() -> Array:
        numbers = storages.numbers(tensor.storage)
        steps = [step * numbers.itemsize for step in tensor.strides]
        view = as_strided(numbers[tensor.offset :], tensor.shape, steps, writeable=False)
        return np.ascontiguousarray(view).reshape(tensor.shape)

    return Stored(name, kind, tensor.shape, read)
