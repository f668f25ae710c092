"""What a page says: one JSON object per message, told apart by its `type`.

`id` comes back with every answer; `lane` names the network that is meant when several are looked at side by side.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self

from pydantic import Field, TypeAdapter, ValidationError, model_validator

from app.engine import Problem, ProblemError

from . import faults
from .envelope import Message
from .experiment import StartRecord
from .origin import Origin
from .questions import Descend, Initialise, Landscape, Measure, Update
from .records import SAFE, Address, Count, Index, Record, Row, Word


class Open(Message, Origin):
    """Begin with the experiment of a lesson or of a cell of the library, or with one of the page's own."""

    type: Literal["open"]


class Entry(Record):
    """One number of one parameter: its place, rows and columns from 0, and its new value."""

    address: Address
    index: Annotated[list[Index], Field(max_length=2)]
    value: float


class Change(Message):
    """New values, absolute ones, over parameters that are started anew. What is not named stays as it is."""

    type: Literal["change"]
    learned: Annotated[int, Field(ge=0, le=SAFE)] | None = None
    """The weights are first those that the updates of this message have led to."""
    starts: dict[Address, StartRecord] = Field(default_factory=dict)
    parameters: list[Entry] = Field(default_factory=list)
    inputs: Annotated[list[Row], Field(min_length=1)] | None = None
    initial: dict[Address, Row] = Field(default_factory=dict)
    targets: Annotated[list[Row | None], Field(min_length=1)] | None = None
    """What the loss compares with. Without it, a sequence of another length keeps the targets of the steps that it still has."""
    carried: Index | None = None


class Run(Message):
    type: Literal["run"]


class Seek(Message):
    """One step's values."""

    type: Literal["seek"]
    step: Count


class Differentiate(Message):
    """The gradient of a value at a step, and of each run from now on; `of` null ends that."""

    type: Literal["differentiate"]
    of: Address | None
    step: Count | None = None
    unit: Index | None = None

    @model_validator(mode="after")
    def _when(self) -> Self:
        if self.of is not None and self.step is None:
            raise ValueError("name the step whose value is differentiated")
        return self


class Window(Record):
    """Something that is looked at: symbols (null: all) from step `first` on, `count` steps of them (null: to the end).

    float32 is for dense pictures, float64 for numbers that are read. Without `gradients` it shows values only.
    """

    name: Word
    symbols: list[Address] | None = None
    first: Count = 1
    count: Count | None = None
    dtype: Literal["float64", "float32"] = "float64"
    gradients: bool = True


class Subscribe(Message):
    """What is sent of each run from now on; what is new among it is sent at once. Null means everything."""

    type: Literal["subscribe"]
    windows: Annotated[list[Window], Field(max_length=8)] | None

    @model_validator(mode="after")
    def _apart(self) -> Self:
        names = [window.name for window in self.windows or ()]
        if len(set(names)) < len(names):
            raise ValueError("give each window a name of its own")
        return self


class Train(Message):
    """Begin a training in this lane, in place of the one that is there: by settings, or from a record on.

    What `settings` may hold is what `app.learning.read_settings` reads.
    """

    type: Literal["train"]
    settings: dict[str, Any] | None = None
    record: str | None = None
    paused: bool = False

    @model_validator(mode="after")
    def _one(self) -> Self:
        if (self.settings is None) == (self.record is None):
            raise ValueError("give either settings or a record")
        return self


class Pace(Message):
    """How a training goes on: on its own or paused, at most so many updates in a second, or so many and then a pause."""

    type: Literal["pace"]
    going: bool
    most: Annotated[float, Field(gt=0)] | None = None
    steps: Count | None = None


class Keep(Message):
    """The record of a training as it is now."""

    type: Literal["keep"]


class Cancel(Message):
    type: Literal["cancel"]
    kind: Literal["run", "gradient", "landscape", "descent", "measure", "update", "training"]


class Ping(Message):
    type: Literal["ping"]


ClientMessage = Annotated[
    Open
    | Change
    | Initialise
    | Run
    | Seek
    | Differentiate
    | Subscribe
    | Landscape
    | Descend
    | Measure
    | Update
    | Train
    | Pace
    | Keep
    | Cancel
    | Ping,
    Field(discriminator="type"),
]
_READER: TypeAdapter[ClientMessage] = TypeAdapter(ClientMessage)


class MessageError(ProblemError):
    """Text that is no message; `id` and `lane` are what could still be read of it, so that the answer finds its way."""

    def __init__(self, problems: list[Problem], id: int | None, lane: str) -> None:
        self.id = id
        self.lane = lane
        super().__init__(problems)


def read_message(text: str) -> ClientMessage:
    """The message in a text.

    Raises MessageError with everything that is wrong with it.
    """
    try:
        return _READER.validate_json(text)
    except ValidationError as error:
        found = error.errors(include_url=False)
    # The first part of a place is the tag of the union, "change": the page knows what it sent.
    located = [{**fault, "loc": fault["loc"][1:]} for fault in found]
    raise MessageError(faults.problems(located), *_envelope(text))


class _Envelope(Message, extra="ignore"):
    """What can be said of a message whatever else is wrong with it."""


def _envelope(text: str) -> tuple[int | None, str]:
    try:
        envelope = _Envelope.model_validate_json(text)
    except ValidationError:
        return None, "main"
    return envelope.id, envelope.lane
