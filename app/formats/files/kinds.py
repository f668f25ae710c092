"""Which format a file has: its first bytes tell, its name is only asked where they do not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from .hdf5 import SIGNATURE
from .keras import looks_like_keras
from .npy import MAGIC
from .npz import looks_like_npz
from .problems import FormatError, quoted, refusal
from .safetensors import looks_like_safetensors
from .torch import looks_like_torch, looks_pickled, refuse_pickle
from .zip import Archive, looks_like_zip


@dataclass(frozen=True, slots=True)
class Kind:
    """A format: what a person calls it, and the endings that its files usually have."""

    title: str
    endings: tuple[str, ...]


KINDS: Mapping[str, Kind] = {
    "safetensors": Kind("safetensors", (".safetensors",)),
    "npz": Kind("NumPy", (".npz",)),
    "npy": Kind("NumPy", (".npy",)),
    "pytorch": Kind("PyTorch", (".pt", ".pth", ".bin", ".ckpt", ".pkl")),
    "keras": Kind("Keras", (".keras",)),
    "hdf5": Kind("HDF5", (".h5", ".hdf5")),
    "onnx": Kind("ONNX", (".onnx",)),
}
#: formats that are met and not read -> how they begin, and where
_OTHERS: Mapping[str, tuple[int, bytes]] = {
    "GGUF": (0, b"GGUF"),
    "TensorFlow Lite": (4, b"TFL3"),
    "gzip": (0, b"\x1f\x8b"),
    "tar": (257, b"ustar"),
    "MATLAB": (0, b"MATLAB"),
}
#: a protocol buffer whose first field is a number: the version that ONNX models begin with
_ONNX = b"\x08"
ZIP = "zip"
_READ = "what is read: " + ", ".join(f"{kind.title} ({kind.endings[0]})" for kind in KINDS.values())


def kind_of(data: bytes, name: str) -> str:
    """The format of a file: a key of KINDS, or "zip" for an archive, which `kind_of_archive` looks into.

    Raises FormatError for an empty file, a pickle outside an archive, and what is none of the formats.
    """
    if not data:
        raise refusal("empty-file", "the file is empty", "copy it again")
    if data.startswith(SIGNATURE):
        return "hdf5"
    if data.startswith(MAGIC):
        return "npy"
    if looks_like_safetensors(data):  # before pickles, since the length of a header may look like the start of one
        return "safetensors"
    if looks_pickled(data):
        raise refuse_pickle(data)
    for title, (at, begins) in _OTHERS.items():
        if data.startswith(begins, at):
            raise refusal("unknown-format", f"this is a file of {title}, which is not read", _READ, format=title)
    ending = next((key for key, kind in KINDS.items() if name.lower().endswith(kind.endings)), "")
    if looks_like_zip(data):
        return ZIP
    if data.startswith(_ONNX) or ending == "onnx":
        return "onnx"
    if ending == "safetensors":
        return ending
    raise unknown()


def kind_of_archive(archive: Archive) -> str:
    """The format of a zip archive.

    Raises FormatError if it is none of them.
    """
    if looks_like_torch(archive.names):
        return "pytorch"
    if looks_like_keras(archive.names):
        return "keras"
    if looks_like_npz(archive.names):
        return "npz"
    raise refusal(
        "unknown-format", f"the archive holds {_some(archive.names)}, which belongs to none of the formats", _READ
    )


def unknown() -> FormatError:
    """The refusal of what is none of the formats."""
    return refusal("unknown-format", "this is none of the formats that are read", _READ)


def _some(names: list[str]) -> str:
    if not names:
        return "nothing"
    return ", ".join(quoted(name) for name in names[:3]) + (" and more" if len(names) > 3 else "")
