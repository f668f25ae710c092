"""A run as a file for a spreadsheet, a program or a notebook: every number as the double that it is, every name an address.

CSV is one number a line: kind, symbol, step, row, column, value, and of which experiment and reading it is, so that files
can be put under one another; the same run has the same mark, whatever was looked at. JSON is the API's own form. NPZ holds
one array for each symbol, named `kind/address`: `value/main.1.forward.c` (T, units). Kinds are `input`, `before` (a state
before each step), `value`, `loss` (where there is one), `gradient`, and, without a step, `parameter` and `initial`
(gradients of the whole sequence). What is not finite is written inf, -inf and nan. JSON and NPZ carry the `experiment` as
well, in NPZ as the bytes of its JSON, so that the file can be opened again.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
import zlib
from typing import Literal

import numpy as np

from app.engine import ProblemError

from .experiment import Experiment
from .limits import Limits, over
from .numbers import dumps
from .report import Report
from .tables import csv_text

Format = Literal["json", "csv", "npz"]
CARRIED = "experiment"
#: What of an experiment makes its numbers; the rest is how it is looked at.
NUMBERS = {"network", "parameters", "sequence", "initial", "carried", "loss", "backward"}
MEDIA: dict[Format, str] = {"json": "application/json", "csv": "text/csv; charset=utf-8", "npz": "application/zip"}


def trace_file(report: Report, kind: Format, limits: Limits, experiment: Experiment) -> bytes:
    """The file's content; CSV names the experiment that it is a run of, the others carry it.

    Raises ProblemError when a text would hold more numbers than allowed.
    """
    if kind == "npz":
        return _npz(report, experiment)
    amount = sum(array.size for _, _, array in report.arrays())
    if amount > limits.written:
        raise ProblemError([over("written", amount, limits.written)])
    if kind == "csv":
        marks = {"experiment": _mark(experiment), "reading": str(experiment.carried + 1)}
        return (csv_text(report, marks) + "\n").encode()
    return dumps({**report.to_data(), CARRIED: experiment.model_dump()}).encode()


def _mark(experiment: Experiment) -> str:
    """Lesson or cell, and eight digits of what makes the numbers: `gated-cell-1b2c3d4e`."""
    made = dumps(experiment.model_dump(include=NUMBERS)).encode()
    name = experiment.lesson or experiment.cell or "experiment"
    return f"{name}-{hashlib.sha256(made).hexdigest()[:8]}"


def carried(data: bytes, most: int) -> Experiment | None:
    """The experiment that an NPZ file of ours is a run of, at most so many bytes of it; None for every other file."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entry = archive.getinfo(f"{CARRIED}.npy")
            if entry.file_size > most:
                return None
            stream = io.BytesIO(archive.read(entry))
        np.lib.format.read_magic(stream)
        np.lib.format.read_array_header_1_0(stream)
        return Experiment.model_validate_json(stream.read())
    except (KeyError, ValueError, EOFError, NotImplementedError, RuntimeError, zipfile.BadZipFile, zlib.error):
        return None


def _npz(report: Report, experiment: Experiment) -> bytes:
    out = io.BytesIO()
    named = {f"{kind}/{symbol}": array for kind, symbol, array in report.arrays()}
    named[CARRIED] = np.frombuffer(dumps(experiment.model_dump()).encode(), np.uint8)
    np.savez_compressed(out, allow_pickle=False, **named)
    return out.getvalue()
