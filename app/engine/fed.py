"""Gradients of a part that is fed its own output: each step's input sends its gradient to the output before it.

All layers go back one step together, so this is the reference evaluator's work, step by step.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from . import evaluate
from .address import READOUT, parse
from .adjoint import GRADIENT
from .ops import Array, quietly
from .place import Place
from .rules import PREVIOUS
from .run import Run


class Stepwise:
    """The gradients of one place, kept as they come: the same questions as of a planned backward run."""

    def __init__(self, run: Run, place: Place) -> None:
        self._run, self._place = run, place
        self._forward = run.runs[place.prefix]
        earlier = [state + PREVIOUS for state in place.program.states]
        known = [a.symbol for a in place.program.adjoint if a.symbol not in place.program.parameter]
        self._read = [*place.program.value, *place.program.inputs, *earlier]
        self._series = {
            name: np.zeros((run.length, *run.lead, self._forward.raw(name).shape[-1]), run.dtype) for name in known
        }
        self._totals = {name: np.zeros_like(self._forward.still[name]) for name in place.program.parameter}
        self._later: evaluate.Arrays | None = None

    def step(self, t: int, outside: Mapping[str, Array]) -> None:
        """Step t, after the one that follows it; `outside` is dL/dv (*lead, size) at this step."""
        part = self._forward.part(t, t + 1)
        env: evaluate.Arrays = dict(self._forward.still)
        env |= {name: part[name][0] for name in self._read}
        env |= {f"outside {name}": array for name, array in outside.items()}
        totals = evaluate.step_back(self._place.program, env, self._later)
        for name, series in self._series.items():
            series[t] = env[GRADIENT + name]
        for name, total in totals.items():
            kept = self._totals[name]
            kept += total if self._run.many else total.sum(tuple(range(total.ndim - kept.ndim)))
        self._later = env

    def knows(self, symbol: str) -> bool:
        return symbol in self._series

    def array(self, symbol: str, first: int = 0, stop: int | None = None) -> Array:
        return self._series[symbol][first:stop]

    def parameters(self) -> dict[str, Array]:
        return self._totals


def fed_back(run: Run, outside: Mapping[str, Mapping[str, Array]]) -> dict[str, Stepwise]:
    """Every place's gradients, by prefix; `outside` is dL/dv (T, *lead, size) by prefix and symbol."""
    assert run.fed is not None, "only a part that is fed its own output goes back step by step"
    source = run.place(run.fed), parse(run.fed).symbol
    found = {place.prefix: Stepwise(run, place) for place in run.places}
    levels = [places[0] for places in run.layers.values()]
    fed: Array | None = None
    with quietly():
        for t in reversed(range(run.length)):
            given = {place.prefix: {n: a[t] for n, a in outside.get(place.prefix, {}).items()} for place in levels}
            if fed is not None:
                _add(given[source[0].prefix], source[1], fed)
            for index in reversed(range(len(levels))):
                place = levels[index]
                found[place.prefix].step(t, given[place.prefix])
                arrived = {name: found[place.prefix].array(name)[t] for name in place.program.inputs}
                if index:
                    below = levels[index - 1]
                    for name, array in arrived.items():
                        _add(given[below.prefix], name if place.layer == READOUT else below.program.output, array)
                else:
                    fed = arrived["x"]
                    if run.ended is not None:
                        fed = np.where(run.ended[t][..., None], run.dtype.type(0), fed)
    return found


def _add(given: dict[str, Array], symbol: str, array: Array) -> None:
    given[symbol] = given[symbol] + array if symbol in given else array
