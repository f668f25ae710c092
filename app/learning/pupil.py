"""The network that learns, fitted to its task: where its answers are, and the loss's gradient by all parameters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from app.cells import load
from app.engine import Gradient, Layer, Logits, Network, NetworkError, Problem, ProblemError, Trace, define, logits_of
from app.tasks import CLASSES, LOSSES, NUMBERS, YES_NO, Array, Batch, task_named

from .settings import Settings

OUTPUTS = "outputs"
#: how many bytes one update may take
LARGEST = 2**30


@dataclass(frozen=True, slots=True)
class Learnt:
    """What one batch says: its loss, the answers (T, batch, outputs), and what has been run and differentiated."""

    loss: float
    traces: tuple[Trace, ...]
    gradients: tuple[Gradient, ...]


class Pupil:
    """A stack of one cell with the readout that the task wants, or none where the cell answers by itself.

    Raises ProblemError where the cell's answers are of another kind than the task's, and NetworkError for sizes that
    do not fit the cell.
    """

    def __init__(self, settings: Settings) -> None:
        self.task = task_named(settings.task)
        self._truncation, self._dtype = settings.truncation, np.dtype(settings.dtype)
        inputs, outputs = len(self.task.inputs(settings.options)), len(self.task.outputs(settings.options))
        cell = define(settings.cell, settings.equations) if settings.equations else load(settings.cell)
        sizes = {size: outputs if size == OUTPUTS else settings.units for size in cell.extra_sizes}
        layers = [Layer(cell, settings.units, direction=settings.direction, learned=(), **sizes) for _ in range(settings.layers)]
        own = [each.name for each in cell.program.values if each.size == OUTPUTS and not each.derived]
        if own and len(layers[-1].directions) > 1:
            raise ProblemError([_answers_twice(settings.cell)])
        if own:
            self.network = Network(layers, inputs)
            self.answer = self.network.full(own[-1] if settings.layers == 1 else f"{settings.layers}.{own[-1]}")
        else:
            name = "y" if cell.output != "y" else "answer"
            readout = self.task.readout.replace("y[", f"{name}[").replace("@ h", f"@ {cell.output}")
            self.network = Network(layers, inputs, readout, **{OUTPUTS: outputs})
            self.answer = self.network.full(f"readout.{name}")
        self.kind, self._logits = self._answers()
        if self.kind != self.task.kind and not (self.kind == YES_NO and self.task.kind == CLASSES):
            raise ProblemError([_unfit(settings, self.kind, self.task.kind)])

    def _answers(self) -> tuple[str, Logits | None]:
        """The kind of the answers, and what their activation is taken of."""
        for kind in (CLASSES, YES_NO):
            try:
                return kind, logits_of(self.network, self.answer, activation=LOSSES[kind][2])
            except NetworkError:
                continue
        return NUMBERS, None

    def check_size(self, batch: Batch) -> None:
        """Raises ProblemError when an update with such a batch would take too much memory."""
        steps, size, _ = batch.inputs.shape
        needed = sum(self.network.memory(steps, size, dtype=self._dtype))
        if needed > LARGEST:
            said = f"one update would take {needed / 2**20:,.0f} MB, and at most {LARGEST / 2**20:,.0f} are allowed"
            args: dict[str, str | int | float] = {"needed": needed, "most": LARGEST}
            raise ProblemError([Problem("too-large", said, args, "make batch, units or length smaller", field="batch")])

    def answers(self, parameters: Mapping[str, Array], inputs: Array) -> Array:
        """What is answered to sequences (T, batch, inputs): (T, batch, outputs), logits or numbers."""
        return self._read(self.network.run(parameters, inputs, dtype=self._dtype))

    def learn(self, parameters: Mapping[str, Array], batch: Batch) -> Learnt:
        """Runs a batch forward and back.

        With truncation the sequence is cut: states are handed on from piece to piece, gradients are not (Williams & Peng
        1990), so `traces` and `gradients` are those of the pieces, in order.
        """
        steps = batch.inputs.shape[0]
        piece = self._truncation or steps
        traces: list[Trace] = []
        for first in range(0, steps, piece):
            initial = dict(traces[-1].carried) if traces else None
            inputs = batch.inputs[first : first + piece]
            traces.append(self.network.run(parameters, inputs, initial=initial, dtype=self._dtype))
        parts = [self._read(trace) for trace in traces]
        loss = self.task.loss(parts[0] if len(parts) == 1 else np.concatenate(parts), batch, self.kind)
        ends = range(0, steps, piece)
        gradients = [
            trace.gradient(self._outside(loss.gradient[first : first + piece]))
            for first, trace in zip(ends, traces, strict=True)
        ]
        return Learnt(loss.total, tuple(traces), tuple(gradients))

    def flow(self, learnt: Learnt) -> Array:
        """(T,): the norm of dL/dh of the top layer at each step, over units, directions and sequences."""
        (stack,) = self.network.stacks.values()
        outputs = [place.address(place.program.output) for place in stack.top]
        parts = [[gradient.read(each) for each in outputs] for gradient in learnt.gradients]
        whole = np.concatenate([np.concatenate(each, axis=-1) for each in parts])
        with np.errstate(over="ignore", invalid="ignore"):
            return np.asarray(np.sqrt((whole * whole).sum(axis=(1, 2))))

    def _read(self, trace: Trace) -> Array:
        return trace[self.answer] if self._logits is None else self._logits.read(trace)

    def _outside(self, gradient: Array) -> dict[str, Array]:
        return {self.answer: gradient} if self._logits is None else self._logits.outside(gradient)


def _answers_twice(cell: str) -> Problem:
    said = f"the cell {cell} answers by itself, and would do so once in each direction"
    hint = "choose a cell without an output of its own, such as simple-rnn, gru or lstm, or one direction"
    return Problem("answers-twice", said, {"cell": cell}, hint, field="direction")


def _unfit(settings: Settings, kind: str, wanted: str) -> Problem:
    said = f"the cell {settings.cell} answers with {kind} by itself, and the task {settings.task} wants {wanted}"
    args: dict[str, str | int | float] = {"cell": settings.cell, "task": settings.task, "kind": kind, "wanted": wanted}
    hint = "choose a cell without an output of its own, such as simple-rnn, gru or lstm"
    return Problem("task-does-not-fit", said, args, hint, field="cell")
