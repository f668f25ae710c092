"""safetensors: read as the specification says, written as the official writer writes."""

from __future__ import annotations

import json
import struct

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.formats.files.limits import Limits
from app.formats.files.problems import FormatError
from app.formats.files.safetensors import looks_like_safetensors, read_safetensors, write_safetensors
from tests.formats.files.samples import is_weights, mutated, refused, said, sample

TWO = {
    "a": {"dtype": "F32", "shape": [2], "data_offsets": [0, 8]},
    "b": {"dtype": "I64", "shape": [], "data_offsets": [8, 16]},
}


def made(header: object, body: bytes = bytes(16), *, length: int | None = None) -> bytes:
    text = header if isinstance(header, bytes) else json.dumps(header).encode()
    return struct.pack("<Q", len(text) if length is None else length) + text + body


def test_what_the_library_wrote() -> None:
    found = read_safetensors(sample("torch.safetensors"))
    assert found.metadata == {"format": "pt"}
    assert len(found.arrays) == 37
    for each in found.arrays:
        assert each.dtype == "F64"
        assert each.read is not None
        assert is_weights(each.read(), each.name, np.float64), each.name


def test_our_bytes_are_those_of_the_official_writer() -> None:
    """Header, order, padding: the sample was written by the library itself."""
    data = sample("torch.safetensors")
    arrays = {each.name: each.read() for each in read_safetensors(data).arrays if each.read is not None}
    assert write_safetensors(arrays, {"format": "pt"}) == data


def test_kinds_of_other_numbers_are_listed() -> None:
    found = {each.name: each for each in read_safetensors(made({**TWO, "__metadata__": {"x": "y"}})).arrays}
    assert (found["b"].why, found["b"].shape, found["b"].read) == ("whole numbers, no weights", (), None)
    assert found["a"].read is not None
    assert found["a"].read().tolist() == [0, 0]


def changed(name: str, **fields: object) -> bytes:
    return made({**TWO, name: {**TWO[name], **fields}})


WRONG = [
    (b"", "the file is shorter than the length of its header"),
    (b"1234567", "the file is shorter than the length of its header"),
    (made(TWO, length=10**6), "the header is longer than the file"),
    (made(TWO, length=2**64 - 1), "the header is longer than the file"),
    (made(b" {}", b""), "the header does not begin with {"),
    (made(b"{]", b""), "the header is not valid JSON"),
    (made(b'{"a": 1, "a": 2}', b""), "the header has the key 'a' twice"),
    (made(b"{}"), "there are bytes at the end that belong to no array"),
    (made({**TWO, "__metadata__": {"a": 1}}), "__metadata__ is not a table of texts"),
    (made({**TWO, "__metadata__": ["a"]}), "__metadata__ is not a table of texts"),
    (made({"a": 3}), "the entry of 'a' does not hold dtype, shape and data_offsets, and nothing else"),
    (changed("a", extra=1), "the entry of 'a' does not hold dtype, shape and data_offsets, and nothing else"),
    (changed("a", dtype="F31"), "'a' has a dtype that safetensors does not know"),
    (changed("a", dtype=[]), "'a' has a dtype that safetensors does not know"),
    (changed("a", shape=[-2]), "'a' has a shape that no array can have: '[-2]'"),
    (changed("a", shape=[2.0]), "'a' has a shape that no array can have"),
    (changed("a", data_offsets=None), "the data_offsets of 'a' are not two whole numbers"),
    (changed("a", data_offsets="08"), "the data_offsets of 'a' are not two whole numbers"),
    (changed("a", data_offsets=[0]), "the data_offsets of 'a' are not two whole numbers"),
    (changed("a", data_offsets=[0, 8.0]), "the data_offsets of 'a' are not two whole numbers"),
    (changed("a", data_offsets=[True, 8]), "the data_offsets of 'a' are not two whole numbers"),
    (changed("a", data_offsets=[8, 0]), "the data_offsets of 'a' lie outside the file"),
    (changed("a", data_offsets=[-8, 0]), "the data_offsets of 'a' lie outside the file"),
    (changed("a", data_offsets=[10**30, 10**30 + 8]), "the data_offsets of 'a' lie outside the file"),
    (changed("a", shape=[3]), "the data_offsets of 'a' do not fit its shape and dtype"),
    (changed("a", shape=[2**40, 2**40]), "the data_offsets of 'a' do not fit its shape and dtype"),
    (changed("b", data_offsets=[4, 12]), "the bytes of 'b' overlap those of another array"),
    (made({"b": TWO["b"]}), "there are bytes before 'b' that belong to no array"),
]


@pytest.mark.parametrize(("data", "message"), WRONG, ids=[message for _, message in WRONG])
def test_what_is_refused(data: bytes, message: str) -> None:
    assert said(refused(read_safetensors, data)).startswith(f"{message} | the file is damaged")


def test_limits() -> None:
    data = made(TWO)
    assert refused(read_safetensors, data, Limits(arrays=1)).code == "over-limit"
    assert refused(read_safetensors, data, Limits(header_bytes=20)).code == "over-limit"


def test_every_shorter_file_is_refused() -> None:
    data = sample("half.safetensors")
    for size in range(len(data)):
        with pytest.raises(FormatError):
            read_safetensors(data[:size])


@settings(max_examples=300, deadline=None)
@given(mutated(sample("half.safetensors")))
def test_damaged_files_are_read_or_refused(data: bytes) -> None:
    try:
        for each in read_safetensors(data).arrays:
            if each.read is not None:
                assert each.read().shape == each.shape
    except FormatError as error:
        assert all(each.hint for each in error.problems)


NAMES = st.text(st.characters(codec="utf-8"), max_size=12).filter(lambda name: name != "__metadata__")
SHAPES = st.lists(st.integers(0, 3), max_size=3)


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(NAMES, st.tuples(st.sampled_from(["f4", "f8"]), SHAPES), max_size=5), st.data())
def test_what_is_written_is_read(arrays: dict[str, tuple[str, list[int]]], data: st.DataObject) -> None:
    given = {}
    for name, (dtype, shape) in arrays.items():
        numbers = data.draw(st.lists(st.floats(width=32), min_size=int(np.prod(shape)), max_size=int(np.prod(shape))))
        given[name] = np.array(numbers, dtype).reshape(shape)
    written = write_safetensors(given, {"made by": "us"})
    assert looks_like_safetensors(written)
    found = read_safetensors(written)
    assert found.metadata == {"made by": "us"}
    assert {each.name for each in found.arrays} == set(given)
    for each in found.arrays:
        assert each.read is not None
        assert each.read().dtype == given[each.name].dtype
        np.testing.assert_array_equal(each.read(), given[each.name])
    assert write_safetensors(dict(reversed(given.items())), {"made by": "us"}) == written


def test_other_layouts_of_memory_are_written_in_order() -> None:
    turned = np.arange(6.0).reshape(2, 3).T[::-1]
    (found,) = read_safetensors(write_safetensors({"a": turned.astype(">f8")})).arrays
    assert found.read is not None
    np.testing.assert_array_equal(found.read(), turned)
