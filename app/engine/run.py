"""Running one part of a network: its layers over one sequence or a batch, from the input upwards."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

import numpy as np

from .address import INPUT_LAYER, READOUT, parse
from .description import BACKWARD
from .forward import Forward
from .ops import Array
from .place import START, Place
from .stack import Stack


class Run:
    """One run of a part: its numbers, and a plan's forward run for each of its places.

    All by full address: `parameters`, and starting states `initial` of shape (size,) or (*lead, size). `xs` is
    (T, *lead, inputs), or (T, 1, inputs) for all of a `lead` that is then given; `lengths` is of shape `lead`. With
    `many`, lead is (networks,) and every parameter has that axis.
    `fed` is the value that is the next input, so that gradients go back that way too; `handed` are the states of
    `initial` that come from another part.
    """

    def __init__(
        self,
        stack: Stack,
        parameters: Mapping[str, Array],
        xs: Array,
        initial: Mapping[str, Array],
        lengths: Array | None,
        dtype: np.dtype[Any],
        *,
        many: bool = False,
        lead: tuple[int, ...] | None = None,
        fed: str | None = None,
        handed: Collection[str] = (),
    ) -> None:
        self.stack, self.dtype, self.many, self.fed, self.handed = stack, dtype, many, fed, frozenset(handed)
        self.places, self.layers = stack.places, stack.levels
        self.xs, self.lengths = xs, lengths
        self.length, self.lead = len(xs), xs.shape[1:-1] if lead is None else lead
        #: whether the inputs are the same for all of `lead`
        self.shared = xs.shape[1:-1] != self.lead
        lowest = next(iter(self.layers.values()))
        self.ended: Array | None = None
        if lengths is not None:
            ticks = np.arange(self.length).reshape(-1, *(1,) * len(self.lead))
            self.ended = ticks >= lengths
            self.xs = np.where(self.ended[..., None], dtype.type(0), xs)
        self.runs: dict[str, Forward] = {}
        #: the states whose starting values are parameters and were not given otherwise
        self.learned = [
            place.address(s) for place in self.places for s in place.learned if place.address(s) not in initial
        ]
        zero = dtype.type(0)
        start = {state: parameters[state + START] for state in self.learned}
        for place in self.places:
            program, full = place.program, place.named
            run = place.plan.lease(
                place.sizes, self.length, self.lead, dtype,
                masked=self.ended is not None, many=many, shared=self.shared and place in lowest,
            )  # fmt: skip
            run.load(
                {name: parameters[full[name]] for name in program.parameter},
                {state: initial.get(full[state], start.get(full[state], zero)) for state in program.states},
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

    def go_on(self, xs: Array) -> None:
        """The next steps of the same sequence, at most as many, (T, *lead, inputs) or (T, 1, inputs), in the same memory."""
        self.xs[: len(xs)] = xs
        for run in self.runs.values():
            run.go_on()
        self.forward(0, len(xs))

    def _output(self, places: list[Place]) -> Array:
        """What leaves a layer, in the order of the inputs, both directions side by side."""
        outputs = [self.turned(place, self.runs[place.prefix].series[place.program.output]) for place in places]
        return outputs[0] if len(outputs) == 1 else np.concatenate(outputs, axis=-1)

    def _top(self, name: str, first: int, stop: int) -> Array:
        parts = [self.read(place.address(name), first, stop) for place in self.stack.top]
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

    def read(self, full: str, first: int = 0, stop: int | None = None) -> Array:
        """A copy of the numbers of a value, an input or a state one step earlier, in the order of the inputs."""
        stop = self.length if stop is None else stop
        address = parse(full)
        if address.layer == INPUT_LAYER:
            return np.array(np.broadcast_to(self.xs[first:stop], (stop - first, *self.lead, self.stack.inputs)))
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
        """A value after the last step that its place has read: for a backward layer that is the sequence's first."""
        place = self.place(full)
        series = self.runs[place.prefix].part()[parse(full).symbol]
        if self.lengths is None:
            return np.array(series[-1])
        if not self.lead:
            return np.array(series[int(self.lengths) - 1])
        at = np.asarray(self.lengths - 1)[None, :, None]
        found: Array = np.take_along_axis(series, at, axis=0)[0]
        return found

    def at_last(self, full: str, array: Array) -> Array:
        """A series in the order of the inputs that is `array` (*lead, size) where `last` reads, and 0 elsewhere."""
        place = self.place(full)
        series = np.zeros((self.length, *array.shape), self.dtype)
        if place.direction == BACKWARD:
            series[0] = array
        elif self.lengths is None:
            series[-1] = array
        elif not self.lead:
            series[int(self.lengths) - 1] = array
        else:
            np.put_along_axis(series, np.asarray(self.lengths - 1)[None, :, None], array[None], axis=0)
        return series

    def release(self) -> None:
        """Give the arrays back to the plans."""
        for place in self.places:
            place.plan.release(self.runs[place.prefix])
