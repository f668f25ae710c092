"""Messages that ask what would be: nothing is changed by them.

What weights would start from, a loss over two numbers, where descent leads, what many steps make of a number.
"""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from .envelope import Message
from .experiment import LossRecord, StartRecord
from .records import SAFE, Address, Count, Index, Record

Sampled = Literal["linear", "tanh", "relu", "sigmoid", "lstm", "gru", "identity", "clockwork", "context"]
"""A cell that is measured in a network drawn from a seed."""


class Initialise(Message):
    """What the numbers of these parameters would be."""

    type: Literal["initialise"]
    starts: dict[Address, StartRecord]


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
    """Gradient descent of two numbers from where they are: so many updates, clipped to a norm of `clip` or not at all."""

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
    """What many steps or layers make of a number."""

    type: Literal["measure"]
    ask: Annotated[Weight | Depth | Product | Causes, Field(discriminator="kind")]


class Update(Message):
    """All weights go down the gradient of the experiment's loss: so many updates, clipped to a norm of `clip` or not at all.

    A change says with `learned` that they are now what this has led to.
    """

    type: Literal["update"]
    rule: Literal["sgd", "momentum", "nesterov", "rmsprop", "adam"] = "sgd"
    rate: Annotated[float, Field(gt=0)]
    clip: Annotated[float, Field(gt=0)] | None = None
    updates: Count = 1
