"""What is told of a training to somebody who watches it: records for JSON, and arrays beside them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from app.frames import Dense
from app.tasks import Array, Batch

from .training import HeldOut, Progress, Training

Told = tuple[dict[str, object], dict[str, Dense]]
"""A header, and named arrays."""


def outline(training: Training) -> Told:
    """What a training is, and what has been measured before it went on: `loss` and `norm` (done,), `held_out` (n, 3)."""
    network, task, settings = training.pupil.network, training.pupil.task, training.settings
    steps = training.batches.update(1).inputs.shape[0]
    baseline = task.baseline_at(settings.options, settings.readout)
    header: dict[str, object] = {
        "type": "training",
        "settings": settings.to_data(),
        "network": {
            "description": network.description,
            "equations": list(dict.fromkeys(place.program.text for place in network.places)),
            "parameters": int(training.flat.vector.size),
        },
        "task": {
            "title": dict(task.title),
            "baseline": {"loss": baseline.loss, "accuracy": baseline.accuracy},
            "criterion": task.solved,
            "loss": training.pupil.kind,
            "inputs": list(task.inputs(settings.options)),
            "outputs": list(task.outputs(settings.options)),
        },
        "steps": int(steps),
        "memory": sum(network.memory(steps, settings.batch, dtype=np.dtype(settings.dtype))),
        "done": training.done,
    }
    history = training.history
    arrays: dict[str, Dense] = {"loss": np.array(history.loss, np.float64), "norm": np.array(history.norm, np.float64)}
    return header, arrays | {"held_out": measured(history.held_out)}


def measured(looks: Sequence[HeldOut]) -> Dense:
    """(n, 3): the update, the loss and the accuracy of each look at the held-out sequences."""
    return np.array([(each.update, each.loss, each.accuracy) for each in looks], np.float64).reshape(-1, 3)


def updates(made: Sequence[Progress]) -> dict[str, Dense]:
    """(n,) each: `loss`, `norm`, `clipped` and `rate` of updates in a row; `held_out` of those that looked."""
    rows = np.array([(each.loss, each.norm, each.clipped, each.rate) for each in made], np.float64).reshape(-1, 4)
    arrays = {name: np.ascontiguousarray(rows[:, at]) for at, name in enumerate(("loss", "norm", "clipped", "rate"))}
    return {**arrays, "held_out": measured([each.held_out for each in made if each.held_out is not None])}


class Example:
    """One sequence that no update reads, and what the network makes of it now."""

    def __init__(self, training: Training) -> None:
        self._training = training
        first = training.batches.held_out.some(np.array([0]))
        self._batch = _until(first, int(np.flatnonzero(first.mask[:, 0])[-1]) + 1)

    def arrays(self) -> dict[str, Dense]:
        """`x` (T, inputs), `targets` and `answers` (T, outputs), `asked` (T,) 1 where an answer is judged, `flow` (T,).

        Targets are NaN where none counts; `flow` is the norm of dL/dh of the top layer. Then the output of every layer
        (T, units) and every parameter, float32 and by full address: they are pictures.
        """
        training, batch = self._training, self._batch
        pupil = training.pupil
        with np.errstate(all="ignore"):
            learnt = pupil.learn(training.parameters, batch)
            values = {"answers": pupil.answer} | {
                address: address
                for place in pupil.network.places
                if place.layer != "readout" and (address := place.address(place.program.output))
            }
            read = {name: np.concatenate([trace[full] for trace in learnt.traces])[:, 0] for name, full in values.items()}
            pictures = {name: read[name] for name in read if name != "answers"} | dict(training.parameters)
            return {
                "x": _numbers(batch.inputs[:, 0]),
                "targets": _targets(batch, read["answers"].shape[-1]),
                "answers": _numbers(read["answers"]),
                "asked": _numbers(batch.asked[:, 0]),
                "flow": _numbers(pupil.flow(learnt)),
                **{name: np.array(array, np.float32) for name, array in pictures.items()},
            }


def _until(batch: Batch, steps: int) -> Batch:
    """The steps up to the last that counts: sequences side by side are as long as the longest."""
    legal = None if batch.legal is None else batch.legal[:steps]
    return Batch(batch.inputs[:steps], batch.targets[:steps], batch.mask[:steps], batch.asked[:steps], legal)


def _targets(batch: Batch, outputs: int) -> Dense:
    """(T, outputs): what is wanted, of classes 1 for the right one."""
    targets = batch.targets[:, 0]
    rows = np.eye(outputs)[targets] if targets.ndim == 1 else _numbers(targets)
    return np.where(batch.mask[:, :1], rows, np.nan)


def _numbers(array: Array) -> Dense:
    return np.asarray(array, np.float64)

