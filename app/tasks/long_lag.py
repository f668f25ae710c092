"""The noiseless task with long time lags: the first symbol comes again at the end."""

from __future__ import annotations

import math

import numpy as np

from .coding import one_of, only
from .judges import best_class
from .task import CLASSES, EVERY, Baseline, Batch, Settings, Task, Whole


def draw(random: np.random.Generator, size: int, settings: Settings) -> Batch:
    """(y, a1, ..., a_{p-1}, y) or (x, a1, ..., a_{p-1}, x): p steps, the next symbol wanted at each."""
    lag = settings["lag"]
    codes = np.repeat(np.arange(lag + 1)[:, None] - 1, size, axis=1)
    codes[0] = codes[-1] = lag - 1 + random.integers(0, 2, size)
    every = np.ones((lag, size), bool)
    return Batch(one_of(codes[:-1], lag + 1), codes[1:], every, only(lag, np.full(size, lag - 1)))


def names(settings: Settings) -> tuple[str, ...]:
    """a1, a2, ..., then y and x."""
    return (*(f"a{number}" for number in range(1, settings["lag"])), "y", "x")


def baseline(settings: Settings) -> Baseline:
    """ln 2 / p, and half of the last symbols."""
    return Baseline(math.log(2) / settings["lag"], 0.5)


TASK = Task(
    name="long-lag",
    title={"en": "Long time lag", "zh": "长时滞"},
    definition="Two sequences, y a1 a2 ... y and x a1 a2 ... x. At each step the next symbol is wanted; right is the last "
    "one, which is the first again.",
    source="Hochreiter & Schmidhuber 1997, experiment 2a (p = 100)",
    kind=CLASSES,
    settings=(Whole("lag", 100, 2, 1000),),
    inputs=names,
    outputs=names,
    draw=draw,
    judge=best_class,
    baseline=baseline,
    derivation="Every symbol but the last follows from the one before it; the last is guessed: ln 2 at one of p steps.",
    readouts=(EVERY,),
    ahead=True,
)
