"""A lesson that has passed every check: the document that the page reads, and the experiments that it opens with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from app.engine import Problem, ProblemError

from .faults import did_you_mean, listed

Data = dict[str, Any]


class LessonError(ProblemError):
    """A lesson, or a preset or variant of one, that is not there."""


@dataclass(frozen=True)
class Lesson:
    """`text` is the document; `variants` holds each network with its numbers, `sequences` what is read in each preset.

    A lesson with a single sequence or a single cell has it under the id None.
    """

    id: str
    order: float
    text: Data
    base: Data
    variants: Mapping[str | None, Data]
    sequences: Mapping[str | None, Data]

    @property
    def title(self) -> dict[str, str]:
        """The title in every language."""
        return dict(self.text["title"])

    @property
    def summary(self) -> dict[str, str]:
        """One sentence in every language."""
        return dict(self.text["summary"])

    def document(self) -> Data:
        """Everything that the page shows of the lesson, as JSON. Holds no answer to any of its questions."""
        return deepcopy(self.text)

    def experiment(self, preset: str | None = None, variant: str | None = None) -> Data:
        """The record to begin with, as JSON; the first preset and the first variant where none is named.

        Raises LessonError when the lesson has no such preset or variant.
        """
        preset = _chosen("preset", preset, self.sequences, self.id)
        variant = _chosen("variant", variant, self.variants, self.id)
        record = {
            **self.base,
            "preset": preset,
            "variant": variant,
            **self.variants[variant],
            **self.sequences[preset],
        }
        return deepcopy(record)


def _chosen(what: str, id: str | None, known: Iterable[str | None], lesson: str) -> str | None:
    ids = list(known)
    if id is None:
        return ids[0]
    if id in ids:
        return id
    names = [each for each in ids if each is not None]
    message = f"the lesson '{lesson}' has no {what} '{id[:80]}'"
    hint = did_you_mean(id, names, listed(names))
    raise LessonError([Problem(f"unknown-{what}", message, {"id": id[:80], "lesson": lesson}, hint, field=what)])
