"""Files that only a library written in C can read are read in a process of its own, where it may fail without harm.

HDF5 files that were tampered with can crash the HDF5 library, and protocol buffers unpack to many times their size.
So both are read by `helper`, in a process of bounded memory and time, and what it answers is checked
like any other file.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import asdict, replace
from importlib.util import find_spec

from app.engine import Problem

from .limits import LIMITS, Limits
from .problems import FormatError, refusal
from .record import Contents
from .safetensors import read_safetensors

#: what reads a format -> (the package that it needs, the format in words, the extra of ours that brings the package)
NEEDS = {"hdf5": ("h5py", "Keras' HDF5 files", "keras"), "onnx": ("onnx", "ONNX files", "onnx")}
_START = (
    "import json, sys; order = json.loads(sys.argv[1]); sys.path[:] = order['path'];"
    "from app.formats.files.helper import main; main(order)"
)
_ALONE = {"OPENBLAS_NUM_THREADS": "1", "HDF5_PLUGIN_PRELOAD": "::", "PYTHONWARNINGS": "ignore"}
#: the answer's header may be longer than that of a file: it holds configurations, quoted
_QUOTED = 8


def read_apart(reader: str, data: bytes, limits: Limits = LIMITS) -> Contents:
    """What the helper process finds in a file: `reader` is "hdf5" or "onnx".

    Raises FormatError for what it refuses, when it fails or takes too long, and when the package it needs is not there.
    """
    check_package(reader)
    answer = run(reader, data, limits)
    if not answer:
        message = f"the library that reads {_words(reader)} fails on this file"
        raise refusal("helper-failed", message, "the file is damaged, or was made to do harm", reader=reader)
    found = read_safetensors(answer, replace(limits, header_bytes=limits.header_bytes * _QUOTED))
    if "problems" in found.metadata:
        told = json.loads(found.metadata["problems"])
        raise FormatError([Problem(**each) for each in told])
    return found


def run(reader: str, data: bytes, limits: Limits) -> bytes:
    """The answer of the helper process to a file, b"" if it came to an end by failing.

    Raises FormatError if it cannot be started or takes too long.
    """
    order = json.dumps({"path": sys.path, "reader": reader, "limits": asdict(limits)})
    try:
        done = subprocess.run(
            [sys.executable, "-P", "-c", _START, order],
            input=data,
            capture_output=True,
            timeout=limits.helper_seconds,
            env={**os.environ, **_ALONE},
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise limits.over("helper_seconds", limits.helper_seconds) from None
    except OSError:
        hint = "it is started with the same Python as this program"
        raise refusal("no-helper", f"the process that reads {_words(reader)} cannot be started", hint) from None
    return done.stdout if done.returncode == 0 else b""


def check_package(reader: str) -> None:
    """Raises FormatError if the package that a reader needs is not installed."""
    package, _, extra = NEEDS[reader]
    if find_spec(package) is None:
        message = f"reading {_words(reader)} needs {package}, which is not installed"
        raise refusal("needs-package", message, f"pip install 'unrolled[{extra}]'", package=package)


def _words(reader: str) -> str:
    return NEEDS[reader][1]
