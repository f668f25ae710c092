"""A report as text: a table to read, CSV for a spreadsheet, JSON for a program."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from .losses import LOSS
from .numbers import Floats, dumps, spell
from .report import Report

GAP = "  "
Line = tuple[str, Sequence[str]]


def json_text(report: Report) -> str:
    """The report for a program, the same as the API gives."""
    return dumps(report.to_data())


def csv_text(report: Report, marks: Mapping[str, str] | None = None) -> str:
    """One number per line. Steps, rows (units) and columns count from 1; parameters have no step.

    `marks` are further columns, alike in all lines.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    own = marks or {}
    writer.writerow(["kind", "symbol", "step", "row", "column", "value", *own])
    same = tuple(own.values())
    for kind, series in report.series().items():
        for symbol, array in series.items():
            for step, values in enumerate(array, 1):
                writer.writerows([kind, symbol, step, *place, spell(value), *same] for place, value in _places(values))
    for kind, arrays in report.totals().items():
        for symbol, array in arrays.items():
            writer.writerows([kind, symbol, "", *place, spell(value), *same] for place, value in _places(array))
    return out.getvalue().removesuffix("\n")


def _places(array: Floats) -> Iterator[tuple[tuple[int | str, int | str], float]]:
    """Each number with its row and column from 1, "" where there are none."""
    for index, value in np.ndenumerate(array):
        row, column, *_ = (*(at + 1 for at in index), "", "")
        yield (row, column), float(value)


def table(report: Report, width: int = 100) -> str:
    """Time from left to right and units from top to bottom, as in the page; as many steps side by side as fit."""
    lines = [report.title]
    for heading, block in _sections(report):
        lines += ["", *([heading] if heading else [])]
        lines += _blocks([("step", [str(step) for step in range(1, report.steps + 1)]), *block], width)
    for kind, arrays in report.totals().items():
        lines += ["", f"{kind} gradients"]
        for symbol, array in arrays.items():
            lines += _matrix(symbol, array)
    return "\n".join(lines)


def _sections(report: Report) -> Iterator[tuple[str, list[Line]]]:
    values = [*_series("x", report.inputs)]
    for symbol, array in report.values.items():
        if symbol in report.before:
            values += _series(f"{symbol} before", report.before[symbol])
        values += _series(symbol, array)
    values += [line for name, array in report.losses.items() for line in _series(name.replace("_", " "), array)]
    yield "", values
    if report.backward is not None:
        unit = "" if report.backward.unit is None else f"[{report.backward.unit + 1}]"
        at = "" if report.backward.of == LOSS else f" at step {report.backward.step}"
        heading = f"gradients of {report.backward.of}{unit}{at}"
        yield heading, [line for symbol, array in report.gradients.items() for line in _series(f"∂{symbol}", array)]


def _series(name: str, array: Floats) -> Iterator[Line]:
    for unit, values in enumerate(array.T, 1):
        label = name if len(array.T) == 1 else f"{name}[{unit}]"
        yield label, [short(value) for value in values]


def _blocks(lines: Sequence[Line], width: int) -> list[str]:
    label = max(len(name) for name, _ in lines)
    columns = [max(len(values[step]) for _, values in lines) for step in range(len(lines[0][1]))]
    made: list[str] = []
    start = 0
    while start < len(columns):
        stop, room = start, width - label
        while stop < len(columns) and (stop == start or room >= len(GAP) + columns[stop]):
            room -= len(GAP) + columns[stop]
            stop += 1
        made += [""] if made else []
        for name, values in lines:
            made.append(GAP.join([f"{name:{label}}", *(f"{values[at]:>{columns[at]}}" for at in range(start, stop))]))
        start = stop
    return made


def _matrix(symbol: str, array: Floats) -> Iterator[str]:
    rows = [[short(value) for value in row] for row in np.atleast_2d(array)]
    cell = max(len(text) for row in rows for text in row)
    for number, row in enumerate(rows):
        yield GAP.join([symbol if number == 0 else " " * len(symbol), *(f"{text:>{cell}}" for text in row)])


def short(value: float) -> str:
    """A number to be read by a person: six digits."""
    return f"{value + 0.0:.6g}"
