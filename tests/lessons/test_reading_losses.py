"""[loss] and targets: what they become, what is wrong with them, and the numbers that a text may quote of them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from app.lessons.binding import bind
from app.lessons.faults import Report
from app.lessons.lesson import Lesson
from tests.lessons.writing import MARKDOWN, TOML, changed, write

LOSS = '[loss]\nof = "p"\nkind = "squared"\n\n'
TARGETS = "    [0, 0],\n]\n"


def written(targets: str = "targets = [[], [1], [0]]\n", loss: str = LOSS, of: str = "loss") -> str:
    text = changed(TOML, "[sequence]\n", f"{loss}[sequence]\n")
    text = changed(text, TARGETS, TARGETS + targets)
    return changed(text, 'of = "c"\nstep = 3\n\n[view]', f'of = "{of}"\nstep = 3\n\n[view]')


def made(folder: Path, toml: str, markdown: str = MARKDOWN) -> tuple[Lesson | None, Report]:
    report = Report("mine")
    return bind(write(folder / "mine", toml, markdown, markdown), report), report


def faults(folder: Path, toml: str, markdown: str = MARKDOWN) -> list[tuple[str, str, str]]:
    """Codes and messages, between them the line that each is told at."""
    lines = ["", *toml.splitlines()]
    return [(each.code, lines[each.line or 0], each.message) for each in made(folder, toml, markdown)[1].problems]


def test_classes_have_names(tmp_path: Path) -> None:
    lesson, report = made(tmp_path, written(loss=LOSS.replace("\n\n", '\nclasses = ["rain"]\n\n')))
    assert report.problems == []
    assert lesson is not None
    assert lesson.experiment()["loss"]["classes"] == ["rain"]
    two = written(loss=LOSS.replace("\n\n", '\nclasses = ["rain", "sun"]\n\n'))
    assert faults(tmp_path, two) == [
        ("wrong-classes", 'classes = ["rain", "sun"]', "there are 2 classes, and 'p' has 1"),
    ]


def test_a_loss_stands_in_the_experiment_with_its_targets(tmp_path: Path) -> None:
    lesson, report = made(tmp_path, written())
    assert report.problems == []
    assert lesson is not None
    record: dict[str, Any] = lesson.experiment()
    assert record["loss"] == {"kind": "squared", "of": "main.readout.forward.p", "targets": [None, [1.0], [0.0]], "classes": None}
    assert record["backward"] == {"of": "loss", "step": 3, "unit": None}


def test_a_lesson_without_one_has_none(tmp_path: Path) -> None:
    lesson, _ = made(tmp_path, TOML)
    assert lesson is not None
    assert lesson.experiment()["loss"] is None


@pytest.mark.parametrize(
    ("toml", "told"),
    [
        (written(targets=""), ("no-targets", "[sequence]", "the lesson has a loss, and this sequence has no targets")),
        (written(loss="", of="c"), ("no-loss", "targets = [[], [1], [0]]", "'targets' stands here, and the lesson has no loss")),
        (
            written(targets="targets = [[1]]\n"),
            ("wrong-targets", "targets = [[1]]", "'targets' has 1 rows, the sequence has 3 steps"),
        ),
        (
            written(targets="targets = [[], 1, []]\n"),
            ("bad-step", "targets = [[], 1, []]", "row 2 of 'targets' is not a list of numbers"),
        ),
        (written(targets="targets = 1\n"), ("wrong-kind", "targets = 1", "'targets' must be a list of rows, one for each step")),
        (
            written(targets="targets = [[], [1, 2], []]\n"),
            ("wrong-targets", "targets = [[], [1, 2], []]", "step 2 has targets of shape (2,), 'p' has 1"),
        ),
        (written(targets="targets = [[], [], []]\n"), ("no-targets", "targets = [[], [], []]", "no step has a target")),
        (written(loss=changed(LOSS, "squared", "sqared")), ("unknown-loss", 'kind = "sqared"', "there is no loss 'sqared'")),
        (
            written(loss=changed(LOSS, "squared", "binary")),
            ("not-activation", 'of = "p"', "'main.readout.forward.p' is not the sigmoid of anything"),
        ),
        (written(loss=changed(LOSS, '"p"', '"q"')), ("unknown-name", 'of = "q"', "nothing here is called 'q'")),
        (written(loss='[loss]\nof = "p"\n'), ("missing-key", "[loss]", "[loss] has no 'kind'")),
    ],
)
def test_a_fault(tmp_path: Path, toml: str, told: tuple[str, str, str]) -> None:
    assert told in faults(tmp_path, toml)


def test_a_text_quotes_losses_and_their_gradients(tmp_path: Path) -> None:
    text = changed(MARKDOWN, "Text with `c`.", "`=loss@2 .3` of `=loss .3`, and `=∂readout.V[1,1] .3`.")
    lesson, report = made(tmp_path, written(), text)
    assert report.problems == []
    assert lesson is not None
    said = lesson.document()["beats"][0]["text"]["en"]
    assert said.count("0.") == 3


def test_what_cannot_be_quoted_of_a_loss_is_said(tmp_path: Path) -> None:
    text = changed(MARKDOWN, "Text with `c`.", "`=probability@2`, `=loss@9`")
    reasons = [message for _, _, message in faults(tmp_path, written(), text)]
    assert "'=probability@2' names no number: only cross-entropy has a probability of the target" in reasons
    assert "'=loss@9' names no number: it needs a step from 1 to 3" in reasons
    none = changed(MARKDOWN, "Text with `c`.", "`=loss`")
    assert "'=loss' names no number: the lesson has no loss" in [each[2] for each in faults(tmp_path, TOML, none)]


def test_a_gradient_of_the_loss_can_be_asked_for(tmp_path: Path) -> None:
    """The answers are compared with what the loss sends back."""
    asked = '[beats.prediction]\nof = "∂p"\nstep = 2\nchoices = [77]\n'
    text = changed(MARKDOWN, "{#back}\n", "{#back}\n\nWhat is it?\n\n### Predict {predict}\n\nHow much?\n\n### Why {why}\n\nSo.\n")
    found = [code for code, _, _ in faults(tmp_path, written() + asked, text)]
    assert found == ["no-right-choice"]
