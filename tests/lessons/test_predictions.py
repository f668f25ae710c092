"""What predictions may ask for, what the loader computes of their answers, and every way they can be wrong."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from app.lessons.binding import bind
from app.lessons.faults import Report
from tests.lessons.writing import MARKDOWN, SEQUENCE, TOML, changed, found, write

FAULTS = [
    ('of = "c"\nstep = 3\nunit', 'of = "k"\nstep = 3\nunit', "unknown-name", 46, "nothing here is called 'k'",
     "known are x, i:in, i, f:in, f, o:in, o, g:in, g, c, h:tanh, h, W_i, U_i, b_i, W_f, U_f, b_f, W_o, U_o, b_o, W_g, "
     "U_g, b_g, c_prev, h_prev, readout.p, readout.V"),
    ("step = 3\nunit = 2", "step = 4\nunit = 2", "no-such-step", 47, "there is no step 4: the sequence has 3",
     "choose a step from 1 to 3"),
    ("step = 3\nunit = 2", "step = 1\nunit = 2", "too-early", 47,
     "the prediction asks for step 1, but its beat is already at step 2", "ask for step 2 or a later one"),
    ("unit = 2", "unit = 3", "no-such-unit", 48, "there is no unit 3: 'main.1.forward.c' has 2",
     "choose one from 1 to 2"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "code", "line", "message", "hint"), FAULTS)
def test_a_fault(tmp_path: Path, old: str, new: str, code: str, line: int, message: str, hint: str) -> None:
    problems = [(each.code, each.line, each.message, each.hint) for each in found(tmp_path, changed(TOML, old, new))]
    assert (code, line, message, hint) in problems


def test_choices_are_computed_and_told_at_their_line(tmp_path: Path) -> None:
    toml = changed(TOML, "unit = 2", "unit = 2\nchoices = [50, 60]")
    [problem] = found(tmp_path, toml)
    assert (problem.code, problem.line, problem.hint) == ("no-right-choice", 49, "make one of them the value")
    value = problem.args["answer"]
    assert problem.message == f"none of the choices is right: the value is {value}"
    assert found(tmp_path, changed(toml, "[50, 60]", f"[50, {value}]")) == []


CURVE = changed(TOML, 'of = "c"\nstep = 3\nunit = 2', 'curve = "c"\nunit = 2')
BACK = changed(TOML, 'direction = "backward"\nstep = 3\n', 'direction = "backward"\nstep = 3\n[beats.prediction]\n')

QUESTIONS = MARKDOWN + "\n### P {predict}\n\nHow much?\n\n### W {why}\n\nSo much.\n"


def asked(folder: Path, toml: str, beat: int) -> dict[str, Any]:
    """The prediction of a beat of a lesson that is right."""
    report = Report("mine")
    lesson = bind(write(folder / "mine", toml, QUESTIONS, QUESTIONS), report)
    assert report.problems == []
    assert lesson is not None
    prediction: dict[str, Any] = lesson.document()["beats"][beat]["prediction"]
    return prediction


def test_a_curve_begins_after_its_beat_and_its_chart_is_made(tmp_path: Path) -> None:
    found = asked(tmp_path, changed(BACK + 'curve = "∂c"\n', 'of = "c"\nstep = 3\nunit = 2', 'curve = "c"\nunit = 2'), 1)
    assert (found["of"], found["gradient"], found["step"], found["unit"]) == ("main.1.forward.c", False, 3, 1)
    low, high = found["curve"]
    assert low <= 0 < high
    assert found["tolerance"] == pytest.approx((high - low) / 10)


def test_a_curve_of_a_gradient_begins_before_its_beat(tmp_path: Path) -> None:
    found = asked(tmp_path, BACK + 'curve = "∂c"\nrange = [0, 2]\ntolerance = 0.3\n', 2)
    assert (found["of"], found["gradient"], found["step"]) == ("main.1.forward.c", True, 2)
    assert (found["curve"], found["tolerance"]) == ([0, 2], 0.3)


def test_a_gradient_is_asked_for_as_texts_write_it(tmp_path: Path) -> None:
    found = asked(tmp_path, BACK + 'of = "∂c"\nstep = 1\n', 2)
    assert (found["of"], found["gradient"], found["step"], found["curve"]) == ("main.1.forward.c", True, 1, None)


def test_choices_for_a_gradient_are_computed(tmp_path: Path) -> None:
    [problem] = found(tmp_path, BACK + 'of = "∂c"\nstep = 3\nchoices = [2, 3]\n', QUESTIONS)
    assert (problem.code, problem.args["answer"]) == ("no-right-choice", "1")
    assert found(tmp_path, BACK + 'of = "∂c"\nstep = 3\nchoices = [1, 3]\n', QUESTIONS) == []


DRAWN_FAULTS = [
    (CURVE, "unit = 2", "unit = 2\nrange = [5, 6]", "outside-range", "widen it, or leave it out"),
    (CURVE, 'id = "second"\nstep = 2', 'id = "second"\nstep = 3', "nothing-to-draw", "give the beat an earlier step"),
    (CURVE, SEQUENCE, "inputs = [" + "[0, 0], " * 61 + "]\n", "long-curve", "use a shorter sequence"),
    (BACK + 'curve = "∂c"\n', 'direction = "backward"\nstep = 3', 'direction = "backward"\nstep = 1', "nothing-to-draw",
     "give the beat a later step"),
    (BACK + 'of = "∂c"\nstep = 3\n', 'direction = "backward"\nstep = 3', 'direction = "backward"\nstep = 2', "too-early",
     "ask for step 2 or an earlier one"),
    (BACK + 'of = "∂c"\nstep = 3\n', '[backward]\nof = "c"\nstep = 3\n', "", "nothing-differentiated",
     "add [backward] with 'of' and 'step' to lesson.toml"),
    (BACK + 'of = "∂c_prev"\nstep = 3\n', "order = 7", "order = 8", "gradient-before",
     "ask for the state itself, one step earlier"),
]  # fmt: skip


@pytest.mark.parametrize(("toml", "old", "new", "code", "hint"), DRAWN_FAULTS)
def test_a_fault_of_what_is_drawn(tmp_path: Path, toml: str, old: str, new: str, code: str, hint: str) -> None:
    assert (code, hint) in [(each.code, each.hint) for each in found(tmp_path, changed(toml, old, new))]
