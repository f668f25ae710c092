"""NumPy's archives of arrays."""

from __future__ import annotations

import io
import zipfile

import numpy as np
import pytest
from hypothesis import given, settings

from app.formats.files.limits import LIMITS
from app.formats.files.npz import looks_like_npz, read_npz, write_npz
from app.formats.files.problems import FormatError
from app.formats.files.record import Contents
from app.formats.files.zip import Archive
from tests.formats.files.samples import mutated, refused, said, unzipped, zipped

ARRAYS = {"main.1.forward.W": np.arange(6.0).reshape(2, 3), "main.1.forward.b": np.array([0.5, -1], np.float32)}


def saved(*, packed: bool = False, **arrays: object) -> bytes:
    out = io.BytesIO()
    (np.savez_compressed if packed else np.savez)(out, **arrays)
    return out.getvalue()


def contents(data: bytes) -> Contents:
    archive = Archive(data, LIMITS)
    assert looks_like_npz(archive.names)
    return read_npz(archive)


@pytest.mark.parametrize("packed", [False, True])
def test_numpys_archives(packed: bool) -> None:
    found = contents(saved(packed=packed, a=np.eye(2), b=np.arange(3)))
    assert [(each.name, each.shape, each.why) for each in found.arrays] == [
        ("a", (2, 2), ""),
        ("b", (3,), "whole numbers, no weights"),
    ]
    assert found.arrays[0].read is not None
    assert found.arrays[0].read().tolist() == [[1, 0], [0, 1]]


def test_ours_are_read_by_numpy_and_by_us() -> None:
    data = write_npz(ARRAYS)
    with np.load(io.BytesIO(data)) as found:
        assert {name: found[name].tolist() for name in found} == {name: each.tolist() for name, each in ARRAYS.items()}
        assert found["main.1.forward.b"].dtype == np.float32
    for each in contents(data).arrays:
        assert each.read is not None
        np.testing.assert_array_equal(each.read(), ARRAYS[each.name])


def test_the_same_arrays_give_the_same_bytes() -> None:
    data = write_npz(ARRAYS)
    assert write_npz(dict(reversed(ARRAYS.items()))) == data
    dates = {entry.date_time for entry in zipfile.ZipFile(io.BytesIO(data)).infolist()}
    assert dates == {(1980, 1, 1, 0, 0, 0)}


def test_what_is_no_array() -> None:
    data = zipped({**unzipped(saved(a=np.eye(2))), "note.txt": b"hello"})
    problem = refused(read_npz, Archive(data, LIMITS))
    assert said(problem) == "the entry 'note.txt' is no array | save with numpy.savez"
    assert "the array 'a' cannot be read" in refused(contents, zipped({"a.npy": b"hello"})).message


def test_every_shorter_file_is_refused() -> None:
    data = write_npz(ARRAYS)
    for size in range(len(data)):
        with pytest.raises(FormatError):
            contents(data[:size])


@settings(max_examples=200, deadline=None)
@given(mutated(saved(packed=True, a=np.eye(2), b=np.arange(3))))
def test_damaged_files_are_read_or_refused(data: bytes) -> None:
    try:
        for each in read_npz(Archive(data, LIMITS)).arrays:
            if each.read is not None:
                assert each.read().shape == each.shape
    except FormatError as error:
        assert all(each.hint for each in error.problems)
