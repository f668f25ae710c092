"""The way down through the layers of a part: what each place reads, from the readout to the input."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..address import READOUT
from ..place import Place
from ..stack import Stack


@dataclass(frozen=True, slots=True)
class Step:
    """From an input of a place down to what it reads: columns first..stop of the one are all of the other."""

    name: str
    target: Place
    symbol: str
    first: int
    stop: int


def order(stack: Stack) -> list[Place]:
    """The places of a part from the readout down."""
    return [place for places in reversed(stack.levels.values()) for place in places]


def lowest(stack: Stack) -> list[Place]:
    """The places that read the input."""
    return next(iter(stack.levels.values()))


def down(stack: Stack, place: Place) -> Iterator[Step]:
    """What the inputs of a place are, in the layer below it; nothing for the lowest."""
    layers = list(stack.levels)
    level = layers.index(place.layer)
    for name in place.program.inputs if level else ():
        at = 0
        for target in stack.levels[layers[level - 1]]:
            symbol = name if place.layer == READOUT else target.program.output
            stop = at + target.sizes[target.program.value[symbol].size]
            yield Step(name, target, symbol, at, stop)
            at = stop


def prefix_of(full: str) -> str:
    """The prefix of the place in which an address lies."""
    return full[: full.rindex(".") + 1]
