"""What depends on what, told from the equations alone: which names are read, at the same step and through time."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from ..description import FORWARD
from ..expr import names
from ..place import START, Place
from ..rules import base
from ..stack import Stack
from ..wiring import Wires
from .descent import down, lowest

#: when something is read: at the same step, one step before or (where a layer reads backward) after, or through a
#: starting state; and, of what is reached by several of these, at any step
NOW, BEFORE, AFTER, ANY, START_OF = "now", "before", "after", "any", "start"
_WHENS = (NOW, BEFORE, AFTER, ANY, START_OF)


@dataclass(frozen=True, slots=True)
class Read:
    """What an equation, or a part's input, reads: a full address, and when."""

    full: str
    when: str


@dataclass(frozen=True, slots=True)
class Reached:
    """Something that is reached: `when` over all ways, `direct` of those without anything between."""

    full: str
    when: tuple[str, ...]
    direct: tuple[str, ...]


class Reads:
    """Everything that every value reads, by full address: values, inputs, parameters (tied ones by the one they are).

    `fed` names the parts that run freely on their own output as it is. (A symbol that is chosen by an output is another
    one only in jumps, and counts as an input like any other.) `given` are states whose starting values were given, and
    come from no earlier part and no parameter.
    """

    def __init__(self, wires: Wires, fed: Collection[str] = (), given: Collection[str] = ()) -> None:
        self.wires, self._given = wires, given
        self.of: dict[str, list[Read]] = {}
        for stack in wires.stacks.values():
            self.of[stack.input] = [Read(wires.feeds[stack.name], BEFORE)] if stack.name in fed else []
            for place in stack.places:
                self._place(stack, place)

    def _place(self, stack: Stack, place: Place) -> None:
        for each in place.program.lowered:
            if each.target in place.program.value:
                found = [read for name in names(each.expr) for read in self._read(stack, place, name)]
                self.of[place.address(each.target)] = list(dict.fromkeys(found))

    def _read(self, stack: Stack, place: Place, name: str) -> Iterator[Read]:
        program, state = place.program, base(name)
        if name in program.value:
            yield Read(place.address(name), NOW)
        elif name in program.parameter:
            yield Read(self._source(place.address(name)), NOW)
        elif name in program.inputs:
            yield from (Read(s.target.address(s.symbol), NOW) for s in down(stack, place) if s.name == name)
            if place in lowest(stack):
                yield Read(stack.input, NOW)
        elif state in program.states:
            yield Read(place.address(state), BEFORE if place.direction == FORWARD else AFTER)
            yield from self._starts(place, state)

    def _starts(self, place: Place, state: str) -> Iterator[Read]:
        """What a state's value before the first step comes from."""
        if place.address(state) in self._given:
            return
        if state in place.learned:
            yield Read(self._source(place.address(state + START)), START_OF)
        for handed in self.wires.handed:
            if handed.target == place.address(state):
                yield from (Read(source, START_OF) for source in handed.sources)

    def _source(self, parameter: str) -> str:
        return self.wires.tied.get(parameter, parameter)

    def turned(self) -> dict[str, list[Read]]:
        """What reads each name, and when it does."""
        found: dict[str, list[Read]] = {full: [] for full in self.of}
        for reader, reads in self.of.items():
            for read in reads:
                found.setdefault(read.full, []).append(Read(reader, read.when))
        return found


def depends_on(wires: Wires, name: str) -> dict[str, Reached]:
    """Everything that a value depends on by its equations, nearest first: values, inputs and parameters.

    Raises NetworkError for an unknown name.
    """
    return reached(Reads(wires).of, wires.names.full(name))


def depended_on_by(wires: Wires, name: str) -> dict[str, Reached]:
    """Everything that depends on a value, an input or a parameter by its equations, nearest first.

    Raises NetworkError for an unknown name.
    """
    full = wires.names.full(name)
    return reached(Reads(wires).turned(), wires.tied.get(full, full))


def reached(reads: Mapping[str, list[Read]], full: str) -> dict[str, Reached]:
    """Everything that is reached from a full address, in the order in which it is found, nearest first."""
    start = (full, frozenset[str]())
    seen = {start}
    waiting = [start]
    whens: dict[str, set[str]] = {}
    while waiting:
        following = []
        for name, moves in waiting:
            for read in reads.get(name, ()):
                node = read.full, moves | ({read.when} - {NOW})
                if node not in seen:
                    seen.add(node)
                    following.append(node)
                    whens.setdefault(read.full, set()).add(_when(node[1]))
        waiting = following
    direct: dict[str, set[str]] = {}
    for read in reads.get(full, ()):
        direct.setdefault(read.full, set()).add(read.when)
    return {name: Reached(name, _sorted(found), _sorted(direct.get(name, set()))) for name, found in whens.items()}


def _when(moves: frozenset[str]) -> str:
    """One word for the moves through time on a way: a starting state leads to another sequence altogether."""
    if START_OF in moves:
        return START_OF
    if moves == {BEFORE, AFTER}:
        return ANY
    return next(iter(moves), NOW)


def _sorted(whens: Collection[str]) -> tuple[str, ...]:
    return tuple(when for when in _WHENS if when in whens)
