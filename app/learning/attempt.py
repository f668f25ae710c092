"""One network, with one seed, tries for a recipe's goal: it trains until it has reached it, or all its updates are made."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, replace
from itertools import product
from zlib import crc32

from app.tasks import task_named

from .batches import Batches
from .recipe import Contender, Recipe
from .settings import CHOICES
from .training import Progress, Training

#: settings that there were none of when the first attempts were kept
_LATER = ("direction", "readout")
#: sequences that a network reads beyond its training
SEQUENCES = 1000


@dataclass(frozen=True, slots=True)
class Attempt:
    """What came of it. `updates` and `sequences` are those that it took, or all that were allowed where the goal is not
    `reached`; `loss` and `accuracy` are what held-out sequences said last, and `beyond` the accuracy on those of the
    recipe's other settings. `stopped` is the code of what ended it too early. `seconds` are of processor time.

    `key` tells from which settings it is, so that an attempt at a recipe that was changed later is known.
    """

    contender: str
    seed: int
    key: str
    reached: bool
    updates: int
    sequences: int
    loss: float | None
    accuracy: float | None
    beyond: float | None
    stopped: str
    seconds: float

    def to_data(self) -> dict[str, object]:
        """The JSON form."""
        return asdict(self)


def planned(recipe: Recipe, seeds: int, contender: str = "") -> Iterator[tuple[Contender, int]]:
    """All attempts in their order, each contender with the seeds from 0; of one contender only if it is named.

    Raises ProblemError if no contender has that name.
    """
    chosen = [recipe.contender(contender)] if contender else recipe.contenders
    return product(chosen, range(seeds))


def key_of(recipe: Recipe, contender: Contender, seed: int) -> str:
    """The same for the same settings, goal and further question.

    What is off (0, or nothing) is left out of it, so that a setting which is new, and off, changes no key; so are those
    that came later and are as everything was before.
    """
    settings = contender.with_seed(seed).to_data().items()
    on = {name: value for name, value in settings if value and not (name in _LATER and value == CHOICES[name][0])}
    said = json.dumps([on, contender.goal.to_data(), dict(recipe.beyond)], sort_keys=True)
    return f"{crc32(said.encode()):08x}"


def attempted(
    recipe: Recipe, contender: Contender, seed: int, tell: Callable[[Progress], object] = lambda progress: None
) -> Attempt:
    """Trains one network; `tell` hears of every update.

    Raises ProblemError for a seed that cannot be.
    """
    settings = contender.with_seed(seed)
    training = Training(settings)
    start, reached = time.process_time(), False
    while not training.is_over and not reached:
        progress = training.step()
        reached = progress.held_out is not None and contender.goal.is_reached(progress.held_out)
        tell(progress)
    beyond = _beyond(recipe, training) if reached and recipe.beyond else None
    last = training.history.held_out[-1] if training.history.held_out else None
    return Attempt(
        contender.name, seed, key_of(recipe, contender, seed), reached, training.done, training.done * settings.batch,
        None if last is None else round(last.loss, 6), None if last is None else round(last.accuracy, 6), beyond,
        training.stopped.problem.code if training.stopped else "", round(time.process_time() - start, 1),
    )  # fmt: skip


def _beyond(recipe: Recipe, training: Training) -> float:
    """The accuracy on held-out sequences of the task's other settings."""
    settings = training.settings
    options = task_named(settings.task).complete({**settings.options, **recipe.beyond})
    batch = Batches(replace(settings, options=options, test=SEQUENCES)).held_out
    answers = training.pupil.answers(training.parameters, batch.inputs)
    return round(training.pupil.task.judge(answers, batch), 6)
