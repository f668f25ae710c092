"""Settings: what is usual, what is refused and how that is said."""

from __future__ import annotations

import json
import math
from typing import Any

import pytest

from app.engine import ProblemError
from app.learning.settings import CHOICES, WHOLE, read_settings


def problems(**given: Any) -> list[tuple[str, str]]:
    with pytest.raises(ProblemError) as error:
        read_settings({"task": "adding", **given})
    for each in error.value.problems:
        assert each.message
        assert each.hint
    return [(each.code, each.field) for each in error.value.problems]


def test_only_the_task_has_to_be_named() -> None:
    found = read_settings({"task": "adding"})
    assert (found.cell, found.optimiser, found.rate, found.options) == ("lstm", "adam", 0.005, {"length": 50})
    assert found.tuning == {"decay": 0.9, "decay_of_squares": 0.999, "small": 1e-8}


def test_the_json_form_is_complete_and_reads_back() -> None:
    found = read_settings({"task": "copy", "optimiser": "momentum", "tuning": {"momentum": 0.5}, "schedule": "cosine"})
    assert read_settings(json.loads(json.dumps(found.to_data()))) == found
    assert found.to_data()["version"] == 1


@pytest.mark.parametrize("rate", [0, -1, 1e9, math.nan, math.inf, "fast", True, None])
def test_a_rate_that_cannot_be_is_refused(rate: object) -> None:
    assert problems(rate=rate) == [("setting-not-above", "rate")]


@pytest.mark.parametrize("name", WHOLE)
def test_whole_numbers_outside_their_bounds_are_refused(name: str) -> None:
    for wrong in (WHOLE[name].low - 1, WHOLE[name].high + 1, 1.5, "7"):
        assert ("setting-outside", name) in problems(**{name: wrong})


@pytest.mark.parametrize("name", CHOICES)
def test_names_that_are_no_choice_are_refused(name: str) -> None:
    assert problems(**{name: "nothing"}) == problems(**{name: 3}) == [("not-a-choice", name)]


def test_the_value_its_bounds_and_what_to_do_are_said() -> None:
    with pytest.raises(ProblemError) as error:
        read_settings({"task": "adding", "batch": 5000})
    (problem,) = error.value.problems
    assert problem.message == "batch is 5000, not a whole number from 1 to 1024"
    assert problem.hint == "give a number such as 32"


def test_everything_that_is_wrong_is_said_at_once() -> None:
    found = problems(options={"length": 0}, cell="lsmt", rate=-1, tuning={"momentum": 2}, colour="red", units=0)
    assert {field for _, field in found} == {"length", "cell", "rate", "tuning", "colour", "units"}


def test_a_steps_factor_may_not_be_zero_but_a_cosines_may() -> None:
    assert problems(schedule="step", schedule_factor=0) == [("setting-not-above", "schedule_factor")]
    assert problems(schedule="cosine", schedule_factor=2) == [("setting-outside", "schedule_factor")]
    assert read_settings({"task": "adding", "schedule": "cosine", "schedule_factor": 0}).rates.factor == 0


def test_settings_of_the_optimiser_are_its_own() -> None:
    assert problems(optimiser="sgd", tuning={"momentum": 0.5}) == [("unknown-setting", "tuning")]
    assert problems(tuning={"decay": 1}) == [("setting-outside", "decay")]
    assert problems(tuning=[]) == [("bad-field", "tuning")]


def test_a_batch_larger_than_the_data_is_refused() -> None:
    assert problems(batch=5, data=4) == [("batch-exceeds-data", "batch")]
    assert read_settings({"task": "adding", "batch": 5, "data": 5}).data == 5


@pytest.mark.parametrize(("version", "code"), [(2, "newer-version"), (0, "bad-version"), ("1", "bad-version")])
def test_other_versions_are_refused(version: object, code: str) -> None:
    assert problems(version=version) == [(code, "version")]


@pytest.mark.parametrize("name", ["unheard-of", None, 7])
def test_a_task_that_there_is_not_is_refused(name: object) -> None:
    assert [field for _, field in problems(task=name)] == ["task"]


def test_equations_are_a_text_that_is_not_too_long() -> None:
    assert read_settings({"task": "adding"}).equations == ""
    assert read_settings({"task": "adding", "equations": "h = tanh(W @ x)"}).equations == "h = tanh(W @ x)"
    for wrong in (3, None, "h" * 20_001):
        assert problems(equations=wrong) == [("not-a-text", "equations")]


def unread(**given: Any) -> tuple[str, str, str]:
    with pytest.raises(ProblemError) as error:
        read_settings(given)
    (problem,) = error.value.problems
    return problem.code, problem.field, problem.hint


def test_a_task_may_leave_open_where_it_is_asked() -> None:
    assert read_settings({"task": "parity"}).readout == read_settings({"task": "parity", "readout": "every"}).readout == "task"
    assert read_settings({"task": "parity", "readout": "last"}).readout == "last"
    assert unread(task="adding", readout="every") == ("readout-fixed", "readout", "leave readout out")
    assert unread(task="slots", readout="last")[0] == "readout-fixed"


def test_it_is_read_backward_only_where_that_is_no_use_or_no_answer() -> None:
    assert read_settings({"task": "slots", "direction": "both"}).direction == "both"
    assert read_settings({"task": "digits", "direction": "both", "readout": "every"}).direction == "both"
    assert unread(task="digits", direction="both") == ("reads-one-step", "direction", "use readout every")
    assert unread(task="adding", direction="backward") == ("reads-one-step", "direction", "use direction forward")
    assert unread(task="parity", direction="both", readout="last")[0] == "reads-one-step"
    assert unread(task="text", direction="both")[:2] == ("reads-ahead", "direction")
    assert unread(task="slots", direction="both", truncation=3)[:2] == ("cut-backward", "truncation")
