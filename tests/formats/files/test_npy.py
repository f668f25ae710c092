"""NumPy's array files, compared with NumPy itself."""

from __future__ import annotations

import io
import struct

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis.extra import numpy as arrays

from app.formats.files.limits import LIMITS
from app.formats.files.npy import MAGIC, read_npy, write_npy
from app.formats.files.problems import FormatError
from tests.formats.files.samples import mutated, refused, said


def saved(array: object, *, pickled: bool = False) -> bytes:
    out = io.BytesIO()
    np.save(out, array, allow_pickle=pickled)
    return out.getvalue()


def headed(text: str | bytes, body: bytes = b"", version: int = 1) -> bytes:
    text = text.encode("latin-1") if isinstance(text, str) else text
    return MAGIC + bytes([version, 0]) + struct.pack("<H" if version == 1 else "<I", len(text)) + text + body


FLOATS = arrays.arrays(
    arrays.floating_dtypes(sizes=(16, 32, 64)), arrays.array_shapes(min_dims=0, max_dims=3, min_side=0, max_side=3)
)


@settings(max_examples=80, deadline=None)
@given(FLOATS)
def test_numpys_files_are_read(array: np.ndarray[tuple[int, ...], np.dtype[np.floating]]) -> None:
    for given_array in (array, np.asfortranarray(array)):
        found = read_npy("a", saved(given_array), LIMITS)
        assert found.read is not None
        assert found.shape == given_array.shape
        assert found.read().dtype == (np.float64 if array.dtype.itemsize == 8 else np.float32)
        np.testing.assert_array_equal(found.read(), array)


@settings(max_examples=40, deadline=None)
@given(FLOATS)
def test_our_files_are_numpys(array: np.ndarray[tuple[int, ...], np.dtype[np.floating]]) -> None:
    wide = array.astype("<f4" if array.dtype.itemsize < 8 else "<f8")
    assert write_npy(wide) == saved(np.ascontiguousarray(wide).reshape(wide.shape))


@pytest.mark.parametrize(
    ("array", "why"),
    [
        (np.array([1, 2]), "whole numbers, no weights"),
        (np.array([True]), "whole numbers, no weights"),
        (np.array([1j]), "no real numbers"),
        (np.array(["a"]), "no plain numbers"),
        (np.array([(1, 2.0)], [("a", "i4"), ("b", "f8")]), "no plain numbers"),
        (np.array([(1,)], [("Only", "i4")]), "no plain numbers"),
        (np.array([0], "M8[s]"), "no plain numbers"),
    ],
)
def test_other_arrays_are_listed(array: object, why: str) -> None:
    found = read_npy("a", saved(array), LIMITS)
    assert (found.why, found.read) == (why, None)


def test_objects_are_listed_and_never_unpickled(capsys: pytest.CaptureFixture[str]) -> None:
    class Caller:
        def __reduce__(self) -> tuple[object, ...]:
            return print, ("called",)

    found = read_npy("a", saved(np.array([Caller()], object), pickled=True), LIMITS)
    assert (found.read, found.dtype) == (None, "object")
    assert found.why == "Python objects, which only running the file's own instructions would bring back"
    assert capsys.readouterr().out == ""


GOOD = "{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }"
WRONG = [
    (b"", "it does not begin as NumPy's files do"),
    (b"hello, world", "it does not begin as NumPy's files do"),
    (MAGIC, "it does not begin as NumPy's files do"),
    (MAGIC + b"\x07\x00" + bytes(20), "its version, 7, is not one that NumPy writes"),
    (MAGIC + b"\x01\x00\x05", "its header is cut off"),
    (headed(GOOD)[:-3], "its header is cut off"),
    (MAGIC + b"\x02\x00\xff\xff\xff\xff", "its header is longer than 10,000 bytes"),
    (headed("x" * 10_001, version=2), "its header is longer than 10,000 bytes"),
    (headed(""), "its header is not one that NumPy writes"),
    (headed("{}"), "its header is not one that NumPy writes"),
    (headed(GOOD + "}"), "its header is not one that NumPy writes"),
    (headed(GOOD.replace("shape", "sharp")), "its header is not one that NumPy writes"),
    (headed(GOOD.replace("False", "None")), "its header is not one that NumPy writes"),
    (headed(GOOD.replace("(2,)", "__import__('os').getcwd()")), "its header is not one that NumPy writes"),
    (headed(GOOD.replace("(2,)", "(2, 'a')")), "its header is not one that NumPy writes"),
    (headed(GOOD.replace("'<f4'", "'<f4', 'descr': '<f8'")), "its header is not one that NumPy writes"),
    (headed("{" + "(" * 9_000), "its header is not one that NumPy writes"),
    (headed(GOOD.replace("<f4", "<f3")), "its kind of numbers, '<f3', is not one that NumPy knows"),
    (headed(GOOD, bytes(7)), "its numbers are fewer or more than its header says"),
    (headed(GOOD, bytes(9)), "its numbers are fewer or more than its header says"),
    (
        headed(GOOD.replace("(2,)", "(100000000000000, 100000000000000)")),
        "its numbers are fewer or more than its header says",
    ),
]


@pytest.mark.parametrize(("data", "message"), WRONG, ids=[str(number) for number in range(len(WRONG))])
def test_what_is_refused(data: bytes, message: str) -> None:
    assert said(refused(read_npy, "a", data, LIMITS)).startswith(
        f"the array 'a' cannot be read: {message} | the file is"
    )


def test_sizes_that_no_array_has() -> None:
    for shape in ("(-1,)", "(9999999999999999999999,)", "(999999999999999,)", "(,)"):
        found = refused(read_npy, "a", headed(GOOD.replace("(2,)", shape)), LIMITS)
        assert found.code in ("bad-shape", "bad-npy")


def test_headers_of_python_2() -> None:
    found = read_npy("a", headed(GOOD.replace("(2,)", "(2L, 1L)"), struct.pack("<2f", 1, 2)), LIMITS)
    assert found.read is not None
    assert found.read().tolist() == [[1], [2]]


@settings(max_examples=300, deadline=None)
@given(mutated(saved(np.arange(6.0).reshape(2, 3))))
def test_damaged_files_are_read_or_refused(data: bytes) -> None:
    try:
        found = read_npy("a", data, LIMITS)
        if found.read is not None:
            assert found.read().shape == found.shape
    except FormatError as error:
        assert all(each.hint for each in error.problems)
