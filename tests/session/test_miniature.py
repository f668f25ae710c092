"""Stamps of lessons: shares of the scales that the strip has."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.lessons import Shelf, load_lessons
from app.session import Limits
from app.session.miniature import STEPS, UNITS, miniature, miniatures
from tests.lessons.writing import TOML, changed, write


def test_the_gated_cell_row_by_row(shelf: Shelf) -> None:
    found = miniature(shelf.lessons["gated-cell"], Limits())
    assert found["steps"] == 5
    assert [row["role"] for row in found["rows"]] == ["output", "gate", "state", "gate", "gate", "input"]
    memory, inputs = found["rows"][2], found["rows"][5]
    assert memory["shares"] == [[0.3, 0.7, 0.7, 0.7, 0.0]]
    assert inputs["shares"] == [[0.3, 0.4, 0.2, 0.1, 0.3], [0.1, 0.1, 0, 0, -0.1], [0, 0, 0, 0.1, 0]]


@pytest.fixture
def long(tmp_path: Path) -> Shelf:
    """A lesson of 200 steps and five units; `h` has the range of tanh, `f` and its input fill their own."""
    rows = ", ".join(["[1, 0]"] * 199 + ["[-1, 0]"])
    toml = changed(TOML, "    [1, 0],\n    [0, 1],\n    [0, 0],\n", f"    {rows}\n")
    toml = changed(changed(toml, "units = 2", "units = 5"), "[[1, -1]]", "[[1, -1, 0, 0, 0]]")
    toml = changed(toml, "[initial]\nc = [0.5, 0.5]\n", "")
    write(tmp_path / "long", changed(toml, 'rows = ["h", "c", "x"]', 'rows = ["h", "f:in", "c_prev", "x"]'))
    return load_lessons(tmp_path)


def test_of_many_steps_and_units_some_are_left_out(long: Shelf) -> None:
    found = miniature(long.lessons["long"], Limits())
    assert found["steps"] == 200
    assert [row["role"] for row in found["rows"]] == ["output", "value", "input"]
    assert [len(row["shares"]) for row in found["rows"]] == [UNITS, UNITS, 2]
    first, second = found["rows"][2]["shares"]
    # The last step is always among them.
    assert (first, second) == ([1.0] * (STEPS - 1) + [-1.0], [0.0] * STEPS)
    assert max(abs(share) for unit in found["rows"][1]["shares"] for share in unit) == 1


def test_a_lesson_over_a_limit_has_no_stamp(long: Shelf) -> None:
    found = miniatures(long, Limits(steps=100))
    assert "long" not in found
    assert "gated-cell" in found
