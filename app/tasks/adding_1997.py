"""The adding problem as it was first put."""

from __future__ import annotations

import numpy as np

from .coding import only
from .judges import within
from .task import NUMBERS, Baseline, Batch, Settings, Task, Whole

FIRST = 10
PARTS = 4
"""Among so many pairs the first mark stands; each of the two numbers counts one part of so many."""


def draw(random: np.random.Generator, size: int, settings: Settings) -> Batch:
    """Lengths from T to T + T/10, padded to the longest that there can be.

    The second mark is on one of the first T/2 - 1 pairs that are still unmarked. Where the first pair is marked, the
    number of the first mark counts as 0.
    """
    length = settings["length"]
    longest = length + length // 10
    ends = random.integers(length, longest + 1, size)
    first = random.integers(0, FIRST, size)
    second = random.integers(0, length // 2 - 1, size)
    second += second >= first
    numbers = random.uniform(-1, 1, (longest, size))
    columns = np.arange(size)
    numbers[first, columns] *= (first != 0) & (second != 0)
    marks = np.zeros((longest, size))
    marks[0], marks[ends - 1, columns] = -1, -1
    marks[first, columns] = marks[second, columns] = 1
    asked = only(longest, ends - 1)
    sums = numbers[first, columns] + numbers[second, columns]
    inside = np.arange(longest)[:, None] < ends
    targets = np.where(asked, 0.5 + sums / PARTS, 0)[..., None]
    return Batch(np.stack([numbers, marks], axis=-1) * inside[..., None], targets, asked, asked)


def zeroed(length: int) -> float:
    """How often the first pair is marked, by the first mark or by the second."""
    return 1 / FIRST + (1 - 1 / FIRST) / (length // 2 - 1)


def baseline(settings: Settings) -> Baseline:
    """1/24 - q/48, q being how often a number counts as 0; answers within 0.04, a sum within 0.16, are right."""
    rare = zeroed(settings["length"])
    both = 1 - (1 - 0.16 / 2) ** 2
    return Baseline(1 / 24 - rare / 48, (1 - rare) * both + rare * 0.16)


TASK = Task(
    name="adding-1997",
    title={"en": "Adding, 1997", "zh": "加法（1997 年）"},
    definition="Each step has a number between -1 and 1 and a marker, -1 at the first and the last step. One of the first "
    "ten numbers X1 and one of the first T/2 - 1 others X2 are marked; at the end 0.5 + (X1 + X2) / 4 is asked for. An "
    "answer nearer than 0.04 is right.",
    source="Hochreiter & Schmidhuber 1997, experiment 4",
    kind=NUMBERS,
    settings=(Whole("length", 100, 24, 2000),),
    inputs=lambda settings: ("number", "marker"),
    outputs=lambda settings: ("sum",),
    draw=draw,
    judge=within(0.04),
    baseline=baseline,
    derivation="Whoever knows nothing says 0.5. A number that is uniform between -1 and 1 has the variance 1/3, a quarter "
    "of it 1/48, two of them 1/24; when the first pair is marked, which happens with the chance "
    "1/10 + 9/10 / (T/2 - 1), one of them counts as 0.",
)
