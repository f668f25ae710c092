"""What a session answers. Each reply encodes itself: JSON as text, arrays as bytes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, ClassVar, Literal

from app.engine import Problem
from app.frames import Dense, pack

from .latest import Kind
from .numbers import dumps


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer to the message `id`. Of one lane and kind only the newest answers matter; kind None always matters."""

    type: ClassVar[str]
    id: int | None
    lane: str

    @property
    def stream(self) -> str | None:
        return None

    def encode(self) -> str | bytes:
        return dumps({"type": self.type, **asdict(self)})


@dataclass(frozen=True, slots=True)
class Opened(Reply):
    """The experiment with all its numbers, and everything derived from its network's equations."""

    type: ClassVar[str] = "opened"
    experiment: Mapping[str, Any]
    network: Mapping[str, Any]
    lesson: Mapping[str, Any] | None
    cell: Mapping[str, Any] | None
    """What is said of the cell of the library that the experiment began as."""
    memory: int
    """Bytes that a run takes, gradients included; told before it is run."""

    @property
    def stream(self) -> Kind:
        return "open"

    def encode(self) -> str:
        # Not asdict: it would copy two large documents.
        return dumps(
            {
                "type": self.type,
                "id": self.id,
                "lane": self.lane,
                "experiment": self.experiment,
                "network": self.network,
                "lesson": self.lesson,
                "cell": self.cell,
                "memory": self.memory,
            }
        )


@dataclass(frozen=True, slots=True)
class Frames(Reply):
    """Values of the steps `first` to `first + count - 1` (from 1) of `steps`.

    `memory`: bytes that a run of so many steps takes, gradients included, where one was made.
    """

    type: ClassVar[str] = "frames"
    first: int
    count: int
    steps: int
    arrays: Mapping[str, Dense]
    kind: Kind = field(default="run")
    window: str | None = None
    memory: int | None = None

    @property
    def stream(self) -> str:
        return _stream(self.kind, self.window)

    def encode(self) -> bytes:
        header = {"type": self.type, "id": self.id, "lane": self.lane}
        place = {"window": self.window, "first": self.first, "count": self.count, "steps": self.steps}
        return pack({**header, **place, "memory": self.memory}, {"arrays": self.arrays})


@dataclass(frozen=True, slots=True)
class Gradients(Reply):
    """Gradients of one value at one step; `totals`, with the last message, are those of parameters and starting states."""

    type: ClassVar[str] = "gradients"
    of: str
    step: int
    unit: int | None
    first: int
    count: int
    steps: int
    arrays: Mapping[str, Dense]
    totals: Mapping[str, Dense] | None = None
    window: str | None = None

    @property
    def stream(self) -> str:
        return _stream("gradient", self.window)

    def encode(self) -> bytes:
        header = {"type": self.type, "id": self.id, "lane": self.lane}
        asked = {"of": self.of, "step": self.step, "unit": self.unit}
        place = {"window": self.window, "first": self.first, "count": self.count, "steps": self.steps}
        totals = {} if self.totals is None else {"totals": self.totals}
        return pack({**header, **asked, **place}, {"arrays": self.arrays, **totals})


@dataclass(frozen=True, slots=True)
class Initialised(Reply):
    """What parameters would start with."""

    type: ClassVar[str] = "initialised"
    arrays: Mapping[str, Dense]

    def encode(self) -> bytes:
        return pack({"type": self.type, "id": self.id, "lane": self.lane}, {"arrays": self.arrays})


@dataclass(frozen=True, slots=True)
class Rows(Reply):
    """Some `rows` of an error surface, from 0; "losses" is (len(rows), columns), inf or NaN where they overflow.

    In float32 they are a sketch, which the same rows in float64 follow.
    """

    type: ClassVar[str] = "rows"
    rows: Sequence[int]
    arrays: Mapping[str, Dense]

    @property
    def stream(self) -> Kind:
        return "landscape"

    def encode(self) -> bytes:
        return pack({"type": self.type, "id": self.id, "lane": self.lane, "rows": list(self.rows)}, {"arrays": self.arrays})


@dataclass(frozen=True, slots=True)
class Footholds(Reply):
    """Where a descent stood after `first` updates and after those that followed.

    "at" and "gradient" are (count, 2), across and down; "loss" and "norm", that of the gradient, are (count,).
    """

    type: ClassVar[str] = "footholds"
    first: int
    arrays: Mapping[str, Dense]

    @property
    def stream(self) -> Kind:
        return "descent"

    def encode(self) -> bytes:
        return pack({"type": self.type, "id": self.id, "lane": self.lane, "first": self.first}, {"arrays": self.arrays})


@dataclass(frozen=True, slots=True)
class Measured(Reply):
    """One curve of what was measured: over steps "values" and "gradients", over lags "norms", over layers "shares"."""

    type: ClassVar[str] = "measured"
    name: str
    arrays: Mapping[str, Dense]

    @property
    def stream(self) -> str:
        return _stream("measure", self.name)

    def encode(self) -> bytes:
        return pack({"type": self.type, "id": self.id, "lane": self.lane, "name": self.name}, {"arrays": self.arrays})


@dataclass(frozen=True, slots=True)
class Updates(Reply):
    """Where learning stood after `first` updates and after those that followed.

    "loss", "norm" of the gradient and the same "clipped" are (count,). "gradient:" and an address is the gradient of the first
    of them, not clipped; "now:" and an address are the weights after the last. `stop`: why there is no further one; the weights
    are then the last that worked.
    """

    type: ClassVar[str] = "updates"
    first: int
    arrays: Mapping[str, Dense]
    stop: Problem | None = None

    @property
    def stream(self) -> Kind:
        return "update"

    def encode(self) -> bytes:
        stop = None if self.stop is None else self.stop.to_data()
        header = {"type": self.type, "id": self.id, "lane": self.lane, "first": self.first, "stop": stop}
        return pack(header, {"arrays": self.arrays})


@dataclass(frozen=True, slots=True)
class Done(Reply):
    """All that was asked for has been sent; or it was stopped as asked."""

    type: ClassVar[str] = "done"
    kind: Literal["run", "gradient", "landscape", "descent", "measure", "update"]

    @property
    def stream(self) -> Kind:
        return self.kind

    def encode(self) -> bytes:
        """In the form of the arrays that it ends, so that it can travel with them."""
        return pack({"type": self.type, **asdict(self)}, {})


@dataclass(frozen=True, slots=True)
class Problems(Reply):
    """Why a message was not followed. Nothing of it was done."""

    type: ClassVar[str] = "problems"
    problems: Sequence[Problem]

    def encode(self) -> str:
        told = [each.to_data() for each in self.problems]
        return dumps({"type": self.type, "id": self.id, "lane": self.lane, "problems": told})


def _stream(kind: Kind, window: str | None) -> str:
    """What newer answers replace: each window has newest numbers of its own."""
    return kind if window is None else f"{kind}:{window}"


@dataclass(frozen=True, slots=True)
class Pong(Reply):
    type: ClassVar[str] = "pong"
