"""Handwritten digits, read row by row."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np

from .coding import only
from .judges import best_class
from .task import CLASSES, EVERY, LAST, Array, Baseline, Batch, Settings, Task

FILE = Path(__file__).parent / "data" / "digits.npz"
ROWS, COLUMNS, DIGITS, BRIGHTEST = 8, 8, 10, 16
#: the images that updates read; the others are held out
READ = 1437


@cache
def images() -> tuple[Array, Array]:
    """(1797, 8, 8), from 0 to 1, and which digits they are, (1797,)."""
    with np.load(FILE, allow_pickle=False) as data:
        return data["images"] / BRIGHTEST, data["digits"].astype(int)


def chosen(which: Array) -> Batch:
    """These images, a row at each step; the digit is wanted after the last."""
    pixels, digits = (each[which] for each in images())
    asked = only(ROWS, np.full(len(which), ROWS - 1))
    return Batch(pixels.transpose(1, 0, 2), np.where(asked, digits, 0), asked, asked)


def draw(random: np.random.Generator, size: int, settings: Settings) -> Batch:
    """Any of the first 1,437 images."""
    return chosen(random.integers(0, READ, size))


def held_out(random: np.random.Generator, size: int, settings: Settings) -> Batch:
    """The last 360 images in their order, again from the first if there are not enough."""
    return chosen(READ + np.arange(size) % (len(images()[1]) - READ))


def baseline(settings: Settings) -> Baseline:
    """The entropy of the digits, and the share of the most frequent one."""
    shares = np.bincount(images()[1][:READ]) / READ
    return Baseline(float(-(shares * np.log(shares)).sum()), float(shares.max()))


TASK = Task(
    name="digits",
    title={"en": "Digits row by row", "zh": "逐行读数字"},
    definition="A handwritten digit of 8 x 8 pixels is read row by row from the top. After the last row: which digit is it? "
    "Updates read 1,437 images; the last 360 are held out.",
    source="E. Alpaydin & C. Kaynak 1998, Optical Recognition of Handwritten Digits, UCI Machine Learning Repository "
    "(CC BY 4.0 by its policy): its test set of 1,797 images, as scikit-learn has it",
    kind=CLASSES,
    settings=(),
    inputs=lambda settings: tuple(f"column {column + 1}" for column in range(COLUMNS)),
    outputs=lambda settings: tuple(str(digit) for digit in range(DIGITS)),
    draw=draw,
    held_out=held_out,
    judge=best_class,
    baseline=baseline,
    derivation="Whoever sees nothing knows how often each digit comes among the 1,437 images: the entropy of these shares, a "
    "little under ln 10, since 3 comes 146 times and 2 and 8 less often.",
    solved=0.9,
    readouts=(LAST, EVERY),
)
