"""What ties the parts of a network together: parameters in common, states handed on, outputs fed back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from .address import Names, parse
from .description import FORWARD
from .expr import Apply, walk
from .part import AS_SYMBOL, AS_VALUE, Part
from .place import Place
from .problems import NetworkError, Problem, suggestion
from .stack import Stack


@dataclass(frozen=True, slots=True)
class Handed:
    """A starting state (full address) that is values of earlier parts, side by side, each as its place read it last."""

    target: str
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Wires:
    """A network's parts wired together, all by full address.

    `tied` are parameters that are others, `handed` states that start from an earlier part, `feeds` the value that each
    part is fed when it runs freely. `parameters`, `values` and `states` hold the shapes of all parts, those of tied
    parameters left out.
    """

    stacks: Mapping[str, Stack]
    names: Names
    tied: Mapping[str, str]
    handed: tuple[Handed, ...]
    feeds: Mapping[str, str]

    @cached_property
    def parameters(self) -> dict[str, tuple[int, ...]]:
        shapes = (item for stack in self.stacks.values() for item in stack.parameters.items())
        return {name: shape for name, shape in shapes if name not in self.tied}

    @cached_property
    def values(self) -> dict[str, tuple[int, ...]]:
        return {name: shape for stack in self.stacks.values() for name, shape in stack.values.items()}

    @cached_property
    def states(self) -> dict[str, tuple[int, ...]]:
        return {name: shape for stack in self.stacks.values() for name, shape in stack.states.items()}

    @cached_property
    def reads_backward(self) -> list[Problem]:
        """Why a run cannot go on where another has ended; nothing when every layer reads forward."""
        places = (place for stack in self.stacks.values() for place in stack.places)
        backward = next((place for place in places if place.direction != FORWARD), None)
        if backward is None:
            return []
        name = self.names.short(backward.address(backward.program.output))
        message = f"'{name}' reads backward, so it cannot go on where a chunk ended"
        return [Problem("reads-backward", message, {"name": name}, "give the whole sequence at once", field=name)]

    @cached_property
    def goes_on(self) -> bool:
        """Whether a run of the first steps and one of the others, from where it ended, are the run of all.

        Not of several parts, where a layer reads backward, and where a clock counts from the run's first step.
        """
        places = [place for stack in self.stacks.values() for place in stack.places]
        nodes = (node for place in places for each in place.program.lowered for node in walk(each.expr))
        clocks = any(isinstance(node, Apply) and node.op == "every" for node in nodes)
        return len(self.stacks) == 1 and not self.reads_backward and not clocks

    def value(self, typed: str) -> str:
        """The full address of what has numbers at every step: a value, an input, a state one step earlier.

        Raises NetworkError for any other name.
        """
        full = self.names.full(typed)
        if full in self.parameters or full in self.tied:
            hint = "a gradient has them in its parameters"
            message = f"'{typed}' is a parameter and has no value of its own at each step"
            raise NetworkError([Problem("unknown-name", message, {"name": typed, "suggestion": ""}, hint, field=typed)])
        return full


def wire(stacks: Mapping[str, Stack], names: Names, tied: Mapping[str, str]) -> Wires:
    """Everything between the parts, found and checked.

    Raises NetworkError with every problem.
    """
    wiring = _Wiring(stacks, names)
    found = Wires(stacks, names, dict(wiring.ties(tied)), tuple(wiring.handings()), dict(wiring.feeds()))
    if wiring.problems:
        raise NetworkError(wiring.problems)
    return found


class _Wiring:
    def __init__(self, stacks: Mapping[str, Stack], names: Names) -> None:
        self.stacks, self.names = stacks, names
        self.places = {place.prefix: place for stack in stacks.values() for place in stack.places}
        self.parameters = {name: shape for stack in stacks.values() for name, shape in stack.parameters.items()}
        self.values = {name: shape for stack in stacks.values() for name, shape in stack.values.items()}
        self.problems: list[Problem] = []

    def say(self, code: str, message: str, hint: str, field: str, **args: str | int) -> None:
        self.problems.append(Problem(code, message, dict(args), hint, field=field))

    def full(self, name: str, field: str) -> str:
        """A full address, '' for a name that is none."""
        try:
            return self.names.full(name)
        except NetworkError as error:
            self.problems += [Problem(p.code, p.message, p.args, p.hint, field=field) for p in error.problems]
            return ""

    # parameters in common

    def ties(self, given: Mapping[str, str]) -> Iterator[tuple[str, str]]:
        found: dict[str, str] = {}
        for name, other in given.items():
            pairs = self._layers(name, other) if self._is_layer(name) else self._one(name, other)
            for one, source in pairs:
                if one in found or one == source or found.get(source):
                    said = f"'{self.names.short(one)}' is tied to two things, or to one that is tied itself"
                    self.say("tied-twice", said, "tie each to a parameter that is not tied", "tied", name=name)
                else:
                    found[one] = source
        for source in found.values():
            if source in found:
                short = self.names.short(source)
                self.say(
                    "tied-twice", f"'{short}' is tied to two things, or to one that is tied itself",
                    "tie each to a parameter that is not tied", "tied", name=short,
                )  # fmt: skip
        yield from found.items()

    def _is_layer(self, name: str) -> bool:
        return any(self._at(name))

    def _at(self, name: str) -> Iterator[Place]:
        """The places that `2`, `1.forward`, `encoder.1`, `decoder.readout` name."""
        given = name.split(".")
        for place in self.places.values():
            alone = len(self.stacks) == 1
            own = [place.part, place.layer, place.direction]
            if given in (own, own[:2]) or (alone and given in (own[1:], own[1:2])):
                yield place

    def _layers(self, name: str, other: str) -> Iterator[tuple[str, str]]:
        ours, theirs = list(self._at(name)), list(self._at(other))
        same = [p.program.equations for p in ours] == [p.program.equations for p in theirs]
        if not same or [p.direction for p in ours] != [p.direction for p in theirs]:
            said = f"'{name}' and '{other}' are not layers of the same cell and direction"
            self.say("tied-unlike", said, "tie layers that are alike, or single parameters", "tied", name=name, other=other)
            return
        for one, source in zip(ours, theirs, strict=True):
            for full, target in zip(one.parameters, source.parameters, strict=False):
                yield from self._pair(full, target)

    def _one(self, name: str, other: str) -> Iterator[tuple[str, str]]:
        ours, theirs = self.full(name, "tied"), self.full(other, "tied")
        for typed, full in ((name, ours), (other, theirs)):
            if full and full not in self.parameters:
                self.say("not-a-parameter", f"'{typed}' is not a parameter", "tie parameters", "tied", name=typed)
                return
        if ours and theirs:
            yield from self._pair(ours, theirs)

    def _pair(self, one: str, source: str) -> Iterator[tuple[str, str]]:
        if self.parameters[one] != self.parameters[source]:
            left, right = self.names.short(one), self.names.short(source)
            said = f"'{left}' has the shape {self.parameters[one]}, '{right}' {self.parameters[source]}"
            self.say("tied-shape", said, "tie parameters of one shape", "tied", name=left, other=right)
            return
        yield one, source

    # states handed on

    def handings(self) -> Iterator[Handed]:
        for stack in self.stacks.values():
            start = stack.part.start
            if isinstance(start, str):
                yield from self._alike(stack, start)
            elif start is not None:
                for state, sources in start.items():
                    yield from self._handed(stack, state, (sources,) if isinstance(sources, str) else sources)

    def _earlier(self, stack: Stack) -> list[str]:
        known = list(self.stacks)
        return known[: known.index(stack.name)]

    def _alike(self, stack: Stack, name: str) -> Iterator[Handed]:
        """Each state from the state of the same layer and name, from both directions of it where there are two."""
        field, earlier = f"{stack.name}.start", self._earlier(stack)
        if name not in earlier:
            near = suggestion(name, earlier)
            hint = f"did you mean '{near}'?" if near else f"earlier parts are {', '.join(earlier) or 'none'}"
            said = f"'{stack.name}' cannot start from '{name}', which is no part before it"
            self.say("unknown-part", said, hint, field, name=name, suggestion=near)
            return
        found = []
        for state in stack.states:
            mine = parse(state)
            sources = [
                other for other in self.stacks[name].states
                if (parse(other).layer, parse(other).symbol) == (mine.layer, mine.symbol)
            ]  # fmt: skip
            same = [other for other in sources if parse(other).direction == mine.direction]
            if len(stack.levels[mine.layer]) > 1 and same:
                sources = same
            if sources:
                found.append(state)
                yield from self._fitting(state, tuple(sources), field)
        if not found:
            said = f"'{name}' has no state of the same layer and name as one of '{stack.name}'"
            self.say("nothing-handed", said, "say which value starts which state", field, name=name)

    def _handed(self, stack: Stack, state: str, given: Sequence[str]) -> Iterator[Handed]:
        field = f"{stack.name}.start"
        target = self._own(stack, state, field)
        sources = [self.full(source, field) for source in given]
        if target and target not in stack.states:
            said = f"'{state}' is not a state of '{stack.name}'"
            short = ", ".join(self.names.short(each) for each in stack.states) or "none"
            self.say("unknown-state", said, f"its states are {short}", field, name=state)
            return
        for typed, source in zip(given, sources, strict=True):
            if source and (source not in self.values or parse(source).part not in self._earlier(stack)):
                said = f"'{typed}' is not a value of a part before '{stack.name}'"
                self.say("not-earlier", said, "start from values of parts that run before", field, name=typed)
                return
        if target and all(sources):
            yield from self._fitting(target, tuple(sources), field)

    def _fitting(self, target: str, sources: tuple[str, ...], field: str) -> Iterator[Handed]:
        wanted, given = self.values[target][0], sum(self.values[source][0] for source in sources)
        if wanted != given:
            short = self.names.short(target)
            said = f"'{short}' has {wanted} numbers, what it starts from {given}"
            hint = "make the sizes equal, or say which value starts which state"
            self.say("handed-size", said, hint, field, name=short, expected=wanted, found=given)
            return
        yield Handed(target, sources)

    def _own(self, stack: Stack, name: str, field: str) -> str:
        """A name of the part itself, with or without the part's name before it."""
        inner = name.removeprefix(f"{stack.name}.")
        own = Names(stack.addresses())
        try:
            return own.full(inner)
        except NetworkError as error:
            self.problems += [Problem(p.code, p.message, p.args, p.hint, field=field) for p in error.problems]
            return ""

    # outputs fed back

    def feeds(self) -> Iterator[tuple[str, str]]:
        for stack in self.stacks.values():
            part = stack.part
            if part.feed is None:
                if part.stop is not None:
                    said = f"'{stack.name}' has a stop symbol, but is not fed its own output"
                    self.say("stop-alone", said, "name the value that is fed back as feed", f"{stack.name}.stop")
                continue
            full = self._own(stack, part.feed, f"{stack.name}.feed")
            if full:
                self._check_feed(stack, part, full)
                yield stack.name, full

    def _check_feed(self, stack: Stack, part: Part, full: str) -> None:
        field, name = f"{stack.name}.feed", str(part.feed)
        size = self.values.get(full, (0,))[0]
        if full not in self.values:
            self.say("not-a-value", f"'{name}' has no value at each step", "feed back an output", field, name=name)
        elif size != stack.inputs:
            said = f"'{name}' has {size} numbers, but '{stack.name}' takes {stack.inputs} inputs"
            self.say("feed-size", said, "make the two sizes equal", field, name=name, expected=stack.inputs, found=size)
        if part.feed_as not in (AS_VALUE, AS_SYMBOL):
            said = f"'{part.feed_as}' is not a way to feed an output back"
            self.say("bad-feed", said, f"use {AS_VALUE} or {AS_SYMBOL}", f"{stack.name}.feed_as", value=part.feed_as)
        if part.stop is not None and not 0 <= part.stop < size:
            said = f"the stop symbol {part.stop} is not one of the {size} of '{name}'"
            self.say("bad-stop", said, f"use a number from 0 to {size - 1}", f"{stack.name}.stop", value=part.stop)
        if any(place.direction != FORWARD for place in stack.places):
            said = f"'{stack.name}' reads backward, so it cannot be fed what it has not computed yet"
            self.say("feed-backward", said, "use forward layers only", field, name=stack.name)
