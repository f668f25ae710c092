"""The way back through one part: from the readout down through the layers, and back through time in each."""

from __future__ import annotations

import numpy as np

from .address import INPUT_LAYER, READOUT, parse
from .backward import Backward
from .fed import Stepwise, fed_back
from .ops import Array
from .place import START, Place
from .rules import PREVIOUS
from .run import Run


class Sweep:
    """Gradients of one run, from what `add` was given of dL/dv. What the loss does not depend on is 0."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self._given: dict[str, dict[str, Array]] = {}
        self._planned: dict[str, Backward] = {}
        self._runs: dict[str, Backward | Stepwise] = {}
        self._order = [place for places in reversed(run.layers.values()) for place in places]
        self._lowest = next(iter(run.layers))
        self._started = False

    def __del__(self) -> None:
        for place in self.run.places:
            if place.prefix in self._planned:
                place.plan.release_backward(self._planned[place.prefix])

    def add(self, full: str, array: Array) -> None:
        """dL/dv (T, *lead, size) of a value, in the order of the inputs; before the first stretch."""
        self._add(self.run.place(full), parse(full).symbol, array)

    def backward(self, first: int, stop: int) -> None:
        """Steps first..stop, stretches from the end on. Layers above the lowest are run whole at the start."""
        if not self._started:
            self._started = True
            if self.run.fed is not None:
                self._runs |= fed_back(self.run, self._given)
            else:
                for place in self._order:
                    self._start(place)
        for place in self.run.layers[self._lowest]:
            run = self._planned.get(place.prefix)
            # a place that reads backward has its last step first: run it whole, once
            if run is not None and place.direction == "forward":
                run.run(first, stop)

    def _start(self, place: Place) -> None:
        outside = self._given.get(place.prefix)
        if not outside:
            return
        run = place.plan.lease_backward(self.run.runs[place.prefix], frozenset(outside))
        run.load(outside)
        self._planned[place.prefix] = self._runs[place.prefix] = run
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

    def read(self, full: str, first: int = 0, stop: int | None = None) -> Array:
        """A copy of the gradient of a value, an input or a state one step earlier at steps first..stop."""
        stop = self.run.length if stop is None else stop
        address = parse(full)
        if address.layer == INPUT_LAYER:
            return self._inputs(first, stop)
        place = self.run.place(full)
        run = self._runs.get(place.prefix)
        if run is None or not run.knows(address.symbol):
            shape = self.run.runs[place.prefix].raw(address.symbol).shape[1:]
            return np.zeros((stop - first, *shape), self.run.dtype)
        if place.direction == "forward":
            return np.array(run.array(address.symbol, first, stop))
        return np.array(self.run.turned(place, run.array(address.symbol))[first:stop])

    def _inputs(self, first: int, stop: int) -> Array:
        total = np.zeros((stop - first, *self.run.lead, self.run.stack.inputs), self.run.dtype)
        for place in self.run.layers[self._lowest]:
            if place.prefix in self._runs:
                total += self.read(place.address("x"), first, stop)
        return total

    def parameters(self) -> dict[str, Array]:
        """dL/dparameter by full address, summed over all steps and, unless there are many networks, sequences."""
        found: dict[str, Array] = {}
        for place in self.run.places:
            run = self._runs.get(place.prefix)
            if run is None:
                still = self.run.runs[place.prefix].still
                totals = {name: np.zeros_like(still[name]) for name in place.program.parameter}
            else:
                totals = run.parameters()
            found |= {place.named[name]: total for name, total in totals.items()}
            for state in place.learned:
                found[place.address(state + START)] = self._learned(place.address(state))
        return found

    def _learned(self, state: str) -> Array:
        start = self.initial(state)
        if state not in self.run.learned:
            start = np.zeros_like(start)
        over = () if self.run.many else tuple(range(start.ndim - 1))
        return np.asarray(start.sum(over)) if over else start

    def initial(self, full: str) -> Array:
        """dL/dstate before the first step that its place reads, (*lead, size)."""
        place, state = self.run.place(full), parse(full).symbol
        run = self._runs.get(place.prefix)
        if run is None:
            return np.zeros(self.run.runs[place.prefix].series[state].shape[1:], self.run.dtype)
        return np.array(run.array(state + PREVIOUS, 0, 1)[0])
