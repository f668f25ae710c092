"""Where an experiment comes from, as it is asked for: a lesson, a cell of the library, or a record of one's own."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field, model_validator

from .experiment import Experiment
from .records import Record, Word


class Origin(Record):
    """One of the three; a lesson in one of its presets and variants."""

    lesson: Annotated[Word | None, Field(examples=["gated-cell"])] = None
    preset: Word | None = None
    variant: Word | None = None
    cell: Word | None = None
    experiment: Experiment | None = None

    @model_validator(mode="after")
    def _one(self) -> Self:
        if [self.lesson, self.cell, self.experiment].count(None) != 2:
            raise ValueError("name a lesson or a cell, or give an experiment: one of the three")
        if self.lesson is None and (self.preset or self.variant):
            raise ValueError("preset and variant belong to a lesson")
        return self
