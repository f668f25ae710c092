"""What a page says: one JSON object per message, told apart by its `type`.

`id` comes back with every answer; `lane` names the network that is meant when several are looked at side by side.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self

from pydantic import Field, TypeAdapter, ValidationError, model_validator

from app.engine import Problem, ProblemError

from . import faults
from .experiment import LossRecord, StartRecord
from .origin import Origin
from .records import SAFE, Address, Count, Index, Record, Row, Word

Sampled = Literal["linear", "tanh", "relu", "sigmoid", "lstm", "gru", "identity", "clockwork", "context"]
"""A cell that is measured in a network drawn from a seed."""


class Message(Record):
    id: Annotated[int, Field(ge=0, le=SAFE)]
    lane: Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*$", max_length=16)] = "main"


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


class Initialise(Message):
    """What the numbers of these parameters would be. Nothing is changed by asking."""

    type: Literal["initialise"]
    starts: dict[Address, StartRecord]


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


class Place(Record):
    """One number of one parameter: rows and columns from 0."""

    address: Address
    index: Annotated[list[Index], Field(max_length=2)]


class Sweep(Place):
    """The values that a number takes along one side of a surface: `count` of them, evenly from `low` to `high`."""

    low: float
    high: float
    count: Annotated[int, Field(ge=2, le=SAFE)]

    @model_validator(mode="after")
    def _rising(self) -> Self:
        if not self.low < self.high:
            raise ValueError("let 'low' be less than 'high'")
        return self


class Landscape(Message):
    """The loss over two numbers, all others as they are, after as many steps as there are targets."""

    type: Literal["landscape"]
    across: Sweep
    down: Sweep
    loss: LossRecord


class Descend(Message):
    """Gradient descent of two numbers from where they are: so many updates, clipped to a norm of `clip` or not at all.

    Nothing is changed by asking.
    """

    type: Literal["descend"]
    across: Place
    down: Place
    loss: LossRecord
    rate: Annotated[float, Field(gt=0)]
    clip: Annotated[float, Field(gt=0)] | None = None
    updates: Index = 0


class Weight(Record):
    """A value of the experiment's own network, at a step, by one number of its parameters; and over the steps before it.

    `marks` are values of that number of which the answer is told by itself.
    """

    kind: Literal["weight"]
    across: Sweep
    of: Address
    until: Count
    marks: Annotated[list[float], Field(max_length=12)] = Field(default_factory=list)


class Drawn(Record):
    """Networks that are drawn from a seed."""

    seed: Index = 0


class Depth(Drawn):
    """Layers one above the other, with several activations: how much error reaches each. `gain`: of the starting weights."""

    kind: Literal["depth"]
    layers: Annotated[int, Field(ge=2, le=SAFE)]
    gain: Annotated[float, Field(gt=0, le=100)]


class Chain(Drawn):
    """Recurrent networks over so many steps: their matrix has a spectral radius, their inputs a standard deviation."""

    radius: Annotated[float, Field(gt=0, le=100)]
    steps: Count
    drive: Annotated[float, Field(ge=0, le=100)] = 1


class Product(Chain):
    """What each cell lets through of a change some steps earlier; `gate`: the bias of what keeps an LSTM's or GRU's state."""

    kind: Literal["product"]
    cells: Annotated[list[Sampled], Field(min_length=1, max_length=8)]
    gate: Annotated[float, Field(ge=-100, le=100)] = 0


class Causes(Chain):
    """The same with several activations, of one matrix repeated and of a fresh one for each step."""

    kind: Literal["causes"]


class Measure(Message):
    """What many steps or layers make of a number. Nothing is changed by asking."""

    type: Literal["measure"]
    ask: Annotated[Weight | Depth | Product | Causes, Field(discriminator="kind")]


class Update(Message):
    """All weights go down the gradient of the experiment's loss: so many updates, clipped to a norm of `clip` or not at all.

    Nothing is changed by asking: a change says with `learned` that they are now what this has led to.
    """

    type: Literal["update"]
    rule: Literal["sgd", "momentum", "nesterov", "rmsprop", "adam"] = "sgd"
    rate: Annotated[float, Field(gt=0)]
    clip: Annotated[float, Field(gt=0)] | None = None
    updates: Count = 1


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
