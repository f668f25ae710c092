"""Pickles as data: plain values come out as Python's own reader gives them, and nothing is ever called."""

from __future__ import annotations

import collections
import os
import pickle
import struct
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.formats.files.limits import LIMITS, MIB, Limits
from app.formats.files.pickle import Name, read_pickle
from app.formats.files.problems import FormatError
from tests.formats.files.samples import mutated, refused, said, traced

HINT = "save again with torch.save(model.state_dict(), path), or better as safetensors"


class Names:
    """Allows names of the module `good`, and keeps what was built and referred to as it is."""

    def check(self, name: Name) -> None:
        if name.module != "good":
            raise AssertionError(f"named {name}")

    def build(self, name: Name, arguments: tuple[Any, ...]) -> Any:
        return ("built", str(name), arguments)

    def outside(self, given: Any) -> Any:
        return ("outside", given)


def value(data: bytes, limits: Limits = LIMITS) -> Any:
    return read_pickle(data, Names(), limits)


PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**200), 2**200) | st.floats(allow_nan=False) | st.text(max_size=8)
    | st.binary(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4) | st.integers(), inner, max_size=4)
    | st.tuples(inner) | st.tuples(inner, inner, inner, inner),
    max_leaves=20,
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(PLAIN, st.integers(3, 5))
def test_plain_values_are_those_that_python_reads(data: Any, protocol: int) -> None:
    assert value(pickle.dumps(data, protocol)) == data


def test_values_of_protocol_2() -> None:
    data = {"a": [1, 256, 70_000, -1, 2**40, 1.5, None, True, False, "x", (), (1,), (1, 2), (1, 2, 3), (1, 2, 3, 4)]}
    assert value(pickle.dumps(data, 2)) == data


def test_names_stay_names_and_calls_are_only_told() -> None:
    assert value(b"\x80\x02cgood\nthing\n.") == Name("good", "thing")
    assert value(b"\x80\x02cgood\nthing\nK\x01K\x02\x86R.") == ("built", "good.thing", (1, 2))
    assert value(b"\x80\x04\x8c\x04good\x8c\x05thing\x93)R.") == ("built", "good.thing", ())
    assert value(b"\x80\x02K\x07Q.") == ("outside", 7)
    assert value(b"\x80\x02cgood\nthing\n)R}b.") == ("built", "good.thing", ()), "attributes are left out"


class Caller:
    """Runs a command when Python unpickles it."""

    def __init__(self, command: str) -> None:
        self.command = command

    def __reduce__(self) -> tuple[object, ...]:
        return os.system, (self.command,)


@pytest.mark.parametrize("protocol", range(6))
def test_a_command_is_not_run(tmp_path: Path, protocol: int) -> None:
    trace = tmp_path / "run"
    data = pickle.dumps({"weights": Caller(f"touch {trace}")}, protocol)
    with pytest.raises((AssertionError, FormatError), match=r"named|cannot be read"):
        value(data)
    assert not trace.exists()
    pickle.loads(data)
    assert trace.exists(), "the file would have run it, so the test means something"


CALLS = {
    "global": b"cos\nsystem\nX\x02\x00\x00\x00id\x85R.",
    "stack global": b"\x8c\x02os\x8c\x06system\x93\x8c\x02id\x85R.",
    "eval": b"cbuiltins\neval\nX\x01\x00\x00\x001\x85R.",
    "getattr chain": b"cbuiltins\ngetattr\nX\x02\x00\x00\x00os\x85R.",
}
OPERATIONS = {
    "inst": b"(X\x02\x00\x00\x00idios\nsystem\n.",
    "obj": b"(cgood\nthing\nX\x02\x00\x00\x00ido.",
    "newobj": b"cgood\nthing\n)\x81.",
    "newobj_ex": b"cgood\nthing\n)}\x92.",
    "ext1": b"\x82\x01.",
    "ext4": b"\x84\x01\x00\x00\x00.",
    "persid": b"Pfile:///etc/passwd\n.",
    "long4": b"\x8b\xff\xff\xff\x7f.",
    "text integer": b"I1\n.",
    "dup": b"}2.",
    "buffer": b"\x97.",
}


@pytest.mark.parametrize("name", CALLS)
def test_every_name_is_checked_when_it_is_met(name: str) -> None:
    with pytest.raises(AssertionError, match=r"named (os|builtins)"):
        value(b"\x80\x04" + CALLS[name])


@pytest.mark.parametrize("name", OPERATIONS)
def test_operations_beyond_plain_data(name: str) -> None:
    problem = refused(value, b"\x80\x02" + OPERATIONS[name])
    assert problem.message.startswith("the pickled part of the file cannot be read: it uses an operation (0x")
    assert problem.hint == HINT


