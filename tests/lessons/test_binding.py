"""Whatever stands in a lesson's files, there is a lesson or there are reasons; there is never an exception."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from app.cells import load
from app.engine import Network
from app.lessons.binding import bind
from app.lessons.faults import Report
from app.lessons.shelf import FOLDER
from tests.lessons.writing import MARKDOWN, TOML, write


def test_a_folder_without_its_toml(tmp_path: Path) -> None:
    write(tmp_path)
    (tmp_path / "lesson.toml").unlink()
    report = Report("mine")
    assert bind(tmp_path, report) is None
    [problem] = report.problems
    assert (problem.code, problem.file, problem.message) == (
        "missing-file", "mine/lesson.toml", "there is no lesson.toml",
    )  # fmt: skip


def test_a_lesson_opens_at_the_unit_that_it_speaks_of(tmp_path: Path) -> None:
    write(tmp_path, TOML.replace('rows = ["h", "c", "x"]', 'rows = ["h", "c", "x"]\nunit = 2'))
    lesson = bind(tmp_path, Report("mine"))
    assert lesson is not None
    assert lesson.experiment()["view"]["unit"] == 1, "from 0 in an experiment"


def test_faults_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    write(tmp_path, "cell = ", "no title", "# 标题\n")
    report = Report("mine")
    assert bind(tmp_path, report) is None
    assert [(each.file, each.code) for each in report.problems] == [
        ("mine/lesson.toml", "not-toml"),
        ("mine/en.md", "no-title"),
        ("mine/zh.md", "no-summary"),
    ]


def is_sound(toml: bytes, en: bytes, zh: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        for name, data in (("lesson.toml", toml), ("en.md", en), ("zh.md", zh)):
            (Path(folder) / name).write_bytes(data)
        report = Report("mine")
        lesson = bind(Path(folder), report)
    assert (lesson is None) == report.faulty
    assert lesson is not None or report.problems
    for problem in report.problems:
        assert problem.code
        assert problem.message
        assert problem.file.startswith("mine/")
        assert problem.to_data()
    if lesson is not None:
        assert lesson.document()["id"] == Path(folder).name
        assert Network.from_description(lesson.experiment()["network"], load).parameters


BUILT_IN = [
    tuple((folder / name).read_text(encoding="utf-8") for name in ("lesson.toml", "en.md", "zh.md"))
    for folder in (FOLDER / "linear-toy", FOLDER / "gated-cell")
]
SOUND = [(TOML, MARKDOWN, MARKDOWN), *BUILT_IN]
PIECES = ["", "\n", '"', "[", "]", "{", "}", "#", "##", "=", "-1", "0", "1e999", "nan", "inf", "[[beats]]", '"c"', "x_prev",
          "[weights]", "999999999999", "choices = [1, 2]", "{#first}", "{try}", "`", "é", "\x00", "\ufeff", "'''"]  # fmt: skip


@st.composite
def mutated(draw: st.DrawFn, text: str) -> str:
    for _ in range(draw(st.integers(0, 3))):
        start = draw(st.integers(0, len(text)))
        end = draw(st.integers(start, min(len(text), start + 25)))
        text = text[:start] + draw(st.sampled_from(PIECES)) + text[end:]
    return text


@st.composite
def swapped(draw: st.DrawFn, text: str) -> str:
    """Lines exchanged, doubled or left out: what editing by hand makes of a file."""
    lines = text.splitlines()
    for _ in range(draw(st.integers(0, 3))):
        one, other = (draw(st.integers(0, len(lines) - 1)) for _ in range(2))
        lines[one : one + draw(st.integers(0, 2))] = [lines[other]]
    return "\n".join(lines)


@settings(max_examples=300)
@given(st.data())
def test_a_lesson_that_was_changed_anywhere(data: st.DataObject) -> None:
    files = data.draw(st.sampled_from(SOUND))
    change = data.draw(st.sampled_from([mutated, swapped]))
    toml, en, zh = (data.draw(change(text) if data.draw(st.booleans()) else st.just(text)) for text in files)
    is_sound(toml.encode(), en.encode(), zh.encode())


@given(st.binary(max_size=60), st.text(max_size=60), st.binary(max_size=60))
def test_files_of_anything(toml: bytes, en: str, zh: bytes) -> None:
    is_sound(toml, en.encode(), zh)
