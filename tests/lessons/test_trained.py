"""Weights in a file beside the lesson."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from app.engine import Problem
from app.lessons import Lesson
from app.lessons.binding import bind
from app.lessons.faults import Report
from tests.lessons.writing import TOML, changed, write

FILE = '{\n"W_i": [[1, 2], [3, 4]],\n"readout.V": [[5, 6]]\n}\n'


def bound(folder: Path, file: str | None, name: str = "weights.json") -> tuple[Lesson | None, list[Problem]]:
    write(folder, changed(TOML, 'cell = "lstm"', f'cell = "lstm"\ntrained = "{name}"'))
    if file is not None:
        (folder / name).write_text(file, encoding="utf-8")
    report = Report("mine")
    return bind(folder, report), report.problems


def test_what_the_lesson_writes_lies_over_the_file(tmp_path: Path) -> None:
    lesson, problems = bound(tmp_path, FILE)
    assert problems == []
    assert lesson is not None
    values: dict[str, Any] = lesson.experiment()["parameters"]["values"]
    assert values["main.1.forward.W_i"] == [[1, 2], [3, 4]]
    assert values["main.readout.forward.V"] == [[1, -1]]


FAULTS = [
    (None, "weights.json", "lesson.toml", 3, "there is no weights.json"),
    (FILE, "../weights.json", "lesson.toml", 3, "'../weights.json' is not the name of a file of weights"),
    ("{", "weights.json", "weights.json", 1, "weights.json cannot be read as JSON"),
    ("[1]", "weights.json", "weights.json", 1, "weights.json is not a table of weights"),
    ("[" * 100_000, "weights.json", "weights.json", None, "weights.json cannot be read: lists nested too deep"),
    ('{\n\n"W_q": 1}', "weights.json", "weights.json", 3, None),
    ('{"b_i": 1,\n"W_i": [1, 2]}', "weights.json", "weights.json", 2, "'W_i' is a list of 2, it has to be 2 × 2"),
    ('{"b_i": 1,\n"W_i": "x"}', "weights.json", "weights.json", 2, "'W_i' must be a number or a list of numbers"),
    ('{"W_i": NaN}', "weights.json", "weights.json", 1, "'W_i' must be a number or a list of numbers"),
]


@pytest.mark.parametrize(("file", "name", "where", "line", "message"), FAULTS)
def test_a_fault(
    tmp_path: Path, file: str | None, name: str, where: str, line: int | None, message: str | None
) -> None:
    folder = tmp_path / "mine"
    lesson, problems = bound(folder, file, name)
    assert lesson is None
    assert [(each.file, each.line) for each in problems] == [(f"mine/{where}", line)]
    assert message in (None, problems[0].message)
