"""Running a network: its layers over one sequence or a batch, from the input upwards."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

import numpy as np
from numpy.typing import ArrayLike

from .address import INPUT_LAYER, READOUT, Names, parse
from .check import as_inputs, as_lengths, as_named
from .description import BACKWARD
from .forward import Forward
from .ops import Array
from .place import Place
from .problems import NetworkError, Problem


class Wiring(Protocol):
    """What a run has to know of a network."""

    inputs: int
    places: list[Place]
    names: Names
    #: shapes by full address
    parameters: dict[str, tuple[int, ...]]
    states: dict[str, tuple[int, ...]]
    values: dict[str, tuple[int, ...]]
    #: places by layer, from the input upwards
    levels: dict[str, list[Place]]


class Run:
    """One run: checked numbers, and a plan's forward run for each place of the network."""

    def __init__(
        self,
        network: Wiring,
        parameters: Mapping[str, ArrayLike],
        xs: ArrayLike,
        initial: Mapping[str, ArrayLike] | None,
        lengths: Sequence[int] | None,
        dtype: np.dtype[Any],
    ) -> None:
        self.names, self.places, self.dtype = network.names, network.places, dtype
        self.values, self.states, self.parameters = network.values, network.states, network.parameters
        self.xs = as_inputs(xs, network.inputs, dtype)
        self.length, self.lead = len(self.xs), self.xs.shape[1:-1]
        self.lengths = as_lengths(lengths, self.length, self.lead)
        self.ended: Array | None = None
        if self.lengths is not None:
            ticks = np.arange(self.length).reshape(-1, *(1,) * len(self.lead))
            self.ended = ticks >= self.lengths
            self.xs = np.where(self.ended[..., None], dtype.type(0), self.xs)
        given = as_named(parameters, self.names, network.parameters, "parameters", dtype, complete=True)
        start: dict[str, Array] = {}
        if initial is not None:
            start = as_named(initial, self.names, network.states, "states", dtype, front=self.lead, shared=True)
        self.layers = network.levels
        self.runs: dict[str, Forward] = {}
        for place in self.places:
            run = place.plan.lease(place.sizes, self.length, self.lead, dtype, masked=self.ended is not None)
            program = place.program
            zero = dtype.type(0)
            run.load(
                {name: given[place.address(name)] for name in program.parameter},
                {s: start.get(place.address(s), zero) for s in program.states},
                self.ended,
            )
            self.runs[place.prefix] = run

    def forward(self, first: int, stop: int) -> None:
        """Steps first..stop through all layers; a network that reads backward is run whole."""
        below = self.xs
        for places in self.layers.values():
            for place in places:
                run = self.runs[place.prefix]
                for name in place.program.inputs:
                    source = below if place.layer != READOUT else self._top(name, first, stop)
                    if place.layer == READOUT:
                        run.series[name][first:stop] = source
                    else:
                        run.series[name][first:stop] = self.turned(place, source)[first:stop]
                run.run(first, stop)
            below = self._output(places)

    def _output(self, places: list[Place]) -> Array:
        """What leaves a layer, in the order of the inputs, both directions side by side."""
        outputs = [self.turned(place, self.runs[place.prefix].series[place.program.output]) for place in places]
        return outputs[0] if len(outputs) == 1 else np.concatenate(outputs, axis=-1)

    def top(self) -> list[Place]:
        """The places of the top layer, which the readout reads."""
        return list(self.layers.values())[-2 if READOUT in self.layers else -1]

    def _top(self, name: str, first: int, stop: int) -> Array:
        parts = [self.read(place.address(name), first, stop) for place in self.top()]
        return parts[0] if len(parts) == 1 else np.concatenate(parts, axis=-1)

    def turned(self, place: Place, series: Array) -> Array:
        """Between the order of the inputs and that in which a place reads them; turning twice changes nothing."""
        if place.direction != BACKWARD:
            return series
        if self.lengths is None:
            return series[::-1]
        ticks = np.arange(self.length).reshape(-1, *(1,) * len(self.lead))
        order = np.where(ticks < self.lengths, self.lengths - 1 - ticks, ticks)
        turned: Array = np.take_along_axis(series, order[..., None], axis=0)
        return turned

    def place(self, full: str) -> Place:
        """Where an address lies."""
        address = parse(full)
        return next(p for p in self.layers[address.layer] if p.direction == address.direction)

    def value(self, typed: str) -> str:
        """The full address of what has numbers at every step: a value, an input, a state one step earlier.

        Raises NetworkError for any other name.
        """
        full = self.names.full(typed)
        if full in self.parameters:
            hint = "a gradient has them in its parameters"
            message = f"'{typed}' is a parameter and has no value of its own at each step"
            raise NetworkError([Problem("unknown-name", message, {"name": typed, "suggestion": ""}, hint, field=typed)])
        return full

    def read(self, full: str, first: int = 0, stop: int | None = None) -> Array:
        """A copy of the numbers of a value, an input or a state one step earlier, in the order of the inputs."""
        stop = self.length if stop is None else stop
        address = parse(full)
        if address.layer == INPUT_LAYER:
            return np.array(self.xs[first:stop])
        place = self.place(full)
        run = self.runs[place.prefix]
        if place.direction == BACKWARD:
            values = self.turned(place, run.part()[address.symbol])[first:stop]
        else:
            values = run.part(first, stop)[address.symbol]
        if self.ended is not None:
            return np.where(self.ended[first:stop][..., None], self.dtype.type(0), values)
        return np.array(values)

    def last(self, full: str) -> Array:
        """A state after the last step that its place has read: the sequence's first for a backward layer."""
        place = self.place(full)
        series = self.runs[place.prefix].series[parse(full).symbol]
        if self.lengths is None or not self.lead:
            return np.array(series[-1 if self.lengths is None else int(self.lengths) - 1])
        at = np.asarray(self.lengths - 1)[None, :, None]
        found: Array = np.take_along_axis(series, at, axis=0)[0]
        return found

    def release(self) -> None:
        """Give the arrays back to the plans."""
        for place in self.places:
            place.plan.release(self.runs[place.prefix])
