"""What a training in the terminal starts from: a rule by its name, or the weights in a file."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from app.engine import Problem, ProblemError
from app.formats import read_path
from app.learning import GIVEN, STARTS, packed, read_record

from .write import read

RECORD = ".json"


def started(text: str) -> dict[str, Any]:
    """The settings that --start asks for. What is no rule's name and looks like a file, or is one, is a file of weights:
    one of `unrolled train` or of the page (.npz, .safetensors), the record of a training, or a saved experiment (.json).

    Raises ProblemError for a file that cannot be read or holds no weights of ours.
    """
    path = Path(text)
    if text in STARTS or not (path.suffix or path.is_file()):
        return {"start": text}
    found = _saved(path) if path.suffix == RECORD else _packed(read_path(path).parameters)
    if not found:
        said = f"{path.name} holds no weights by their names here, main.1.forward.b say"
        hint = "give a file that unrolled train or the page has written"
        raise ProblemError([Problem("weights-unread", said, {"name": path.name}, hint, field="start")])
    return {"start": GIVEN, "weights": found}


def _saved(path: Path) -> dict[str, Any]:
    text = read(path)
    try:
        data = json.loads(text)
        if "format" not in data and "sequence" in data:
            values, tied = data["parameters"]["values"], data["network"].get("tied") or {}
            return {**values, **{name: values[other] for name, other in tied.items()}}
    except (ValueError, RecursionError, TypeError, KeyError, AttributeError):
        pass
    return _packed(read_record(text).parameters)


def _packed(arrays: Mapping[str, Any]) -> dict[str, Any]:
    return {name: packed(array) for name, array in arrays.items()}
