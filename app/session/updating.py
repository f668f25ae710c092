"""Learning in a lane: updates of all weights by the loss of its experiment, computed while they are read.

Nothing of the lane is changed by asking. A page that shows where the updates have led says so with its next change. What an
optimiser remembers goes on as long as the weights are those that it has left, or those that it began with.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import islice

import numpy as np

from app.engine import OPTIMISERS, Objective, Optimiser, Problem, ProblemError, Stand
from app.engine import updates as walk
from app.frames import Dense

from .limits import Limits
from .numbers import Floats
from .prepared import Prepared
from .questions import Update
from .replies import Updates
from .runs import STRETCH_WORK, started

TOGETHER = 25
"""Updates that are sent together, of a network that is small."""
NO_LOSS = Problem("no-loss", "the experiment has no loss", {}, "give it a `loss`: kind, of and targets", field="type")


@dataclass(frozen=True, slots=True, eq=False)
class Learnt:
    """Weights that an optimiser has left or begun with, and what it remembered there. `id`: of the message that led to them."""

    id: int | None
    parameters: Mapping[str, Floats]
    rule: str
    made: int = 0
    memory: Mapping[str, Floats] = field(default_factory=dict)

    def fits(self, rule: str, parameters: Mapping[str, Floats]) -> bool:
        """Whether a rule can go on from here with these weights."""
        return rule == self.rule and all(np.array_equal(array, parameters[name]) for name, array in self.parameters.items())


class Learner:
    """One lane's updates. It keeps where the newest of them began and where they have led."""

    def __init__(self) -> None:
        self._known: list[Learnt] = []

    def led_to(self, id: int) -> Mapping[str, Floats]:
        """The weights after the updates that a message has asked for. Raises ProblemError when they are not the newest."""
        for each in self._known:
            if each.id == id:
                return each.parameters
        said = f"message {id} is not the newest that has made updates"
        raise ProblemError([Problem("not-learned", said, {"id": id}, "send the weights themselves", field="learned")])

    def learn(self, message: Update, prepared: Prepared, limits: Limits) -> Iterator[Updates]:
        """The updates, several at a time. Raises ProblemError before anything is computed."""
        problems = limits.problems(updates=message.updates)
        if problems:
            raise ProblemError(problems)
        if prepared.objective is None:
            raise ProblemError([NO_LOSS])
        return self._stretches(message, prepared, prepared.objective)

    def _stretches(self, message: Update, prepared: Prepared, asked: Objective) -> Iterator[Updates]:
        shapes = prepared.network.parameters
        own = {name: prepared.parameters[name] for name in shapes}
        optimiser = OPTIMISERS[message.rule].make(sum(array.size for array in own.values()), np.float64, {})
        before = next((each for each in self._known if each.fits(message.rule, own)), Learnt(None, own, message.rule))
        _remind(optimiser, before.memory)
        stands = walk(
            prepared.network, own, prepared.inputs, asked, optimiser, rate=message.rate, most=message.clip, made=before.made,
            start=lambda parameters: started(replace(prepared, parameters=parameters)),
        )  # fmt: skip
        stands = islice(stands, message.updates + 1)
        first, together = 0, _together(prepared)
        while several := list(islice(stands, together)):
            last = several[-1]
            first += len(several)
            if last.stop is not None or first > message.updates:
                made = before.made + first - 1 if last.stop is None else 0
                after = Learnt(message.id, last.parameters, message.rule, made, _memory(optimiser))
                self._known = [before, after if last.stop is None else replace(after, memory={})]
            yield _reply(message, first - len(several), several)


def _together(prepared: Prepared) -> int:
    """So many updates that something newer need not wait long."""
    work = prepared.known.cost(prepared.steps, 1 + prepared.carried)["work"]
    return max(1, min(TOGETHER, STRETCH_WORK // max(1, work)))


def _reply(message: Update, first: int, several: list[Stand]) -> Updates:
    """With a stop the last stand is not one: what could not be worked with is told as its problem alone."""
    last = several[-1]
    stands = [each for each in several if each.stop is None]
    arrays: dict[str, Dense] = {
        "loss": np.array([each.loss for each in stands]),
        "norm": np.array([each.norm for each in stands]),
        "clipped": np.array([each.clipped for each in stands]),
    }
    arrays |= {f"gradient:{name}": array for name, array in several[0].gradient.items()}
    arrays |= {f"now:{name}": array for name, array in last.parameters.items()}
    return Updates(message.id, message.lane, first, arrays, last.stop)


def _memory(optimiser: Optimiser) -> Mapping[str, Floats]:
    return {name: array.copy() for name, array in optimiser.memory.items()}


def _remind(optimiser: Optimiser, memory: Mapping[str, Floats]) -> None:
    for name, array in memory.items():
        optimiser.memory[name][...] = array
