"""A small lesson that is right, and folders of it with something changed, for the tests."""

from __future__ import annotations

from pathlib import Path

from app.engine import Problem
from app.lessons.binding import bind
from app.lessons.faults import Report

TOML = """order = 7
cell = "lstm"
readout = "p[outputs] = V @ h"

[sizes]
inputs = 2
units = 2
outputs = 1

[weights]
b_f = 3
readout.V = [[1, -1]]

[initial]
c = [0.5, 0.5]

[sequence]
names = ["a", "b"]
inputs = [
    [1, 0],
    [0, 1],
    [0, 0],
]

[backward]
of = "c"
step = 3

[view]
rows = ["h", "c", "x"]

[view.ranges]
c = 2

[[beats]]
id = "first"
step = 1
spotlight = ["i", "W_i"]

[[beats]]
id = "second"
step = 2
[beats.set]
b_i = 2
[beats.prediction]
of = "c"
step = 3
unit = 2

[[beats]]
id = "back"
direction = "backward"
step = 3
"""

#: the sequence of TOML
SEQUENCE = "inputs = [\n    [1, 0],\n    [0, 1],\n    [0, 0],\n]\n"

MARKDOWN = """# A lesson

What it is about.

## One {#first}

Text with `c`.

## Two {#second}

Text.

### Predict {predict}

How much?

### Why {why}

So much.

## Back {#back}

Text.
"""


def write(folder: Path, toml: str = TOML, en: str | None = MARKDOWN, zh: str | None = MARKDOWN) -> Path:
    """Writes a lesson's files; None leaves one out."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in (("lesson.toml", toml), ("en.md", en), ("zh.md", zh)):
        if text is not None:
            (folder / name).write_text(text, encoding="utf-8")
    return folder


def changed(text: str, old: str, new: str) -> str:
    """The text with one part replaced, which has to be in it once."""
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in the text"
    return text.replace(old, new)


def found(folder: Path, toml: str, text: str = MARKDOWN) -> list[Problem]:
    """What is told of a lesson with the same text in both languages."""
    report = Report(folder.name)
    bind(write(folder, toml, text, text), report)
    return report.problems
