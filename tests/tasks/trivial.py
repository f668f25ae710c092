"""What holds for a task's baseline: whoever answers without memory reaches it, in many random sequences."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from app.tasks import Array, Batch, Task

Answer = Callable[[Batch], Array]


def drawn(task: Task, size: int, settings: Mapping[str, int] | None = None, seed: int = 1) -> Batch:
    """A batch with the settings that are given, the rest usual."""
    return task.draw(np.random.default_rng(seed), size, task.complete(settings or {}))


def reached(
    task: Task, answer: Answer, sequences: int, settings: Mapping[str, int] | None = None
) -> tuple[float, float]:
    """The loss and the share that is right of these answers; equal answers are told apart by chance."""
    batch = drawn(task, sequences, settings)
    answers = answer(batch)
    noise = np.random.default_rng(2).normal(scale=1e-9, size=answers.shape)
    return task.loss(answers, batch).total, task.judge(answers + noise, batch)


def holds(
    task: Task, answer: Answer, *, sequences: int = 20_000, settings: Mapping[str, int] | None = None,
    loss: float = 0.02, accuracy: float = 0.02,
) -> None:  # fmt: skip
    """The baseline is what these answers reach: the loss to a share of itself, the accuracy to a difference."""
    expected = task.baseline(task.complete(settings or {}))
    found = reached(task, answer, sequences, settings)
    assert abs(found[0] - expected.loss) <= loss * expected.loss, (found, expected)
    assert abs(found[1] - expected.accuracy) <= accuracy, (found, expected)


def constant(*numbers: float) -> Answer:
    """The same answer at every step."""
    return lambda batch: np.broadcast_to(np.array(numbers), (*batch.inputs.shape[:2], len(numbers)))


def known(batch: Batch, classes: int, guessed: Array, among: Array) -> Array:
    """Logits of whoever knows the class, but at the steps `guessed` only that it is one of `among` (classes,)."""
    sure = np.where(np.eye(classes)[batch.targets] > 0, 0.0, -np.inf)
    return np.where(guessed[..., None], np.where(among, 0.0, -np.inf), sure)
