"""The next character of a poem."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np

from .coding import one_of
from .judges import best_class
from .task import CLASSES, EVERY, Array, Baseline, Batch, Settings, Task, Whole

FILE = Path(__file__).parent / "data" / "carroll.txt"
NAMES = {" ": "space", "\n": "line"}
#: the part of the poem that updates read
SHARE = 0.8


@cache
def characters() -> str:
    """The poem's own, in their order."""
    return "".join(sorted(set(poem())))


@cache
def poem() -> str:
    """The poem in small letters."""
    return FILE.read_text("utf-8").lower()


@cache
def codes() -> Array:
    """The poem, a number for each character."""
    return np.array([characters().index(each) for each in poem()])


def read() -> int:
    """How many characters updates read: those up to here."""
    return int(len(poem()) * SHARE)


def pieces(within: Array, random: np.random.Generator, size: int, settings: Settings) -> Batch:
    """Pieces that begin anywhere within; after the last character comes the first."""
    begin = random.integers(0, len(within), size)
    found = within[(begin + np.arange(settings["length"] + 1)[:, None]) % len(within)]
    every = np.ones(found[1:].shape, bool)
    return Batch(one_of(found[:-1], len(characters())), found[1:], every, every)


def draw(random: np.random.Generator, size: int, settings: Settings) -> Batch:
    """Pieces of the part that updates read."""
    return pieces(codes()[: read()], random, size, settings)


def held_out(random: np.random.Generator, size: int, settings: Settings) -> Batch:
    """Pieces of the rest."""
    return pieces(codes()[read() :], random, size, settings)


def names(settings: Settings) -> tuple[str, ...]:
    """The characters; space and line end by name."""
    return tuple(NAMES.get(each, each) for each in characters())


def baseline(settings: Settings) -> Baseline:
    """The entropy of the characters, and the share of the most frequent one."""
    shares = np.bincount(codes()[: read()]) / read()
    shares = shares[shares > 0]
    return Baseline(float(-(shares * np.log(shares)).sum()), float(shares.max()))


TASK = Task(
    name="text",
    title={"en": "Next character", "zh": "下一个字符"},
    definition="A poem is read character by character, in small letters, and at each step the next one is wanted. Updates "
    "read the first four fifths; the rest is held out.",
    source="Elman 1990; the text is Lewis Carroll's “The Walrus and the Carpenter”, 1871, in the public domain",
    kind=CLASSES,
    settings=(Whole("length", 40, 1, 1000),),
    inputs=names,
    outputs=names,
    draw=draw,
    held_out=held_out,
    judge=best_class,
    baseline=baseline,
    derivation="Whoever sees nothing knows how often each character comes in what updates read, and says that: the entropy "
    "of these shares, - sum p ln p. The most frequent character is the space.",
    solved=0.35,
    readouts=(EVERY,),
    ahead=True,
)
