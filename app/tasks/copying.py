"""The copy problem: symbols are to be said again after a long gap."""

from __future__ import annotations

import math

import numpy as np

from .coding import one_of
from .judges import best_class
from .task import CLASSES, EVERY, Baseline, Batch, Settings, Task, Whole

SYMBOLS = 8
BLANK, MARKER = 0, SYMBOLS + 1
NAMES = ("blank", *(str(number) for number in range(1, SYMBOLS + 1)))


def draw(random: np.random.Generator, size: int, settings: Settings) -> Batch:
    """S symbols, T - 1 blanks, a marker, S blanks: T + 2 S steps; blanks are wanted until the marker has been read."""
    gap, count = settings["gap"], settings["symbols"]
    length = gap + 2 * count
    symbols = random.integers(1, SYMBOLS + 1, (count, size))
    codes, targets = np.full((length, size), BLANK), np.full((length, size), BLANK)
    codes[:count], codes[count + gap - 1], targets[-count:] = symbols, MARKER, symbols
    asked = np.zeros((length, size), bool)
    asked[-count:] = True
    return Batch(one_of(codes, len(NAMES) + 1), targets, np.ones((length, size), bool), asked)


def baseline(settings: Settings) -> Baseline:
    """S ln 8 / (T + 2 S), and one symbol of eight."""
    count = settings["symbols"]
    return Baseline(count * math.log(SYMBOLS) / (settings["gap"] + 2 * count), 1 / SYMBOLS)


TASK = Task(
    name="copy",
    title={"en": "Copy", "zh": "复制"},
    definition="Some symbols of eight are followed by blanks and a marker; then they are to be said in the same order, and "
    "blanks at all other steps. Right are the symbols that are said again.",
    source="Hochreiter & Schmidhuber 1997; in this form Arjovsky, Shah & Bengio 2016",
    kind=CLASSES,
    settings=(Whole("gap", 20, 1, 2000), Whole("symbols", 5, 1, 20)),
    inputs=lambda settings: (*NAMES, "marker"),
    outputs=lambda settings: NAMES,
    draw=draw,
    judge=best_class,
    baseline=baseline,
    derivation="Whoever counts but remembers nothing says blanks without loss and guesses S symbols of eight, ln 8 each, "
    "among T + 2 S steps.",
    readouts=(EVERY,),
)
