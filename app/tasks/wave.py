"""One wave, to be made out of nothing."""

from __future__ import annotations

import numpy as np

from .judges import within
from .task import EVERY, NUMBERS, Array, Baseline, Batch, Settings, Task, Whole

#: how often each part swings in the whole wave, how high, and where it begins
PARTS = ((1, 1.0, 0.3), (3, 0.8, 1.7), (7, 0.7, 4.1), (13, 0.6, 2.2), (24, 0.5, 5.3))
NEAR = 0.1


def wave(length: int) -> Array:
    """(T,), with the mean 0 and the mean square 1."""
    angles = 2 * np.pi * np.arange(length) / length
    found = np.sum([height * np.sin(often * angles + begin) for often, height, begin in PARTS], axis=0)
    found -= found.mean()
    return np.asarray(found / np.sqrt((found**2).mean()))


def draw(random: np.random.Generator, size: int, settings: Settings) -> Batch:
    """The same wave in each sequence. The input is 1 at the first step, then 0."""
    length = settings["length"]
    inputs = np.zeros((length, size, 1))
    inputs[0] = 1
    every = np.ones((length, size), bool)
    targets = np.repeat(wave(length)[:, None, None], size, axis=1)
    return Batch(inputs, targets, every, every)


def baseline(settings: Settings) -> Baseline:
    """1, and how often the wave is near 0."""
    return Baseline(1.0, float((np.abs(wave(settings["length"])) < NEAR).mean()))


TASK = Task(
    name="wave",
    title={"en": "A wave from nothing", "zh": "凭空画波"},
    definition="One wave, the sum of five that swing 1, 3, 7, 13 and 24 times, is to be given number by number; nothing is "
    "read but that it begins. An answer nearer than 0.1 is right.",
    source="Koutník, Greff, Gomez & Schmidhuber 2014, sequence generation; their waves are of music, 320 numbers each",
    kind=NUMBERS,
    settings=(Whole("length", 160, 24, 1000),),
    inputs=lambda settings: ("start",),
    outputs=lambda settings: ("wave",),
    draw=draw,
    judge=within(NEAR),
    baseline=baseline,
    derivation="The wave is scaled so that its mean is 0 and its mean square 1. Whoever does not know the step says 0.",
    solved=0.95,
    readouts=(EVERY,),
)
