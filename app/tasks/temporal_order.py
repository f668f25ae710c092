"""Temporal order as it was first put: which of two symbols came first."""

from __future__ import annotations

import math

import numpy as np

from .coding import one_of, only
from .judges import best_class
from .task import CLASSES, Baseline, Batch, Settings, Task, Whole

NAMES = ("E", "B", "a", "b", "c", "d", "X", "Y")
START, END, FIRST_NOISE, X = 0, 1, 2, 6
ORDERS = ("XX", "XY", "YX", "YY")


def draw(random: np.random.Generator, size: int, settings: Settings) -> Batch:
    """E, then a, b, c, d at random, X or Y at two steps, B at the end; lengths from T to T + T/10, padded.

    The first stands at a step from T/10 to T/5, the second from T/2 to 6 T/10, both ends included, counted from 0.
    """
    length = settings["length"]
    longest = length + length // 10
    ends = random.integers(length, longest + 1, size)
    codes = random.integers(FIRST_NOISE, X, (longest, size))
    first = random.integers(length // 10, length // 5 + 1, size)
    second = random.integers(length // 2, 6 * length // 10 + 1, size)
    which = random.integers(0, 2, (2, size))
    columns = np.arange(size)
    codes[0], codes[ends - 1, columns] = START, END
    codes[first, columns], codes[second, columns] = X + which[0], X + which[1]
    codes[np.arange(longest)[:, None] >= ends] = -1
    asked = only(longest, ends - 1)
    return Batch(one_of(codes, len(NAMES)), np.where(asked, 2 * which[0] + which[1], 0), asked, asked)


def baseline(settings: Settings) -> Baseline:
    """ln 4, and one of four."""
    return Baseline(math.log(len(ORDERS)), 1 / len(ORDERS))


TASK = Task(
    name="temporal-order-1997",
    title={"en": "Temporal order, 1997", "zh": "时间次序（1997 年）"},
    definition="Among the letters a, b, c, d two are X or Y, at steps that change. At the end of the sequence it is asked "
    "which they were, in their order: XX, XY, YX or YY.",
    source="Hochreiter & Schmidhuber 1997, experiment 6a (T = 100)",
    kind=CLASSES,
    settings=(Whole("length", 100, 10, 2000),),
    inputs=lambda settings: NAMES,
    outputs=lambda settings: ORDERS,
    draw=draw,
    judge=best_class,
    baseline=baseline,
    derivation="All four orders are equally likely, and the last letter is always B: ln 4.",
)
