"""lesson.toml read: the form of every key, each fault at its line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.lessons.faults import Report
from app.lessons.outline import Outline
from app.lessons.reading import read_outline
from tests.lessons.writing import TOML, changed


def read(text: str) -> tuple[Outline | None, Report]:
    report = Report("lesson")
    return read_outline(text, report), report


def test_everything_that_is_written_is_read() -> None:
    outline, report = read(TOML)
    assert report.problems == []
    assert outline is not None
    assert (outline.order, outline.seed) == (7, 0)
    assert outline.sizes == {"inputs": 2, "units": 2, "outputs": 1}
    assert outline.weights == {"b_f": 3.0, "readout.V": [[1.0, -1.0]]}
    assert outline.initial == {"c": [0.5, 0.5]}
    assert outline.input_names == ("a", "b")
    [variant] = outline.variants
    assert (variant.readout, variant.readout_line) == ("p[outputs] = V @ h", 3)
    assert (variant.id, variant.cell.name, variant.cell.text, variant.cell.line) == (None, "lstm", None, 2)
    [preset] = outline.presets
    assert (preset.id, preset.inputs) == (None, ((1, 0), (0, 1), (0, 0)))
    assert preset.backward is not None
    assert (preset.backward.of, preset.backward.step, preset.backward.unit) == ("c", 3, None)
    assert outline.view.rows == ("h", "c", "x")
    assert outline.view.ranges == {"c": 2.0}
    assert [each.id for each in outline.beats] == ["first", "second", "back"]


def test_what_a_projector_shows_first() -> None:
    for wall in ("strip", "cell"):
        outline, report = read(TOML.replace("[view]\n", f'[view]\nwall = "{wall}"\n'))
        assert (outline and outline.view.wall, report.problems) == (wall, [])
    outline, report = read(TOML.replace("[view]\n", '[view]\nwall = "floor"\n'))
    assert [(each.code, each.message) for each in report.problems] == [("wrong-kind", "'wall' must be \"cell\" or \"strip\"")]


def test_presets_and_variants() -> None:
    outline, report = read(
        '[[variants]]\nid = "a"\ncell = "lstm"\n[[variants]]\nid = "b"\nequations = """\nh = W @ x\n"""\n'
        '[[presets]]\nid = "p"\ninputs = [[1]]\n[[presets]]\nid = "q"\ninputs = [[1], [2]]\n'
        '[presets.backward]\nof = "h"\nstep = 2\nunit = 1\n'
        '[backward]\nof = "h"\nstep = 1\n[[beats]]\nid = "x"\nstep = 1\n'
    )
    assert report.problems == []
    assert outline is not None
    assert [(each.id, each.cell.name, each.cell.line) for each in outline.variants] == [("a", "lstm", 3), ("b", None, 7)]
    assert [(each.id, each.backward and each.backward.step) for each in outline.presets] == [("p", 1), ("q", 2)]


FAULTS: list[tuple[str, str, str, int, str, str]] = [
    ("order = 7", "order = ", "not-toml", 1, "lesson.toml cannot be read: invalid value",
     'texts stand in quotes, lists in square brackets: cell = "lstm", b = [1, 2]'),
    ('cell = "lstm"', "cell = lstm", "not-toml", 2, "lesson.toml cannot be read: invalid value",
     'texts stand in quotes, lists in square brackets: cell = "lstm", b = [1, 2]'),
    ('cell = "lstm"', "order = 8", "not-toml", 2, "lesson.toml cannot be read: cannot overwrite a value",
     "a name or a table stands twice: keep one of them"),
    ("[backward]", "[sizes]", "not-toml", 25, "lesson.toml cannot be read: cannot declare ('sizes',) twice",
     "a name or a table stands twice: keep one of them"),
    ("[backward]", "[backward", "not-toml", 25,
     "lesson.toml cannot be read: expected ']' at the end of a table declaration",
     'texts stand in quotes, lists in square brackets: cell = "lstm", b = [1, 2]'),
    ('cell = "lstm"\n', "", "no-cell", 1, "the lesson has no cell",
     'name one, cell = "lstm", or write its equations'),
    ('cell = "lstm"', 'cell = "lstm"\nequations = "h = x"', "cell-twice", 3,
     "'cell' and 'equations' both say which cell is meant", "keep one of them"),
    ('cell = "lstm"', 'sell = "lstm"', "unknown-key", 2, "nothing in a lesson is called 'sell' here",
     "did you mean 'cell'?"),
    ("units = 2", "units = 0", "not-between", 7, "'units' is 0, it must lie from 1 to 256", ""),
    ("units = 2", 'units = "two"', "wrong-kind", 7, "'units' must be a whole number", ""),
    ("b_f = 3", 'b_f = "three"', "not-a-number", 11, "'b_f' must be a number or a list of numbers",
     "only finite numbers and lists of them can stand here"),
    ("    [0, 1],\n", "    [0, 1],\n    4,\n", "bad-step", 22, "step 3 of 'inputs' is not a list of numbers",
     "write each step in brackets of its own: [[3, 1, 0], [4, 1, 0]]"),
    ("inputs = [\n    [1, 0],\n    [0, 1],\n    [0, 0],\n]", "inputs = []", "wrong-kind", 19,
     "'inputs' must be a list of steps, each a list of numbers", ""),
    ("inputs = [\n    [1, 0],\n    [0, 1],\n    [0, 0],\n]", "", "no-sequence", 1, "the lesson has no sequence",
     "write [sequence] and below it inputs = [[1, 0], [0, 1]]"),
    ('[[beats]]\nid = "first"', '[[presets]]\nid = "p"\ninputs = [[1, 0]]\n[[beats]]\nid = "first"', "sequence-twice", 19,
     "'inputs' stands in [sequence] and in [[presets]]", "move it into a preset of its own"),
    ('of = "c"\nstep = 3\n\n[view]', 'step = 3\n\n[view]', "missing-key", 25, "[backward] has no 'of'",
     "add a line: of = ..."),
    ("[view.ranges]\nc = 2", "[view.ranges]\nc = -2", "too-small", 33, "'c' is -2, it must be more than 0", ""),
    ('rows = ["h", "c", "x"]', "rows = 3", "wrong-kind", 30, "'rows' must be a list of texts in quotes", ""),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "code", "line", "message", "hint"), FAULTS)
def test_a_fault(old: str, new: str, code: str, line: int, message: str, hint: str) -> None:
    _, report = read(changed(TOML, old, new))
    found = [(each.code, each.line, each.message, each.hint) for each in report.problems]
    assert (code, line, message, hint) in found


def test_a_list_of_too_many_steps() -> None:
    rows = "[1, 0], " * 1001
    _, report = read(f'cell = "lstm"\n[sequence]\ninputs = [{rows}]\n[[beats]]\nid = "a"\nstep = 1\n')
    [problem] = report.problems
    assert (problem.code, problem.line) == ("too-many-steps", 3)
    assert problem.message == "'inputs' has 1001 steps, 1000 are allowed"


def test_lists_nested_without_end() -> None:
    outline, report = read("a = " + "[" * 5000)
    assert outline is None
    assert [each.message for each in report.problems] == ["lesson.toml cannot be read: lists nested too deep"]


def test_a_number_with_more_digits_than_python_reads() -> None:
    outline, report = read("order = " + "9" * 5000)
    assert outline is None
    assert [each.code for each in report.problems] == ["not-toml"]


PIECES = ["[", "]", "[[", "]]", "=", '"', '"""', "\n", "1", "-", ".", "{", "}", ",", "inf", "nan", "true", "beats", "x",
          "1979-05-27", "#", "id", "[weights]", "\\", "'", "é"]  # fmt: skip


@given(st.text(max_size=60) | st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_any_text_is_read_or_refused_with_a_reason(text: str) -> None:
    outline, report = read(text)
    assert outline is not None or report.faulty


@given(st.data())
def test_a_lesson_with_something_cut_out_or_put_in(data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(TOML)))
    end = data.draw(st.integers(start, min(len(TOML), start + 20)))
    outline, report = read(TOML[:start] + data.draw(st.sampled_from(PIECES)) + TOML[end:])
    assert outline is not None or report.faulty
    lines = TOML.count("\n") + 5
    assert all(each.line is None or 1 <= each.line <= lines for each in report.problems)
