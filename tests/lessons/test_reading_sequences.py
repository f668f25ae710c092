"""Sequences of words: their codes, and what is wrong with a vocabulary."""

from __future__ import annotations

import tomllib

import pytest

from app.lessons.faults import Report
from app.lessons.positions import locate
from app.lessons.reading_sequences import Sequences, read_sequences
from app.lessons.table import Table

KNOWN = '[sequence]\nvocabulary = ["leave", "arrive", "Taipei"]\n'


def read(text: str, width: int | None) -> tuple[Sequences, Report]:
    report = Report("mine")
    return read_sequences(Table(tomllib.loads(text), (), locate(text), report), width), report


def test_a_word_is_a_single_1_at_its_place() -> None:
    found, report = read(KNOWN + 'words = ["arrive", "Taipei"]', 3)
    assert report.problems == []
    [preset] = found.presets
    assert preset.inputs == ((0, 1, 0), (0, 0, 1))
    assert preset.words == ("arrive", "Taipei")
    assert found.vocabulary == ("leave", "arrive", "Taipei")


def test_one_input_more_stands_for_every_other_word() -> None:
    found, report = read(KNOWN + '[[presets]]\nid = "a"\nwords = ["leave", "Kyoto", "Oslo"]', 4)
    assert report.problems == []
    assert found.presets[0].inputs == ((1, 0, 0, 0), (0, 0, 0, 1), (0, 0, 0, 1))
    assert found.presets[0].words == ("leave", "Kyoto", "Oslo")


def test_numbers_have_no_words() -> None:
    found, report = read(KNOWN + "inputs = [[1, 0.5, 0]]", 3)
    assert report.problems == []
    assert found.presets[0].words is None


FAULTS = [
    ('[sequence]\nwords = ["a"]', 1, "no-vocabulary", 2, "'words' needs a vocabulary",
     'write below [sequence]: vocabulary = ["leave", "Taipei"]'),
    (KNOWN + 'words = [\n"leave",\n"ariive",\n]', 3, "unknown-word", 5, "the vocabulary has no word 'ariive'",
     "did you mean 'arrive'?"),
    (KNOWN + 'words = ["leave"]', 5, "wrong-width", 2, "the vocabulary has 3 words, the network has 5 inputs",
     "give one word for each input; one input more stands for any other word"),
    ('[sequence]\nvocabulary = ["a", "a"]\nwords = ["a"]', 2, "word-twice", 2, "the vocabulary has 'a' twice", "keep one of them"),
    (KNOWN + 'words = ["leave"]\ninputs = [[1, 0, 0]]', 3, "sequence-twice", 3, "'inputs' and 'words' both say what is read",
     "keep one of them"),
    (KNOWN + 'words = ["leave"]\n[[presets]]\nid = "a"\nwords = ["leave"]', 3, "sequence-twice", 3,
     "'words' stands in [sequence] and in [[presets]]", "move it into a preset of its own"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "width", "code", "line", "message", "hint"), FAULTS)
def test_a_fault(text: str, width: int, code: str, line: int, message: str, hint: str) -> None:
    _, report = read(text, width)
    assert (code, line, message, hint) in [(each.code, each.line, each.message, each.hint) for each in report.problems]


def test_too_many_words() -> None:
    _, report = read(KNOWN + f"words = {['leave'] * 1001}", 3)
    assert report.problems[0].message == "'words' has 1001 steps, 1000 are allowed"
