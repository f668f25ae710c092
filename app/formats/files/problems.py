"""What is wrong with a file: the exception that every reader here raises, and nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from app.engine import Problem, ProblemError

from ..report import short


class FormatError(ProblemError):
    """A file cannot be read, or holds what cannot be used; `problems` holds every reason."""


def refusal(code: str, message: str, hint: str = "", *, where: str = "", **args: str | int | float) -> FormatError:
    """An error with one problem. `where` names the part of the file that is meant: an array, an entry, a layer."""
    return FormatError([Problem(code, message, args, hint, field=where)])


def in_file(error: ProblemError, name: str) -> FormatError:
    """The same problems, each with the name of the file."""
    return FormatError([replace(each, file=name) for each in error.problems])


def raise_all(problems: Sequence[Problem]) -> None:
    """Raises FormatError if there are problems."""
    if problems:
        raise FormatError(problems)


def quoted(name: object) -> str:
    """A name out of a file for a sentence: in quotes, cut when it is long, and nothing in it that a terminal obeys."""
    return f"'{short(str(name))}'"
