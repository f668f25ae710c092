"""Mistakes in a cell's text: what is answered, and where the carets stand."""

from __future__ import annotations

from dataclasses import dataclass

from app.engine import CellError, define
from app.engine.problems import Problem, split_lines


@dataclass(frozen=True)
class Mistake:
    """A text with one mistake, what is said of it, and what the columns underline."""

    text: str
    code: str
    line: int | None
    underlined: str | None
    message: str
    hint: str

    def __str__(self) -> str:
        return f"{self.code} {self.text[:40]}".replace("\n", " / ")


def problems(text: str) -> tuple[Problem, ...]:
    """All problems of a text; none if it is a cell."""
    try:
        define("mine", text)
    except CellError as error:
        assert error.text == text
        return error.problems
    return ()


def underlined(text: str, problem: Problem) -> str | None:
    if problem.line is None:
        assert problem.start is problem.end is None
        return None
    assert problem.start is not None
    assert problem.end is not None
    assert 0 <= problem.start <= problem.end
    return split_lines(text)[problem.line - 1][problem.start : problem.end]


def answered(text: str) -> list[Mistake]:
    """What is said of a text, to be compared as a whole: also that nothing else is."""
    return [Mistake(text, p.code, p.line, underlined(text, p), p.message, p.hint) for p in problems(text)]


def codes(text: str) -> list[tuple[str, int | None]]:
    return [(p.code, p.line) for p in problems(text)]
