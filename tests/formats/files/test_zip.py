"""zip archives: bounded before anything is unpacked."""

from __future__ import annotations

import io
import struct
import warnings
import zipfile
import zlib

import pytest
from hypothesis import given, settings

from app.formats.files.limits import LIMITS, MIB, Limits
from app.formats.files.problems import FormatError
from app.formats.files.zip import Archive, looks_like_zip
from tests.formats.files.samples import mutated, refused, said, traced, zipped

TWO = {"a": b"one", "folder/b": b"two" * 100}


def opened(data: bytes, limits: Limits = LIMITS) -> Archive:
    return Archive(data, limits)


def everything(data: bytes, limits: Limits = LIMITS) -> dict[str, bytes]:
    archive = Archive(data, limits)
    return {name: archive.read(name) for name in archive.names}


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_entries(method: int) -> None:
    data = zipped({"folder/": b"", **TWO}, method)
    assert looks_like_zip(data)
    archive = opened(data)
    assert archive.names == ["a", "folder/b"]
    assert "a" in archive
    assert "folder/" not in archive
    assert archive.size("folder/b") == 300
    assert everything(data) == TWO
    assert said(refused(archive.read, "c")).startswith("the archive has no entry 'c' | the file is damaged")


def test_an_empty_archive() -> None:
    assert looks_like_zip(zipped({}))
    assert everything(zipped({})) == {}


def test_an_entry_twice() -> None:
    out = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(out, "w") as archive:
        warnings.simplefilter("ignore")
        for name in ("a", "b", "c", "b"):
            archive.writestr(name, b"1")
    problem = refused(opened, out.getvalue())
    assert (problem.code, problem.message) == ("duplicate-entry", "the archive has 'b' twice")


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_ways_of_packing_that_cannot_be_bounded(method: int) -> None:
    assert refused(opened, zipped(TWO, method)).message == "the entry 'a' is packed in a way that is not read"


def test_encryption() -> None:
    data = bytearray(zipped({"a": b"1"}))
    data[data.index(b"PK\x01\x02") + 8] |= 1
    assert refused(opened, bytes(data)).message == "the entry 'a' is encrypted"


def test_a_bomb_is_refused_before_it_unpacks() -> None:
    big = bytes(64 * MIB)
    data = zipped({str(number): big for number in range(5)}, zipfile.ZIP_DEFLATED)
    del big
    assert len(data) < MIB
    with traced() as peak:
        problem = refused(opened, data)
    assert problem.message == "the file holds 320 MiB: the limit is 256 MiB"
    assert peak[0] < MIB


def test_an_entry_that_lies_about_its_size_is_not_unpacked_further() -> None:
    data = bytearray(zipped({"a": bytes(MIB)}, zipfile.ZIP_DEFLATED))
    at = data.index(b"PK\x01\x02")
    for place in (22, at + 24):  # in the entry and in the directory
        data[place : place + 4] = struct.pack("<I", 10)
    for place in (14, at + 16):
        data[place : place + 4] = struct.pack("<I", zlib.crc32(bytes(10)))
    lying = bytes(data)
    with traced() as peak:
        assert everything(lying) == {"a": bytes(10)}
    assert peak[0] < MIB / 2


def test_an_entry_that_is_shorter_than_it_says() -> None:
    data = bytearray(zipped({"a": b"12345"}, zipfile.ZIP_DEFLATED))
    at = data.index(b"PK\x01\x02")
    for place in (22, at + 24):
        data[place : place + 4] = struct.pack("<I", 6)
    assert refused(everything, bytes(data)).message == "the entry 'a' is not as long as the archive says"


def test_entries_are_counted_before_the_directory_is_read() -> None:
    data = zipped({str(number): b"" for number in range(50)})
    assert refused(opened, data, Limits(arrays=49)).message == "the file holds 50 arrays or entries: the limit is 49"
    many = b"PK\x03\x04" + b"PK\x01\x02" * 2_000_000
    with traced() as peak:
        assert refused(opened, many).code == "over-limit"
    assert peak[0] < MIB


def test_entries_that_share_their_bytes() -> None:
    """Many directory entries for one run of bytes: the sum of what they unpack to counts."""
    data = zipped({"a": bytes(1000)})
    at, end = data.index(b"PK\x01\x02"), data.index(b"PK\x05\x06")
    entry = data[at:end]
    copies = b"".join(entry.replace(b"a", bytes([65 + number])) for number in range(20))
    tail = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, 20, 20, len(copies), at, 0)
    shared = data[:at] + copies + tail
    assert (
        refused(opened, shared, Limits(file_bytes=19_999)).message
        == "the file holds 20,000 bytes: the limit is 19,999 bytes"
    )
    with pytest.raises(FormatError):
        everything(shared)


def test_every_shorter_archive_is_refused() -> None:
    data = zipped(TWO)
    for size in range(len(data)):
        problem = refused(opened, data[:size])
        assert said(problem) == "the zip archive is damaged or cut off | the file is damaged or cut off: copy it again"


@settings(max_examples=300, deadline=None)
@given(mutated(zipped(TWO, zipfile.ZIP_DEFLATED)))
def test_damaged_archives_are_read_or_refused(data: bytes) -> None:
    try:
        for name, found in everything(data).items():
            assert isinstance(name, str)
            assert isinstance(found, bytes)
    except FormatError as error:
        assert all(each.hint for each in error.problems)
