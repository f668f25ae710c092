"""Choices are compared with what the engine computes."""

from __future__ import annotations

from typing import Any

import pytest

from app.engine import Layer, Network, define
from app.lessons.answers import check_choices
from app.lessons.faults import Place, Report

CELL = define("sum", "h = a @ x + h_prev")
PRESETS: list[dict[str, Any]] = [{"id": "p", "inputs": [[1.0], [2.0]]}, {"id": "q", "inputs": [[5.0], [5.0]]}]


def found(choices: list[float], tolerance: float = 0.05, preset: str | None = "p", **values: float) -> list[str]:
    report = Report("lesson")
    network = Network([Layer(CELL, units=1)], inputs=1)
    beat = {
        "preset": preset,
        "variant": None,
        "set": {f"main.1.forward.{name}": [[value]] for name, value in values.items()},
        "prediction": {
            "of": "main.1.forward.h", "step": 2, "unit": 0, "gradient": False, "curve": None, "count": None,
            "choices": choices, "tolerance": tolerance,
        },
    }  # fmt: skip
    weights: dict[str, Any] = {"main.1.forward.a": [[1.0]]}
    start: dict[str, Any] = {"main.1.forward.h": [10.0]}
    check_choices(Place(report, "lesson.toml", 4), beat, {None: network}, PRESETS, {None: weights}, {None: start}, 0)
    assert all(each.line == 4 for each in report.problems)
    return [f"{each.code}: {each.message} ({each.hint})" for each in report.problems]


def test_one_right_choice() -> None:
    assert found([13, 3]) == []


def test_the_tolerance_grows_with_the_value() -> None:
    assert found([13.6, 3]) == []
    assert len(found([13.7, 3])) == 1


def test_the_weights_that_a_beat_sets_count() -> None:
    assert found([16, 13], a=2) == []


@pytest.mark.parametrize(
    ("choices", "preset", "values", "said"),
    [
        ([3, 4], "p", {},
         ["no-right-choice: none of the choices is right: the value is 13 (make one of them the value)"]),
        ([13, 13.1], "p", {},
         ["several-right-choices: 2 choices lie within 0.05 of the value, 13 "
          "(keep one of them, or give a smaller tolerance)"]),
        ([13, 3], None, {},
         ["no-right-choice: none of the choices is right: the value is 20 (make one of them the value)"]),
        ([13, 3], "p", {"a": 1e308},
         ["no-finite-answer: the value that the prediction asks for is inf (ask for a value that is a number)"]),
    ],
)  # fmt: skip
def test_choices_that_are_wrong(
    choices: list[float], preset: str | None, values: dict[str, float], said: list[str]
) -> None:
    assert found(choices, preset=preset, **values) == said
