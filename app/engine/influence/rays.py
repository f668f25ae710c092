"""Several losses at once, each of which touches the values of one step."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from ..ops import Array
from ..place import Place
from ..run import Run


@dataclass(frozen=True, slots=True, eq=False)
class Rays:
    """N losses on values of one part: loss n touches step `when[n]` (from 0) and nothing else.

    `seeds` holds dL/dv of every loss at its own step, (N, *lead, size) by full address.
    """

    part: str
    when: Array
    seeds: Mapping[str, Array]

    @property
    def count(self) -> int:
        return len(self.when)


def turned(run: Run, place: Place, series: Array) -> Array:
    """Between the order of the sequence and that in which a place reads, for (T, *lead, ...)."""
    front = series.shape[: 1 + len(run.lead)]
    found: Array = run.turned(place, series.reshape(*front, -1)).reshape(series.shape)
    return found


def entering(run: Run, place: Place, when: Array) -> Callable[[int], tuple[Array, ...] | None]:
    """Where losses that touch the steps `when` enter at the r-th step that a place reads: an index of (*lead, N).

    None where none does. Sequences of different length that are read backward have their own step there.
    """
    ticks = np.broadcast_to(np.arange(run.length).reshape(-1, *(1,) * len(run.lead)), (run.length, *run.lead))
    steps = run.turned(place, ticks[..., None])[..., 0]
    touched = [bool(np.isin(row, when).any()) for row in steps]

    def index(position: int) -> tuple[Array, ...] | None:
        return np.nonzero(steps[position][..., None] == when) if touched[position] else None

    return index
