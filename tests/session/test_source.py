"""A cell or a lesson as source code."""

from __future__ import annotations

import runpy
from pathlib import Path

import numpy as np
import pytest

from app import cells
from app.engine import ProblemError
from app.formats import TARGETS
from app.lessons import Shelf, load_lessons
from app.session import Limits
from app.session.experiment import Experiment, SequenceRecord
from app.session.opening import lesson_experiment
from app.session.report import lesson_report
from app.session.source import experiment_source, source

SHELF = load_lessons()


def told(*arguments: object, **options: object) -> str:
    with pytest.raises(ProblemError) as caught:
        source(SHELF, *arguments, **options)  # type: ignore[arg-type]
    return " | ".join(f"{problem.message} | {problem.hint}" for problem in caught.value.problems)


@pytest.mark.parametrize("to", TARGETS)
@pytest.mark.parametrize("name", cells.names())
def test_every_cell_can_be_written(name: str, to: str) -> None:
    text = source(SHELF, name, to, {})
    assert f"# {cells.load(name).title}\n" in text
    assert "PARAMETERS =" not in text


def test_sizes_are_those_that_are_given() -> None:
    text = source(SHELF, "scrn", "numpy", {"units": 5, "inputs": 4, "context": 3})
    assert '"B": (3, 4),' in text
    assert '"R": (5, 5),' in text


@pytest.mark.parametrize("lesson", SHELF.lessons)
def test_a_lesson_is_written_with_its_numbers(lesson: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Run, it prints what the lesson shows."""
    path = tmp_path / "lesson.py"
    path.write_text(source(SHELF, lesson, "numpy", {}), "utf-8")
    found = runpy.run_path(str(path), run_name="__main__")
    report = lesson_report(SHELF.lesson(lesson), None, None, False)
    for name, series in report.values.items():
        assert np.allclose(found["values"][name], series, rtol=1e-12, atol=1e-300)
    assert capsys.readouterr().out


def test_mistakes_are_answered() -> None:
    assert told("lstn", "numpy", {}) == "there is no cell and no lesson 'lstn' | did you mean 'lstm'?"
    assert told("gated-cel", "numpy", {}) == "there is no cell and no lesson 'gated-cel' | did you mean 'gated-cell'?"
    assert told("qqqqq", "numpy", {}).startswith("there is no cell and no lesson 'qqqqq' | cells are clockwork-rnn, ")
    assert told("gated-cell", "numpy", {"units": 3}) == (
        "the lesson 'gated-cell' has its own sizes | leave them out, or take the lesson's cell"
    )
    assert told("lstm", "numpy", {}, "five") == "'lstm' is a cell; presets and variants belong to lessons | leave them out"
    assert "no preset 'ten'" in told("gated-cell", "numpy", {}, "ten")
    assert told("lstm", "numpy", {"outputs": 3}).startswith("no equation names a size 'outputs'")
    assert told("clockwork-rnn", "numpy", {"units": 4}).startswith("4 units cannot be divided into 3 equal groups")


def test_an_experiment_is_written_with_its_numbers() -> None:
    own = lesson_experiment(SHELF.lessons["linear-toy"])
    assert experiment_source(own, "numpy", Limits()) == source(SHELF, "linear-toy", "numpy", {})
    other = own.model_copy(update={"sequence": SequenceRecord(inputs=[[7.5, 0.25]]), "backward": None})
    assert "[7.5, 0.25]" in experiment_source(other, "pytorch", Limits())
    with pytest.raises(ProblemError, match="limit is 2"):
        experiment_source(own, "numpy", Limits(steps=2))


def test_what_was_carried_over_is_written_as_the_numbers_that_it_is(shelf: Shelf) -> None:
    record = shelf.lessons["three-times"].experiment(None, None)
    carried = Experiment.model_validate({**record, "carried": 1})
    begun = Experiment.model_validate({**record, "initial": {"h": [7.0]}})
    for to in ("numpy", "pytorch"):
        assert experiment_source(carried, to, Limits()) == experiment_source(begun, to, Limits())
    assert experiment_source(carried, "numpy", Limits()) != experiment_source(Experiment.model_validate(record), "numpy", Limits())