WRONG = {
    b"": "it is damaged or cut off",
    b"\x80": "it is damaged or cut off",
    b"\x80\x02": "it is damaged or cut off",
    b"\x80\x02X\xff\xff\xff\xffab.": "it is damaged or cut off",
    b"\x80\x04\x8d\xff\xff\xff\xff\xff\xff\xff\xffab.": "it is damaged or cut off",
    b"\x80\x02X\x02\x00\x00\x00\xff\xfe.": "it is damaged or cut off",
    b"\x80\x02X\x03\x00\x00\x00\xed\xa0\x80.": "it is damaged or cut off",
    b"\x80\x02cgood": "it is damaged or cut off",
    b"\x80\x02cgood\nthing": "it is damaged or cut off",
    b"\x80\x02cgood\n" + b"x" * 1001 + b"\n.": "it is damaged or cut off",
    b"\x80\x02t.": "it is damaged or cut off",
    b"\x80\x02R.": "it is damaged or cut off",
    b"\x80\x02q\x00.": "it is damaged or cut off",
    b"\x80\x01}.": "its protocol is not one that is read",
    b"\x80\x06}.": "its protocol is not one that is read",
    b"\x80\x02.": "it does not end with one value",
    b"\x80\x02}}.": "it does not end with one value",
    b"\x80\x02(}.": "it does not end with one value",
    b"\x80\x02\x8a\x21" + bytes(33) + b".": "it holds a whole number of more digits than any size has",
    b"\x80\x02}]a.": "it appends to something that is no list",
    b"\x80\x02}(Ne.": "it appends to something that is no list",
    b"\x80\x02]NNs.": "it sets keys of something that is no dictionary",
    b"\x80\x02}(Nu.": "it sets keys of something that is no dictionary",
    b"\x80\x02}]Ns.": "a dictionary has a key that is neither text nor number",
    b"\x80\x02})Ns.": "a dictionary has a key that is neither text nor number",
    b"\x80\x02h\x05.": "it refers to something that it has not made",
    b"\x80\x02j\xff\xff\xff\xff.": "it refers to something that it has not made",
    b"\x80\x04\x8c\x04goodN\x93.": "it names something by what is no text",
    b"\x80\x04N\x8c\x04good\x93.": "it names something by what is no text",
    b"\x80\x04NN\x93.": "it names something by what is no text",
    b"\x80\x02N)R.": "it calls something that is no name",
    b"\x80\x02cgood\nthing\nNR.": "it calls something that is no name",
    b"\x80\x02cgood\nthing\n}b.": "it gives attributes to a name",
}


@pytest.mark.parametrize("data", WRONG, ids=repr)
def test_what_makes_no_sense(data: bytes) -> None:
    assert said(refused(value, data)) == f"the pickled part of the file cannot be read: {WRONG[data]} | {HINT}"


def test_every_shorter_pickle_is_refused() -> None:
    data = pickle.dumps({"a": [1.5, (2, "x")], "b": {"c": None}}, 2)
    for size in range(len(data)):
        refused(value, data[:size])


def test_a_memo_at_a_far_place_takes_no_memory() -> None:
    """Python's own reader would make room for four thousand million values."""
    with traced() as peak:
        assert value(b"\x80\x02}r\xff\xff\xff\xff.") == {}
    assert peak[0] < MIB


def test_deep_values_need_no_deep_stack() -> None:
    found = value(b"\x80\x02)" + b"\x85" * 290_000 + b".")
    depth = 0
    while found:
        (found,) = found
        depth += 1
    assert depth == 290_000


def test_many_open_marks() -> None:
    assert refused(value, b"\x80\x02" + b"(" * 290_000 + b".").code == "bad-pickle"


def test_operations_and_bytes_are_bounded() -> None:
    start = time.monotonic()
    with traced() as peak:
        problem = refused(value, b"\x80\x02" + b"]" * 5_000_000)
    assert problem.message == "the file is made of 400,001 parts: the limit is 400,000"
    assert peak[0] < 64 * MIB
    assert time.monotonic() - start < 20
    assert refused(value, bytes(9 * MIB)).message == "the pickled part of the file takes 9 MiB: the limit is 8 MiB"


def test_shared_and_circular_values_are_made_once() -> None:
    """The laughs: ten lists of ten references each are a hundred places, not ten thousand million values."""
    body = b"]q\x00" + b"".join(b"](" + (b"h" + bytes([n])) * 10 + b"eq" + bytes([n + 1]) for n in range(10))
    with traced() as peak:
        found = value(b"\x80\x02(" + body + b"t.")
    assert peak[0] < MIB
    assert len(found) == 11
    circle = value(b"\x80\x02]q\x00h\x00a.")
    assert circle[0] is circle


SAMPLE = pickle.dumps(collections.OrderedDict(a=[1, 2.5, ("x", None)], b={"c": True}), 2).replace(
    b"ccollections\nOrderedDict\n", b"cgood\nthing\n"
)


@settings(max_examples=400, deadline=None)
@given(mutated(SAMPLE) | st.binary(max_size=60).map(lambda data: b"\x80\x02" + data))
def test_damaged_pickles_are_read_or_refused(data: bytes) -> None:
    class Quiet(Names):
        def check(self, name: Name) -> None: ...

    try:
        read_pickle(data, Quiet(), LIMITS)
    except FormatError as error:
        assert all(each.hint for each in error.problems)


def test_floats_are_big_endian() -> None:
    assert value(b"\x80\x02G" + struct.pack(">d", 1.5) + b".") == 1.5
