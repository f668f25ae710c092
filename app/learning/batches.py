"""Which sequences each update reads. They follow from the seed and the update's number alone.

So nothing about chance has to be kept: a run that goes on later draws what it would have drawn.
"""

from __future__ import annotations

from functools import cached_property

import numpy as np

from app.tasks import Batch, asked_at, task_named

from .settings import Settings

#: what numbers are drawn for, beside the seed
_UPDATE, _DATA, _HELD_OUT, _ORDER = 1, 2, 3, 4


class Batches:
    """Batches of one training: `update(number)` for each update, from 1, and the `held_out` one that never changes."""

    def __init__(self, settings: Settings) -> None:
        self._settings, self._task = settings, task_named(settings.task)

    def update(self, number: int) -> Batch:
        """The sequences of an update.

        With `data` they are taken of a fixed set, in a new order each time that all have been read; those that do not
        fill a batch are left out that time.
        """
        size, count = self._settings.batch, self._settings.data
        if not count:
            return self._draw(size, _UPDATE, number)
        rounds, place = divmod(number - 1, count // size)
        order = self._random(_ORDER, rounds).permutation(count)
        return self._all.some(order[place * size : (place + 1) * size])

    @cached_property
    def held_out(self) -> Batch:
        """Sequences that no update reads."""
        draw = self._task.held_out or self._task.draw
        return self._asked(draw(self._random(_HELD_OUT), self._settings.test, self._settings.options))

    @cached_property
    def _all(self) -> Batch:
        return self._draw(self._settings.data, _DATA)

    def _draw(self, size: int, *purpose: int) -> Batch:
        return self._asked(self._task.draw(self._random(*purpose), size, self._settings.options))

    def _asked(self, batch: Batch) -> Batch:
        readout = self._settings.readout
        return batch if self._task.is_usual(readout) else asked_at(batch, readout)

    def _random(self, *purpose: int) -> np.random.Generator:
        return np.random.default_rng([self._settings.seed, *purpose])
