"""What turns up while a layer is read: problems, notes and choices, collected so that all of them are told at once."""

from __future__ import annotations

from dataclasses import dataclass, field

from app.engine import Problem, ProblemError

from .found import Choice, Note
from .library import LibraryLayer

_LONGEST = 80


@dataclass(slots=True)
class Report:
    """What there is to say about one layer."""

    layer: LibraryLayer
    problems: list[Problem] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    choices: list[Choice] = field(default_factory=list)

    @property
    def name(self) -> str:
        """The layer in a sentence."""
        return f"'{short(self.layer.name)}'" if self.layer.name else f"the {self.layer.kind}"

    def array(self, name: str) -> str:
        """One of the layer's arrays in a sentence."""
        return f"'{short(name)}' of {self.name}" if self.layer.name else f"'{short(name)}'"

    def refuse(self, code: str, message: str, hint: str, **args: str | int | float) -> None:
        """Something that cannot be used."""
        named = {"layer": short(self.layer.name), **args}
        self.problems.append(
            Problem(code, message, named, hint, field=short(str(args.get("array") or self.layer.name)))
        )

    def note(self, code: str, message: str, **args: str | int | float) -> None:
        """Something to know."""
        self.notes.append(Note(code, message, {"layer": short(self.layer.name), **args}))

    def choose(self, option: str, taken: str, message: str) -> None:
        """Something that the source does not tell."""
        self.choices.append(Choice(self.layer.name, option, taken, message))


def short(name: str) -> str:
    """A name out of a file for a sentence: cut when it is long, and nothing in it that a terminal obeys."""
    text = "".join(sign if sign.isprintable() else "?" for sign in name[: _LONGEST + 1])
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "..."


def raise_all(reports: list[Report]) -> None:
    """Raises ProblemError with the problems of all layers, if there are any."""
    problems = [problem for report in reports for problem in report.problems]
    if problems:
        raise ProblemError(problems)
