"""One visitor's session: a message in, replies out.

What a message changes is checked completely and then applied at once, when `handle` is called. What it asks to be
computed is computed while its replies are read, a stretch at a time; whoever hosts the session may stop reading, and
a request that has been overtaken by a newer one ends by itself.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any

from app.engine import Problem, ProblemError, Trace
from app.lessons import Lesson, Shelf

from .experiment import BackwardRecord, Experiment
from .latest import Latest, Turn
from .limits import Limits, over
from .messages import Cancel, Change, ClientMessage, Differentiate, Message, Open, Ping, Run, Seek, Subscribe
from .opening import complete, find
from .prepared import Prepared, prepare, with_backward, with_changes, with_symbols
from .present import library_card, network_document
from .replies import Done, Frames, Gradients, Opened, Pong, Problems, Reply
from .runs import backwards, differentiated, forwards, frame, run

Replies = Iterator[Reply]


class Session:
    """What one visitor has open. Not safe for several threads at once."""

    def __init__(self, shelf: Shelf, limits: Limits | None = None, clock: Callable[[], float] = time.monotonic) -> None:
        self._shelf = shelf
        self._limits = limits or Limits()
        self._lanes: dict[str, Prepared] = {}
        self._latest = Latest(clock)

    def handle(self, message: ClientMessage) -> Replies:
        """Applies a message, and gives its replies. A message that cannot be followed changes nothing."""
        try:
            return self._follow(message)
        except ProblemError as error:
            return iter([Problems(message.id, message.lane, error.problems)])

    def _follow(self, message: ClientMessage) -> Replies:
        match message:
            case Ping():
                return iter([Pong(message.id, message.lane)])
            case Open():
                return self._open(message)
        prepared = self._lane(message)
        match message:
            case Change():
                changed = with_changes(prepared, message.parameters, message.inputs, message.initial, self._limits)
                return self._run(message, changed)
            case Subscribe():
                return self._run(message, with_symbols(prepared, message.symbols))
            case Run():
                return self._run(message, prepared)
            case Seek():
                return self._seek(message, prepared)
            case Differentiate():
                return self._differentiate(message, prepared)
            case Cancel():
                self._latest.stop(message.lane, message.kind)
                return iter([Done(message.id, message.lane, message.kind)])

    def _lane(self, message: Message) -> Prepared:
        if message.lane in self._lanes:
            return self._lanes[message.lane]
        text = f"nothing is open in lane '{message.lane}'"
        raise ProblemError([Problem("not-open", text, {"lane": message.lane}, "send an open message first", field="lane")])

    def _open(self, message: Open) -> Replies:
        if message.lane not in self._lanes and len(self._lanes) >= self._limits.lanes:
            raise ProblemError([over("lanes", len(self._lanes) + 1, self._limits.lanes)])
        experiment, lesson = find(self._shelf, message)
        prepared = prepare(experiment, self._limits)
        document = network_document(prepared.network, self._limits)
        self._lanes[message.lane] = prepared
        turn = self._latest.begin(message.lane, "open", "run", "gradient", "seek")
        return self._opened(message, turn, experiment, prepared, document, lesson)

    def _opened(
        self,
        message: Open,
        turn: Turn,
        experiment: Experiment,
        prepared: Prepared,
        document: dict[str, Any],
        lesson: Lesson | None,
    ) -> Replies:
        if self._latest.wanted(turn, "open"):
            self._latest.finish(turn, "open")
            yield Opened(
                message.id,
                message.lane,
                complete(experiment, prepared),
                document,
                None if lesson is None else lesson.document(),
                library_card(experiment),
            )
        yield from self._compute(message, turn, prepared)

    def _run(self, message: Message, prepared: Prepared) -> Replies:
        self._lanes[message.lane] = prepared
        return self._compute(message, self._latest.begin(message.lane, "run", "gradient"), prepared)

    def _compute(self, message: Message, turn: Turn, prepared: Prepared) -> Replies:
        """Frames, and then the gradients of the same trace."""
        trace: Trace | None = None
        stretches = forwards(prepared)
        begun = False
        while self._latest.worth(turn, "run") if begun else self._latest.wanted(turn, "run"):
            begun = True
            found = next(stretches, None)
            if found is None:
                self._latest.finish(turn, "run")
                yield Done(message.id, message.lane, "run")
                break
            stretch, trace = found
            yield Frames(message.id, message.lane, stretch.first, stretch.count, prepared.steps, stretch.arrays)
        else:
            return
        if trace is not None and prepared.backward is not None and self._latest.wanted(turn, "gradient"):
            yield from self._gradients(message, turn, prepared, trace)

    def _gradients(self, message: Message, turn: Turn, prepared: Prepared, trace: Trace) -> Replies:
        asked = differentiated(prepared)
        assert asked is not None
        for stretch in backwards(prepared, trace):
            if not self._latest.worth(turn, "gradient"):
                return
            yield Gradients(
                message.id,
                message.lane,
                asked.of,
                asked.step,
                asked.unit,
                stretch.first,
                stretch.count,
                prepared.steps,
                stretch.arrays,
                stretch.totals,
            )
        self._latest.finish(turn, "gradient")
        yield Done(message.id, message.lane, "gradient")

    def _seek(self, message: Seek, prepared: Prepared) -> Replies:
        if message.step > prepared.steps:
            text = f"there is no step {message.step}: the sequence has {prepared.steps}"
            raise ProblemError([Problem("no-step", text, {"step": message.step, "steps": prepared.steps}, field="step")])
        return self._sought(message, self._latest.begin(message.lane, "seek"), prepared)

    def _sought(self, message: Seek, turn: Turn, prepared: Prepared) -> Replies:
        if self._latest.wanted(turn, "seek"):
            stretch = frame(prepared, message.step)
            self._latest.finish(turn, "seek")
            place = (stretch.first, stretch.count, prepared.steps)
            yield Frames(message.id, message.lane, *place, stretch.arrays, kind="seek")

    def _differentiate(self, message: Differentiate, prepared: Prepared) -> Replies:
        asked = None
        if message.of is not None and message.step is not None:
            asked = BackwardRecord(of=message.of, step=message.step, unit=message.unit)
        self._lanes[message.lane] = changed = with_backward(prepared, asked)
        if asked is None:
            self._latest.stop(message.lane, "gradient")
            return iter([Done(message.id, message.lane, "gradient")])
        return self._differentiated(message, self._latest.begin(message.lane, "gradient"), changed)

    def _differentiated(self, message: Message, turn: Turn, prepared: Prepared) -> Replies:
        if self._latest.wanted(turn, "gradient"):
            yield from self._gradients(message, turn, prepared, run(prepared))
