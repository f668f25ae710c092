"""All trainings of all visitors: how many processes there are, who waits for one, and whose turn it is to compute."""

from __future__ import annotations

import asyncio
import threading
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from time import monotonic
from typing import Any

from app.engine import Problem
from app.frames import Dense
from app.session import Reply
from app.session.told import told

from .logs import LOGGER
from .settings import Settings
from .trainee import Trainee
from .turns import Turns

TURN = 0.25  # seconds that a turn takes where there are more trainings than processors
LOOK = 1.0  # seconds between two looks at who could make room
LAST = 1.0  # seconds for the last records of all, when the server stops


@dataclass(eq=False, slots=True)
class Run:
    """One training: waiting while it has no process."""

    own: Own
    lane: str
    id: int
    first: Mapping[str, Any]
    wants: bool
    orders: list[Mapping[str, Any]] = field(default_factory=list)
    trainee: Trainee | None = None
    yours: bool = False
    heard: bool = True
    recorded: bool = False
    place: int = -1
    paused: float = field(default_factory=monotonic)

    def pass_on(self, order: Mapping[str, Any]) -> None:
        if self.trainee is None:
            self.orders.append(order)
        else:
            self.trainee.order(order)


class Own:
    """One visitor's trainings, as the session knows them. What the session calls, it may call from any thread."""

    def __init__(self, trainers: Trainers, loop: asyncio.AbstractEventLoop) -> None:
        self._trainers, self._loop = trainers, loop
        self._hear: Callable[[Reply], None] = lambda reply: None
        self._lock = threading.Lock()
        self._runs: dict[str, Run] = {}
        self.gone = False

    @property
    def lanes(self) -> tuple[str, ...]:
        return tuple(self._runs)

    def begin(self, lane: str, id: int, first: Mapping[str, Any]) -> None:
        run = Run(self, lane, id, first, wants=first["going"])
        with self._lock:
            before = self._runs.get(lane)
            self._runs[lane] = run
        if before is not None:
            self._soon(self._trainers.end, before)
        self._soon(self._trainers.begin, run)

    def order(self, lane: str, order: Mapping[str, Any]) -> bool:
        run = self._runs.get(lane)
        if run is not None:
            self._soon(self._trainers.order, run, order)
        return run is not None

    def end(self, lane: str) -> None:
        with self._lock:
            run = self._runs.pop(lane, None)
        if run is not None:
            self._soon(self._trainers.end, run)

    def _soon(self, what: Callable[..., None], *arguments: object) -> None:
        self._loop.call_soon_threadsafe(what, *arguments)

    # What follows is called in the loop.

    def listen(self, hear: Callable[[Reply], None]) -> None:
        """From now on replies are given to `hear`."""
        self._hear = hear

    def tell(self, run: Run, header: Mapping[str, Any], arrays: Mapping[str, Dense], *, last: bool) -> None:
        """Passes on what a run says, unless another one is in its place."""
        if self._runs.get(run.lane) is not run:
            return
        if last:
            with self._lock:
                if self._runs.get(run.lane) is run:
                    del self._runs[run.lane]
        self._hear(told(run.id, run.lane, header, arrays))

    def delivered(self) -> None:
        """All that was told has been sent."""
        for run in list(self._runs.values()):
            if not run.heard:
                run.heard = True
                run.pass_on({"order": "heard"})

    def leave(self) -> None:
        """The visitor is gone, and so are the trainings."""
        self.gone = True
        with self._lock:
            runs, self._runs = list(self._runs.values()), {}
        self._trainers.end(*runs)


