"""What arrives at a value from outside its layer: the loss, layers above, later parts, and the next input."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from ..address import parse
from ..gradient import Gradient
from ..ops import Array
from ..place import Place
from ..run import Run
from ..trace import Trace
from .descent import down


@dataclass(frozen=True, slots=True, eq=False)
class Arrival:
    """`gradient` (T, *lead, size) in the order of the sequence; `kind`, `via` and `when` as `Path` has them."""

    kind: str
    via: str
    when: str
    gradient: Array


class Arrivals:
    """What is given from outside, and what a finished gradient brings to each value from elsewhere in the network."""

    def __init__(
        self, trace: Trace, gradient: Gradient, outside: Mapping[str, ArrayLike], last: Mapping[str, ArrayLike]
    ) -> None:
        self.wires, self.runs, self.gradient = trace.wires, trace.runs, gradient
        full = trace.wires.names.full
        self._outside = {full(name): np.asarray(array) for name, array in outside.items()}
        self._last = {full(name): np.asarray(array) for name, array in last.items()}

    def at(self, full: str) -> list[Arrival]:
        """All that arrives at a value. What no step of its sequence counts for is 0."""
        run = self.runs[parse(full).part]
        found = list(self._loss(run, full))
        found += [Arrival("layer", via, "now", array) for via, array in self._above(run, run.place(full), full)]
        found += [Arrival("part", via, "next", array) for via, array in self._handed(run, full)]
        if run.fed == full:
            fed = np.zeros_like(self.gradient.read(full))
            fed[:-1] = self.gradient.read(run.stack.input)[1:]
            found.append(Arrival("fed", run.stack.input, "next", fed))
        if run.ended is None:
            return found
        none = run.dtype.type(0)
        return [Arrival(a.kind, a.via, a.when, np.where(run.ended[..., None], none, a.gradient)) for a in found]

    def _loss(self, run: Run, full: str) -> Iterator[Arrival]:
        given = [self._outside[full].astype(run.dtype)] if full in self._outside else []
        if full in self._last:
            given.append(run.at_last(full, self._last[full]))
        if given:
            yield Arrival("loss", "", "now", np.asarray(sum(given[1:], given[0])))

    def _above(self, run: Run, place: Place, full: str) -> Iterator[tuple[str, Array]]:
        for reader in run.places:
            for step in down(run.stack, reader):
                if step.target is place and place.address(step.symbol) == full:
                    via = reader.address(step.name)
                    yield via, self.gradient.read(via)[..., step.first : step.stop]

    def _handed(self, run: Run, full: str) -> Iterator[tuple[str, Array]]:
        for handed in self.wires.handed:
            later = self.runs[parse(handed.target).part]
            if handed.target not in later.handed:
                continue
            start, at = self.gradient.initial[handed.target], 0
            for source in handed.sources:
                stop = at + self.wires.values[source][0]
                if source == full:
                    yield handed.target, run.at_last(full, start[..., at:stop])
                at = stop
