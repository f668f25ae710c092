"""What a training would need, known before it is begun."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from app.engine import OPTIMISERS
from app.tasks import task_named

from .pupil import Pupil
from .settings import Settings
from .start import GIVEN, begin

#: sequences that are drawn to see how long they are
_SAMPLE = 16


@dataclass(frozen=True, slots=True)
class Fit:
    """`memory`: bytes of one update. `numbers`: how many its record holds in the end."""

    memory: int
    numbers: int


def check_fit(settings: Settings) -> Fit:
    """What these settings need.

    Raises ProblemError or NetworkError for a cell that does not fit the task, or given weights that do not fit the network.
    """
    network = Pupil(settings).network
    if settings.start == GIVEN:
        begin(network, settings.start, settings.seed, settings.weights)
    drawn = task_named(settings.task).draw(np.random.default_rng(settings.seed), _SAMPLE, settings.options)
    memory = sum(network.memory(drawn.inputs.shape[0], settings.batch, dtype=np.dtype(settings.dtype)))
    parameters = sum(math.prod(shape) for shape in network.parameters.values())
    remembered = OPTIMISERS[settings.optimiser].make(1, settings.dtype, settings.tuning).memory
    measured = 2 * settings.updates + 3 * (settings.updates // settings.every)
    kept = 1 + len(remembered) + (settings.start == GIVEN)
    return Fit(memory, parameters * kept + measured)


def shapes_of(settings: Settings) -> dict[str, tuple[int, ...]]:
    """The shapes of the weights that are learned, by full address.

    Raises ProblemError or NetworkError for a cell that does not fit the task.
    """
    return dict(Pupil(settings).network.parameters)