class Trainers:
    """Begins trainings while there is room, shares the processors, and ends what nobody wants."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._turns = Turns(settings.training_at_once)
        self._waiting: list[Run] = []
        self._begun: list[Run] = []
        self._tasks: set[asyncio.Task[None]] = set()
        self._shared = 0.0
        self._timer: asyncio.TimerHandle | None = None

    def own(self) -> Own:
        """For a new visitor."""
        return Own(self, asyncio.get_running_loop())

    def begin(self, run: Run) -> None:
        if not run.own.gone:
            self._waiting.append(run)
            self._fill()

    def order(self, run: Run, order: Mapping[str, Any]) -> None:
        run.pass_on(order)
        if order["order"] == "pace":
            self._wants(run, order["going"] or order["steps"] is not None)

    def end(self, *ended: Run) -> None:
        for run in ended:
            if run.trainee is not None:
                run.trainee.kill()
            for runs in (self._waiting, self._begun):
                if run in runs:
                    runs.remove(run)
        self._fill()

    async def last_records(self) -> None:
        """Asks for every record, and waits a moment until they have been sent."""
        runs = list(self._begun)
        for run in runs:
            run.recorded = False
            run.pass_on({"order": "keep"})
        end = monotonic() + LAST
        while monotonic() < end and any(run in self._begun and not (run.recorded and run.heard) for run in runs):
            await asyncio.sleep(0.01)

    async def close(self) -> None:
        """Ends every process."""
        for run in [*self._waiting, *self._begun]:
            run.own.leave()
        if self._timer is not None:
            self._timer.cancel()
        await asyncio.gather(*self._tasks)

    def _fill(self) -> None:
        """Begins what there is room for, and tells the others their place."""
        while self._waiting and len(self._begun) < self._settings.trainers:
            self._start(self._in_order()[0])
        if self._waiting:
            self._make_room()
        for place, run in enumerate(self._in_order(), 1):
            if run.place != place:
                run.place = place
                run.own.tell(run, _waits(place), _NOTHING, last=False)
        self._share()

    def _in_order(self) -> list[Run]:
        """First those whose visitor has least, in the order in which they came."""
        has = Counter(run.own for run in self._begun)
        ranks: list[tuple[int, int, Run]] = []
        for came, run in enumerate(self._waiting):
            ranks.append((has[run.own], came, run))
            has[run.own] += 1
        return [run for *_, run in sorted(ranks, key=lambda each: each[:2])]

    def _start(self, run: Run) -> None:
        self._waiting.remove(run)
        self._begun.append(run)
        run.trainee = Trainee(self._settings, lambda header, arrays: self._heard(run, header, arrays))
        run.trainee.order({**run.first, "yours": run.yours})
        for order in run.orders:
            run.trainee.order(order)
        run.first, run.orders = {}, []
        task = asyncio.get_running_loop().create_task(run.trainee.run())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _make_room(self) -> None:
        """A training that has been paused for long gives way to those that wait."""
        now = monotonic()
        for run in list(self._begun):
            if not run.wants and now - run.paused > self._settings.trainer_idle:
                said, hint = "the training was paused while others waited for its place", "go on from its record"
                problem = Problem("training-gave-way", said, {}, hint).to_data()
                run.own.tell(run, {"type": "done", "why": "stopped", "problem": problem}, _NOTHING, last=True)
                self.end(run)

    def _heard(self, run: Run, header: Mapping[str, Any], arrays: Mapping[str, Dense]) -> None:
        kind = header["type"]
        if "fault" in header:
            LOGGER.error("a training failed: %s", header["fault"])
        run.heard = kind == "training"
        run.recorded = run.recorded or kind == "record"
        last = kind in ("done", "problems")
        run.own.tell(run, header, arrays, last=last)
        if last:
            self.end(run)
        elif kind == "progress":
            self._wants(run, header["going"])

    def _wants(self, run: Run, wants: bool) -> None:
        if wants != run.wants:
            run.wants, run.paused = wants, monotonic()
            self._share()

    def _share(self) -> None:
        """Gives turns; again after a while, as long as there are more that want one than may have one."""
        now = monotonic()
        wanting = [(run.own, run) for run in self._begun if run.wants]
        chosen = {id(run) for _, run in self._turns.next(wanting, now - self._shared)}
        self._shared = now
        for run in self._begun:
            yours = id(run) in chosen
            if yours != run.yours:
                run.yours = yours
                run.pass_on({"order": "turn", "yours": yours})
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        pause = TURN if len(wanting) > len(chosen) else LOOK if self._waiting else None
        if pause is not None:
            self._timer = asyncio.get_running_loop().call_later(pause, self._fill)


_NOTHING: Mapping[str, Dense] = {}


def _waits(place: int) -> Mapping[str, Any]:
    return {
        "type": "progress", "first": 1, "done": 0, "updates": 0, "going": False, "per_second": 0.0, "seconds_left": None,
        "waiting": place,
    }  # fmt: skip
