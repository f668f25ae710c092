"""The first symbol is to be recalled after many others."""

from __future__ import annotations

import math

import numpy as np

from .coding import one_of, only
from .judges import right_side
from .task import EVERY, LAST, YES_NO, Baseline, Batch, Settings, Task, Whole

NAMES = ("A", "B", "c", "d", "e", "f")
FIRST_NOISE = 2


def draw(random: np.random.Generator, size: int, settings: Settings) -> Batch:
    """A or B, then c, d, e, f at random; at the last step it is asked whether it was B."""
    length = settings["length"]
    codes = random.integers(FIRST_NOISE, len(NAMES), (length, size))
    codes[0] = random.integers(0, 2, size)
    targets = np.zeros((length, size, 1))
    targets[-1, :, 0] = codes[0]
    asked = only(length, np.full(size, length - 1))
    return Batch(one_of(codes, len(NAMES)), targets, asked, asked)


def baseline(settings: Settings) -> Baseline:
    """ln 2, and half."""
    return Baseline(math.log(2), 0.5)


def baseline_at_every(settings: Settings) -> Baseline:
    """The first step is known, which is what it asks for; all others cost ln 2 and are guessed."""
    known = 1 / settings["length"]
    return Baseline((1 - known) * math.log(2), known + (1 - known) / 2)


TASK = Task(
    name="recall",
    title={"en": "Recall", "zh": "回想"},
    definition="The first letter is A or B, all others are c, d, e or f, as chance will have it. At the last step: was it B?",
    source="Bengio, Simard & Frasconi 1994 (latching), with letters for noise",
    kind=YES_NO,
    settings=(Whole("length", 50, 2, 2000),),
    inputs=lambda settings: NAMES,
    outputs=lambda settings: ("B",),
    draw=draw,
    judge=right_side,
    baseline=baseline,
    derivation="The other letters are drawn without regard to the first: ln 2.",
    readouts=(LAST, EVERY),
    baseline_otherwise=baseline_at_every,
)
