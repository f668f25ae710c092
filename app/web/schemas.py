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


class TrainingWhole(BaseModel):
    """A whole number from `low` to `high`, both included."""

    name: str
    usual: int
    low: int
    high: int


class TrainingNumber(BaseModel):
    """A number above or from `low` on; `usual` null: it depends on the optimiser."""

    name: str
    usual: float | None
    low: float
    high: float


class TrainingChoice(BaseModel):
    usual: str
    all: list[str]


class TrainingBaseline(BaseModel):
    """What is reached without any memory, exactly."""

    loss: float
    accuracy: float


class TrainingTask(BaseModel):
    """`baseline` is that of the usual options; it is solved where the share of right answers reaches `solved`. Answers are
    wanted at one of `readouts`, the usual one first; with `ahead` a target is an input of a later step, so nothing may
    read backward."""

    name: str
    title: dict[str, str]
    definition: str
    source: str
    kind: str
    options: list[TrainingWhole]
    baseline: TrainingBaseline
    derivation: str
    solved: float
    readouts: list[Literal["last", "every"]]
    ahead: bool


class TrainingOptimiser(BaseModel):
    """`rate` is its usual learning rate."""

    name: str
    rate: float
    source: str
    settings: list[TrainingNumber]


class TrainingOffer(BaseModel):
    """All tasks, and every setting of a training: by name (`choices`), whole numbers, other numbers."""

    tasks: list[TrainingTask]
    choices: dict[str, TrainingChoice]
    whole: list[TrainingWhole]
    numbers: list[TrainingNumber]
    optimisers: list[TrainingOptimiser]


class TrainingSettings(Record):
    """Settings of a training, of which only the task has to be named."""

    settings: Annotated[dict[str, Any], Field(examples=[{"task": "adding", "cell": "gru", "units": 16}])]


class TrainingWeights(BaseModel):
    """The shape of every weight that is learned, by its full address."""

    weights: dict[str, list[int]]


class RecipeGoal(BaseModel):
    """What held-out sequences have to say: a `loss` of at most, or an `accuracy` of at least, `number`."""

    of: Literal["loss", "accuracy"]
    number: float


class RecipeResult(BaseModel):
    """How often the goal was reached and how soon: the middle number of updates, the fewest and the most, of those tries
    that reached it (of all, where none did); the middle loss, accuracy, accuracy beyond, and processor time of all."""

    tried: int
    reached: int
    updates: tuple[float, int, int]
    sequences: float
    loss: float | None
    accuracy: float | None
    beyond: float | None
    seconds: float


class RecipeContender(BaseModel):
    """A network that tries: `settings` of its training, without those that are usual and without a seed."""

    name: str
    title: dict[str, str]
    settings: dict[str, Any]
    published: dict[str, str]
    goal: RecipeGoal
    result: RecipeResult | None


class RecipeDocument(BaseModel):
    """A paper's result; `beyond` are other settings of the task that those who have reached the goal are asked with."""

    name: str
    title: dict[str, str]
    source: str
    published: dict[str, str]
    about: dict[str, str]
    seconds: float
    beyond: dict[str, int]
    contenders: list[RecipeContender]


class RecipeList(BaseModel):
    recipes: list[RecipeDocument]


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
