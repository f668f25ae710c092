"""A training as one JSON text: its settings, what was measured, the weights, what the optimiser remembers.

Numbers are written as their bits (see `arrays`), so they read back as the same bits; and chance follows from the seed,
so a training that goes on from its record is the one that was never interrupted. A checksum tells a record that was
changed or damaged. In version 1 arrays were nested lists of decimal numbers, and they are still read.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from zlib import crc32

import numpy as np

from app.engine import Problem, ProblemError
from app.tasks import Array

from .arrays import packed, unpacked
from .settings import read_settings
from .stop import Stop
from .training import HeldOut, Training

FORMAT, VERSION = "unrolled-training", 2
CHECKSUM = "checksum"


def write_record(training: Training) -> str:
    """The record of a training as it is now. Arrays are as `packed` has them, `parameters` by full address."""
    history, stopped = training.history, training.stopped
    data: dict[str, object] = {
        "format": FORMAT,
        "version": VERSION,
        "settings": training.settings.to_data(),
        "network": training.pupil.network.description,
        "updates": training.done,
        "history": {
            "loss": packed(history.loss),
            "norm": packed(history.norm),
            "held_out": packed([(each.update, each.loss, each.accuracy) for each in history.held_out]),
        },
        "parameters": {name: packed(array) for name, array in training.parameters.items()},
        "memory": {name: packed(array) for name, array in training.optimiser.memory.items()},
        "stop": None if stopped is None else {"update": stopped.update, "problem": stopped.problem.to_data()},
    }
    return _text({**data, CHECKSUM: _checksum(data)}) + "\n"


def read_record(text: str) -> Training:
    """The training, ready to go on.

    Raises ProblemError for a record that is cut off, changed, of a newer program, or whose settings are refused.
    """
    data = _object(text)
    if data.get("format") != FORMAT:
        raise _refused("not-a-record", "this is no record of a training", "give a file that unrolled train has written")
    version = data.get("version")
    if not isinstance(version, int) or version < 1 or version > VERSION:
        said = f"the record is of version {version!r:.20}, and this program knows version {VERSION}"
        raise _refused("newer-record", said, "update Unrolled")
    if data.pop(CHECKSUM, None) != _checksum(data):
        hint = "use the file as it was written; to try other settings, begin anew: unrolled train TASK"
        raise _refused("record-changed", "the record was changed or damaged after it was written", hint)
    try:
        return _restored(data)
    except ProblemError:
        raise
    except (KeyError, TypeError, ValueError, OverflowError, AttributeError) as error:
        raise _refused("not-a-record", f"something is missing in the record: {error!s:.60}", "start anew") from error


def _restored(data: Mapping[str, Any]) -> Training:
    training = Training(read_settings(data["settings"]))
    history = data["history"]
    training.history.loss[:] = _numbers(history["loss"], data["updates"])
    training.history.norm[:] = _numbers(history["norm"], data["updates"])
    looks = unpacked(history["held_out"]).reshape(-1, 3).tolist()
    training.history.held_out[:] = [HeldOut(int(update), loss, accuracy) for update, loss, accuracy in looks]
    _fill(training.parameters, data["parameters"])
    _fill(training.optimiser.memory, data["memory"])
    if data["stop"] is not None:
        training.stopped = Stop(int(data["stop"]["update"]), _problem(data["stop"]["problem"]))
    return training


def _fill(arrays: Mapping[str, Array], given: Mapping[str, Any]) -> None:
    """Copies numbers into arrays that are there; names and shapes have to be the same."""
    for name, array in arrays.items():
        found = unpacked(given[name])
        if found.shape != array.shape or given.keys() != arrays.keys() or not np.isfinite(found).all():
            raise KeyError(name)
        array[...] = found


def _numbers(given: Any, count: int) -> list[float]:
    found = unpacked(given)
    if found.shape != (count,) or not np.isfinite(found).all():
        raise TypeError("history")
    return [float(each) for each in found]


def _problem(data: Mapping[str, Any]) -> Problem:
    return Problem(data["code"], data["message"], dict(data["args"]), data["hint"])


def _object(text: str) -> dict[str, Any]:
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        said = "the record is no whole JSON text; it may have been cut off"
        raise _refused("record-cut-off", said, "use the last one that was written whole") from None
    if not isinstance(data, dict):
        raise _refused("not-a-record", "this is no record of a training", "give a file that unrolled train has written")
    return data


def _text(data: Mapping[str, object]) -> str:
    return json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def _checksum(data: Mapping[str, object]) -> str:
    """Of all that a record holds, its order aside; what is no JSON of ours has none."""
    try:
        text = json.dumps(data, sort_keys=True, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    except ValueError:
        return ""
    return f"{crc32(text.encode()):08x}"


def _refused(code: str, message: str, hint: str) -> ProblemError:
    return ProblemError([Problem(code, message, {}, hint, field="record")])
