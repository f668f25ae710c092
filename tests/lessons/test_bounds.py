"""Steps, units, presets and variants that a lesson has not got, and the last that it has."""

from __future__ import annotations

import pytest

from app.cells import load
from app.engine import Layer, Network
from app.lessons.bounds import check_known, check_step, check_unit
from app.lessons.faults import Place, Report
from app.lessons.symbols import Symbols


@pytest.fixture
def report() -> Report:
    return Report("mine")


@pytest.fixture
def place(report: Report) -> Place:
    return Place(report, "lesson.toml", 5)


def test_the_last_step_is_there_and_the_next_is_not(report: Report, place: Place) -> None:
    check_step(place, 3, 3)
    assert report.problems == []
    check_step(place, 4, 3)
    [problem] = report.problems
    assert (problem.code, problem.line, problem.args) == ("no-such-step", 5, {"step": 4, "length": 3})
    assert (problem.message, problem.hint) == ("there is no step 4: the sequence has 3", "choose a step from 1 to 3")


def test_the_last_unit_is_there_and_the_next_is_not(report: Report, place: Place) -> None:
    scope = Symbols([Network([Layer(load("lstm"), units=2)], inputs=3)])
    check_unit(place, 2, "main.1.forward.c", scope)
    assert report.problems == []
    check_unit(place, 3, "main.1.forward.c", scope)
    [problem] = report.problems
    assert (problem.code, problem.line, problem.args) == ("no-such-unit", 5, {"unit": 3, "size": 2})
    assert (problem.message, problem.hint) == ("there is no unit 3: 'main.1.forward.c' has 2", "choose one from 1 to 2")


@pytest.mark.parametrize(
    ("id", "known", "hint"),
    [
        ("shrot", [None, "short"], "did you mean 'short'?"),
        ("other", [None, "short", "long"], "there are: short, long"),
        ("short", [None], "there are none"),
    ],
)
def test_an_id_that_is_not_there(report: Report, place: Place, id: str, known: list[str | None], hint: str) -> None:
    assert not check_known(place, id, known, "preset")
    [problem] = report.problems
    assert (problem.code, problem.line, problem.args) == ("unknown-preset", 5, {"id": id})
    assert (problem.message, problem.hint) == (f"the lesson has no preset '{id}'", hint)


def test_an_id_that_is_there(report: Report, place: Place) -> None:
    assert check_known(place, "short", [None, "short"], "variant")
    assert report.problems == []
