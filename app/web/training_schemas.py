"""What the API tells of training: tasks and settings, weights that are learned, papers' results tried again."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field

from app.session.records import Record


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
    """`baseline`, and the numbers of `inputs` and `outputs` of a step, are those of the usual options; it is solved where the
    share of right answers reaches `solved`. Answers are wanted at one of `readouts`, the usual one first; with `ahead` a
    target is an input of a later step, so nothing may read backward."""

    name: str
    title: dict[str, str]
    definition: str
    source: str
    kind: str
    inputs: int
    outputs: int
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
