"""Temporal order as Pascanu, Mikolov & Bengio measure the effect of clipping with."""

from __future__ import annotations

import math

import numpy as np

from .coding import one_of, only
from .judges import best_class
from .task import CLASSES, Baseline, Batch, Settings, Task, Whole

NAMES = ("A", "B", "c", "d", "e", "f")
FIRST_NOISE = 2
ORDERS = ("AA", "AB", "BA", "BB")


def draw(random: np.random.Generator, size: int, settings: Settings) -> Batch:
    """c, d, e, f at random; A or B at a step from L/10 to 2L/10 and at one from 5L/10 to 6L/10, ends not included."""
    length = settings["length"]
    codes = random.integers(FIRST_NOISE, len(NAMES), (length, size))
    columns, which = np.arange(size), random.integers(0, 2, (2, size))
    for row, tenths in zip(which, (1, 5), strict=True):
        steps = random.integers(tenths * length // 10, (tenths + 1) * length // 10, size)
        codes[steps, columns] = row
    asked = only(length, np.full(size, length - 1))
    return Batch(one_of(codes, len(NAMES)), np.where(asked, 2 * which[0] + which[1], 0), asked, asked)


def baseline(settings: Settings) -> Baseline:
    """ln 4, and one of four."""
    return Baseline(math.log(len(ORDERS)), 1 / len(ORDERS))


TASK = Task(
    name="temporal-order",
    title={"en": "Temporal order", "zh": "时间次序"},
    definition="Among the letters c, d, e, f two are A or B, one early and one about the middle. At the end it is asked "
    "which they were, in their order: AA, AB, BA or BB.",
    source="Pascanu, Mikolov & Bengio 2013, and their code",
    kind=CLASSES,
    settings=(Whole("length", 50, 10, 2000),),
    inputs=lambda settings: NAMES,
    outputs=lambda settings: ORDERS,
    draw=draw,
    judge=best_class,
    baseline=baseline,
    derivation="All four orders are equally likely, and the last letter tells nothing of them: ln 4.",
)
