"""The beats of a lesson.toml read: what they say, and what is wrong with them."""

from __future__ import annotations

import pytest

from app.lessons.faults import Report
from app.lessons.reading import read_outline
from app.lessons.reading_beats import MAX_BEATS, TOLERANCE
from tests.lessons.writing import TOML, changed


def test_beats_and_their_defaults() -> None:
    report = Report("lesson")
    outline = read_outline(TOML, report)
    assert outline is not None
    first, second, back = outline.beats
    assert (first.direction, first.preset, first.spotlight, first.weights, first.guess) == (
        "forward", None, ("i", "W_i"), {}, None,
    )  # fmt: skip
    assert second.spotlight is None
    assert second.weights == {"b_i": 2.0}
    guess = second.guess
    assert guess is not None
    assert (guess.of, guess.step, guess.unit, guess.choices, guess.tolerance) == ("c", 3, 2, (), TOLERANCE)
    assert back.direction == "backward"


def test_a_curve_and_a_gradient() -> None:
    report = Report("lesson")
    curve = changed(TOML, 'of = "c"\nstep = 3\nunit = 2', 'curve = "c"\nunit = 2\nrange = [-1, 2]')
    back = 'direction = "backward"\nstep = 3\n'
    outline = read_outline(changed(curve, back, f'{back}[beats.prediction]\nof = "∂c"\nstep = 1\n'), report)
    assert outline is not None
    drawn, gradient = outline.beats[1].guess, outline.beats[2].guess
    assert drawn is not None
    assert gradient is not None
    assert (drawn.of, drawn.gradient, drawn.curve, drawn.step, drawn.unit, drawn.range, drawn.tolerance) == (
        "c", False, True, None, 2, (-1, 2), None,
    )  # fmt: skip
    assert (gradient.of, gradient.gradient, gradient.curve, gradient.step, gradient.tolerance) == (
        "c", True, False, 1, TOLERANCE,
    )  # fmt: skip


FAULTS = [
    ('id = "first"\n', "", "missing-key", 35, "a beat has no 'id'", "add a line: id = ..."),
    ('id = "first"', 'id = "the first"', "bad-id", 36, "'the first' cannot be an id",
     "use the letters a to z, digits and '-' only"),
    ('id = "second"', 'id = "first"', "duplicate-id", 41, "two beats have the id 'first'", "give one of them another"),
    ('direction = "backward"', 'direction = "back"', "unknown-direction", 52, "unknown direction 'back'",
     'write "forward" or "backward"'),
    ("step = 1\n", 'step = "one"\n', "wrong-kind", 37, "'step' must be a whole number", ""),
    ("step = 1\n", "step = 0\n", "not-between", 37, "'step' is 0, it must lie from 1 to 1000", ""),
    ("unit = 2", "unit = 2\nanswer = 3", "unknown-key", 49, "nothing in a lesson is called 'answer' here",
     "there are: of, step, count, curve, range, preset, variant, unit, tolerance, choices"),
    ("unit = 2", 'choices = ["a"]', "not-a-number", 48, "'choices' holds something that is not a number",
     "only finite numbers and lists of them can stand here"),
    ("unit = 2", "choices = [[1, 2]]", "wrong-kind", 48, "'choices' must be a list of numbers", ""),
    ("unit = 2", "choices = []", "wrong-kind", 48, "'choices' must be a list of numbers", ""),
    ("unit = 2", "tolerance = 0", "too-small", 48, "'tolerance' is 0, it must be more than 0", ""),
    ('of = "c"\nstep = 3\nunit', "step = 3\nunit", "missing-key", 45, "a prediction has no 'of'",
     "add a line: of = ..."),
    ('direction = "backward"\nstep = 3', 'direction = "backward"\nstep = 3\n[beats.prediction]\nof = "c"\nstep = 3',
     "backward-prediction", 54, "a prediction asks for a value, and this beat goes backward",
     'ask for a gradient, as in "∂c", or move it to a beat that goes forward'),
    ('of = "c"\nstep = 3\nunit', 'of = "∂c"\nstep = 3\nunit', "forward-gradient", 45,
     "a prediction asks for the gradient '∂c', and this beat goes forward", 'give the beat a line: direction = "backward"'),
    ('of = "c"\nstep = 3\nunit', 'curve = "c"\nstep = 3\nunit', "asked-twice", 47,
     "'step' belongs to a number, and 'curve' asks for all steps", "leave it out"),
    ('of = "c"\nstep = 3\nunit = 2', 'curve = "c"\nrange = [1, 1]', "wrong-kind", 47,
     "'range' must be two numbers, the lower one first", ""),
    ("unit = 2", "range = [0, 1]", "stray-key", 48, "'range' belongs to a curve", "leave it out"),
    ('of = "c"\nstep = 3\nunit = 2', 'curve = "c"\ncount = "steps"', "asked-twice", 46,
     "'curve' and 'count' both say what is asked for", "keep one of them"),
    ("[beats.set]\nb_i = 2", "set = 3", "wrong-kind", 43, "'set' must be a table of its own", ""),
    ('spotlight = ["i", "W_i"]', 'spotlights = ["i", "W_i"]', "unknown-key", 38,
     "nothing in a lesson is called 'spotlights' here", "did you mean 'spotlight'?"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "code", "line", "message", "hint"), FAULTS)
def test_a_fault(old: str, new: str, code: str, line: int, message: str, hint: str) -> None:
    report = Report("lesson")
    read_outline(changed(TOML, old, new), report)
    found = [(each.code, each.line, each.message, each.hint) for each in report.problems]
    assert (code, line, message, hint) in found


def test_a_lesson_without_beats() -> None:
    report = Report("lesson")
    read_outline('cell = "lstm"\n[sequence]\ninputs = [[1]]\n', report)
    [problem] = report.problems
    assert (problem.code, problem.message) == ("no-beats", "the lesson has no beats")
    assert problem.hint == "add at least one: [[beats]] with an id and a step"


def test_too_many_beats() -> None:
    report = Report("lesson")
    beats = "".join(f'[[beats]]\nid = "b{number}"\nstep = 1\n' for number in range(MAX_BEATS + 1))
    read_outline(f'cell = "lstm"\n[sequence]\ninputs = [[1]]\n{beats}', report)
    [problem] = report.problems
    assert (problem.code, problem.line) == ("too-many-beats", 604)
    assert problem.message == "the lesson has 201 beats, 200 are allowed"
