"""Which experiment is meant, and the same with nothing left open: every number written out."""

from __future__ import annotations

from typing import Any

from app.lessons import Lesson, Shelf

from .experiment import Experiment
from .numbers import named
from .prepared import Prepared


def lesson_experiment(lesson: Lesson, preset: str | None = None, variant: str | None = None) -> Experiment:
    """A lesson's experiment. Raises LessonError when it has no such preset or variant."""
    return Experiment.model_validate(lesson.experiment(preset, variant))


def find(
    shelf: Shelf, lesson: str | None, preset: str | None, variant: str | None, experiment: Experiment | None
) -> tuple[Experiment, Lesson | None]:
    """The experiment of a lesson, or the one given, with the lesson that it belongs to.

    Raises LessonError. An experiment may come from a lesson that is not here: it is complete in itself.
    """
    if experiment is not None:
        return experiment, shelf.lessons.get(experiment.lesson or "")
    found = shelf.lesson(lesson or "")
    return lesson_experiment(found, preset, variant), found


def complete(experiment: Experiment, prepared: Prepared) -> dict[str, Any]:
    """The record with every parameter, and with full addresses throughout."""
    record = experiment.model_dump()
    record["parameters"]["values"] = named(prepared.parameters)
    record["initial"] = named(prepared.initial)
    record["backward"] = prepared.backward and prepared.backward.model_dump()
    return record
