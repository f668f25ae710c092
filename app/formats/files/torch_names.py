"""The names that a PyTorch state dict is pickled with, and what each stands for here."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from .pickle import Name, broken, plain_key
from .problems import FormatError, quoted, refusal


@dataclass(frozen=True, slots=True)
class Storage:
    """A run of numbers in the archive: `kind` as in `numbers` ("" for others), `key` of the entry, how many."""

    kind: str
    key: str
    size: int


@dataclass(frozen=True, slots=True)
class Tensor:
    """A view into a storage: which numbers, in steps of `strides`."""

    storage: Storage
    offset: int
    shape: tuple[int, ...]
    strides: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Unread:
    """A tensor of a sort that is not read, and why."""

    why: str


STORAGES = {
    "DoubleStorage": "F64", "FloatStorage": "F32", "HalfStorage": "F16", "BFloat16Storage": "BF16",
    "LongStorage": "I64", "IntStorage": "I32", "ShortStorage": "I16", "CharStorage": "I8", "ByteStorage": "U8",
    "BoolStorage": "BOOL", "ComplexFloatStorage": "C64", "ComplexDoubleStorage": "C128",
}  # fmt: skip
_ADVICE = "in Python, load it where it was made and run: torch.save(model.state_dict(), 'weights.pt')"
_KINDS = re.compile(r"(b?float|u?int|q?u?int|complex|bool|half|double|long|short|bits)\w*|per_(tensor|channel)_\w+")
_KEY = re.compile(r"[0-9]{1,12}")
_MOST_AXES = 32
_LARGEST = 2**48


class StateDict:
    """The meaning of a state dict's pickle."""

    def check(self, name: Name) -> None:
        """Raises FormatError for a name that no state dict needs: those are all that could run something."""
        if name in _KNOWN or _is_rebuilding(name):
            return
        if name.module != "torch" or not (name.name.endswith("Storage") or _KINDS.fullmatch(name.name)):
            raise _refused(name)

    def build(self, name: Name, arguments: tuple[Any, ...]) -> Any:
        """A dictionary, a tensor, a size; `Unread` for tensors of other sorts.

        Raises FormatError for names that are no functions, and arguments that do not belong to them.
        """
        made = _BUILT.get(name)
        if made is None and _is_rebuilding(name):
            return Unread(f"a tensor of a sort that is not read ({name.name.removeprefix('_rebuild_')[:40]})")
        try:
            return (made or _nothing)(*arguments)
        except TypeError:
            raise broken(f"{quoted(name)} stands with arguments that do not belong to it") from None

    def outside(self, given: Any) -> Storage:
        """The storage that an id ("storage", type, key, device, size) refers to.

        Raises FormatError for any other id.
        """
        if type(given) is not tuple or len(given) != 5 or given[0] != "storage":
            raise broken("it refers to something outside that is no storage")
        _, kind, key, _, size = given
        if type(kind) is not Name or type(key) is not str or not _KEY.fullmatch(key):
            raise broken("it refers to a storage in a way that PyTorch does not")
        if type(size) is not int or not 0 <= size < _LARGEST:
            raise broken("it refers to a storage of a size that none can have")
        return Storage(STORAGES.get(kind.name, ""), key, size)


def _is_rebuilding(name: Name) -> bool:
    return name.module == "torch._utils" and name.name.startswith("_rebuild_")


def _refused(name: Name) -> FormatError:
    """The refusal of a name: a whole module was saved, or something else that only running code could bring back."""
    if name.module == "torch.nn" or name.module.startswith(("torch.nn.", "__main__", "__torch__")):
        message = f"the file holds a whole module ({quoted(name)}), and only running its code could bring that back"
        return refusal("whole-module", message, _ADVICE, name=str(name)[:80])
    message = f"the file names {quoted(name)}, which no state dict needs; it was not run"
    return refusal("forbidden-name", message, f"if you trust the file: {_ADVICE}", name=str(name)[:80])


def _tensor(store: Any, offset: Any, shape: Any, strides: Any, *_: Any) -> Tensor:
    if type(store) is not Storage:
        raise broken("a tensor has no storage")
    sizes, steps = _whole(shape), _whole(strides)
    if type(offset) is not int or not 0 <= offset < _LARGEST or len(sizes) != len(steps):
        raise broken("a tensor has a place in its storage that none can have")
    last = offset + sum((size - 1) * step for size, step in zip(sizes, steps, strict=True))
    if 0 not in sizes and last >= store.size:
        raise broken("a tensor reaches beyond its storage")
    return Tensor(store, offset, sizes, steps)


def _whole(given: Any) -> tuple[int, ...]:
    if type(given) is not tuple or len(given) > _MOST_AXES:
        raise broken("a tensor has a shape that none can have")
    if not all(type(each) is int and 0 <= each < _LARGEST for each in given):
        raise broken("a tensor has a shape or steps that none can have")
    return given


def _untyped(*_: Any) -> Unread:
    return Unread("a kind of numbers that is not read")


def _parameter(data: Any, *_: Any) -> Any:
    if type(data) not in (Tensor, Unread):
        raise broken("a parameter holds no tensor")
    return data


def _dictionary(pairs: Any = ()) -> dict[Any, Any]:
    if type(pairs) not in (list, tuple) or not all(type(each) in (list, tuple) and len(each) == 2 for each in pairs):
        raise broken("a dictionary is made of what are no pairs")
    return {plain_key(key): value for key, value in pairs}


def _with_default(_factory: Any = None, *_: Any) -> dict[Any, Any]:
    return {}


def _collection(values: Any = ()) -> tuple[Any, ...]:
    if type(values) not in (list, tuple):
        raise broken("a set or a size is made of what is no list")
    return tuple(values)


def _word(*_: Any) -> str:
    return ""


def _nothing(*_: Any) -> Any:
    raise broken("it calls something that is no function")


_BUILT: dict[Name, Callable[..., Any]] = {
    Name("collections", "OrderedDict"): _dictionary,
    Name("collections", "defaultdict"): _with_default,
    Name("__builtin__", "set"): _collection,
    Name("builtins", "set"): _collection,
    Name("torch", "Size"): _collection,
    Name("torch", "device"): _word,
    Name("torch.serialization", "_get_layout"): _word,
    Name("torch._utils", "_rebuild_tensor"): _tensor,
    Name("torch._utils", "_rebuild_tensor_v2"): _tensor,
    Name("torch._utils", "_rebuild_tensor_v3"): _untyped,
    Name("torch._utils", "_rebuild_parameter"): _parameter,
    Name("torch._utils", "_rebuild_parameter_with_state"): _parameter,
}
#: names that may stand there; those that are not built stay names
_KNOWN = {
    *_BUILT,
    Name("torch.storage", "UntypedStorage"),
    *(Name(module, word) for module in ("__builtin__", "builtins") for word in ("list", "dict", "int", "float")),
}
