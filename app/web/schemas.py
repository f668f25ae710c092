"""The API's bodies, and the shapes of its answers as its description shows them."""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from app.session.experiment import BackwardRecord, Experiment
from app.session.origin import Origin
from app.session.records import Address, Count, Index, Record, Word

Number = float | Literal["inf", "-inf", "nan"]
Vectors = dict[str, list[Number]]


EXPERIMENT = {
    "network": {"parts": [{"name": "main", "inputs": 2, "layers": [{"cell": "gru", "units": 2}]}]},
    "sequence": {"inputs": [[1, 0], [0, 1]]},
}


class CellText(Record):
    """A cell, as a few equations."""

    name: Word = "mine"
    text: Annotated[str, Field(max_length=100_000, examples=["c = tanh(W @ x + U @ c_prev) : memory\ny = c : output"])]


class TraceRequest(Origin):
    """A lesson, in one of its presets and variants, a cell of the library, or an experiment of one's own."""


class GradientsRequest(TraceRequest):
    """What is differentiated, if not what the lesson or experiment says: a value, its step (from 1), one unit (from 0)."""

    of: Annotated[Address | None, Field(examples=["y"])] = None
    step: Annotated[Count | None, Field(examples=[4])] = None
    unit: Index | None = None

    @model_validator(mode="after")
    def _both(self) -> Self:
        if (self.of is None) != (self.step is None):
            raise ValueError("name the value (of) and its step together")
        return self

    def asked(self) -> BackwardRecord | None:
        """What is differentiated, if it was said."""
        if self.of is None or self.step is None:
            return None
        return BackwardRecord(of=self.of, step=self.step, unit=self.unit)


class Rewriting(Record):
    """An experiment, the name of a cell in its network, and the text that the cell shall have."""

    experiment: Annotated[Experiment, Field(examples=[EXPERIMENT])]
    cell: Annotated[Word, Field(examples=["gru"])]
    text: Annotated[str, Field(max_length=100_000, examples=["h = tanh(W @ x + U @ h_prev)"])]


class CodeRequest(Origin):
    """What is written as source, and for which library."""

    to: Annotated[Literal["numpy", "pytorch", "keras"], Field(examples=["numpy"])] = "numpy"


class Problem(BaseModel):
    code: str
    args: dict[str, str | int | float]
    message: str
    hint: str
    where: dict[str, str | int]


class Problems(BaseModel):
    """Every refusal has this shape."""

    problems: list[Problem]


class Rewritten(BaseModel):
    """The experiment, or null and everything that is wrong with the text."""

    experiment: Experiment | None
    problems: list[Problem]


class CellSummary(BaseModel):
    """Titles, sources and what is special, by language; `family` is the group in which the page shows it."""

    name: str
    family: str
    title: dict[str, str]
    source: dict[str, str]
    about: dict[str, str]
    parameters: dict[str, list[str]]
    states: list[str]
    output: str


class CellList(BaseModel):
    cells: list[CellSummary]


class CellDocument(BaseModel):
    """Everything derived from a cell's text: the program, its formulas as MathML, its diagrams."""

    program: dict[str, Any]
    formulas: dict[str, str]
    symbols_math: dict[str, str]
    diagrams: dict[str, Any]


class LanguageFunction(BaseModel):
    """`form` is "function", or "pattern" for what takes periods; `range` is what it can give, null for unbounded."""

    name: str
    written: str
    form: str
    range: list[Number | None]


class Language(BaseModel):
    """The engine's own tables: functions, signs, starting values, and names that mean something."""

    functions: list[LanguageFunction]
    signs: list[str]
    starts: list[str]
    outputs: list[str]
    previous: str
    input: str


class WeightsDocument(BaseModel):
    """A file in short, and one of its networks as an experiment if it was asked for."""

    file: dict[str, Any]
    experiment: dict[str, Any] | None


class CodeDocument(BaseModel):
    code: str


class LessonSummary(BaseModel):
    id: str
    title: dict[str, str]
    chapter: dict[str, str]
    summary: dict[str, str]


class LessonList(BaseModel):
    """The lessons, and the problems of those that cannot be used."""

    lessons: list[LessonSummary]
    problems: list[Problem]


class MiniatureRow(BaseModel):
    """The shares (units, steps) of the row's colour scale."""

    role: str
    shares: list[list[float]]


class Miniature(BaseModel):
    """Some rows of a lesson's strip; `steps` is how many steps it has, of which some may be left out."""

    steps: int
    rows: list[MiniatureRow]


class Miniatures(BaseModel):
    """Each lesson's, by its id."""

    miniatures: dict[str, Miniature]


class LessonDocument(BaseModel):
    """A lesson as the page shows it. The answers to its questions are not in it: they are computed."""

    model_config = ConfigDict(extra="allow")

    id: str
    title: dict[str, str]
    beats: list[dict[str, Any]]


class TraceStep(BaseModel):
    step: int
    x: list[Number]
    values: Vectors
    before: Vectors
    target: list[Number] | None = None
    losses: dict[str, Number] | None = None
    gradients: Vectors | None = None


class Differentiated(BaseModel):
    of: str
    step: int
    unit: int | None


class TraceDocument(BaseModel):
    """Every value at every step; with gradients, those of values, parameters and starting states."""

    lesson: str | None
    steps: list[TraceStep]
    backward: Differentiated | None = None
    parameters: dict[str, Any] | None = None
    initial: Vectors | None = None
