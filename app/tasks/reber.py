"""The embedded Reber grammar: what comes before the end is what came after the beginning."""

from __future__ import annotations

import math

import numpy as np

from .coding import one_of
from .judges import all_legal
from .task import CLASSES, EVERY, Baseline, Batch, Settings, Task

SYMBOLS = "BTPSXVE"
#: from each state of the grammar, the symbols that may come and the states that they lead to (Reber 1967)
GRAMMAR: dict[int, tuple[tuple[str, int], ...]] = {
    0: (("B", 1),),
    1: (("T", 2), ("P", 3)),
    2: (("S", 2), ("X", 4)),
    3: (("T", 3), ("V", 5)),
    4: (("X", 3), ("S", 6)),
    5: (("P", 4), ("V", 6)),
    6: (("E", 7),),
}
LAST = 7
#: lengths are padded to multiples of it, so that few different ones occur
_ROUND = 8
#: how often the inner grammar branches, and how many symbols it has, in the mean
BRANCHES, INNER = 6, 8


def string(random: np.random.Generator) -> list[tuple[str, str]]:
    """A string of the embedded grammar: each symbol with those that may follow it."""
    outer = "TP"[random.integers(2)]
    symbols, follow = ["B", outer], ["TP", "B"]
    state = 0
    while state != LAST:
        ways = GRAMMAR[state]
        symbol, state = ways[random.integers(2) if len(ways) > 1 else 0]
        symbols.append(symbol)
        follow.append("".join(name for name, _ in GRAMMAR[state]) if state != LAST else outer)
    return list(zip([*symbols, outer, "E"], [*follow, "E", ""], strict=True))


def draw(random: np.random.Generator, size: int, settings: Settings) -> Batch:
    """Strings padded to a common length; at each step but the last of a string the next symbol is wanted."""
    strings = [string(random) for _ in range(size)]
    longest = max(len(each) for each in strings) - 1
    length = -(-longest // _ROUND) * _ROUND
    codes = np.full((length + 1, size), -1)
    legal = np.zeros((length, size, len(SYMBOLS)), bool)
    for column, each in enumerate(strings):
        codes[: len(each), column] = [SYMBOLS.index(symbol) for symbol, _ in each]
        for step, (_, follow) in enumerate(each[:-1]):
            legal[step, column, [SYMBOLS.index(symbol) for symbol in follow]] = True
    counts = codes[1:] >= 0
    inputs = one_of(np.where(counts, codes[:-1], -1), len(SYMBOLS))
    return Batch(inputs, np.where(counts, codes[1:], 0), counts, counts, legal)


def baseline(settings: Settings) -> Baseline:
    """8 ln 2 / 11, and half of the strings."""
    return Baseline((BRANCHES + 2) * math.log(2) / (INNER + 3), 0.5)


def perfect() -> float:
    """The loss of whoever knows the grammar and remembers the second symbol: 7 ln 2 / 11."""
    return (BRANCHES + 1) * math.log(2) / (INNER + 3)


TASK = Task(
    name="reber",
    title={"en": "Embedded Reber grammar", "zh": "嵌套雷伯语法"},
    definition="Strings of a grammar: B, then T or P, a string of the Reber grammar, the same T or P again, E. At each "
    "step the next symbol is wanted. A string is right if at every step the symbols that may follow have the highest "
    "answers.",
    source="Reber 1967; Hochreiter & Schmidhuber 1997, experiment 1",
    kind=CLASSES,
    settings=(),
    inputs=lambda settings: tuple(SYMBOLS),
    outputs=lambda settings: tuple(SYMBOLS),
    draw=draw,
    judge=all_legal,
    baseline=baseline,
    derivation="A string branches 6 times inside and once at the second symbol, each branch ln 2; whoever does not "
    "remember the second symbol guesses the last but one too: 8 ln 2, over 11 steps in the mean. With that memory it is "
    "7 ln 2 / 11.",
    readouts=(EVERY,),
    ahead=True,
)
