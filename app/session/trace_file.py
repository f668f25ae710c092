"""A run as a file for a spreadsheet, a program or a notebook: every number as the double that it is, every name an address.

CSV is one number a line: kind, symbol, step, row, column, value. JSON is the API's own form. NPZ holds one array for each
symbol, named `kind/address`: `value/main.1.forward.c` (T, units). Kinds are `input`, `before` (a state before each step),
`value`, `gradient`, and, without a step, `parameter` and `initial` (gradients of the whole sequence). What is not finite is
written inf, -inf and nan.
"""

from __future__ import annotations

import io
from typing import Literal

import numpy as np

from app.engine import ProblemError

from .limits import Limits, over
from .report import Report
from .tables import csv_text, json_text

Format = Literal["json", "csv", "npz"]
MEDIA: dict[Format, str] = {"json": "application/json", "csv": "text/csv; charset=utf-8", "npz": "application/zip"}


def trace_file(report: Report, kind: Format, limits: Limits) -> bytes:
    """The file's content. Raises ProblemError when a text would hold more numbers than allowed."""
    if kind == "npz":
        return _npz(report)
    amount = sum(array.size for _, _, array in report.arrays())
    if amount > limits.written:
        raise ProblemError([over("written", amount, limits.written)])
    return (csv_text(report) + "\n" if kind == "csv" else json_text(report)).encode()


def _npz(report: Report) -> bytes:
    out = io.BytesIO()
    named = {f"{kind}/{symbol}": array for kind, symbol, array in report.arrays()}
    np.savez_compressed(out, allow_pickle=False, **named)
    return out.getvalue()
