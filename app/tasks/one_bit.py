"""One bit is to be kept: the smallest task that needs memory over T steps."""

from __future__ import annotations

import math

import numpy as np

from .coding import only
from .judges import right_side
from .task import EVERY, LAST, YES_NO, Baseline, Batch, Settings, Task, Whole


def draw(random: np.random.Generator, size: int, settings: Settings) -> Batch:
    """1 or -1 at the first step, 0 at all others; at the last it is asked whether it was 1."""
    length = settings["length"]
    bits = random.integers(0, 2, size)
    inputs, targets = np.zeros((length, size, 1)), np.zeros((length, size, 1))
    inputs[0, :, 0], targets[-1, :, 0] = 2 * bits - 1, bits
    asked = only(length, np.full(size, length - 1))
    return Batch(inputs, targets, asked, asked)


def baseline(settings: Settings) -> Baseline:
    """ln 2, and half."""
    return Baseline(math.log(2), 0.5)


def baseline_at_every(settings: Settings) -> Baseline:
    """The first step is known, which is what it asks for; all others cost ln 2 and are guessed."""
    known = 1 / settings["length"]
    return Baseline((1 - known) * math.log(2), known + (1 - known) / 2)


TASK = Task(
    name="one-bit",
    title={"en": "One bit", "zh": "记住一位"},
    definition="The first input is 1 or -1, all others are 0. At the last step: was it 1?",
    source="Bengio, Simard & Frasconi 1994 (latching), without noise",
    kind=YES_NO,
    settings=(Whole("length", 20, 2, 2000),),
    inputs=lambda settings: ("bit",),
    outputs=lambda settings: ("one",),
    draw=draw,
    judge=right_side,
    baseline=baseline,
    derivation="At the last step the input is 0 whatever the first one was: ln 2.",
    readouts=(LAST, EVERY),
    baseline_otherwise=baseline_at_every,
)
