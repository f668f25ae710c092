"""The process that reads what only a library written in C can read: bounded first, then the file, then one answer.

Started by `apart`. The answer is a safetensors file: the arrays, and in its metadata what else was found, or the
problems.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Mapping
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from .hdf5 import hdf5_contents
from .limits import Limits
from .numbers import count
from .onnx_graph import onnx_contents
from .problems import FormatError, refusal
from .record import Contents
from .safetensors import write_safetensors

#: absent on Windows
_RESOURCE: Any = import_module("resource") if find_spec("resource") else None

READERS: Mapping[str, Callable[[bytes, Limits], Contents]] = {"hdf5": hdf5_contents, "onnx": onnx_contents}


def main(order: Mapping[str, Any]) -> None:
    """Reads the file on standard input as the order says and writes the answer to standard output."""
    # Whatever a library prints must not get into the answer.
    out = os.fdopen(os.dup(1), "wb")
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 1)
    os.dup2(silence, 2)
    limits = Limits(**order["limits"])
    data = sys.stdin.buffer.read(limits.file_bytes + 1)
    bound(limits)
    out.write(answer(order["reader"], data, limits))
    out.flush()
    os._exit(0)


def bound(limits: Limits) -> None:
    """From here on this process gets no more memory and time than the limits say, and writes no file.

    Where the system has no such bounds (Windows), those of the readers themselves remain.
    """
    if _RESOURCE is None:
        return
    bounds = {
        "RLIMIT_CPU": limits.helper_seconds,
        "RLIMIT_CORE": 0,
        "RLIMIT_FSIZE": 0,
        "RLIMIT_AS": _memory() + limits.helper_bytes,
    }
    for name, most in bounds.items():
        kind = getattr(_RESOURCE, name)
        _, hard = _RESOURCE.getrlimit(kind)
        allowed = most if hard == _RESOURCE.RLIM_INFINITY else min(most, hard)
        _RESOURCE.setrlimit(kind, (allowed, allowed))


def _memory() -> int:
    """Bytes of address space that this process has now; 0 where the system does not tell."""
    try:
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
    except (OSError, ValueError):
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")


def answer(reader: str, data: bytes, limits: Limits) -> bytes:
    """The answer to a file: its arrays and its description, or the problems that it has."""
    try:
        found = READERS[reader](data, limits)
        limits.check("numbers", sum(count(each.shape) for each in found.arrays if each.read is not None))
        arrays = {each.name: each.read() for each in found.arrays if each.read is not None}
        rest = [[each.name, each.dtype, list(each.shape), each.why] for each in found.arrays if each.read is None]
        return write_safetensors(arrays, {**found.metadata, "rest": json.dumps(rest)})
    except FormatError as error:
        return _refused(error)
    except MemoryError:
        return _refused(limits.over("helper_bytes", limits.helper_bytes))
    except Exception:  # a library may raise anything at a damaged file; what it says is of no use to a person
        return _refused(refusal("damaged", "the file is damaged or cut off", "copy it again, or save it again"))


def _refused(error: FormatError) -> bytes:
    fields = ("code", "message", "args", "hint", "field")
    problems = [{name: getattr(each, name) for name in fields} for each in error.problems]
    return write_safetensors({}, {"problems": json.dumps(problems)})
