"""What is wrong with one lesson, gathered while its files are read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from app.engine import Problem, suggestion

MAX_PROBLEMS = 100

Argument = str | int | float


class Report:
    """Collects the problems of one lesson; nothing is raised, so that all are found in one reading.

    A fault makes a lesson unusable. A remark (a translation that is missing, say) is told and the lesson works.
    """

    def __init__(self, lesson: str) -> None:
        self.lesson = lesson
        self.faulty = False
        self._found: list[Problem] = []

    def fault(
        self, file: str, line: int | None, code: str, message: str, hint: str = "", /, **args: Argument
    ) -> None:
        self.faulty = True
        self._add(Problem(code, message, args, hint, line, file=self.path(file)))

    def remark(
        self, file: str, line: int | None, code: str, message: str, hint: str = "", /, **args: Argument
    ) -> None:
        self._add(Problem(code, message, args, hint, line, file=self.path(file)))

    def adopt(self, file: str, line: int | None, problem: Problem) -> None:
        """A problem that the engine found in a part of the lesson, told at the lesson's own line."""
        self.faulty = True
        self._add(replace(problem, file=self.path(file), line=line))

    def path(self, file: str) -> str:
        return f"{self.lesson}/{file}" if file else self.lesson

    @property
    def problems(self) -> list[Problem]:
        """By file and line; those of a whole file first."""
        order = {name: place for place, name in enumerate(("lesson.toml", "en.md", "zh.md"))}
        found = sorted(self._found, key=lambda each: (order.get(each.file.rpartition("/")[2], -1), each.line or 0))
        return found[:MAX_PROBLEMS]

    def _add(self, problem: Problem) -> None:
        # One cause may be met once for each variant or preset; it is told once.
        if problem not in self._found:
            self._found.append(problem)


@dataclass(frozen=True, slots=True)
class Place:
    """A line of a file to report at."""

    report: Report
    file: str
    line: int | None = None

    def fault(self, code: str, message: str, hint: str = "", /, **args: Argument) -> None:
        self.report.fault(self.file, self.line, code, message, hint, **args)

    def adopt(self, problem: Problem) -> None:
        self.report.adopt(self.file, self.line, problem)


def did_you_mean(word: str, known: Iterable[str], otherwise: str = "") -> str:
    """A hint that names the nearest known word, or `otherwise`."""
    near = suggestion(word, known)
    return f"did you mean '{near}'?" if near else otherwise


def listed(words: Iterable[str]) -> str:
    """Known words for a hint, shortened when there are many."""
    found = list(words)
    shown = ", ".join(found[:12])
    return f"there are: {shown}, ..." if len(found) > 12 else f"there are: {shown}" if found else "there are none"
