"""Which experiment is meant, and the same with nothing left open: every number written out."""

from __future__ import annotations

from typing import Any

from app.lessons import Lesson, Shelf

from .cell_experiment import cell_experiment
from .experiment import Experiment
from .numbers import named
from .origin import Origin
from .prepared import Prepared


def lesson_experiment(lesson: Lesson, preset: str | None = None, variant: str | None = None) -> Experiment:
    """A lesson's experiment. Raises LessonError when it has no such preset or variant."""
    return Experiment.model_validate(lesson.experiment(preset, variant))


def find(shelf: Shelf, asked: Origin) -> tuple[Experiment, Lesson | None]:
    """The experiment that is asked for, with the lesson that it belongs to.

    Raises LessonError, or NetworkError for a cell that is not there. An experiment may come from a lesson or a cell that is
    not here: it is complete in itself.
    """
    if asked.experiment is not None:
        return asked.experiment, shelf.lessons.get(asked.experiment.lesson or "")
    if asked.cell is not None:
        return cell_experiment(asked.cell), None
    found = shelf.lesson(asked.lesson or "")
    return lesson_experiment(found, asked.preset, asked.variant), found


def complete(experiment: Experiment, prepared: Prepared) -> dict[str, Any]:
    """The record with every parameter, and with full addresses throughout."""
    record = experiment.model_dump()
    record["network"]["tied"] = dict(prepared.network.wires.tied)
    record["parameters"]["values"] = named(prepared.parameters)
    record["initial"] = named(prepared.initial)
    record["backward"] = prepared.backward and prepared.backward.model_dump()
    if record["loss"] is not None and prepared.objective is not None:
        record["loss"]["of"] = prepared.objective.of
    return record
