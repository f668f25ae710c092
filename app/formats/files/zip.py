"""zip archives as NumPy, PyTorch and Keras write them, opened so that nothing unpacks to more than was allowed."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping

from .limits import Limits
from .problems import FormatError, quoted, refusal

_ENTRY = b"PK\x01\x02"
_ENCRYPTED = 0x1
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
#: what the zip reader of the standard library raises on damaged archives
_BROKEN = (
    zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, ValueError, RuntimeError, LookupError,
    OverflowError,
)  # fmt: skip


def looks_like_zip(data: bytes) -> bool:
    """Whether the data begins as an archive does, an empty one included."""
    return data.startswith((b"PK\x03\x04", b"PK\x05\x06"))


class Archive:
    """The entries of an archive, by name, each unpacked when it is asked for.

    Raises FormatError if the archive is damaged or encrypted, has an entry twice, packs in a way that cannot be
    bounded, or says that it unpacks to more than the limit.
    """

    def __init__(self, data: bytes, limits: Limits) -> None:
        # Counted before the directory is read, which makes an object for each entry.
        limits.check("arrays", data.count(_ENTRY))
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except _BROKEN:
            raise _damaged("the zip archive is damaged or cut off") from None
        entries = [each for each in self._zip.infolist() if not each.filename.endswith("/")]
        self._entries: Mapping[str, zipfile.ZipInfo] = {each.filename: each for each in entries}
        if len(self._entries) < len(entries):
            twice = next(a.filename for a, b in zip(entries, self._entries.values(), strict=False) if a is not b)
            raise refusal("duplicate-entry", f"the archive has {quoted(twice)} twice", _HINT, entry=twice[:80])
        for entry in entries:
            _check(entry)
        limits.check("file_bytes", sum(entry.file_size for entry in entries))

    def __contains__(self, name: str) -> bool:
        return name in self._entries

    @property
    def names(self) -> list[str]:
        """Names of all entries, folders excepted, in the order of the archive."""
        return list(self._entries)

    def size(self, name: str) -> int:
        """Bytes of an entry, unpacked, as the archive states them."""
        return self._entries[name].file_size

    def read(self, name: str) -> bytes:
        """The bytes of an entry.

        Raises FormatError if there is none of that name, or it is damaged or longer than it says.
        """
        entry = self._entries.get(name)
        if entry is None:
            raise refusal("missing-entry", f"the archive has no entry {quoted(name)}", _HINT, entry=name[:80])
        try:
            with self._zip.open(entry) as stream:
                data = stream.read(entry.file_size + 1)
        except _BROKEN:
            raise _damaged(f"the entry {quoted(name)} is damaged") from None
        if len(data) != entry.file_size:
            raise _damaged(f"the entry {quoted(name)} is not as long as the archive says")
        return data


_HINT = "the file is damaged or was made by hand"


def _check(entry: zipfile.ZipInfo) -> None:
    if entry.flag_bits & _ENCRYPTED:
        message = f"the entry {quoted(entry.filename)} is encrypted"
        raise refusal("encrypted", message, "save the file without a password", entry=entry.filename[:80])
    if entry.compress_type not in _METHODS:
        message = f"the entry {quoted(entry.filename)} is packed in a way that is not read"
        raise refusal(
            "unknown-packing", message, "pack it as the library does: stored or deflated", entry=entry.filename[:80]
        )


def _damaged(message: str) -> FormatError:
    return refusal("bad-zip", message, "the file is damaged or cut off: copy it again")
