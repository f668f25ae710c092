"""Reading a file of any library: what it is, its recurrent layers, and everything else in it."""

from __future__ import annotations

import stat
from collections.abc import Mapping
from pathlib import Path

from app.engine import ProblemError

from ..found import Note
from ..options import with_given
from .apart import read_apart
from .keras import read_keras, read_keras_weights
from .keras_legacy import looks_legacy, read_keras_legacy
from .kinds import KINDS, ZIP, kind_of, kind_of_archive
from .limits import LIMITS, Limits
from .npy import read_npy
from .npz import read_npz
from .onnx import read_onnx
from .problems import FormatError, in_file, quoted, refusal
from .record import Contents, File, Reading
from .safetensors import read_safetensors
from .state_dict import read_state_dict
from .torch import read_torch
from .zip import Archive


def read(data: bytes, name: str = "", options: Mapping[str, object] | None = None, *, limits: Limits = LIMITS) -> File:
    """What a file holds. `name` is its name, for messages and to compare its ending with the contents.

    `options` tell what the file does not, by the library's own names: `nonlinearity` of a PyTorch state dict,
    `activation` of Keras' weights. Nothing in the file is ever run, and no more is unpacked than `limits` allow.
    Raises FormatError, with the file's name in each problem, for everything that cannot be read, and for an option that
    no layer takes or that the file tells otherwise.
    """
    try:
        limits.check("file_bytes", len(data))
        kind, reading = _read(data, name, limits)
        layers = with_given(reading.layers, options) if options else reading.layers
    except ProblemError as error:
        raise in_file(error, name) from None
    notes = (*_ending(kind, name), *reading.notes)
    return File(
        tuple(layers), reading.places, reading.rest, reading.metadata, notes, reading.parameters, reading.problems,
        name, kind, len(data),
    )


def read_path(path: Path, options: Mapping[str, object] | None = None, *, limits: Limits = LIMITS) -> File:
    """What the file at a path holds; see `read`.

    Raises FormatError also if there is no file, or none that may be read.
    """
    try:
        found = path.stat()
        limits_met = found.st_size <= limits.file_bytes
        data = path.read_bytes() if limits_met and stat.S_ISREG(found.st_mode) else b""
    except (OSError, ValueError) as error:  # ValueError: a path that no file can have
        raise _absent(path, error) from None
    if not stat.S_ISREG(found.st_mode):
        raise refusal("no-file", f"{quoted(path)} is no file", "give the path of a file")
    if not limits_met:
        raise in_file(limits.over("file_bytes", found.st_size), path.name)
    return read(data, path.name, options, limits=limits)


def _absent(path: Path, error: Exception) -> FormatError:
    if isinstance(error, PermissionError):
        return refusal("no-file", f"the file {quoted(path)} may not be read", "ask whoever owns it")
    return refusal("no-file", f"there is no file {quoted(path)}", "check the path")


def _read(data: bytes, name: str, limits: Limits) -> tuple[str, Reading]:
    kind = kind_of(data, name)
    if kind == "onnx":
        return kind, read_onnx(data, limits)
    if kind == "hdf5":
        contents = read_apart("hdf5", data, limits)
        return kind, (read_keras_legacy if looks_legacy(contents) else read_keras_weights)(contents, limits)
    if kind == "safetensors":
        return kind, read_state_dict(read_safetensors(data, limits), limits)
    if kind == "npy":
        return kind, read_state_dict(Contents((read_npy("array", data, limits),)), limits)
    assert kind == ZIP, f"no reader for {kind}"
    archive = Archive(data, limits)
    kind = kind_of_archive(archive)
    if kind == "keras":
        return kind, read_keras(archive, limits)
    contents = read_torch(archive, limits) if kind == "pytorch" else read_npz(archive, limits)
    return kind, read_state_dict(contents, limits)


def _ending(kind: str, name: str) -> tuple[Note, ...]:
    """A note if the name of a file promises another format than its contents have."""
    promised = next((each for each in KINDS.values() if name.lower().endswith(each.endings)), None)
    if promised is None or promised is KINDS[kind]:
        return ()
    ending = next(each for each in promised.endings if name.lower().endswith(each))
    message = f"the name ends in {ending}, but the contents are {KINDS[kind].title}"
    return (Note("other-ending", message, {"ending": ending, "format": kind}),)
