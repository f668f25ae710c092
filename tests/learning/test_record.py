"""A training as a text: continued from it, it is the one that was never interrupted."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from app.engine import ProblemError
from app.learning import read_record, write_record
from app.learning.arrays import packed, unpacked
from app.learning.record import CHECKSUM, VERSION, _checksum
from tests.learning.small import trained

RUNS: list[dict[str, Any]] = [
    {}, {"optimiser": "rmsprop", "tuning": {"momentum": 0.3}, "dtype": "float32"}, {"data": 9, "optimiser": "nesterov"},
    {"task": "reber", "options": {}, "cell": "gru", "truncation": 5, "schedule": "exponential"},
]  # fmt: skip


@pytest.mark.parametrize("changed", RUNS, ids=str)
def test_a_continued_run_is_the_uninterrupted_one_bit_for_bit(changed: dict[str, Any]) -> None:
    whole = trained(6, **changed)
    again = read_record(write_record(trained(2, **changed)))
    assert again.done == 2
    while not again.is_over:
        again.step()
    assert again.flat.vector.tobytes() == whole.flat.vector.tobytes()
    assert again.history == whole.history
    assert write_record(again) == write_record(whole)


def lists(data: Any) -> Any:
    """What is written as bits as nested lists of numbers."""
    if isinstance(data, dict):
        return unpacked(data).tolist() if data.keys() == {"shape", "f8"} else {name: lists(each) for name, each in data.items()}
    return data


def older(text: str) -> str:
    """A record as version 1 wrote it."""
    data = lists(json.loads(text)) | {"version": 1}
    data.pop(CHECKSUM)
    return json.dumps(data | {CHECKSUM: _checksum(data)})


@pytest.mark.parametrize("changed", RUNS, ids=str)
def test_a_record_of_version_1_reads_as_the_same_bits(changed: dict[str, Any]) -> None:
    text = write_record(trained(3, **changed))
    old = older(text)
    assert len(old) > 1.5 * len(text)
    assert write_record(read_record(old)) == text


def test_a_number_takes_eleven_characters() -> None:
    short, long = (len(write_record(trained(1, units=units))) for units in (4, 40))
    numbers = sum(array.size for array in trained(0, units=40).parameters.values())
    assert (long - short) / (3 * numbers) < 11.5


def test_a_run_that_stopped_stays_stopped() -> None:
    changed = {"task": "adding", "options": {"length": 40}, "cell": "linear-rnn", "optimiser": "sgd", "rate": 1000.0,
               "clip": "none", "updates": 300, "every": 300}  # fmt: skip
    training = trained(0, **changed)
    while not training.is_over:
        training.step()
    again = read_record(write_record(training))
    assert again.is_over
    assert again.stopped is not None
    assert training.stopped is not None
    assert again.stopped == training.stopped
    assert again.flat.vector.tobytes() == training.flat.vector.tobytes()


def code(text: str) -> str:
    with pytest.raises(ProblemError) as error:
        read_record(text)
    (problem,) = error.value.problems
    assert problem.hint
    return problem.code


def changed(change: Callable[[dict[str, Any]], object], *, signed: bool = False) -> str:
    """A record that somebody changed; `signed` with a checksum that fits."""
    data = json.loads(older(write_record(trained(2))))
    change(data)
    if signed:
        data.pop(CHECKSUM)
        data[CHECKSUM] = _checksum(data)
    return json.dumps(data)


def test_records_that_are_cut_off_or_none_are_refused() -> None:
    text = write_record(trained(1))
    assert {code(text[:length]) for length in (0, 1, 50, len(text) - 3)} == {"record-cut-off"}
    assert code("[1, 2]") == code("{}") == code('{"format": "other"}') == "not-a-record"
    assert code("[" * 100_000) == "record-cut-off"


def test_a_record_of_a_newer_program_is_refused() -> None:
    assert code(changed(lambda data: data.update(version=VERSION + 1))) == "newer-record"
    assert code(changed(lambda data: data["settings"].update(version=2), signed=True)) == "newer-version"


def test_an_edited_record_is_refused() -> None:
    assert code(changed(lambda data: data["settings"].update(seed=1))) == "record-changed"
    assert code(changed(lambda data: data["history"]["loss"].__setitem__(0, 0.0))) == "record-changed"
    assert code(changed(lambda data: data.pop(CHECKSUM))) == "record-changed"


def no_numbers(given: Any) -> dict[str, object]:
    return packed(np.full(unpacked(given).shape, np.nan))


@pytest.mark.parametrize("change", [
    lambda data: data.pop("memory"),
    lambda data: data["parameters"].popitem(),
    lambda data: data["parameters"].update(extra=[1.0]),
    lambda data: data["memory"]["mean"].append(1.0),
    lambda data: data["memory"]["mean"].__setitem__(0, "a"),
    lambda data: data["history"]["loss"].append(1.0),
    lambda data: data["history"].update(norm=["a", "b"]),
    lambda data: data.update(history=3),
    lambda data: data.update(stop=3),
    lambda data: data["history"].update(held_out=[[1]]),
    lambda data: data["history"].update(held_out=[[math.inf, 0.5, 0.5]]),
    lambda data: data["history"].update(loss=[None] * data["updates"]),
    lambda data: data["history"].update(loss=[10**400] * data["updates"]),
    lambda data: data.update(parameters={name: no_numbers(each) for name, each in data["parameters"].items()}),
])  # fmt: skip
def test_a_record_that_is_signed_but_wrong_is_refused(change: Callable[[dict[str, Any]], object]) -> None:
    assert code(changed(change, signed=True)) == "not-a-record"


@pytest.mark.parametrize("bits", ["", "AAAA", "*" * 12, "AAAAAAAA8D8=" * 2, 3, None])
def test_bits_that_are_no_numbers_are_refused(bits: object) -> None:
    data = json.loads(write_record(trained(2)))
    data["history"]["loss"]["f8"] = bits
    data.pop(CHECKSUM)
    assert code(json.dumps(data | {CHECKSUM: _checksum(data)})) == "not-a-record"


def test_it_holds_the_network_as_it_is_written_elsewhere() -> None:
    data = json.loads(write_record(trained(1)))
    (part,) = data["network"]["parts"]
    assert part["layers"][0]["units"] == 4
    assert data["parameters"].keys() == trained(1).parameters.keys()
