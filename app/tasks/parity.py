"""Running parity: has an odd number of ones been read so far?"""

from __future__ import annotations

import math

import numpy as np

from .judges import right_side
from .task import EVERY, LAST, YES_NO, Baseline, Batch, Settings, Task, Whole


def draw(random: np.random.Generator, size: int, settings: Settings) -> Batch:
    """Bits, and at each step the sum of all bits so far modulo 2."""
    bits = random.integers(0, 2, (settings["length"], size, 1))
    every = np.ones(bits.shape[:2], bool)
    return Batch(bits.astype(float), (bits.cumsum(axis=0) % 2).astype(float), every, every)


def baseline(settings: Settings) -> Baseline:
    """Without memory the first step is known, its bit being its parity; all others cost ln 2 and are guessed."""
    known = 1 / settings["length"]
    return Baseline((1 - known) * math.log(2), known + (1 - known) / 2)


def baseline_at_last(settings: Settings) -> Baseline:
    """ln 2 and half, unless the last step is the first."""
    return Baseline(math.log(2), 0.5) if settings["length"] > 1 else Baseline(0.0, 1.0)


TASK = Task(
    name="parity",
    title={"en": "Running parity", "zh": "奇偶校验"},
    definition="Bits are read one by one. At each step: has the number of ones been odd so far?",
    source="The two-state automaton; Minsky & Papert 1969 for the parity of a fixed number of bits",
    kind=YES_NO,
    settings=(Whole("length", 20, 1, 2000),),
    inputs=lambda settings: ("bit",),
    outputs=lambda settings: ("odd",),
    draw=draw,
    judge=right_side,
    baseline=baseline,
    derivation="At step 1 the bit is its own parity. From step 2 on the bits before it are unknown, so odd and even are "
    "equally likely whatever the present bit is: ln 2 at T - 1 of T steps, for whoever knows which step it is.",
    readouts=(EVERY, LAST),
    baseline_otherwise=baseline_at_last,
)
