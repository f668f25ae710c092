"""Latest wins: which request of each lane and kind is the newest, and whether an older one is still worth finishing.

A drag sends sixty changes a second. Each makes the ones before it stale, so that what is computed is always what the
person sees under the pointer now. But where one run takes longer than the time between two changes, dropping every
stale one would show nothing until the drag ends: so one that has begun may finish when the picture has grown old.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

Kind = Literal["open", "run", "gradient", "seek", "landscape", "descent", "measure", "update"]
PATIENCE = 0.25  # seconds without a complete answer


@dataclass(frozen=True, slots=True)
class Turn:
    """One request's place in the order of all."""

    lane: str
    number: int


class Latest:
    """Keeps the order of requests."""

    def __init__(self, clock: Callable[[], float], patience: float = PATIENCE) -> None:
        self._clock = clock
        self._patience = patience
        self._count = 0
        self._newest: dict[tuple[str, Kind], int] = {}
        self._stopped: dict[tuple[str, Kind], int] = {}
        self._waiting: dict[tuple[str, Kind], float] = {}  # since when the person has been waiting

    def begin(self, lane: str, *kinds: Kind) -> Turn:
        """A new request; older ones of its lane and kinds are stale from now on."""
        self._count += 1
        for kind in kinds:
            self._newest[lane, kind] = self._count
            self._waiting.setdefault((lane, kind), self._clock())
        return Turn(lane, self._count)

    def stop(self, lane: str, *kinds: Kind) -> None:
        """Ends all requests of these kinds, at once and without patience."""
        self._count += 1
        for kind in kinds:
            self._stopped[lane, kind] = self._newest[lane, kind] = self._count
            self._waiting.pop((lane, kind), None)

    def wanted(self, turn: Turn, kind: Kind) -> bool:
        """Whether nothing newer has been asked for."""
        return self._newest.get((turn.lane, kind)) == turn.number

    def worth(self, turn: Turn, kind: Kind, patience: float | None = None) -> bool:
        """Whether to go on with what has begun; `patience` may be less than usual where an answer takes long."""
        if self.wanted(turn, kind):
            return True
        if turn.number < self._stopped.get((turn.lane, kind), 0):
            return False
        return self._clock() - self._waiting[turn.lane, kind] > (self._patience if patience is None else patience)

    def finish(self, turn: Turn, kind: Kind) -> None:
        """A complete answer has been given; for a newer request the waiting begins now."""
        if self.wanted(turn, kind):
            self._waiting.pop((turn.lane, kind), None)
        else:
            self._waiting[turn.lane, kind] = self._clock()
