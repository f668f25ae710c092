"""All lessons together: a teacher's own beside the ones of the program, faulty ones beside those that work."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from app.lessons import LessonError, load_lessons
from tests.lessons.writing import TOML, changed, write

OWN = list(load_lessons().lessons)


def test_the_lessons_of_the_program_come_in_order() -> None:
    shelf = load_lessons()
    orders = [lesson.order for lesson in shelf.lessons.values()]
    assert orders == sorted(set(orders))
    assert shelf.problems == []


def test_a_folder_of_lessons_is_added(tmp_path: Path) -> None:
    write(tmp_path / "mine", changed(TOML, "order = 7", "order = 700"))
    write(tmp_path / "early", changed(TOML, "order = 7", "order = -1.5"))
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes.txt").write_text("not a lesson")
    shelf = load_lessons(tmp_path)
    assert list(shelf.lessons) == ["early", *OWN, "mine"]
    assert shelf.problems == []


def test_a_single_lesson_may_be_given_itself(tmp_path: Path) -> None:
    shelf = load_lessons(write(tmp_path / "mine"))
    assert sorted(shelf.lessons) == sorted([*OWN, "mine"])


def test_a_faulty_lesson_is_told_and_the_others_work(tmp_path: Path) -> None:
    write(tmp_path / "good")
    write(tmp_path / "bad", changed(TOML, 'of = "c"\nstep = 3\n\n[view]', 'of = "q"\nstep = 30\n\n[view]'))
    shelf = load_lessons(str(tmp_path))
    assert sorted(shelf.lessons) == sorted([*OWN, "good"])
    assert [(each.file, each.line, each.message) for each in shelf.problems] == [
        ("bad/lesson.toml", 26, "nothing here is called 'q'"),
        ("bad/lesson.toml", 27, "there is no step 30: the sequence has 3"),
    ]
    assert shelf.faults == {"bad": shelf.problems}
    with pytest.raises(LessonError, match="nothing here is called 'q'") as caught:
        shelf.lesson("bad")
    assert list(caught.value.problems) == shelf.problems


def test_a_lesson_that_is_not_there() -> None:
    shelf = load_lessons()
    assert shelf.lesson("gated-cell").id == "gated-cell"
    with pytest.raises(LessonError) as caught:
        shelf.lesson("gated-sell")
    [problem] = caught.value.problems
    assert (problem.code, problem.message) == ("unknown-lesson", "there is no lesson 'gated-sell'")
    assert problem.hint == "did you mean 'gated-cell'?"


def test_names_of_folders(tmp_path: Path) -> None:
    write(tmp_path / "My Lesson")
    write(tmp_path / "gated-cell")
    shelf = load_lessons(tmp_path)
    assert list(shelf.lessons) == OWN
    assert [(each.code, each.message, each.hint) for each in shelf.problems] == [
        ("bad-folder", "the folder 'My Lesson' cannot be a lesson", "rename it: only a to z, digits and '-' are allowed"),
        ("duplicate-lesson", "there is a lesson 'gated-cell' already", f"rename the folder '{tmp_path / 'gated-cell'}'"),
    ]


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    shelf = load_lessons(tmp_path / "nowhere")
    assert list(shelf.lessons) == OWN
    [problem] = shelf.problems
    assert (problem.code, problem.message) == ("no-such-folder", f"there is no folder '{tmp_path / 'nowhere'}'")
    assert problem.hint == "check how it is written"


def test_the_lesson_that_the_readme_shows_is_one_without_a_fault(tmp_path: Path) -> None:
    readme = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    told = readme.split("## Adding a lesson: one folder")[1]
    blocks = dict(re.findall(r"^```(toml|markdown)\n(.*?)^```", told, re.MULTILINE | re.DOTALL))
    folder = tmp_path / "first-memory"
    folder.mkdir()
    (folder / "lesson.toml").write_text(blocks["toml"], encoding="utf-8")
    for language in ("en", "zh"):
        (folder / f"{language}.md").write_text(blocks["markdown"], encoding="utf-8")
    shelf = load_lessons(tmp_path)
    assert shelf.problems == []
    asked = [beat["prediction"] for beat in shelf.lesson("first-memory").document()["beats"]]
    assert [(each["gradient"], each["step"]) for each in asked] == [(False, 2), (True, 2)]
