"""Total gradients of a loss: from the readout down through the layers, and back through time in each."""

from __future__ import annotations

import weakref
from collections.abc import Mapping
from functools import cached_property

import numpy as np

from .address import INPUT_LAYER, READOUT, Named, parse
from .backward import Backward
from .ops import Array
from .place import Place
from .rules import PREVIOUS
from .run import Run


class Gradient:
    """`gradient["c"]` is dL/dc at every step, of the shape of the values; likewise every other named value.

    `parameters`, `inputs` and `initial` (starting states) hold the rest. What the loss does not depend on is 0.
    `owner` is kept alive, since the gradient reads its values.
    """

    def __init__(self, owner: object, run: Run, outside: Mapping[str, Array]) -> None:
        self._owner, self.run = owner, run
        self._given: dict[str, dict[str, Array]] = {}
        for full, array in outside.items():
            place = run.place(full)
            self._add(place, parse(full).symbol, array)
        self._runs: dict[str, Backward] = {}
        self._order = [place for places in reversed(run.layers.values()) for place in places]
        self._lowest = next(iter(run.layers))
        self._started = False
        weakref.finalize(self, _release, self._runs, run.places)

    def backward(self, first: int, stop: int) -> None:
        """Steps first..stop, stretches from the end on. Layers above the lowest are run whole at the start."""
        if not self._started:
            self._started = True
            for place in self._order:
                self._start(place)
        for known in ("values", "parameters", "initial"):
            self.__dict__.pop(known, None)  # asked for before all steps were done
        for place in self.run.layers[self._lowest]:
            run = self._runs.get(place.prefix)
            # a place that reads backward has its last step first: run it whole, once
            if run is not None and place.direction == "forward":
                run.run(first, stop)

    def _start(self, place: Place) -> None:
        outside = self._given.get(place.prefix)
        if not outside:
            return
        run = place.plan.lease_backward(self.run.runs[place.prefix], frozenset(outside))
        run.load(outside)
        self._runs[place.prefix] = run
        lowest = place.layer == self._lowest
        if not lowest or place.direction != "forward":
            run.run(0, self.run.length)
        if lowest:
            return
        below = self._below(place)
        for name in place.program.inputs:
            whole = self.run.turned(place, run.array(name))
            width = whole.shape[-1] // len(below)
            for index, target in enumerate(below):
                symbol = name if place.layer == READOUT else target.program.output
                self._add(target, symbol, whole[..., index * width : (index + 1) * width])

    def _below(self, place: Place) -> list[Place]:
        layers = list(self.run.layers)
        return self.run.layers[layers[layers.index(place.layer) - 1]]

    def _add(self, place: Place, symbol: str, array: Array) -> None:
        """Add to what a value gets from outside its place, in the order in which the place reads."""
        if self.run.ended is not None:
            array = np.where(self.run.ended[..., None], self.run.dtype.type(0), array)
        array = self.run.turned(place, array)
        outside = self._given.setdefault(place.prefix, {})
        outside[symbol] = outside[symbol] + array if symbol in outside else array

    def __getitem__(self, name: str) -> Array:
        return self.read(self.run.value(name))

    def read(self, full: str, first: int = 0, stop: int | None = None) -> Array:
        """A copy of the gradient of a value, an input or a state one step earlier at steps first..stop."""
        stop = self.run.length if stop is None else stop
        address = parse(full)
        if address.layer == INPUT_LAYER:
            return self._inputs(first, stop)
        place = self.run.place(full)
        run = self._runs.get(place.prefix)
        shape = self.run.runs[place.prefix].raw(address.symbol).shape[1:]
        if run is None or not run.knows(address.symbol):
            return np.zeros((stop - first, *shape), self.run.dtype)
        if place.direction == "forward":
            return np.array(run.array(address.symbol, first, stop))
        return np.array(self.run.turned(place, run.array(address.symbol))[first:stop])

    def _inputs(self, first: int, stop: int) -> Array:
        total = np.zeros_like(self.run.xs[first:stop])
        for place in self.run.layers[self._lowest]:
            if place.prefix in self._runs:
                total += self.read(place.address("x"), first, stop)
        return total

    @property
    def inputs(self) -> Array:
        """dL/dx, of the shape of the inputs."""
        return self._inputs(0, self.run.length)

    @cached_property
    def values(self) -> Named:
        """dL/dv of every value."""
        found = {
            place.address(value.name): self.read(place.address(value.name))
            for place in self.run.places
            for value in place.program.values
        }
        return Named(self.run.names, found, found.__getitem__)

    @cached_property
    def parameters(self) -> Named:
        """dL/dparameter, summed over all steps and sequences."""
        found: dict[str, Array] = {}
        for place in self.run.places:
            run = self._runs.get(place.prefix)
            if run is None:
                still = self.run.runs[place.prefix].still
                totals = {name: np.zeros_like(still[name]) for name in place.program.parameter}
            else:
                totals = run.parameters()
            found |= {place.prefix + name: total for name, total in totals.items()}
        return Named(self.run.names, found, found.__getitem__)

    @cached_property
    def initial(self) -> Named:
        """dL/dstate before the first step that its place reads."""
        found: dict[str, Array] = {}
        for place in self.run.places:
            run = self._runs.get(place.prefix)
            for state in place.program.states:
                if run is None:
                    series = self.run.runs[place.prefix].series[state]
                    found[place.address(state)] = np.zeros(series.shape[1:], self.run.dtype)
                else:
                    found[place.address(state)] = np.array(run.array(state + PREVIOUS, 0, 1)[0])
        return Named(self.run.names, found, found.__getitem__)


def _release(runs: dict[str, Backward], places: list[Place]) -> None:
    for place in places:
        if place.prefix in runs:
            place.plan.release_backward(runs[place.prefix])
