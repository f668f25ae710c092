"""Everything that a run computed, by short names: what the command prints and the API answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from app.engine import Problem, ProblemError
from app.lessons import Lesson

from .checks import INPUT
from .experiment import BackwardRecord, Experiment
from .limits import Limits
from .losses import LOSS, losses, rows
from .numbers import Floats, named, to_json
from .opening import lesson_experiment
from .prepared import Prepared, prepare, with_backward
from .runs import differentiated, directly, gradient, run

Arrays = Mapping[str, Floats]


@dataclass(frozen=True, slots=True)
class Report:
    """Values (T, n) after each step, states before it; with `backward`, gradients of all and of what never changes."""

    lesson: str | None
    title: str
    inputs: Floats
    values: Arrays
    before: Arrays
    backward: BackwardRecord | None = None
    gradients: Arrays = field(default_factory=dict)
    parameters: Arrays = field(default_factory=dict)
    initial: Arrays = field(default_factory=dict)
    input: str = "x"
    """What the inputs are called."""
    losses: Arrays = field(default_factory=dict)
    """With a loss: that of each step, all up to there, and the probability of the target where there is one (T, 1)."""
    targets: Sequence[Sequence[float] | None] = ()
    """With a loss: a row for each step, None where nothing is asked."""

    @property
    def steps(self) -> int:
        return len(self.inputs)

    def series(self) -> dict[str, Arrays]:
        """What has a value at each step, by kind."""
        return {
            "input": {self.input: self.inputs},
            "before": self.before,
            "value": self.values,
            "loss": self.losses,
            "gradient": self.gradients,
        }

    def totals(self) -> dict[str, Arrays]:
        """What has one gradient for the whole sequence, by kind."""
        return {kind: each for kind in ("parameter", "initial") if (each := getattr(self, TOTALS[kind]))}

    def arrays(self) -> Iterator[tuple[str, str, Floats]]:
        """Every array with its kind and its symbol."""
        for kind, group in {**self.series(), **self.totals()}.items():
            for symbol, array in group.items():
                yield kind, symbol, array

    def to_data(self) -> dict[str, Any]:
        """The JSON form; numbers that JSON cannot hold are strings."""
        steps = [self._step(index) for index in range(self.steps)]
        if self.backward is None:
            return {"lesson": self.lesson, "steps": steps}
        return {
            "lesson": self.lesson,
            "steps": steps,
            "backward": self.backward.model_dump(),
            "parameters": named(self.parameters),
            "initial": named(self.initial),
        }

    def _step(self, index: int) -> dict[str, Any]:
        step: dict[str, Any] = {
            "step": index + 1,
            "x": to_json(self.inputs[index]),
            "values": {name: to_json(array[index]) for name, array in self.values.items()},
            "before": {name: to_json(array[index]) for name, array in self.before.items()},
        }
        if self.losses:
            row = self.targets[index]
            step["target"] = None if row is None else to_json(np.asarray(row))
            step["losses"] = {name: to_json(array[index])[0] for name, array in self.losses.items()}
        if self.backward is not None:
            step["gradients"] = {name: to_json(array[index]) for name, array in self.gradients.items()}
        return step


TOTALS = {"parameter": "parameters", "initial": "initial"}


def lesson_report(
    lesson: Lesson, preset: str | None, variant: str | None, gradients: bool, limits: Limits | None = None
) -> Report:
    """A lesson's run. Raises ProblemError for a preset or variant that it does not have."""
    return report(lesson_experiment(lesson, preset, variant), gradients, limits or Limits())


def report(
    experiment: Experiment, gradients: bool, limits: Limits, asked: BackwardRecord | None = None, *, full: bool = False
) -> Report:
    """An experiment's run, with the gradients of `asked`, or else of what the experiment itself differentiates.

    With `full` every name is a whole address, else parts that are alone are left out.

    Raises ProblemError for what is wrong with it, and when gradients are wanted and nothing is differentiated.
    """
    prepared = prepare(experiment, limits)
    if asked is not None:
        prepared = with_backward(prepared, asked)
    network = prepared.network

    def short(arrays: Arrays) -> dict[str, Floats]:
        return {name if full else network.short(name): array for name, array in arrays.items()}

    trace = run(prepared)
    found = Report(
        experiment.lesson,
        _title(experiment, prepared),
        prepared.inputs,
        short(trace.values),
        short(trace.before),
        input=INPUT if full else "x",
    )
    if prepared.objective is not None:
        found = replace(
            found,
            losses=losses(prepared.objective, trace, 0, prepared.steps),
            targets=rows(prepared.objective),
        )
    if not gradients:
        return found
    backward = differentiated(prepared)
    if backward is None:
        raise ProblemError([NOTHING_ASKED])
    of = backward.of if full or backward.of == LOSS else network.short(backward.of)
    all_gradients = gradient(prepared, trace)
    above = directly(prepared, trace, 0, prepared.steps)
    felt = {name: array + above.get(name, 0) for name, array in all_gradients.values.items()}
    return replace(
        found,
        backward=backward.model_copy(update={"of": of}),
        gradients={found.input: all_gradients.inputs, **short(felt)},
        parameters=short(all_gradients.parameters),
        initial=short(all_gradients.initial),
    )


def _title(experiment: Experiment, prepared: Prepared) -> str:
    cells = [layer.cell for part in experiment.network.parts for layer in part.layers]
    what = f"{experiment.lesson}: " if experiment.lesson else ""
    count = "1 step" if prepared.steps == 1 else f"{prepared.steps} steps"
    return f"{what}{' + '.join(cells)}, {count}"


NOTHING_ASKED = Problem(
    "nothing-differentiated",
    "it is not said what to differentiate",
    hint="name a value as `of` and its `step`, or give the experiment a `backward`",
    field="of",
)
