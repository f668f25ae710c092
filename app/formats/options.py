"""The options of a layer, each of the type that it has to be, and what a person tells where a file does not."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from math import isfinite
from numbers import Real
from typing import Any

from app.engine import Problem, ProblemError, suggestion

from .activations import KERAS
from .library import LIBRARY_NAMES, LibraryLayer
from .report import Report, short

#: what a person may give, by library and kind: what arrays alone do not tell
GIVEN: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("pytorch", "RNN"): ("nonlinearity",),
    **{
        ("keras", kind): (*names, "go_backwards", "merge_mode")
        for kind, names in {
            "RNN": ("activation",),
            "LSTM": ("activation", "recurrent_activation"),
            "GRU": ("activation", "recurrent_activation", "reset_after"),
        }.items()
    },
}
#: what each of them can be, the usual one first
VALUES: Mapping[str, tuple[str, ...]] = {
    "nonlinearity": ("tanh", "relu"),
    "activation": tuple(KERAS),
    "recurrent_activation": tuple(KERAS),
    "reset_after": ("true", "false"),
    "go_backwards": ("false", "true"),
    "merge_mode": ("concat", "sum", "mul", "ave"),
}
_FLAGS = {"true": True, "1": True, "false": False, "0": False}


class Options:
    """Reads the options of a layer one by one; what has another type than it should is a problem.

    None stands for an option that is missing, and for one that was wrong.
    """

    def __init__(self, report: Report) -> None:
        self._report = report
        self._left: dict[str, Any] = dict(report.layer.options)

    def __contains__(self, name: str) -> bool:
        return name in self._report.layer.options

    def word(self, name: str) -> str | None:
        found: str | None = self._take(name, lambda value: isinstance(value, str), "a word")
        return found

    def words(self, name: str) -> Sequence[str] | None:
        found: Sequence[str] | None = self._take(name, lambda value: _is_list(value, str), "a list of words")
        return found

    def flag(self, name: str) -> bool | None:
        value = self._take(name, lambda value: str(value).lower() in _FLAGS, "true or false")
        return None if value is None else _FLAGS[str(value).lower()]

    def real(self, name: str) -> float | None:
        value = self._take(name, _is_real, "a number")
        return None if value is None else float(value)

    def reals(self, name: str) -> Sequence[float]:
        fits = self._take(
            name, lambda value: _is_list(value, object) and all(map(_is_real, value)), "a list of numbers"
        )
        return [float(each) for each in fits or ()]

    def agree(self, name: str, found: object, what: str) -> None:
        """An option that the arrays tell as well: a problem if they do not agree."""
        value = self._left.pop(name, None)
        if value is not None and value != found:
            self._report.refuse(
                "options-disagree",
                f"{self._report.name} has {name} {short(repr(value))}, but its arrays are those of {what}",
                "the file is damaged, or its parts do not belong together",
                option=name,
            )

    def ignore(self, *names: str) -> None:
        """Options that change nothing of what is computed."""
        for name in names:
            self._left.pop(name, None)

    def close(self) -> None:
        """Notes for what is left: options that are not known here."""
        for name, value in self._left.items():
            self._report.note(
                "unknown-option",
                f"{self._report.name} has an option '{short(name)}' ({short(repr(value))}), which is not known and not used",
                option=short(name),
            )

    def _take(self, name: str, fits: Callable[[Any], bool], wanted: str) -> Any:
        value = self._left.pop(name, None)
        if value is None or fits(value):
            return value
        self._report.refuse(
            "bad-option", f"{name} of {self._report.name} is {short(repr(value))}, not {wanted}", f"give {wanted}",
            option=name,
        )  # fmt: skip
        return None


def _is_list(value: object, of: type) -> bool:
    return isinstance(value, list | tuple) and all(isinstance(each, of) for each in value)


def _is_real(value: object) -> bool:
    return not isinstance(value, bool) and isinstance(value, Real) and isfinite(value)


def with_given(layers: Sequence[LibraryLayer], options: Mapping[str, object]) -> list[LibraryLayer]:
    """The layers, with what a person gave where it is not known.

    Raises ProblemError for an option that none of the layers takes, and for one that the file tells otherwise.
    """
    problems, used = list[Problem](), set[str]()
    found = []
    for layer in layers:
        known = [name for name in GIVEN.get((layer.library, layer.kind), ()) if name in options]
        used.update(known)
        problems += [
            Problem(
                "option-known",
                f"{name} of '{short(layer.name)}' is {layer.options[name]!r} in the file, not {options[name]!r}",
                {"layer": short(layer.name), "option": name},
                "leave it out",
                field=name,
            )
            for name in known
            if name in layer.options and not _same(layer.options[name], options[name])
        ]
        found.append(replace(layer, options={**{name: options[name] for name in known}, **layer.options}))
    takes = [name for layer in layers for name in GIVEN.get((layer.library, layer.kind), ())]
    for name in options:
        if name not in used:
            near = suggestion(name, takes)
            what = " and ".join(sorted({f"{LIBRARY_NAMES[each.library]} {each.kind}" for each in layers}))
            known_ones = f"known here are {', '.join(dict.fromkeys(takes))}" if takes else "leave it out"
            problems.append(
                Problem(
                    "unknown-option",
                    f"'{short(name)}' is nothing that can be said of {what or 'no layers'}",
                    {"option": short(name), "suggestion": near},
                    f"did you mean '{near}'?" if near else known_ones,
                    field=short(name),
                )
            )
    if problems:
        raise ProblemError(problems)
    return found


def _same(known: object, given: object) -> bool:
    words = [str(each).lower() for each in (known, given)]
    return len({_FLAGS.get(word, word) for word in words}) == 1
