"""Weights that were trained, in a file beside the lesson: a JSON object from names to numbers."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .arrays import Numbers, filled
from .faults import Place, Report
from .files import read
from .outline import Outline
from .symbols import Symbols
from .table import FILE, MAX_DEPTH, Nested, finite

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,59}\.json\Z")


@dataclass(frozen=True, slots=True)
class Trained:
    """The weights of one file, and where each stands in it."""

    weights: Mapping[str, Nested]
    lines: Mapping[str, int]
    file: str
    report: Report

    def fitted(self, symbols: Symbols) -> dict[str, Numbers]:
        """The weights by address; each has to belong to the network and to have its shape."""
        found: dict[str, Numbers] = {}
        for name, value in self.weights.items():
            place = Place(self.report, self.file, self.lines.get(name))
            address = symbols.find(name, "weight", place)
            array = None if address is None else filled(value, symbols.shapes[address], name, place)
            if address is not None and array is not None:
                found[address] = array
        return found


def read_trained(folder: Path, outline: Outline, report: Report) -> dict[str | None, Trained]:
    """The file of each variant that names one; what is wrong with it is reported."""
    files: dict[str, Trained | None] = {}
    found: dict[str | None, Trained] = {}
    for variant in outline.variants:
        if variant.trained is None:
            continue
        if variant.trained not in files:
            place = Place(report, FILE, outline.positions.line(*variant.path, "trained"))
            files[variant.trained] = _read(folder, variant.trained, place)
        trained = files[variant.trained]
        if trained is not None:
            found[variant.id] = trained
    return found


def _read(folder: Path, name: str, place: Place) -> Trained | None:
    if not _NAME.match(name):
        message, hint = (
            f"'{name[:80]}' is not the name of a file of weights",
            'name one beside the lesson: "weights.json"',
        )
        place.fault("bad-file-name", message, hint, file=name[:80])
        return None
    if not (folder / name).exists():
        place.fault("missing-file", f"there is no {name}", "write it beside the lesson", file=name)
        return None
    text = read(folder, name, place.report)
    if text is None:
        return None
    hint = 'write names and numbers: {"W": [[1, 2]], "b": [0]}'
    try:
        data: Any = json.loads(text)
    except ValueError as error:
        line = error.lineno if isinstance(error, json.JSONDecodeError) else None
        place.report.fault(name, line, "not-json", f"{name} cannot be read as JSON", hint, file=name)
        return None
    except RecursionError:
        place.report.fault(name, None, "not-json", f"{name} cannot be read: lists nested too deep", hint, file=name)
        return None
    if not isinstance(data, dict):
        place.report.fault(name, 1, "not-weights", f"{name} is not a table of weights", hint, file=name)
        return None
    lines = {key: text.count("\n", 0, text.find(json.dumps(key))) + 1 for key in data}
    weights = {key: _numbers(value) for key, value in data.items()}
    for key in (key for key, value in weights.items() if value is None):
        message = f"'{key[:80]}' must be a number or a list of numbers"
        other = "only finite numbers and lists of them can stand here"
        place.report.fault(name, lines[key], "not-a-number", message, other, key=key[:80])
    return Trained({key: value for key, value in weights.items() if value is not None}, lines, name, place.report)


def _numbers(value: object, depth: int = 0) -> Nested | None:
    if isinstance(value, list) and depth < MAX_DEPTH:
        parts = [_numbers(each, depth + 1) for each in value]
        return None if None in parts else [part for part in parts if part is not None]
    return finite(value)
