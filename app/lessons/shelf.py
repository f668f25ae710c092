"""All lessons: the folders beside this file, and those of a teacher."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from app.engine import Problem

from .binding import bind
from .faults import Report, did_you_mean, listed
from .lesson import Lesson, LessonError
from .table import FILE

FOLDER = Path(__file__).parent
FILES = (FILE, "en.md", "zh.md")

_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,63}\Z")


@dataclass(frozen=True, slots=True)
class Shelf:
    """The lessons that can be opened, in order, and everything that is wrong with any, by the name of its folder.

    A lesson in both has remarks only, for example a translation that is missing.
    """

    lessons: dict[str, Lesson]
    faults: dict[str, list[Problem]]

    @property
    def problems(self) -> list[Problem]:
        """All problems; each names its file, which begins with the lesson's folder."""
        return [problem for problems in self.faults.values() for problem in problems]

    def lesson(self, id: str) -> Lesson:
        """The lesson of that id.

        Raises LessonError with the lesson's own problems, or with one that says that there is none.
        """
        if id in self.lessons:
            return self.lessons[id]
        raise LessonError(self.faults.get(id) or [_unknown(id, self.lessons)])


def load_lessons(extra: Path | str | None = None) -> Shelf:
    """Every lesson, and those that the folder `extra` holds now. Never raises for what stands in a lesson's files."""
    own = _own()
    lessons, faults = dict(own.lessons), dict(own.faults)
    if extra is not None:
        if Path(extra).is_dir():
            _read(_folders(Path(extra)), lessons, faults)
        else:
            faults[str(extra)] = [_no_folder(str(extra))]
    ordered = sorted(lessons.values(), key=lambda each: (each.order, each.id))
    return Shelf({each.id: each for each in ordered}, faults)


@cache
def _own() -> Shelf:
    """The lessons beside this file. They are part of the program, so one reading serves as long as it runs."""
    own = Shelf({}, {})
    _read(_folders(FOLDER), own.lessons, own.faults)
    return own


def _read(folders: Iterable[Path], lessons: dict[str, Lesson], faults: dict[str, list[Problem]]) -> None:
    """Adds the lessons of some folders, and what is wrong with any of them."""
    for folder in folders:
        report = Report(folder.name)
        key = folder.name
        if not _ID.match(folder.name):
            message = f"the folder '{folder.name}' cannot be a lesson"
            hint = "rename it: only a to z, digits and '-' are allowed"
            report.fault("", None, "bad-folder", message, hint, folder=folder.name)
        elif folder.name in lessons or folder.name in faults:
            key = str(folder)
            message = f"there is a lesson '{folder.name}' already"
            report.fault("", None, "duplicate-lesson", message, f"rename the folder '{folder}'", folder=str(folder))
        else:
            lesson = bind(folder, report)
            if lesson is not None:
                lessons[lesson.id] = lesson
        if report.problems:
            faults[key] = report.problems


def _folders(place: Path) -> Iterator[Path]:
    """The folders in a place that hold a lesson, in alphabetical order; the place itself when it is one."""
    if _holds_lesson(place):
        yield place.resolve()
        return
    try:
        entries = sorted(place.iterdir())
    except OSError:
        return
    yield from (each for each in entries if _holds_lesson(each))


def _holds_lesson(folder: Path) -> bool:
    return folder.is_dir() and any((folder / name).exists() for name in FILES)


def _no_folder(folder: str) -> Problem:
    hint = "check how it is written"
    return Problem("no-such-folder", f"there is no folder '{folder}'", {"folder": folder}, hint, field="lessons")


def _unknown(id: str, known: Iterable[str]) -> Problem:
    hint = did_you_mean(id, known, listed(known))
    return Problem("unknown-lesson", f"there is no lesson '{id[:80]}'", {"id": id[:80]}, hint, field="lesson")
