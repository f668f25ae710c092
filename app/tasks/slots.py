"""Slot filling: is a city where a journey begins, or where it ends?"""

from __future__ import annotations

import math

import numpy as np

from .coding import one_of
from .judges import best_class
from .task import CLASSES, EVERY, Baseline, Batch, Settings, Task

KNOWN = ("Taipei", "Kaohsiung", "Tainan", "Taichung", "Beijing", "Shanghai", "Tokyo", "Paris")
UNKNOWN = ("Oslo", "Lima")
"""Cities that the lexicon does not have: they are read as `other`."""
MONTHS = ("May", "June", "July")
DAYS = ("1st", "2nd", "3rd", "4th", "5th")
PATTERNS = (
    "I want to leave {dep} on {month} {day}",
    "I want to arrive {dest} on {month} {day}",
    "leave {dep} and arrive {dest} on {month} {day}",
    "arrive {dest} and leave {dep} on {month} {day}",
)
TAGS = ("other", "dep", "dest", "time")
_SLOTS = {"{dep}": 1, "{dest}": 2, "{month}": 3, "{day}": 3}
WORDS = tuple(dict.fromkeys(word for pattern in PATTERNS for word in pattern.split() if word not in _SLOTS))
LEXICON = (*WORDS, *KNOWN, *MONTHS, *DAYS, "other")
LONGEST = max(len(pattern.split()) for pattern in PATTERNS)


def sentence(random: np.random.Generator) -> list[tuple[str, int]]:
    """The words of a sentence, each with the number of its tag."""
    cities = random.permutation([*KNOWN, *UNKNOWN])
    filled = {
        "{dep}": cities[0], "{dest}": cities[1],
        "{month}": MONTHS[random.integers(len(MONTHS))], "{day}": DAYS[random.integers(len(DAYS))],
    }  # fmt: skip
    pattern = PATTERNS[random.integers(len(PATTERNS))]
    return [(str(filled.get(word, word)), _SLOTS.get(word, 0)) for word in pattern.split()]


def draw(random: np.random.Generator, size: int, settings: Settings) -> Batch:
    """Sentences padded to the longest, 1 of N with a place for other words; a tag is wanted for each word."""
    places = {word: number for number, word in enumerate(LEXICON)}
    codes, targets = np.full((LONGEST, size), -1), np.zeros((LONGEST, size), int)
    for column in range(size):
        for step, (word, tag) in enumerate(sentence(random)):
            codes[step, column], targets[step, column] = places.get(word, places["other"]), tag
    asked = (targets == TAGS.index("dep")) | (targets == TAGS.index("dest"))
    return Batch(one_of(codes, len(LEXICON)), targets, codes >= 0, asked)


def baseline(settings: Settings) -> Baseline:
    """3/2 ln 2 over the mean number of words, and half of the cities."""
    words = sum(len(pattern.split()) for pattern in PATTERNS) / len(PATTERNS)
    cities = sum(pattern.count("{d") - pattern.count("{day}") for pattern in PATTERNS) / len(PATTERNS)
    return Baseline(cities * math.log(2) / words, 0.5)


TASK = Task(
    name="slots",
    title={"en": "Slot filling", "zh": "槽填充"},
    definition="Each word of a sentence gets a tag: the place of departure, the destination, a time, or none of these. Two "
    "of ten cities are not in the lexicon and are read as `other`. Right are the tags of cities.",
    source="Mesnil et al. 2013; the sentences are generated after those of Lee's lectures",
    kind=CLASSES,
    settings=(),
    inputs=lambda settings: LEXICON,
    outputs=lambda settings: TAGS,
    draw=draw,
    judge=best_class,
    baseline=baseline,
    derivation="Every word but a city's name has one tag only. A city is a departure as often as a destination, ln 2 for "
    "whoever sees the word alone: 3/2 cities in the mean sentence.",
    readouts=(EVERY,),
)
