"""Cells by name and by their equations, and the engine's problems at the lesson's lines."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.engine import Problem
from app.lessons.binding import bind
from app.lessons.faults import Report
from tests.lessons.writing import MARKDOWN, TOML, changed, write

EQUATIONS = '''equations = """
# My cell
i = sigmoid(W_i @ x + b_i)
b_f = 3
c = c_prev + i * tanh(W_c @ x + b)
h = c
"""'''


def found(folder: Path, toml: str) -> list[Problem]:
    report = Report(folder.name)
    bind(write(folder, toml), report)
    return report.problems


def test_equations_in_the_lesson(tmp_path: Path) -> None:
    toml = changed(TOML, 'cell = "lstm"', EQUATIONS)
    toml = changed(toml, "b_f = 3\nreadout", "W_c = 1\nreadout")
    report = Report("mine")
    lesson = bind(write(tmp_path / "mine", toml), report)
    assert report.problems == []
    assert lesson is not None
    [layer] = lesson.experiment()["network"]["parts"][0]["layers"]
    assert layer["cell"] == "mine"
    assert layer["text"].startswith("# My cell\n")
    assert layer["units"] == 2


def test_sizes_go_where_they_are_named(tmp_path: Path) -> None:
    equations = 'equations = "s[context] = B @ x + s_prev\\nh = A @ s + b_i\\nc = h\\ni = W_i @ x"'
    toml = changed(changed(TOML, 'cell = "lstm"', equations), "units = 2", "units = 2\ncontext = 3")
    toml = changed(changed(toml, "b_f = 3\n", ""), "c = [0.5, 0.5]", "s = 1")
    report = Report("mine")
    lesson = bind(write(tmp_path / "mine", toml), report)
    assert report.problems == []
    assert lesson is not None
    record = lesson.experiment()
    [part] = record["network"]["parts"]
    assert (part["inputs"], part["sizes"], part["layers"][0]["sizes"]) == (2, {"outputs": 1}, {"context": 3})
    assert record["initial"] == {"main.1.forward.s": [1, 1, 1]}


FAULTS = [
    ('cell = "lstm"', 'cell = "lsmt"', "unknown-cell", 2, "unknown cell 'lsmt'", "did you mean 'lstm'?"),
    ('cell = "lstm"', changed(EQUATIONS, "sigmoid", "sigmod"), "unknown-function", 4, "unknown function 'sigmod'",
     "did you mean 'sigmoid'?"),
    ("inputs = 2\n", "", "missing-size", 5, "the size 'inputs' is missing", "add it below [sizes]: inputs = 2"),
    ("[sizes]\ninputs = 2\nunits = 2\noutputs = 1\n", "", "missing-size", 1, "the size 'units' is missing",
     "add it below [sizes]: units = 2"),
    ("outputs = 1", "outputs = 1\nwidth = 2", "unknown-size", 9, "no equation names a size 'width'", None),
    ("outputs = 1", "", "missing-size", 5, "'readout' needs the size 'outputs'", None),
    ("p[outputs] = V @ h", "p[outputs] = V @@ h", None, 3, None, None),
    ("p[outputs] = V @ h", "p[outputs] = V @ h_prev", None, 3, None, None),
    ('readout = "p[outputs] = V @ h"', 'readout = """\np[outputs] = V @ h\nq = sigmod(p)\n"""', "unknown-function", 5,
     "unknown function 'sigmod'", "did you mean 'sigmoid'?"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "code", "line", "message", "hint"), FAULTS)
def test_a_fault(
    tmp_path: Path, old: str, new: str, code: str | None, line: int, message: str | None, hint: str | None
) -> None:
    """None: the engine's words, which are tested there."""
    problems = found(tmp_path, changed(TOML, old, new))
    assert any(
        each.line == line
        and code in (None, each.code)
        and message in (None, each.message)
        and hint in (None, each.hint)
        for each in problems
    ), problems


@pytest.mark.parametrize("size", ["cell", "direction", "layers", "readout", "text", "sizes", "x y", "class", "self"])
def test_no_name_of_a_size_is_more_than_a_fault(tmp_path: Path, size: str) -> None:
    problems = found(tmp_path, changed(TOML, "outputs = 1", f'outputs = 1\n"{size}" = 2'))
    assert problems


def test_problems_of_every_variant_are_told(tmp_path: Path) -> None:
    variants = '[[variants]]\nid = "a"\ncell = "lsmt"\n[[variants]]\nid = "b"\ncell = "simple-rn"\n'
    toml = changed(changed(TOML, 'cell = "lstm"\n', ""), "[backward]", f"{variants}\n[backward]")
    report = Report("mine")
    names = "\n## Names {names}\n\n- variant a: A\n- variant b: B\n"
    assert bind(write(tmp_path / "mine", toml, MARKDOWN + names, MARKDOWN + names), report) is None
    assert [(each.message, each.line) for each in report.problems] == [
        ("unknown cell 'lsmt'", 26),
        ("unknown cell 'simple-rn'", 29),
    ]
