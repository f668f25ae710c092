"""What a training tells: each report as the answer to the message that began it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Literal

from app.engine import Problem
from app.frames import Dense, pack

from .replies import Problems, Reply


class Told(Reply):
    """Something of a training. Newer trainings of the lane make it stale."""

    __slots__ = ()

    @property
    def stream(self) -> str:
        return "training"


@dataclass(frozen=True, slots=True)
class Training(Told):
    """What a training is, before it goes on: "loss" and "norm" (done,) and "held_out" (n, 3) are what is behind it.

    `memory`: bytes of one update. "held_out" has the update, the loss and the share of right answers of each look.
    """

    type: ClassVar[str] = "training"
    settings: Mapping[str, Any]
    network: Mapping[str, Any]
    task: Mapping[str, Any]
    steps: int
    memory: int
    done: int
    arrays: Mapping[str, Dense]

    def encode(self) -> bytes:
        header = {"type": self.type, "id": self.id, "lane": self.lane, "settings": self.settings, "network": self.network}
        rest = {"task": self.task, "steps": self.steps, "memory": self.memory, "done": self.done}
        return pack({**header, **rest}, {"arrays": self.arrays})


@dataclass(frozen=True, slots=True)
class Progress(Told):
    """The updates from `first` to `done`, of `updates`: "loss", "norm", "clipped" and "rate" of each, "held_out" (n, 3).

    `waiting` is the place in the queue, 0 for a training that has begun.
    """

    type: ClassVar[str] = "progress"
    first: int
    done: int
    updates: int
    going: bool
    per_second: float
    seconds_left: float | None
    waiting: int
    arrays: Mapping[str, Dense]

    def encode(self) -> bytes:
        header = {"type": self.type, "id": self.id, "lane": self.lane, "first": self.first, "done": self.done}
        speed = {"updates": self.updates, "going": self.going, "per_second": self.per_second}
        rest = {"seconds_left": self.seconds_left, "waiting": self.waiting}
        return pack({**header, **speed, **rest}, {"arrays": self.arrays})


@dataclass(frozen=True, slots=True)
class Example(Told):
    """One held-out sequence as it is answered after `done` updates, every layer's output and every parameter."""

    type: ClassVar[str] = "example"
    done: int
    arrays: Mapping[str, Dense]

    def encode(self) -> bytes:
        return pack({"type": self.type, "id": self.id, "lane": self.lane, "done": self.done}, {"arrays": self.arrays})


@dataclass(frozen=True, slots=True)
class Record(Told):
    """All of a training after `done` updates, as the text that it can go on from."""

    type: ClassVar[str] = "record"
    done: int
    text: str

    def encode(self) -> bytes:
        return pack({"type": self.type, "id": self.id, "lane": self.lane, "done": self.done, "text": self.text}, {})


@dataclass(frozen=True, slots=True)
class Ended(Told):
    """A training has ended: it made all of its updates, was cancelled, or could not go on, and why."""

    type: ClassVar[str] = "done"
    why: Literal["finished", "cancelled", "stopped"]
    problem: Mapping[str, Any] | None = None
    kind: Literal["training"] = "training"

    def encode(self) -> bytes:
        header = {"type": self.type, "id": self.id, "lane": self.lane, "kind": self.kind}
        return pack({**header, "why": self.why, "problem": self.problem}, {})


def told(id: int, lane: str, header: Mapping[str, Any], arrays: Mapping[str, Dense]) -> Reply:
    """What a training tells, as the answer to the message that began it."""
    fields = {name: value for name, value in header.items() if name not in ("type", "arrays", "fault")}
    match header["type"]:
        case "training":
            return Training(id, lane, **fields, arrays=arrays)
        case "progress":
            return Progress(id, lane, **fields, arrays=arrays)
        case "example":
            return Example(id, lane, **fields, arrays=arrays)
        case "record":
            return Record(id, lane, **fields)
        case "done":
            return Ended(id, lane, **fields)
    return Problems(id, lane, [_problem(each) for each in fields["problems"]])


def _problem(data: Mapping[str, Any]) -> Problem:
    place = data["where"].get("field", "")
    return Problem(data["code"], data["message"], dict(data["args"]), data["hint"], field=place)
