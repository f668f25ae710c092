"""What the names in a state dict's pickle stand for, and that no other name is let in."""

from __future__ import annotations

from typing import Any

import pytest

from app.formats.files.limits import LIMITS
from app.formats.files.pickle import Name, read_pickle
from app.formats.files.torch_names import STORAGES, StateDict, Storage, Tensor, Unread
from tests.formats.files.pickles import called, group, name, storage, tensor, text, whole
from tests.formats.files.samples import refused, said

ADVICE = "in Python, load it where it was made and run: torch.save(model.state_dict(), 'weights.pt')"
LARGE = b"\x8a\x20" + b"\xff" * 31 + b"\x7f"


def value(body: bytes) -> Any:
    return read_pickle(b"\x80\x02" + body + b".", StateDict(), LIMITS)


def test_a_tensor() -> None:
    assert value(tensor()) == Tensor(Storage("F32", "0", 6), 0, (2, 3), (3, 1))
    old = called("torch._utils", "_rebuild_tensor", storage(), whole(1), group(whole(2)), group(whole(1)))
    assert value(old) == Tensor(Storage("F32", "0", 6), 1, (2,), (1,))
    for wrapper in ("_rebuild_parameter", "_rebuild_parameter_with_state"):
        assert value(called("torch._utils", wrapper, tensor(), b"\x88", b"}")) == value(tensor())


@pytest.mark.parametrize("kind", STORAGES)
def test_storages(kind: str) -> None:
    assert value(storage(kind, "12", 3)) == Storage(STORAGES[kind], "12", 3)
    assert value(storage("QInt8Storage", "1", 3)).kind == ""


def test_other_sorts_of_tensors_are_known_and_not_read() -> None:
    assert value(called("torch._utils", "_rebuild_sparse_tensor", b"N")) == Unread(
        "a tensor of a sort that is not read (sparse_tensor)"
    )
    assert value(called("torch._utils", "_rebuild_tensor_v3", b"N", b"N")) == Unread(
        "a kind of numbers that is not read"
    )
    assert value(called("torch._utils", "_rebuild_parameter", called("torch._utils", "_rebuild_qtensor"))) == Unread(
        "a tensor of a sort that is not read (qtensor)"
    )


def test_plain_things_beside_tensors() -> None:
    assert value(called("collections", "OrderedDict")) == {}
    assert value(called("collections", "OrderedDict", b"](" + group(text("a"), whole(1)) + b"e")) == {"a": 1}
    assert value(called("collections", "defaultdict", name("__builtin__", "list"))) == {}
    assert value(called("__builtin__", "set", b"](" + text("a") + b"e")) == ("a",)
    assert value(called("torch", "Size", group(whole(2), whole(3)))) == (2, 3)
    assert value(called("torch", "device", text("cuda"), whole(0))) == ""
    assert value(name("torch", "float32")) == Name("torch", "float32")


FORBIDDEN = [
    ("mine", "FloatStorage"), ("mine", "float32"),
    ("os", "system"), ("posix", "system"), ("nt", "system"), ("subprocess", "Popen"), ("builtins", "eval"),
    ("builtins", "exec"), ("builtins", "getattr"), ("builtins", "__import__"), ("__builtin__", "eval"),
    ("__builtin__", "apply"), ("functools", "partial"), ("operator", "attrgetter"), ("importlib", "import_module"),
    ("copyreg", "_reconstructor"), ("pickle", "loads"), ("torch", "load"), ("torch.serialization", "load"),
    ("torch.hub", "load"), ("torch.storage", "_load_from_bytes"), ("torch.jit", "load"), ("torch._utils", "eval"),
    ("torch", "_utils._rebuild_tensor_v2"), ("numpy", "load"), ("numpy._core.multiarray", "scalar"), ("_codecs", "encode"),
    ("collections", "Counter"), ("collections", "OrderedDict.__init__"), ("app.cli", "main"), ("", ""), ("torch", ""),
    ("torch.storage", "UntypedStorage.from_file"), ("runpy", "run_path"), ("webbrowser", "open"), ("argparse", "Namespace"),
]  # fmt: skip


@pytest.mark.parametrize(("module", "word"), FORBIDDEN)
def test_names_that_are_let_in_nowhere(module: str, word: str) -> None:
    problem = refused(value, name(module, word))
    assert problem.code == "forbidden-name"
    assert said(problem) == (
        f"the file names '{module}.{word}', which no state dict needs; it was not run | if you trust the file: {ADVICE}"
    )
    assert refused(value, text(module) + text(word) + b"\x93").code == "forbidden-name"


