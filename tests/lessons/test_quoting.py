"""Numbers in a text that the engine computes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from app.engine import Problem
from app.lessons.binding import bind
from app.lessons.faults import Report
from tests.lessons.writing import write

TOML = """
cell = "linear-rnn"
[sizes]
inputs = 1
units = 2
[weights]
W = [[1], [2]]
U = [[1, 0], [0, 0.5]]
[[variants]]
id = "small"
[[variants]]
id = "large"
[variants.weights]
W = [[100], [200]]
[[presets]]
id = "ones"
inputs = [[1], [1]]
[[presets]]
id = "long"
inputs = [[1], [0], [0]]
[backward]
of = "h"
step = 2
[[beats]]
id = "here"
preset = "ones"
variant = "small"
step = 1
[[beats]]
id = "anywhere"
step = 1
"""
NAMES = "\n\n## Names {names}\n- variant small: S\n- variant large: L\n- preset ones: O\n- preset long: G\n"


def said(folder: Path, quote: str, beat: str = "here") -> tuple[str, list[Problem]]:
    texts = {"here": "Text.", "anywhere": "Text."} | {beat: f"It is\n`{quote}` now."}
    sections = "\n\n".join(f"## Heading {{#{id}}}\n\n{text}" for id, text in texts.items())
    report = Report("mine")
    text = f"# Title\n\nSummary.\n\n{sections}{NAMES}"
    lesson = bind(write(folder / "mine", TOML, text, text), report)
    if lesson is None:
        return "", report.problems
    found = next(each for each in lesson.document()["beats"] if each["id"] == beat)["text"]["en"]
    [number] = re.findall(r'It is\n<span class="number">([^<]*)</span> now', found)
    return str(number), report.problems


@pytest.mark.parametrize(
    ("quote", "number"),
    [
        ("=h@2", "[2, 3]"),
        ("=h[2]@2", "3"),
        ("= h[2] @ 2 .1", "3.0"),
        ("=h_prev[2]@2", "2"),
        ("=x@1", "1"),
        ("=h@3 in long", "[1, 0.50]"),
        ("=h[1]@1 in /large", "100"),
        ("=h[1]@3 in long/large", "100"),
        ("=∂h[2]@1", "0.50"),
        ("=∂h@2", "1"),
        ("=∂x@2", "3"),
        ("=U[2,2]", "0.50"),
        ("=U[2,2] %", "50.0\u00a0%"),
        ("=∂W[1,1]", "2"),
        ("=parameters", "6"),
        ("=units", "2"),
        ("=steps", "2"),
        ("=steps in long", "3"),
    ],
)
def test_a_number(tmp_path: Path, quote: str, number: str) -> None:
    assert said(tmp_path, quote) == (number, [])


def test_where_all_agree_nothing_has_to_be_named(tmp_path: Path) -> None:
    assert said(tmp_path, "=parameters", "anywhere") == ("6", [])
    assert said(tmp_path, "=x@1", "anywhere") == ("1", [])


FAULTS = [
    ("=h@1", "anywhere", "doubtful-quote", "'=h@1' is [1, 2] or [100, 200], depending on the preset or the variant"),
    ("=h", "here", "bad-quote", "'=h' names no number: it needs a step from 1 to 2"),
    ("=h@3", "here", "bad-quote", "'=h@3' names no number: it needs a step from 1 to 2"),
    ("=h[3]@1", "here", "bad-quote", "'=h[3]@1' names no number: 'h' has the size 2"),
    ("=h[0]@1", "here", "bad-quote", "'=h[0]@1' names no number: 'h' has the size 2"),
    ("=q@1", "here", "bad-quote", "'=q@1' names no number: nothing here is called 'q'"),
    ("=W@1", "here", "bad-quote", "'=W@1' names no number: 'W' is the same at every step"),
    ("=x_prev@1", "here", "bad-quote", None),
    ("=1 + 1", "here", "bad-quote", "'=1 + 1' names no number"),
    ("=h@1 in log", "here", "unknown-preset", "the lesson has no preset 'log'"),
    ("=h@1 in /lare", "here", "unknown-variant", "the lesson has no variant 'lare'"),
]


@pytest.mark.parametrize(("quote", "beat", "code", "message"), FAULTS)
def test_a_fault_stops_the_lesson_and_has_its_line(
    tmp_path: Path, quote: str, beat: str, code: str, message: str | None
) -> None:
    number, problems = said(tmp_path, quote, beat)
    assert number == ""
    assert {(each.code, each.file) for each in problems} == {(code, "mine/en.md"), (code, "mine/zh.md")}
    lines = {"here": 8, "anywhere": 12}
    assert {each.line for each in problems} == {lines[beat]}
    assert message in (None, problems[0].message)
