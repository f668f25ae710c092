"""What every task is: a generator of sequences with its loss, its baseline, and when it is solved."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.engine import Loss, Problem, ProblemError, binary_cross_entropy, cross_entropy, squared_error, suggestion

Array = NDArray[Any]
#: the settings of a task, by name
Settings = Mapping[str, int]

CLASSES, YES_NO, NUMBERS = "classes", "yes-no", "numbers"
#: where an answer is wanted
LAST, EVERY = "last", "every"
LOSSES: dict[str, tuple[Callable[..., Loss], str, str]] = {
    CLASSES: (cross_entropy, "y[outputs] = softmax(V @ h + d)", "softmax"),
    YES_NO: (binary_cross_entropy, "y[outputs] = sigmoid(V @ h + d)", "sigmoid"),
    NUMBERS: (squared_error, "y[outputs] = V @ h + d", ""),
}
"""What is answered: the loss, the readout, and the activation whose argument the loss is taken of."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Sequences side by side.

    `inputs` is (T, batch, inputs). `targets` are classes from 0, (T, batch), or numbers (T, batch, outputs). `mask`
    (T, batch) tells which steps count in the loss; nothing after a sequence's end does. `asked` (T, batch) are those at
    which answers are judged. `legal` (T, batch, outputs), where there is a choice, tells all the classes that may follow.
    """

    inputs: Array
    targets: Array
    mask: Array
    asked: Array
    legal: Array | None = None

    @property
    def size(self) -> int:
        """How many sequences there are."""
        return int(self.inputs.shape[1])

    @property
    def lengths(self) -> list[int]:
        """How many steps each sequence has, up to the last that counts."""
        return [int(each) for each in len(self.mask) - self.mask[::-1].argmax(axis=0)]

    def some(self, which: Array) -> Batch:
        """Those sequences, by number from 0."""
        legal = None if self.legal is None else self.legal[:, which]
        return Batch(self.inputs[:, which], self.targets[:, which], self.mask[:, which], self.asked[:, which], legal)


@dataclass(frozen=True, slots=True)
class Whole:
    """A setting of a task, a whole number: low <= value <= high."""

    name: str
    usual: int
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Baseline:
    """What is reached without learning what the task is about, exactly: the mean loss, and the share of right answers.

    What is known all the same differs from task to task: `Task.derivation` says it.
    """

    loss: float
    accuracy: float


@dataclass(frozen=True, slots=True)
class Task:
    """A task by name. `title` is by language; `definition` and `derivation` (of the baseline) are sentences.

    `kind` is one of `LOSSES`, whose mean over all steps that count is the loss. `draw(random, size, settings)` makes a
    batch; `inputs` and `outputs` name the entries of its vectors. `judge(answers, batch)` gives the share that is right,
    `answers` (T, batch, outputs) being what the loss is taken of (logits, or the numbers themselves). It is `solved`
    where accuracy reaches that share. Where there are only so many sequences, `held_out` draws those that no update reads.

    `readouts` tells where an answer may be wanted, `LAST` or `EVERY`, the usual one first; `baseline_otherwise` is the
    baseline of the other one, where there is one. With `ahead` a target is an input of a later step.
    """

    name: str
    title: Mapping[str, str]
    definition: str
    source: str
    kind: str
    settings: tuple[Whole, ...]
    inputs: Callable[[Settings], tuple[str, ...]]
    outputs: Callable[[Settings], tuple[str, ...]]
    draw: Callable[[np.random.Generator, int, Settings], Batch]
    judge: Callable[[Array, Batch], float]
    baseline: Callable[[Settings], Baseline]
    derivation: str
    solved: float = 0.99
    held_out: Callable[[np.random.Generator, int, Settings], Batch] | None = None
    readouts: tuple[str, ...] = (LAST,)
    baseline_otherwise: Callable[[Settings], Baseline] | None = None
    ahead: bool = False

    @property
    def readout(self) -> str:
        """The readout that answers: an equation over the state h of the top layer."""
        return LOSSES[self.kind][1]

    def is_usual(self, readout: str) -> bool:
        """Whether it is asked there anyway."""
        return readout not in self.readouts[1:]

    def baseline_at(self, settings: Settings, readout: str) -> Baseline:
        """The baseline where answers are wanted there."""
        other = None if self.is_usual(readout) else self.baseline_otherwise
        return (other or self.baseline)(settings)

    def complete(self, given: Settings) -> dict[str, int]:
        """All settings: what is given, and what is usual for the rest.

        Raises ProblemError for a name that is no setting of this task, and for what is not a whole number in its bounds.
        """
        known = {each.name: each for each in self.settings}
        problems = [_unknown(name, self) for name in given if name not in known]
        for name, value in given.items():
            if name in known and not _fits(value, known[name]):
                problems.append(_outside(value, known[name]))
        if problems:
            raise ProblemError(problems)
        return {name: given.get(name, each.usual) for name, each in known.items()}

    def loss(self, answers: Array, batch: Batch, kind: str = "") -> Loss:
        """The mean loss of all steps that count, with its gradient; `kind` if the answers are of another one.

        Classes may be answered each by a yes or no of its own, as by cells that have their output inside.
        """
        kind = kind or self.kind
        targets = batch.targets
        if kind != CLASSES and self.kind == CLASSES:
            targets = np.eye(answers.shape[-1])[targets]
        return LOSSES[kind][0](answers, targets, mask=batch.mask, mean=True)


def _fits(value: object, setting: Whole) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and setting.low <= value <= setting.high


def _unknown(name: str, task: Task) -> Problem:
    known = [each.name for each in task.settings]
    near = suggestion(name, known)
    hint = f"did you mean '{near}'?" if near else f"it has {', '.join(known) or 'none'}"
    said = f"the task {task.name} has no setting '{name[:40]}'"
    return Problem("unknown-setting", said, {"name": name[:40], "task": task.name}, hint, field=name[:40])


def _outside(value: object, setting: Whole) -> Problem:
    said = f"{setting.name} is {value!r:.40}, not a whole number from {setting.low} to {setting.high}"
    args: dict[str, str | int | float] = {
        "field": setting.name, "value": f"{value!r:.40}", "low": setting.low, "high": setting.high,
    }  # fmt: skip
    hint = f"usual is {setting.usual}"
    return Problem("setting-outside", said, args, hint, field=setting.name)