@pytest.mark.parametrize(
    ("module", "word"),
    [("torch.nn.modules.rnn", "LSTM"), ("torch.nn", "LSTM"), ("__main__", "Net"), ("__torch__.net", "Net")],
)
def test_whole_modules(module: str, word: str) -> None:
    problem = refused(value, name(module, word) + b")\x81")
    assert problem.code == "whole-module"
    assert said(problem) == (
        f"the file holds a whole module ('{module}.{word}'), and only running its code could bring that back | {ADVICE}"
    )


UNFIT = [
    (called("torch", "float32"), "it calls something that is no function"),
    (called("__builtin__", "list"), "it calls something that is no function"),
    (called("torch", "FloatStorage", whole(3)), "it calls something that is no function"),
    (called("torch._utils", "_rebuild_tensor_v2"), "'torch._utils._rebuild_tensor_v2' stands with arguments that"),
    (called("torch._utils", "_rebuild_parameter"), "'torch._utils._rebuild_parameter' stands with arguments that"),
    (called("torch._utils", "_rebuild_parameter", b"N"), "a parameter holds no tensor"),
    (called("collections", "OrderedDict", whole(1)), "a dictionary is made of what are no pairs"),
    (called("collections", "OrderedDict", group(group(whole(1)))), "a dictionary is made of what are no pairs"),
    (called("collections", "OrderedDict", group(group(b"]", b"N"))), "a dictionary has a key that is neither text nor number"),
    (called("torch", "Size", whole(1)), "a set or a size is made of what is no list"),
    (called("torch._utils", "_rebuild_tensor_v2", storage(), whole(0), b"]", b")"), "a tensor has a shape that none can have"),
    (tensor(store=b"N"), "a tensor has no storage"),
    (tensor(shape=(2,), strides=(1, 1)), "a tensor has a place in its storage that none can have"),
    (tensor(offset=-1), "a tensor has a place in its storage that none can have"),
    (tensor(offset=b"N"), "a tensor has a place in its storage that none can have"),
    (tensor(offset=LARGE), "a tensor has a place in its storage that none can have"),
    (tensor(offset=1), "a tensor reaches beyond its storage"),
    (tensor(shape=(2, 4)), "a tensor reaches beyond its storage"),
    (tensor(shape=(2**40, 2**40), strides=(1, 1)), "a tensor reaches beyond its storage"),
    (tensor(strides=(4, 1)), "a tensor reaches beyond its storage"),
    (tensor(strides=(-3, 1)), "a tensor has a shape or steps that none can have"),
    (tensor(shape=(2, -3)), "a tensor has a shape or steps that none can have"),
    (tensor(shape=(2, LARGE)), "a tensor has a shape or steps that none can have"),
    (tensor(shape=(b"G" + bytes(8), 3)), "a tensor has a shape or steps that none can have"),
    (tensor(shape=(b"\x88", 3)), "a tensor has a shape or steps that none can have"),
    (tensor(shape=(1,) * 33, strides=(1,) * 33), "a tensor has a shape that none can have"),
    (b"NQ", "it refers to something outside that is no storage"),
    (b"]Q", "it refers to something outside that is no storage"),
    (text("storage") + b"Q", "it refers to something outside that is no storage"),
    (group(text("storage")) + b"Q", "it refers to something outside that is no storage"),
    (group(text("module"), b"N", b"N", b"N", b"N") + b"Q", "it refers to something outside that is no storage"),
    (group(text("storage"), b"N", text("0"), b"N", whole(1)) + b"Q", "it refers to a storage in a way that PyTorch does not"),
    (group(text("storage"), name("torch", "FloatStorage"), whole(0), b"N", whole(1)) + b"Q", "it refers to a storage in a way"),
    (storage(key="../0"), "it refers to a storage in a way that PyTorch does not"),
    (storage(key="0\n"), "it refers to a storage in a way that PyTorch does not"),
    (storage(key="٣"), "it refers to a storage in a way that PyTorch does not"),
    (storage(size=-1), "it refers to a storage of a size that none can have"),
    (storage(size=LARGE), "it refers to a storage of a size that none can have"),
    (storage(size=b"\x88"), "it refers to a storage of a size that none can have"),
]  # fmt: skip


@pytest.mark.parametrize(("body", "message"), UNFIT, ids=[str(number) for number in range(len(UNFIT))])
def test_what_does_not_fit(body: bytes, message: str) -> None:
    assert refused(value, body).message.startswith(f"the pickled part of the file cannot be read: {message}")
