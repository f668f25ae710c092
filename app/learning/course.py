"""A training under orders: it goes, pauses, slows down, and tells how it is going as often as somebody listens.

Orders are small records, one `order` each:

- `pace`: `going`, `most` updates in a second or null, `steps` to make before it pauses or null;
- `turn`: whether the processor is `yours`;
- `keep`: tell the record now;
- `heard`: what was told has arrived. Nothing more is told until then, so whoever listens slowly hears of many updates
  at once, and of all of them.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Mapping
from queue import Empty, SimpleQueue
from typing import Any

from app.frames import Dense

from .record import write_record
from .telling import Example, outline, updates
from .training import Progress, Training

Order = Mapping[str, Any]
Tell = Callable[[Mapping[str, object], Mapping[str, Dense]], None]

#: seconds between two reports, two pictures of the example, two records; and how much of the time pictures and records
#: may take where they are large
PROGRESS, EXAMPLE, RECORD = 0.1, 0.25, 3.0
_SHARE = 0.05
#: seconds over which the speed is measured
_WINDOW = 5.0


class Course:
    """Leads one training from order to order. `tell` is given a header and arrays: see `telling`."""

    def __init__(
        self, training: Training, tell: Tell, *, going: bool = True, yours: bool = True, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._training, self._tell, self._clock = training, tell, clock
        self._example = Example(training)
        self._going, self._yours = going and not training.is_over, yours
        self._left: int | None = None
        self._most: float | None = None
        self._next = 0.0  # when the next update may begin
        self._unsent: list[Progress] = []
        self._heard = self._news = True
        self._wanted = False
        self._speed = _Speed()
        self._progress_due = self._example_due = 0.0
        self._record_due = clock() + RECORD
        self._shown = -1
        self._recorded = training.done
        self._ended = False

    def run(self, orders: SimpleQueue[Order]) -> None:
        """Until the training is over, and that has been told."""
        self._tell(*outline(self._training))
        while not self._ended:
            wait = self._wait()
            try:
                order = orders.get(timeout=wait) if wait is None or wait > 0 else orders.get_nowait()
            except Empty:
                self._advance()
            else:
                self._follow(order)

    @property
    def _may(self) -> bool:
        return self._going and self._yours and not self._training.is_over

    def _wait(self) -> float | None:
        """Seconds until there is something to do; None: until there is an order."""
        if self._may and self._most is None:
            return 0.0
        now = self._clock()
        times = [self._next] if self._may else []
        if self._heard and (self._wanted or self._news or self._unsent):
            times.append(now if self._wanted or self._news else self._progress_due)
        return max(0.0, min(times) - now) if times else None

    def _follow(self, order: Order) -> None:
        match order:
            case {"order": "pace", "going": bool(going), "most": most, "steps": steps}:
                stepping = self._going and self._left is not None
                self._most, self._next = most, 0.0
                self._left = None if steps is None else steps + (self._left or 0 if stepping else 0)
                if (steps is not None or going) != self._going:
                    self._turned(not self._going)
            case {"order": "turn", "yours": bool(yours)}:
                self._yours = yours
            case {"order": "keep"}:
                self._wanted = True
            case {"order": "heard"}:
                self._heard = True

    def _turned(self, going: bool) -> None:
        self._going, self._news = going, True
        if going:
            self._speed.clear()

    def _advance(self) -> None:
        now = self._clock()
        if self._heard and (self._wanted or self._news or (self._unsent and now >= self._progress_due)):
            self._report(now)
        elif self._may and now >= self._next:
            if self._most is not None:
                self._next = max(self._next, now - 1 / self._most) + 1 / self._most
            self._update()

    def _update(self) -> None:
        made = self._training.step()
        if made.stop is None:
            self._unsent.append(made)
        if self._left is not None:
            self._left -= 1
        if self._training.is_over or self._left == 0:
            self._left = None
            self._turned(False)

    def _report(self, now: float) -> None:
        """Tells everything that is due. All of it is one thing to be heard."""
        training, settled = self._training, not self._going
        done, over = training.done, training.is_over
        self._heard = self._news = False
        self._speed.mark(now, done)
        self._tell(self._progress(done), updates(self._unsent))
        self._unsent = []
        self._progress_due = now + PROGRESS
        if done != self._shown and (settled or now >= self._example_due):
            self._tell({"type": "example", "done": done}, self._example.arrays())
            self._shown, self._example_due = done, self._after(now, EXAMPLE)
        if self._wanted or (done != self._recorded and (settled or now >= self._record_due)):
            self._tell({"type": "record", "done": done, "text": write_record(training)}, {})
            self._recorded, self._wanted = done, False
            self._record_due = self._after(now, RECORD)
        if over:
            stop = training.stopped
            why = "finished" if stop is None else "stopped"
            self._tell({"type": "done", "why": why, "problem": stop and stop.problem.to_data()}, {})
            self._ended = True

    def _after(self, begun: float, pause: float) -> float:
        """When something that was begun then and is now complete may come again."""
        now = self._clock()
        return now + max(pause, (now - begun) / _SHARE)

    def _progress(self, done: int) -> dict[str, object]:
        speed, whole = self._speed.per_second, self._training.settings.updates
        left = (whole - done) / speed if self._going and speed > 0 else None
        return {
            "type": "progress", "first": done - len(self._unsent) + 1, "done": done, "updates": whole, "going": self._going,
            "per_second": speed, "seconds_left": left, "waiting": 0,
        }  # fmt: skip


class _Speed:
    """Updates in a second, as of late."""

    def __init__(self) -> None:
        self._marks: deque[tuple[float, int]] = deque()

    def clear(self) -> None:
        self._marks.clear()

    def mark(self, now: float, done: int) -> None:
        self._marks.append((now, done))
        while now - self._marks[0][0] > _WINDOW and len(self._marks) > 2:
            self._marks.popleft()

    @property
    def per_second(self) -> float:
        (start, first), (end, last) = self._marks[0], self._marks[-1]
        return (last - first) / (end - start) if end > start else 0.0
