"""`.npz` files: a zip archive of arrays."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

from ..library import Array
from .limits import LIMITS, Limits
from .npy import read_npy, write_npy
from .problems import quoted, refusal
from .record import Contents
from .zip import Archive

_ENDING = ".npy"
#: the earliest date that an archive can hold, so that the same arrays give the same bytes on every day
_DATE = (1980, 1, 1, 0, 0, 0)


def looks_like_npz(names: list[str]) -> bool:
    """Whether an archive with these entries is one that NumPy writes."""
    return bool(names) and all(name.endswith(_ENDING) for name in names)


def read_npz(archive: Archive, limits: Limits = LIMITS) -> Contents:
    """The arrays of an archive.

    Raises FormatError for an entry that is no array. Every entry is unpacked, to read its header; the archive
    has made sure that all together stay below the limit.
    """
    strange = [name for name in archive.names if not name.endswith(_ENDING)]
    if strange:
        raise refusal(
            "bad-npz", f"the entry {quoted(strange[0])} is no array", "save with numpy.savez", entry=strange[0][:80]
        )
    arrays = [read_npy(name.removesuffix(_ENDING), archive.read(name), limits) for name in archive.names]
    return Contents(tuple(arrays))


def write_npz(arrays: Mapping[str, Array]) -> bytes:
    """A file of float64 and float32 arrays, by name, not packed. The same arrays always give the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(arrays):
            entry = zipfile.ZipInfo(name + _ENDING, _DATE)
            entry.create_system = 3
            archive.writestr(entry, write_npy(arrays[name]))
    return out.getvalue()
