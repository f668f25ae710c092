"""The sequences of a lesson.toml, as rows of numbers or as words, and what is differentiated in each."""

from __future__ import annotations

from dataclasses import dataclass

from .faults import did_you_mean, listed
from .outline import Aim, Asked, Preset, Rows
from .reading_losses import read_targets
from .table import MAX_SIZE, MAX_STEPS, Table, unique


@dataclass(frozen=True, slots=True)
class Sequences:
    """All that [sequence] and [[presets]] say."""

    presets: tuple[Preset, ...]
    names: tuple[str, ...] | None = None
    vocabulary: tuple[str, ...] | None = None


def read_sequences(top: Table, width: int | None, aim: Aim | None = None) -> Sequences:
    """The sequences, of which each step has `width` inputs, None where that is not known; with targets where there is a loss."""
    sequence, tables = top.table("sequence"), top.tables("presets")
    asked = _asked(top.table("backward"))
    names, vocabulary = (sequence.words("names"), _vocabulary(sequence, width)) if sequence else (None, None)
    reader = _Reader(vocabulary, width, aim)
    alone = reader.preset(sequence, None, asked) if sequence else None
    if not tables:
        if not (sequence and _has_steps(sequence)):
            hint = "write [sequence] and below it inputs = [[1, 0], [0, 1]]"
            top.fault("no-sequence", "the lesson has no sequence", hint)
    elif sequence and _has_steps(sequence):
        key = "inputs" if sequence.has("inputs") else "words"
        message, hint = f"'{key}' stands in [sequence] and in [[presets]]", "move it into a preset of its own"
        sequence.fault("sequence-twice", message, hint, key)
    if sequence:
        sequence.close()
    if not tables:
        return Sequences((alone,) if alone else (), names, vocabulary)
    found: list[Preset] = []
    for table in tables:
        id = table.identifier("id")
        own = _asked(table.table("backward"))
        preset = reader.preset(table, id, own or asked)
        table.require("a preset", "id", *(() if table.has("words") else ("inputs",)))
        table.close()
        unique(table, id, [each.id for each in found], "preset")
        if id is not None and preset is not None:
            found.append(preset)
    return Sequences(tuple(found), names, vocabulary)


@dataclass(frozen=True, slots=True)
class _Reader:
    vocabulary: tuple[str, ...] | None
    width: int | None
    aim: Aim | None

    def preset(self, table: Table, id: str | None, asked: Asked | None) -> Preset | None:
        words, rows = table.words("words"), _rows(table)
        if words is not None and rows is not None:
            message, hint = "'inputs' and 'words' both say what is read", "keep one of them"
            table.fault("sequence-twice", message, hint, "words")
        key = "inputs"
        if words is not None:
            key, rows = "words", self.coded(words, table)
        targets = read_targets(table, len(rows) if rows else None, self.aim)
        return Preset(id, rows, words, targets, asked, (*table.path, key)) if rows else None

    def coded(self, words: tuple[str, ...], table: Table) -> Rows | None:
        """Each word as its code: a single 1. An input more than the vocabulary has stands for every other word."""
        if self.vocabulary is None:
            hint = 'write below [sequence]: vocabulary = ["leave", "Taipei"]'
            table.fault("no-vocabulary", "'words' needs a vocabulary", hint, "words")
            return None
        if len(words) > MAX_STEPS:
            message = f"'words' has {len(words)} steps, {MAX_STEPS} are allowed"
            table.fault("too-many-steps", message, "shorten it", "words", count=len(words), limit=MAX_STEPS)
            return None
        known = {word: place for place, word in enumerate(self.vocabulary)}
        width = len(known) if self.width is None else self.width
        for index, word in enumerate(words):
            if word not in known and width <= len(known):
                hint = did_you_mean(word, known, f"{listed(known)}; or give the network one input more, for any other word")
                message = f"the vocabulary has no word '{word[:80]}'"
                table.fault("unknown-word", message, hint, "words", index, word=word[:80])
                return None
        places = [known.get(word, len(known)) for word in words]
        return tuple(tuple(float(at == place) for at in range(width)) for place in places)


def _has_steps(table: Table) -> bool:
    return table.has("inputs") or table.has("words")


def _vocabulary(table: Table, width: int | None) -> tuple[str, ...] | None:
    words = table.words("vocabulary")
    if words is None:
        return None
    twice = next((word for index, word in enumerate(words) if word in words[:index]), None)
    if twice is not None:
        table.fault("word-twice", f"the vocabulary has '{twice[:80]}' twice", "keep one of them", "vocabulary", word=twice[:80])
        return None
    if width is not None and width - len(words) not in (0, 1):
        message = f"the vocabulary has {len(words)} words, the network has {width} inputs"
        hint = "give one word for each input; one input more stands for any other word"
        table.fault("wrong-width", message, hint, "vocabulary", got=len(words), want=width)
        return None
    return words


def _rows(table: Table) -> Rows | None:
    value = table.nested("inputs")
    if value is None:
        return None
    if not isinstance(value, list) or not value:
        table.wrong("inputs", "a list of steps, each a list of numbers")
        return None
    if len(value) > MAX_STEPS:
        message = f"'inputs' has {len(value)} steps, {MAX_STEPS} are allowed"
        table.fault("too-many-steps", message, "shorten it", "inputs", count=len(value), limit=MAX_STEPS)
        return None
    rows: list[tuple[float, ...]] = []
    for index, row in enumerate(value):
        numbers = [each for each in row if isinstance(each, float)] if isinstance(row, list) else []
        if not isinstance(row, list) or len(numbers) != len(row):
            hint = "write each step in brackets of its own: [[3, 1, 0], [4, 1, 0]]"
            message = f"step {index + 1} of 'inputs' is not a list of numbers"
            table.fault("bad-step", message, hint, "inputs", index, step=index + 1)
            return None
        rows.append(tuple(numbers))
    return tuple(rows)


def _asked(table: Table | None) -> Asked | None:
    if table is None:
        return None
    of, step, unit = table.text("of"), table.whole("step", 1, MAX_STEPS), table.whole("unit", 1, MAX_SIZE)
    table.require("[backward]", "of", "step")
    table.close()
    return Asked(of, step, unit, table.path) if of is not None and step is not None else None


