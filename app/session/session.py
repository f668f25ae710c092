"""One visitor's session: a message in, replies out.

What a message changes is checked completely and then applied at once, when `handle` is called. What it asks to be
computed is computed while its replies are read, a stretch at a time; whoever hosts the session may stop reading, and
a request that has been overtaken by a newer one ends by itself.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any, Literal

from app.engine import Gradient, Problem, ProblemError, Trace
from app.lessons import Lesson, Shelf

from .envelope import Message
from .experiment import BackwardRecord, Experiment
from .latest import Latest, Turn
from .limits import Limits, over
from .messages import (
    Cancel,
    Change,
    ClientMessage,
    Differentiate,
    Keep,
    Open,
    Pace,
    Ping,
    Run,
    Seek,
    Subscribe,
    Train,
)
from .opening import complete, find
from .powers import measured
from .prepared import Prepared, initialised, prepare, with_backward, with_changes, with_windows
from .present import library_card, network_document
from .questions import Descend, Initialise, Landscape, Measure, Update
from .replies import Done, Frames, Gradients, Initialised, Opened, Pong, Problems, Reply
from .runs import Stretch, backwards, differentiated, felt, felt_at_all, forwards, frame, fresh, run, seen
from .surfaces import footholds, rows
from .trainings import Trainer, Trainings
from .updating import Learner
from .windows import Pane

Study = Literal["landscape", "descent", "measure", "update"]
Replies = Iterator[Reply | None]
"""None: nothing to say yet, but a moment at which something newer may come first."""


@dataclass(frozen=True, slots=True)
class Kept:
    """The newest complete run of a lane, so that something else of it can be looked at."""

    prepared: Prepared
    trace: Trace
    asked: BackwardRecord | None = None
    gradient: Gradient | None = None


class Session:
    """What one visitor has open. Not safe for several threads at once."""

    def __init__(
        self,
        shelf: Shelf,
        limits: Limits | None = None,
        clock: Callable[[], float] = time.monotonic,
        trainer: Trainer | None = None,
    ) -> None:
        self._shelf = shelf
        self._limits = limits or Limits()
        self._trainings = Trainings(trainer, self._limits)
        self._lanes: dict[str, Prepared] = {}
        self._kept: dict[str, Kept] = {}
        self._learners: defaultdict[str, Learner] = defaultdict(Learner)
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
            case Train() | Pace() | Keep() | Cancel(kind="training"):
                return self._trainings.handle(message)
        prepared = self._lane(message)
        match message:
            case Change():
                numbers = (message.parameters, message.inputs, message.initial)
                wanted = (message.starts, message.targets, message.carried)
                if message.learned is not None:
                    led = self._learners[message.lane].led_to(message.learned)
                    prepared = replace(prepared, parameters={**prepared.parameters, **led})
                changed = with_changes(prepared, *numbers, self._limits, *wanted)
                self._remember(message.lane, changed)
                return self._run(message, changed)
            case Initialise():
                return iter([Initialised(message.id, message.lane, initialised(prepared, message.starts))])
            case Subscribe():
                return self._subscribe(message, prepared)
            case Run():
                return self._run(message, prepared)
            case Seek():
                return self._seek(message, prepared)
            case Differentiate():
                return self._differentiate(message, prepared)
            case Landscape():
                return self._stream(message, "landscape", rows(message, prepared, self._limits))
            case Descend():
                return self._stream(message, "descent", footholds(message, prepared, self._limits))
            case Measure():
                return self._stream(message, "measure", measured(message, prepared, self._limits))
            case Update():
                learner = self._learners[message.lane]
                return self._stream(message, "update", learner.learn(message, prepared, self._limits))
            case Cancel():
                assert message.kind != "training", "that is answered above"
                self._latest.stop(message.lane, message.kind)
                return iter([Done(message.id, message.lane, message.kind)])

    def _stream(self, message: Message, kind: Study, found: Replies) -> Replies:
        """What is asked for beside the run, a stretch at a time; `found` is checked and nothing of it computed yet."""
        return self._streamed(message, self._latest.begin(message.lane, kind), kind, found)

    def _streamed(self, message: Message, turn: Turn, kind: Study, found: Replies) -> Replies:
        if not self._latest.wanted(turn, kind):
            return
        # The first part of what has begun is soon in view: else a drag would show nothing where that takes longer than a move.
        patience: float | None = 0.0
        for reply in found:
            yield reply
            if reply is not None:
                patience = None
                self._latest.finish(turn, kind)
            if not self._latest.worth(turn, kind, patience):
                return
        yield Done(message.id, message.lane, kind)

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
        self._remember(message.lane, prepared)
        self._lanes[message.lane] = prepared
        self._learners.pop(message.lane, None)
        turn = self._latest.begin(message.lane, "open", "run", "gradient", "seek", "landscape", "descent", "measure", "update")
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
                prepared.memory,
            )
        yield from self._compute(message, turn, prepared)

    def _remember(self, lane: str, prepared: Prepared) -> None:
        """Makes room for a run before it is begun. Raises ProblemError when there is none."""
        others = sum(each.memory for name, each in self._lanes.items() if name != lane)
        problems = self._limits.problems(memory=others + prepared.memory)
        if problems:
            raise ProblemError(problems)
        self._kept.pop(lane, None)

    def _run(self, message: Message, prepared: Prepared) -> Replies:
        self._lanes[message.lane] = prepared
        return self._compute(message, self._latest.begin(message.lane, "run", "gradient"), prepared)

    def _compute(self, message: Message, turn: Turn, prepared: Prepared) -> Replies:
        """Frames, and then the gradients of the same trace."""
        trace: Trace | None = None
        stretches = forwards(prepared)
        begun = False
        # A large run that has begun is soon in view: dropping it for each move of a drag would show nothing until the end.
        patience = None if prepared.panes is None else 0.0
        while self._latest.worth(turn, "run", patience) if begun else self._latest.wanted(turn, "run"):
            begun = True
            found = next(stretches, None)
            if found is None:
                self._latest.finish(turn, "run")
                self._keep(message.lane, prepared, trace)
                yield Done(message.id, message.lane, "run")
                break
            stretch, trace = found
            # What shows the whole sequence is much, and read at rest: something newer is in view sooner without it.
            passed = stretch is not None and stretch.whole and not self._latest.wanted(turn, "run")
            yield None if stretch is None or passed else _frames(message, prepared, stretch)
        else:
            return
        if trace is not None and prepared.backward is not None and self._latest.wanted(turn, "gradient"):
            yield from self._gradients(message, turn, prepared, trace)

    def _keep(self, lane: str, prepared: Prepared, trace: Trace | None) -> None:
        if trace is not None and self._lanes[lane].same_numbers(prepared):
            self._kept[lane] = Kept(prepared, trace)

    def _trace(self, lane: str, prepared: Prepared) -> Trace:
        """The run of these numbers, which may be there already."""
        kept = self._kept.get(lane)
        if kept is None or not kept.prepared.same_numbers(prepared):
            self._kept[lane] = kept = Kept(prepared, run(prepared))
        return kept.trace

    def _gradients(self, message: Message, turn: Turn, prepared: Prepared, trace: Trace) -> Replies:
        asked = differentiated(prepared)
        assert asked is not None
        whole: Gradient | None = None
        for stretch, gradient in backwards(prepared, trace):
            if not self._latest.worth(turn, "gradient"):
                return
            yield None if stretch is None else _gradients(message, prepared, asked, stretch)
            whole = gradient
        kept = self._kept.get(message.lane)
        if kept is not None and kept.trace is trace:
            self._kept[message.lane] = replace(kept, asked=asked, gradient=whole)
        self._latest.finish(turn, "gradient")
        yield Done(message.id, message.lane, "gradient")

    def _subscribe(self, message: Subscribe, prepared: Prepared) -> Replies:
        """Looking elsewhere needs no new run."""
        changed = with_windows(prepared, message.windows)
        kept = self._kept.get(message.lane)
        if changed.panes is None or kept is None or not kept.prepared.same_numbers(prepared):
            return self._run(message, changed)
        self._lanes[message.lane] = changed
        return self._look(message, changed, kept, fresh(changed.panes, prepared.panes))

    def _look(self, message: Message, prepared: Prepared, kept: Kept, panes: list[Pane]) -> Replies:
        asked = differentiated(prepared)
        for pane in panes:
            yield _frames(message, prepared, seen(prepared, kept.trace, pane))
        if asked is None or not felt_at_all(prepared):
            return
        if kept.gradient is None or kept.asked != asked:
            # It is being computed for what was in view before: it begins again for what is in view now.
            turn = self._latest.begin(message.lane, "gradient")
            yield from self._gradients(message, turn, prepared, kept.trace)
            return
        for pane in panes:
            if pane.gradients:
                yield _gradients(message, prepared, asked, felt(prepared, kept.trace, kept.gradient, pane))

    def _seek(self, message: Seek, prepared: Prepared) -> Replies:
        if message.step > prepared.steps:
            text = f"there is no step {message.step}: the sequence has {prepared.steps}"
            raise ProblemError([Problem("no-step", text, {"step": message.step, "steps": prepared.steps}, field="step")])
        return self._sought(message, self._latest.begin(message.lane, "seek"), prepared)

    def _sought(self, message: Seek, turn: Turn, prepared: Prepared) -> Replies:
        if self._latest.wanted(turn, "seek"):
            stretch = frame(prepared, self._trace(message.lane, prepared), message.step)
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
            yield from self._gradients(message, turn, prepared, self._trace(message.lane, prepared))


def _frames(message: Message, prepared: Prepared, found: Stretch) -> Frames:
    place = (found.first, found.count, prepared.steps)
    return Frames(message.id, message.lane, *place, found.arrays, window=found.window, memory=prepared.memory)


def _gradients(message: Message, prepared: Prepared, asked: BackwardRecord, found: Stretch) -> Gradients:
    place = (found.first, found.count, prepared.steps)
    what = (asked.of, asked.step, asked.unit)
    return Gradients(message.id, message.lane, *what, *place, found.arrays, found.totals, found.window)
