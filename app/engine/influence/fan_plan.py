"""What several gradients at once have to pass through, what is kept of them, and the memory that this takes."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from math import prod

from ..address import INPUT_LAYER, parse
from ..description import FORWARD
from ..flow import gradients
from ..ops import Array
from ..place import START, Place
from ..rules import PREVIOUS
from ..run import Run
from ..trace import Trace
from .descent import down, lowest, order, prefix_of
from .norms import length
from .pull import Pull
from .rays import Rays

#: what is kept of a gradient: all of it, one norm for each loss, or one norm for all losses together
FULL, EACH, ALL = "full", "each", "all"


@dataclass
class Wants:
    """What is asked of one place, by symbol."""

    series: set[str] = field(default_factory=set)
    starts: set[str] = field(default_factory=set)
    totals: set[str] = field(default_factory=set)
    #: inputs whose gradients go on to the places below, and gradients that totals are made of
    inputs: set[str] = field(default_factory=set)
    whole: set[str] = field(default_factory=set)

    def symbols(self) -> set[str]:
        return self.series | self.inputs | self.whole | {state + PREVIOUS for state in self.starts}


class FanPlan:
    """The way of N losses through the places of all parts, from what is asked for.

    `wanted` are values, inputs and states one step earlier, `starts` states before the first step, `totals` parameters,
    all by full address.
    """

    def __init__(
        self,
        trace: Trace,
        rays: Rays,
        wanted: Collection[str],
        *,
        starts: Collection[str] = (),
        totals: Collection[str] = (),
        keep: str = FULL,
    ) -> None:
        self.wires, self.runs, self.rays, self.keep = trace.wires, trace.runs, rays, keep
        self.inputs = {run.stack.input for run in self.runs.values()}.intersection(wanted)
        self.wants = {place.prefix: Wants() for run in self.runs.values() for place in run.places}
        for full in wanted:
            if parse(full).layer != INPUT_LAYER:
                self._of(full).series.add(parse(full).symbol)
        for full in starts:
            self._of(full).starts.add(parse(full).symbol)
        for full in totals:
            self._total(full)
        for run in self.runs.values():
            self._handed(run)
            self._inputs(run)
        #: by prefix, the last part first and in each the highest layer
        self.pulls: dict[str, Pull] = {}
        #: the places without memory that losses reach at their own steps alone
        self.apart: set[str] = set()
        self._spread: set[str] = set()
        touched: dict[str, set[str]] = {}
        for full in rays.seeds:
            touched.setdefault(prefix_of(full), set()).add(parse(full).symbol)
        for run in reversed(list(self.runs.values())):
            self._pulls(run, touched)

    def _of(self, full: str) -> Wants:
        return self.wants[prefix_of(full)]

    def _total(self, full: str) -> None:
        symbol, wants = parse(full).symbol, self._of(full)
        if symbol.endswith(START):
            wants.starts.add(symbol.removesuffix(START))
            return
        wants.totals.add(symbol)
        place = self.runs[parse(full).part].place(full)
        for adjoint in place.program.adjoint:
            if adjoint.symbol == symbol:
                wants.whole.update(of for term in adjoint.terms for of in gradients(term.expr))

    def _handed(self, run: Run) -> None:
        """The starting states by which something is reached in the parts before."""
        for handed in self.wires.handed:
            if handed.target in run.handed and any(self._reaches(source) for source in handed.sources):
                self._of(handed.target).starts.add(parse(handed.target).symbol)

    def _reaches(self, source: str) -> bool:
        run = self.runs[parse(source).part]
        return any(self.wants[place.prefix].symbols() for place in run.places)

    def _inputs(self, run: Run) -> None:
        """Whatever is asked for below makes the inputs of the places above it wanted."""
        below = run.stack.input in self.inputs
        for places in run.layers.values():
            for place in places:
                if below:
                    self.wants[place.prefix].inputs.update(place.program.inputs)
            below = below or any(self.wants[place.prefix].symbols() for place in places)
        if run.fed is not None and below:
            for place in run.places:
                self.wants[place.prefix].inputs.update(place.program.inputs)

    def _pulls(self, run: Run, touched: dict[str, set[str]]) -> None:
        if run.fed is not None and any(place.prefix in touched for place in run.places):
            touched.setdefault(prefix_of(run.fed), set()).add(parse(run.fed).symbol)
        for place in order(run.stack):
            wants, outside = self.wants[place.prefix].symbols(), touched.get(place.prefix)
            if not wants or not outside:
                continue
            pull = Pull(run.runs[place.prefix], outside, wants)
            self.pulls[place.prefix] = pull
            if place.prefix not in self._spread and not pull.carried and place.direction == FORWARD and run.fed is None:
                self.apart.add(place.prefix)
            for step in down(run.stack, place):
                if step.name in pull.forms:
                    touched.setdefault(step.target.prefix, set()).add(step.symbol)
                    if place.prefix not in self.apart:
                        self._spread.add(step.target.prefix)
            for handed in self.wires.handed:
                if handed.target in run.handed and prefix_of(handed.target) == place.prefix:
                    for source in handed.sources if self.starts(handed.target) else ():
                        touched.setdefault(prefix_of(source), set()).add(parse(source).symbol)
                        self._spread.add(prefix_of(source))

    def starts(self, full: str) -> bool:
        """Whether the gradient of a starting state is formed."""
        pull, symbol = self.pulls.get(prefix_of(full)), parse(full).symbol
        return pull is not None and symbol + PREVIOUS in pull.forms and symbol in self._of(full).starts

    @property
    def is_full(self) -> bool:
        return self.keep == FULL

    def reduced(self, array: Array) -> Array:
        """What is kept of a gradient (..., N, size)."""
        if self.keep == FULL:
            return array
        return length(array if self.keep == EACH else array.reshape(*array.shape[:-2], -1))

    def kept_shape(self, shape: tuple[int, ...]) -> tuple[int, ...]:
        """The shape of what is kept of a gradient of that shape."""
        return {FULL: shape, EACH: shape[:-1], ALL: shape[:-2]}[self.keep]

    def whole(self, run: Run, place: Place) -> set[str]:
        """The gradients of a place that are kept whole while it is passed through."""
        wants = self.wants[place.prefix]
        found = set(wants.series) if self.is_full else set()
        if place.prefix not in self.apart:
            found |= wants.whole
        if place in lowest(run.stack):
            found |= wants.inputs if run.stack.input in self.inputs else set()
        elif run.fed is None and place.prefix not in self.apart:
            found |= wants.inputs
        return found.intersection(self.pulls[place.prefix].forms)

    def bytes(self) -> int:
        """The memory of all arrays that hold a number for each loss and step, at most, and of totals."""
        numbers = 0
        for run in self.runs.values():
            steps = run.length * prod(run.lead)
            for place in (p for p in run.places if p.prefix in self.pulls):
                forward, wants = run.runs[place.prefix], self.wants[place.prefix]
                sizes = {name: forward.raw(name).shape[-1] for name in self.pulls[place.prefix].forms}
                for name in self.whole(run, place):
                    # a product needs them in another order; what goes down is turned round, or added up
                    again = name in wants.whole or (name in wants.inputs and self._copied(run, place))
                    numbers += steps * self.rays.count * sizes[name] * (2 if again else 1)
                if not self.is_full:
                    numbers += steps * len(wants.series) * (self.rays.count if self.keep == EACH else 1)
                for name in wants.totals:
                    numbers += 2 * self.rays.count * forward.still[name].size
                # each gradient's factors, and all gradients of one step
                numbers += (steps + self.rays.count * prod(run.lead)) * sum(sizes.values())
        for handed in self.wires.handed:
            for source in handed.sources if self.starts(handed.target) else ():
                run = self.runs[parse(source).part]
                numbers += 2 * run.length * prod(run.lead) * self.rays.count * self.wires.values[source][0]
        return numbers * next(iter(self.runs.values())).dtype.itemsize

    def _copied(self, run: Run, place: Place) -> bool:
        return run.ended is not None or len(run.layers[place.layer]) > 1 or place in lowest(run.stack)
