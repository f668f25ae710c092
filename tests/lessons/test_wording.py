"""Texts in two languages: what one lacks the other lends, and what belongs to nothing is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.engine import Problem
from app.lessons import Lesson
from app.lessons.binding import bind
from app.lessons.faults import Report
from tests.lessons.writing import MARKDOWN, TOML, changed, write


def bound(
    folder: Path, toml: str = TOML, en: str | None = MARKDOWN, zh: str | None = MARKDOWN
) -> tuple[Lesson | None, list[Problem]]:
    report = Report("mine")
    return bind(write(folder, toml, en, zh), report), report.problems


def test_both_languages_are_shown(tmp_path: Path) -> None:
    lesson, problems = bound(tmp_path, zh=changed(MARKDOWN, "# A lesson", "# 一课"))
    assert problems == []
    assert lesson is not None
    assert lesson.title == {"en": "A lesson", "zh": "一课"}
    assert lesson.summary["zh"] == "What it is about."
    assert lesson.document()["beats"][0]["text"]["en"] == '<p>Text with <var data-name="main.1.forward.c">c</var>.</p>'
    assert lesson.document()["chapter"] == {"en": "", "zh": ""}
    assert lesson.document()["view"]["note"] == {"en": "", "zh": ""}


@pytest.mark.parametrize(
    ("en", "zh", "file", "message", "hint"),
    [
        (MARKDOWN, None, "mine/zh.md", "there is no zh.md: the English text is shown",
         "translate en.md to offer the lesson in Chinese too"),
        (None, MARKDOWN, "mine/en.md", "there is no en.md: the Chinese text is shown",
         "translate zh.md to offer the lesson in English too"),
    ],
)  # fmt: skip
def test_a_language_that_is_missing(
    tmp_path: Path, en: str | None, zh: str | None, file: str, message: str, hint: str
) -> None:
    lesson, problems = bound(tmp_path, en=en, zh=zh)
    assert lesson is not None
    assert lesson.title == {"en": "A lesson", "zh": "A lesson"}
    assert [(each.code, each.file, each.message, each.hint) for each in problems] == [
        ("missing-language", file, message, hint),
    ]


@pytest.mark.parametrize(
    ("old", "what"),
    [
        ("### Why {why}\n\nSo much.\n", "the part '{why}' of the beat 'second'"),
        ("## Back {#back}\n\nText.\n", "the heading of the beat 'back'"),
        ("## Back {#back}\n\nText.\n", "the text of the beat 'back'"),
    ],
)
def test_a_part_that_one_language_lacks_is_lent_by_the_other(tmp_path: Path, old: str, what: str) -> None:
    lesson, problems = bound(tmp_path, zh=changed(MARKDOWN, old, ""))
    assert lesson is not None
    message = f"zh.md lacks {what}: the English text is shown"
    assert ("missing-translation", "mine/zh.md", message, "translate it from en.md") in [
        (each.code, each.file, each.message, each.hint) for each in problems
    ]
    beats = lesson.document()["beats"]
    assert beats[1]["prediction"]["why"]["zh"] == "<p>So much.</p>"
    assert beats[2]["title"] == {"en": "Back", "zh": "Back"}


def test_without_any_text_there_is_no_lesson(tmp_path: Path) -> None:
    lesson, problems = bound(tmp_path, en=None, zh=None)
    assert lesson is None
    assert ("missing-file", "there is no text: neither en.md nor zh.md", "write one of them") in [
        (each.code, each.message, each.hint) for each in problems
    ]


NAMED = changed(TOML, 'cell = "lstm"\n', '') + '\n[[variants]]\nid = "soft"\ncell = "lstm"\n'

FAULTS = [
    (TOML, MARKDOWN + "\n## More {#frist}\n\nx\n", "mine/en.md", "unknown-beat", 25, "lesson.toml has no beat 'frist'",
     "did you mean 'first'?"),
    (TOML, changed(MARKDOWN, "## Back {#back}\n\nText.\n", ""), "mine/lesson.toml", "missing-text", 51,
     "the beat 'back' has no text", "add a heading to en.md: ## Heading {#back}"),
    (TOML, changed(MARKDOWN, "## Back {#back}\n\nText.\n", "## Back {#back}\n"), "mine/en.md", "empty-section", 21,
     "the beat 'back' has a heading and no text", "write some below the heading"),
    (TOML, changed(MARKDOWN, "### Predict {predict}\n\nHow much?\n", ""), "mine/lesson.toml", "missing-question", 45,
     "the prediction of 'second' has no text '{predict}'", "add it below the beat's heading: ### Heading {predict}"),
    (TOML, changed(MARKDOWN, "### Why {why}\n\nSo much.\n", ""), "mine/lesson.toml", "missing-question", 45,
     "the prediction of 'second' has no text '{why}'", "add it below the beat's heading: ### Heading {why}"),
    (TOML, MARKDOWN + "\n### Q {predict}\n\nx\n", "mine/en.md", "stray-question", 25,
     "'{predict}' belongs to a prediction, and the beat 'back' asks for none",
     "add [beats.prediction] to it in lesson.toml"),
    (TOML, MARKDOWN + "\n## N {names}\n\n- preset five: x\n", "mine/en.md", "stray-name", 27,
     "lesson.toml has no 'preset five' to name", "there are: chapter, note"),
    (NAMED, MARKDOWN, "mine/lesson.toml", "missing-name", None, "the variant 'soft' has no name",
     "add a line to the section {names} of en.md: - variant soft: ..."),
    (NAMED, MARKDOWN + "\n## N {names}\n\n- variant sft: x\n", "mine/en.md", "stray-name", 27,
     "lesson.toml has no 'variant sft' to name", "did you mean 'variant soft'?"),
]  # fmt: skip


@pytest.mark.parametrize(("toml", "en", "file", "code", "line", "message", "hint"), FAULTS)
def test_a_fault(
    tmp_path: Path, toml: str, en: str, file: str, code: str, line: int | None, message: str, hint: str
) -> None:
    lesson, problems = bound(tmp_path, toml, en, en)
    assert lesson is None
    found = [(each.file, each.code, each.line, each.message, each.hint) for each in problems]
    assert (file, code, line, message, hint) in found
