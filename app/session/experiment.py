"""The experiment: one record with everything that is needed to restore what is seen.

The same JSON stands in the page, on the wire and in a file. The page is its holder; a session keeps what it computes from.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from .records import Address, Array, Count, Index, Record, Row, Word

Text = Annotated[str, Field(max_length=100_000)]  # what a person may write is limited by Limits.text, with a better sentence
Sizes = Annotated[dict[Word, Count], Field(max_length=16)]


class LayerRecord(Record):
    """One layer: a cell of the library by its name, or a person's own `text` under that name."""

    cell: Word
    text: Text | None = None
    units: Count
    direction: Literal["forward", "backward", "both"] = "forward"
    sizes: Sizes = Field(default_factory=dict)


class PartRecord(Record):
    """A stack of layers with a readout on top or none."""

    name: Word
    inputs: Count
    layers: Annotated[list[LayerRecord], Field(min_length=1)]
    readout: Text | None = None
    sizes: Sizes = Field(default_factory=dict)


class NetworkRecord(Record):
    parts: Annotated[list[PartRecord], Field(min_length=1)]
    tied: Annotated[dict[Address, Address], Field(max_length=200)] = Field(default_factory=dict)
    """Parameters that are others, by address: what stands before and after are one matrix, whose numbers go by the second name."""


class StartRecord(Record):
    """How one parameter is started: by a rule of the engine with a seed of its own, all of it times `scale`."""

    kind: Literal["cell", "zeros", "identity", "orthogonal", "glorot", "glorot-normal", "he", "pytorch"]
    seed: Index = 0
    scale: float = 1.0


class ParametersRecord(Record):
    """The seed of the initial parameters, those that are started otherwise, and the numbers that lie over all, by address."""

    seed: Index = 0
    starts: dict[Address, StartRecord] = Field(default_factory=dict)
    values: dict[Address, Array] = Field(default_factory=dict)


Token = Annotated[str, Field(min_length=1, max_length=40)]


class SequenceRecord(Record):
    """The inputs as numbers and, where they stand for words, what they stand for."""

    inputs: Annotated[list[Row], Field(min_length=1)]
    vocabulary: Annotated[list[Token], Field(min_length=1, max_length=1_000)] | None = None
    """The word of each input. One input more than words: it stands for any other word."""
    words: Annotated[list[Token], Field(max_length=10_000)] | None = None
    """What is written at each step; a step's inputs hold good where they are not its code."""


class BackwardRecord(Record):
    """What is differentiated: the value `of` at a step (from 1), one unit (from 0) or, with None, the sum of all.

    `of` "loss" is the loss of the whole sequence; the step is then where the page stands.
    """

    of: Address
    step: Count
    unit: Index | None = None


class LossRecord(Record):
    """How far the value `of` is from its targets: a row for each step, null where nothing is asked."""

    kind: Literal["squared", "cross-entropy", "binary"]
    of: Address
    targets: Annotated[list[Row | None], Field(min_length=1)]
    classes: Annotated[list[Token], Field(max_length=1_000)] | None = None
    """What the numbers of a choice stand for, where they are not the words of the sequence."""


class LaneRecord(Record):
    """Another network beside the first: it has the same sequence, step and loss. Without `cell` it is the first one as it was."""

    cell: Word | None = None
    network: NetworkRecord
    parameters: ParametersRecord = Field(default_factory=ParametersRecord)
    initial: dict[Address, Row] = Field(default_factory=dict)


class Experiment(Record):
    version: Literal[1] = 1
    lesson: Word | None = None
    cell: Word | None = None
    """The cell of the library whose own experiment this began as."""
    preset: Word | None = None
    variant: Word | None = None
    network: NetworkRecord
    parameters: ParametersRecord = Field(default_factory=ParametersRecord)
    sequence: SequenceRecord
    initial: dict[Address, Row] = Field(default_factory=dict)
    carried: Index = 0
    """How many readings of the same sequence came before this one, each starting with the states that the last one left."""
    lanes: Annotated[list[LaneRecord], Field(max_length=2)] = Field(default_factory=list)
    """What it is compared with."""
    loss: LossRecord | None = None
    backward: BackwardRecord | None = None
    step: Count = 1
    view: Annotated[dict[Word, Annotated[str, Field(max_length=200)] | bool | int | float], Field(max_length=40)] = Field(
        default_factory=dict
    )
    language: Annotated[str, Field(pattern=r"^[a-z]{2,3}$")] | None = None
    """A language of the page; where it has none of that name, the reader's own."""
