"""By which paths a gradient arrives: what it is the sum of, each part with the equation that it came through.

An adjoint is a sum of terms that remember their equations. What comes back from the next step is spelled out by one
step, so that it tells apart what came along the state itself and what came through each gate.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from ..address import INPUT_LAYER, parse
from ..expr import Expr
from ..ops import Array, quietly
from ..place import Place
from ..rules import PREVIOUS
from ..run import Run
from ..trace import Trace
from .arrivals import Arrivals
from .asked import Asked
from .descent import lowest
from .fan_walk import add
from .place_series import PlaceSeries
from .pull import Pull, evaluate
from .rays import turned


@dataclass(frozen=True, slots=True, eq=False)
class Path:
    """One part of a gradient: `gradient` (T, *lead, size), at every step in the order of the sequence.

    `kind` is "loss" (given from outside), "equation" (of the same layer), "layer" (the one above or the readout reads
    it), "part" (a later part starts from it) or "fed" (it is the next input). `via` is the full address of the equation
    or of what reads it, '' for the loss; `of` that of the written equation where `via` is a derived one (`i` for `i:in`).
    `when` is "now" or "next": what came from the step that the place reads next. `terms` are the adjoint's, one step
    later for "next".
    """

    kind: str
    via: str
    of: str
    when: str
    terms: tuple[Expr, ...]
    gradient: Array


@dataclass(frozen=True, slots=True, eq=False)
class Along:
    """dL/dstate at every step, (T, *lead, size), as the sum of two: `pure` came back in time along the state alone.

    It never left the state's own equation on its way from one step to an earlier one (for an LSTM's c: through nothing
    but forget gates); `rest` went at least once through another state or gate.
    """

    state: str
    pure: Array
    rest: Array


class Paths:
    """The gradient of a loss, given as for `trace.gradient`, taken apart.

    A batch keeps its axis. Raises NetworkError for unknown names and other shapes.
    """

    def __init__(
        self, trace: Trace, outside: Mapping[str, ArrayLike], *, last: Mapping[str, ArrayLike] | None = None
    ) -> None:
        self.gradient = trace.gradient(outside, last=last)
        self._trace = trace
        self._arrivals = Arrivals(trace, self.gradient, outside, last or {})
        self._places: dict[str, PlaceSeries] = {}

    def of(self, name: str) -> list[Path]:
        """The parts of the gradient of a value, an input or a state one step earlier; they add up to `gradient[name]`.

        A clock has none. Raises NetworkError for an unknown name, or one that has no value at each step.
        """
        full = self._trace.wires.value(name)
        run = self._trace.runs[parse(full).part]
        with quietly():
            if parse(full).layer == INPUT_LAYER:
                return [path for place in lowest(run.stack) for path in self._now(place, "x")]
            place, symbol = run.place(full), parse(full).symbol
            if all(adjoint.symbol != symbol for adjoint in place.program.adjoint):
                return []  # a clock
            arrivals = self._arrivals.at(full) if symbol in place.program.value else []
            found = [Path(each.kind, each.via, each.via, each.when, (), each.gradient) for each in arrivals]
            found += self._now(place, symbol)
            if symbol in place.program.states:
                found += self._next(run, place, symbol)
        return found

    def along(self, name: str) -> Along:
        """How much of a state's gradient came along the state alone, and how much by other ways.

        Within its layer: what the loss, other layers and a next input bring counts as where a way begins.
        Raises NetworkError for an unknown name, or one that is not a state.
        """
        asked = Asked(self._trace.wires)
        found = asked.states([name])
        asked.check()
        full, symbol = found[0], parse(found[0]).symbol
        run = self._trace.runs[parse(full).part]
        place = run.place(full)
        arriving: dict[str, Array] = {}
        for value in place.program.value:
            for each in self._arrivals.at(place.address(value)):
                add(arriving, value, turned(run, place, each.gradient)[..., None, :])
        pull = Pull(run.runs[place.prefix], arriving, [symbol], along=symbol)
        total = self.gradient.read(full)
        pure = np.zeros_like(total)
        later: dict[str, Array] = {}
        with quietly():
            for t in reversed(range(run.length)):
                later = pull.step(t, {value: array[t] for value, array in arriving.items()}, later)
                if symbol in later:
                    pure[t] = later[symbol][..., 0, :]
            pure = turned(run, place, pure)
            return Along(full, pure, total - pure)

    def _now(self, place: Place, symbol: str) -> list[Path]:
        return [
            Path("equation", place.address(via), place.address(of), "now", terms, array)
            for via, of, terms, array in self._terms(place, symbol)
        ]

    def _next(self, run: Run, place: Place, state: str) -> list[Path]:
        found = []
        for via, of, terms, array in self._terms(place, state + PREVIOUS):
            reading = turned(run, place, array)
            before = np.zeros_like(reading)
            before[:-1] = reading[1:]
            found.append(
                Path("equation", place.address(via), place.address(of), "next", terms, turned(run, place, before))
            )
        return found

    def _terms(self, place: Place, symbol: str) -> Iterator[tuple[str, str, tuple[Expr, ...], Array]]:
        """The terms of an adjoint within its step, those through one equation together."""
        series = self._places.setdefault(place.prefix, PlaceSeries(self.gradient, place))
        written = {each.target: each.of for each in place.program.lowered}
        by_equation: dict[str, list[Expr]] = {}
        for adjoint in place.program.adjoint:
            if adjoint.symbol == symbol:
                for term in adjoint.terms:
                    if term.when == "now":
                        by_equation.setdefault(term.via, []).append(term.expr)
        shape = self.gradient.read(place.address(symbol)).shape
        for via, terms in by_equation.items():
            total = sum(np.asarray(evaluate(term, series)[..., 0, :]) for term in terms)
            yield via, written[via], tuple(terms), np.broadcast_to(total, shape)
