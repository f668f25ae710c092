"""Training: one update after the other. The host decides when, and stops when it likes; there are no threads here."""

from __future__ import annotations

import math
import time
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from app.engine import OPTIMISERS, Flat, clip_norm, clip_value, norm
from app.tasks import Array

from .batches import Batches
from .pupil import Learnt, Pupil
from .settings import BY_NORM, NONE, Settings
from .start import begin
from .stop import Stop, found_at

#: held-out sequences are run so many at a time, or as many as a batch has
_AT_ONCE = 64


@dataclass(frozen=True, slots=True)
class HeldOut:
    """What held-out sequences say after an update: the mean loss and the share of right answers."""

    update: int
    loss: float
    accuracy: float


@dataclass(frozen=True, slots=True)
class Progress:
    """One update, numbered from 1: its batch's loss, the gradient's norm before and after clipping, the learning rate.

    `held_out` where it was measured, `flow` (T,) the norm of dL/dh at each step where it was asked for, `seconds` the
    time all of it took. With `stop` no update was made, and the numbers may be infinite or NaN.
    """

    update: int
    loss: float
    norm: float
    clipped: float
    rate: float
    seconds: float
    held_out: HeldOut | None = None
    flow: Array | None = None
    stop: Stop | None = None


@dataclass(slots=True)
class History:
    """What has been measured: the loss and the gradient's norm of every update, and the held-out sequences."""

    loss: list[float] = field(default_factory=list)
    norm: list[float] = field(default_factory=list)
    held_out: list[HeldOut] = field(default_factory=list)


class Training:
    """A training as far as it has come. `parameters` are arrays by full address, and change at every update.

    Raises ProblemError for settings that do not fit together, or that would take too much memory.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.pupil = Pupil(settings)
        self.batches = Batches(settings)
        network, dtype = self.pupil.network, np.dtype(settings.dtype)
        self.flat, self.gradient = Flat(network.parameters, dtype), Flat(network.parameters, dtype)
        self.flat.load(begin(network, settings.start, settings.seed, settings.weights))
        self.optimiser = OPTIMISERS[settings.optimiser].make(self.flat.vector.size, dtype, settings.tuning)
        self.history = History()
        self.stopped: Stop | None = None
        self._rates = settings.rates
        self._good = self.flat.vector.copy()
        self.pupil.check_size(self.batches.update(1))

    @property
    def parameters(self) -> Mapping[str, Array]:
        """The weights as they are now, by full address; views that the next update changes."""
        return self.flat.arrays

    @property
    def done(self) -> int:
        """How many updates have been made."""
        return len(self.history.loss)

    @property
    def is_over(self) -> bool:
        """Whether all updates have been made, or no further one can be."""
        return self.stopped is not None or self.done >= self.settings.updates

    def step(self, *, flow: bool = False) -> Progress:
        """Makes one update, and measures the held-out sequences when it is time."""
        assert not self.is_over, "the training is over"
        start = time.perf_counter()
        number, settings = self.done + 1, self.settings
        learnt = self.pupil.learn(self.flat.arrays, self.batches.update(number))
        length = self._gather(learnt)
        seen = self.pupil.flow(learnt) if flow else None
        rate = settings.rate * self._rates.share(number)
        clipped = length
        works = math.isfinite(learnt.loss) and math.isfinite(length)
        if works:
            clipped = self._clip(length)
            # these parameters gave a finite loss; what the update makes of them is not known yet
            self._good[...] = self.flat.vector
            self.optimiser.update(self.flat.vector, self.gradient.vector, rate, number)
            works = bool(np.isfinite(self.flat.vector).all())
        if not works:
            self.stopped = found_at(number, learnt, self.gradient, self.pupil.network)
            self.flat.vector[...] = self._good
            seconds = time.perf_counter() - start
            return Progress(number, learnt.loss, length, clipped, rate, seconds, None, seen, self.stopped)
        self.history.loss.append(learnt.loss)
        self.history.norm.append(length)
        held_out = self.measure() if number % settings.every == 0 or number == settings.updates else None
        return Progress(number, learnt.loss, length, clipped, rate, time.perf_counter() - start, held_out, seen)

    def _gather(self, learnt: Learnt) -> float:
        """Copies the gradient into its vector, pieces added up; gives its norm."""
        arrays = self.gradient.arrays
        for piece, gradient in enumerate(learnt.gradients):
            found = gradient.parameters
            for name, array in arrays.items():
                if piece:
                    array += found[name]
                else:
                    array[...] = found[name]
        return norm(self.gradient.vector)

    def _clip(self, length: float) -> float:
        """Clips the gradient, and gives its norm after that."""
        kind, most = self.settings.clip, self.settings.clip_at
        if kind == NONE or (kind == BY_NORM and length <= most):
            return length
        if kind == BY_NORM:
            clip_norm(self.gradient.vector, most, length)
        else:
            clip_value(self.gradient.vector, most)
        return norm(self.gradient.vector)

    def measure(self) -> HeldOut | None:
        """Runs the held-out sequences and notes what they say; None where their loss is not a finite number."""
        batch, at_once = self.batches.held_out, max(_AT_ONCE, self.settings.batch)
        parts = [
            self.pupil.answers(self.flat.arrays, batch.inputs[:, first : first + at_once])
            for first in range(0, batch.size, at_once)
        ]
        answers = np.concatenate(parts, axis=1)
        loss = self.pupil.task.loss(answers, batch, self.pupil.kind).total
        if not math.isfinite(loss):
            return None
        found = HeldOut(self.done, loss, self.pupil.task.judge(answers, batch))
        self.history.held_out.append(found)
        return found
