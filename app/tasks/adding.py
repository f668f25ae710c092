"""The adding problem in its modern form."""

from __future__ import annotations

import numpy as np

from .coding import only
from .judges import within
from .task import NUMBERS, Baseline, Batch, Settings, Task, Whole


def draw(random: np.random.Generator, size: int, settings: Settings) -> Batch:
    """Numbers between 0 and 1, one marked in each half; the sum of the two is asked for at the end."""
    length, half = settings["length"], settings["length"] // 2
    numbers = random.random((length, size))
    marks = only(length, random.integers(0, half, size)) | only(length, random.integers(half, length, size))
    targets = np.zeros((length, size, 1))
    targets[-1, :, 0] = (numbers * marks).sum(axis=0)
    asked = only(length, np.full(size, length - 1))
    return Batch(np.stack([numbers, marks], axis=-1), targets, asked, asked)


def baseline(settings: Settings) -> Baseline:
    """1/6, and the chance that the sum of two numbers is within 0.04 of 1: 1 - 0.96^2."""
    return Baseline(1 / 6, 1 - 0.96**2)


TASK = Task(
    name="adding",
    title={"en": "Adding", "zh": "加法"},
    definition="Each step has a number between 0 and 1 and a marker. Two numbers are marked, one in each half; at the "
    "end their sum is asked for. An answer nearer than 0.04 is right.",
    source="Hochreiter & Schmidhuber 1997; in this form Arjovsky, Shah & Bengio 2016",
    kind=NUMBERS,
    settings=(Whole("length", 50, 2, 2000),),
    inputs=lambda settings: ("number", "marker"),
    outputs=lambda settings: ("sum",),
    draw=draw,
    judge=within(0.04),
    baseline=baseline,
    derivation="Whoever knows nothing says 1, the mean. The variance of a number that is uniform between 0 and 1 is "
    "1/12, that of the sum of two is 1/6. (Some papers print 0.1767, which is not it.)",
    solved=0.95,
)
