"""Trainings as a page asks for them. They run somewhere else: whoever hosts the session brings a trainer along."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, Protocol

from app.engine import Problem, ProblemError
from app.learning import Settings, check_fit, read_settings, shapes_of
from app.tasks import TASKS

from .limits import Limits
from .messages import Cancel, Keep, Pace, Train
from .replies import Reply
from .told import Ended

#: characters of one number of a record: eight bytes in base64
_DIGITS = 11


class Trainer(Protocol):
    """Runs one visitor's trainings, one in a lane. Orders are those of `app.learning.course`."""

    @property
    def lanes(self) -> Collection[str]:
        """Where a training is."""
        ...

    def begin(self, lane: str, id: int, first: Mapping[str, Any]) -> None:
        """Begins a training in place of the lane's. `first` has `settings` or `record`, and whether it is `going`."""
        ...

    def order(self, lane: str, order: Mapping[str, Any]) -> bool:
        """Passes an order on; False where no training is."""
        ...

    def end(self, lane: str) -> None:
        """Ends the lane's training at once, if there is one."""
        ...


class Trainings:
    """Checks what is asked, and asks the trainer."""

    def __init__(self, trainer: Trainer | None, limits: Limits) -> None:
        self._trainer, self._limits = trainer, limits

    def handle(self, message: Train | Pace | Keep | Cancel) -> Iterator[Reply]:
        """Raises ProblemError for what cannot be trained. What a training tells comes later, from the host."""
        if self._trainer is None:
            raise ProblemError([Problem("no-trainer", "nothing can be trained here", {}, "use unrolled train in a terminal")])
        match message:
            case Train():
                self._begin(message, self._trainer)
            case Pace():
                pace = {"order": "pace", "going": message.going, "most": message.most, "steps": message.steps}
                _order(self._trainer, message.lane, pace)
            case Keep():
                _order(self._trainer, message.lane, {"order": "keep"})
            case Cancel():
                self._trainer.end(message.lane)
                return iter([Ended(message.id, message.lane, "cancelled")])
        return iter([])

    def _begin(self, message: Train, trainer: Trainer) -> None:
        others = len(set(trainer.lanes) - {message.lane})
        problems = self._limits.problems(trainings=others + 1)
        first: dict[str, Any] = {"going": not message.paused}
        if message.record is not None:
            problems += self._limits.problems(record=len(message.record))
            first["record"] = message.record
        else:
            settings = _checked(message.settings or {}, self._limits, problems)
            fit = check_fit(settings)
            problems += self._limits.problems(training_bytes=fit.memory, record=fit.numbers * _DIGITS)
            first["settings"] = settings.to_data()
        if problems:
            raise ProblemError(problems)
        trainer.begin(message.lane, message.id, first)


def weights_wanted(given: Mapping[str, Any], limits: Limits) -> dict[str, list[int]]:
    """The shapes of the weights that a training with these settings learns, by full address, however they start.

    Raises ProblemError or NetworkError for settings that cannot be trained with.
    """
    settings = _checked({name: value for name, value in given.items() if name not in ("start", "weights")}, limits)
    return {name: list(shape) for name, shape in shapes_of(settings).items()}


def without_memory(given: Mapping[str, Any]) -> dict[str, float]:
    """The loss and the share of right answers of whoever has no memory, for these settings' task, options and readout.

    Raises ProblemError for settings that cannot be trained with.
    """
    settings = read_settings({name: given[name] for name in ("task", "options", "readout") if name in given})
    found = TASKS[settings.task].baseline_at(settings.options, settings.readout)
    return {"loss": found.loss, "accuracy": found.accuracy}


def _checked(given: Mapping[str, Any], limits: Limits, problems: Iterable[Problem] = ()) -> Settings:
    settings = read_settings(given)
    if found := [*problems, *limits.problems(text=len(settings.equations))]:
        raise ProblemError(found)
    return settings


def _order(trainer: Trainer, lane: str, order: Mapping[str, Any]) -> None:
    if not trainer.order(lane, order):
        said = f"nothing is being trained in lane '{lane}'"
        raise ProblemError([Problem("not-training", said, {"lane": lane}, "send a train message first", field="lane")])
