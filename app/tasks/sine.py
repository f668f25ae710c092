"""Sine to cosine: what is a quarter of a wave ahead."""

from __future__ import annotations

import numpy as np

from .judges import within
from .task import EVERY, NUMBERS, Baseline, Batch, Settings, Task, Whole


def draw(random: np.random.Generator, size: int, settings: Settings) -> Batch:
    """A sine that begins anywhere, its period in steps; the cosine is wanted at every step but the first."""
    length = settings["length"]
    angles = 2 * np.pi * (np.arange(length)[:, None] / settings["period"] + random.random(size))
    counts = np.ones((length, size), bool)
    counts[0] = False
    return Batch(np.sin(angles)[..., None], np.cos(angles)[..., None], counts, counts)


def baseline(settings: Settings) -> Baseline:
    """1/2, and how often a cosine is between -0.1 and 0.1."""
    return Baseline(0.5, 2 / np.pi * float(np.arcsin(0.1)))


TASK = Task(
    name="sine",
    title={"en": "Sine to cosine", "zh": "正弦到余弦"},
    definition="A sine is read step by step, and the cosine of the same angle is wanted. The first value alone does not "
    "tell whether the wave rises, so the first step does not count. An answer nearer than 0.1 is right.",
    source="Zhou Morvan's tutorials for PyTorch (403) and Keras (8)",
    kind=NUMBERS,
    settings=(Whole("length", 20, 2, 2000), Whole("period", 20, 3, 1000)),
    inputs=lambda settings: ("sine",),
    outputs=lambda settings: ("cosine",),
    draw=draw,
    judge=within(0.1),
    baseline=baseline,
    derivation="A sine belongs to a cosine and to its negative, equally often, so whoever sees the present value alone "
    "says 0; the mean square of a cosine is 1/2.",
    solved=0.95,
    readouts=(EVERY,),
)
