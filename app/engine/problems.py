"""What is wrong with something that a person wrote: problems, and the exceptions that carry them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from .expr import Span

#: how alike two words must be, from 0 to 1, for one to be taken for a slip in the other
_NEAR = 0.6
#: words longer than this are nobody's slip, and so many likely ones are looked at closely: both bound the work
_LONGEST = 40
_LIKELY = 8
#: how many names a hint lists
_LISTED = 12


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake: a stable code with its arguments, the same as an English sentence, and a hint.

    `line` counts from 1, `start` and `end` are columns from 0; None where there is no text to point at.
    `field` names the part of a record (a message, a description) that is meant.
    """

    code: str
    message: str
    args: dict[str, str | int | float] = field(default_factory=dict)
    hint: str = ""
    line: int | None = None
    start: int | None = None
    end: int | None = None
    file: str = ""
    field: str = ""

    def to_data(self) -> dict[str, object]:
        """The JSON form, places that are unknown left out."""
        where = {
            "file": self.file or None,
            "line": self.line,
            "start": self.start,
            "end": self.end,
            "field": self.field or None,
        }
        return {
            "code": self.code,
            "args": dict(self.args),
            "message": self.message,
            "hint": self.hint,
            "where": {key: value for key, value in where.items() if value is not None},
        }


def problem(code: str, message: str, span: Span | None = None, hint: str = "", **args: str | int | float) -> Problem:
    """A problem at a place in a cell's text."""
    if span is None:
        return Problem(code, message, args, hint)
    return Problem(code, message, args, hint, span.line, span.start, span.end)


def suggestion(word: str, known: Iterable[str]) -> str:
    """The known word nearest to a misspelt one, or ''; the same in other case first, then the first of equally near ones."""
    if len(word) > _LONGEST:
        return ""
    known = list(known)
    same = next((each for each in known if each.casefold() == word.casefold()), "")
    if same:
        return same
    best, near = "", _NEAR
    matcher = SequenceMatcher(b=word)
    likely: list[tuple[float, str]] = []
    for each in known:
        matcher.set_seq1(each)
        # the quick ratios are never below the true one
        if matcher.real_quick_ratio() >= near:
            likely.append((matcher.quick_ratio(), each))
    likely.sort(key=lambda pair: -pair[0])
    for quick, each in likely[:_LIKELY]:
        matcher.set_seq1(each)
        ratio = matcher.ratio() if quick >= near else 0.0
        if ratio > near or (not best and ratio == near):
            best, near = each, ratio
    return best


def listed(words: Iterable[str]) -> str:
    """Words for a sentence, the first dozen of many."""
    all_of_them = list(words)
    return ", ".join(all_of_them[:_LISTED]) + (" ..." if len(all_of_them) > _LISTED else "")


def split_lines(text: str) -> list[str]:
    """Lines as people and editors count them; Python's own splitting knows further, invisible line ends."""
    return re.split(r"\r\n|\r|\n", text)


class ProblemError(ValueError):
    """Something that a person wrote cannot be used; `problems` holds every reason."""

    def __init__(self, problems: Sequence[Problem], text: str = "") -> None:
        self.problems = tuple(problems)
        self.text = text
        super().__init__(describe(self.problems, text))


class CellError(ProblemError):
    """A cell's text is wrong."""


class NetworkError(ProblemError):
    """A network cannot be built, or what was given to it does not fit."""


def describe(problems: Sequence[Problem], text: str = "") -> str:
    """All problems as lines for a terminal, with the line of text and carets where it is known."""
    lines = split_lines(text)
    parts: list[str] = []
    for each in problems:
        place = f"line {each.line}: " if each.line else f"{each.field}: " if each.field else ""
        parts.append(place + each.message)
        if each.line and each.line <= len(lines) and each.start is not None:
            width = max(1, (each.end or 0) - each.start)
            parts += [f"    {lines[each.line - 1]}", f"    {' ' * each.start}{'^' * width}"]
        if each.hint:
            parts.append(f"    {each.hint}")
    return "\n".join(parts)
