"""A golden case through our engine: its layers converted, run and differentiated, and the results named as the library does."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from app.engine import Network, Trace
from app.formats.convert import convert
from app.formats.found import Found
from tests.oracles.case import Array, Arrays, Case

#: agreement that is asked for, relative to the largest number
TOLERANCES = {"pytorch": 1e-12, "keras": 1e-6, "onnx": 1e-6}
LIBRARIES = tuple(TOLERANCES)


@dataclass(frozen=True, slots=True)
class Seat:
    """A state of ours and where the library keeps it: an array, and the entry of it, None for all of it."""

    address: str
    array: str
    index: int | None


@dataclass(frozen=True, slots=True)
class Layout:
    """How a library lays out sequences, and what it calls them. `inward` gives (T, ..., size), `outward` turns it back."""

    input: str
    output: str
    inward: Callable[[Array], Array]
    outward: Callable[[Array, Case], Array]


def _batch_first(series: Array) -> Array:
    return np.swapaxes(series, 0, 1)


def _onnx_out(series: Array, case: Case) -> Array:
    """(T, batch, directions * units) to (T, directions, batch, units)."""
    steps, batch, size = series.shape
    units = case.layers[0].arrays["R"].shape[-1]
    return series.reshape(steps, batch, size // units, units).transpose(0, 2, 1, 3)


def _onnx_in(series: Array) -> Array:
    if series.ndim == 3:
        return series
    steps, directions, batch, units = series.shape
    return series.transpose(0, 2, 1, 3).reshape(steps, batch, directions * units)


LAYOUTS = {
    "pytorch": Layout("input", "output", np.asarray, lambda series, case: series),
    "keras": Layout("input", "output", _batch_first, lambda series, case: _batch_first(series)),
    "onnx": Layout("X", "Y", _onnx_in, _onnx_out),
}


@dataclass(frozen=True, slots=True)
class Results:
    """What the library has to be equal to, by its own names and in its layouts."""

    outputs: Arrays
    gradients: Arrays


class Agreement:
    """A case with our network for it. `found` is what its layers are taken for, with a network of its own unless given."""

    def __init__(self, case: Case, found: Found, network: Network | None = None) -> None:
        self.case, self.library, self.found = case, case.layers[0].library, found
        self.network = network or found.network()
        self.layout = LAYOUTS[self.library]

    @classmethod
    def of(cls, case: Case) -> Agreement:
        """A case as it is converted."""
        return cls(case, convert(case.layers))

    def mistaken(self, found: Found) -> Agreement:
        """The same case, its layers taken for something else."""
        same = found.description is self.found.description
        return Agreement(self.case, found, self.network if same else None)

    @property
    def turned(self) -> bool:
        """Whether the library gives its output from the last step to the first."""
        return bool(sum(bool(layer.options.get("go_backwards")) for layer in self.case.layers) % 2)

    def results(self) -> Results:
        trace = self.run()
        outputs = {self.layout.output: self.ordered(self.layout.outward(self.top(trace), self.case))}
        outputs |= self.seated(self.seats("last"), trace.last, self.case.outputs)
        return Results(outputs, self.gradients(trace) if self.case.gradients else {})

    def run(self) -> Trace:
        initial = {
            seat.address: _entry(self.case.inputs[seat.array], seat.index)
            for seat in self.seats("start")
            if seat.array in self.case.inputs
        }
        xs = self.layout.inward(self.case.inputs[self.layout.input])
        return self.network.run(self.found.parameters, xs, initial=initial, lengths=self.case.lengths)

    def expected(self) -> Results:
        """What the library gave; what Keras repeats at steps that are masked is left out."""
        outputs = dict(self.case.outputs)
        if self.library == "keras" and self.case.lengths:
            series = self.ordered(outputs["output"])
            ended = np.arange(series.shape[1]) >= np.array(self.case.lengths)[:, None]
            outputs["output"] = self.ordered(np.where(ended[..., None], 0, series))
        return Results(outputs, self.case.gradients)

    def ordered(self, output: Array) -> Array:
        """An output of Keras in the order of the steps, or back in its own."""
        return output[:, ::-1] if self.turned else output

    def top(self, trace: Trace) -> Array:
        """What leaves the top layer, (T, ..., size), both directions side by side."""
        return np.concatenate([trace[address] for address in self.tops()], axis=-1)

    def tops(self) -> list[str]:
        last = self.network.places[-1].layer
        return [place.address(place.program.output) for place in self.network.places if place.layer == last]

    def seats(self, when: str) -> Iterator[Seat]:
        """Where the library keeps each state, at the start or at the end."""
        layers: dict[str, list[Any]] = {}
        for place in self.network.places:
            layers.setdefault(place.layer, []).append(place)
        for number, place in enumerate(self.network.places):
            for state in sorted(place.program.states, reverse=True):  # h before c
                address = place.address(state)
                match self.library:
                    case "pytorch":
                        yield Seat(address, f"{state}_{'0' if when == 'start' else 'n'}", number)
                    case "onnx":
                        yield Seat(address, f"initial_{state}" if when == "start" else f"Y_{state}", number)
                    case _:
                        states = len(place.program.states)
                        index = layers[place.layer].index(place) * states + (1 if state == "c" else 0)
                        layer = "" if when == "start" else f"layer_{int(place.layer) - 1}."
                        yield Seat(address, f"{layer}state_{index}", None)

    def seated(self, seats: Iterator[Seat], values: Mapping[str, Array], like: Arrays) -> dict[str, Array]:
        """States as the library's arrays."""
        found: dict[str, Array] = {}
        for seat in seats:
            if seat.array in like:
                array = found.setdefault(seat.array, np.zeros(like[seat.array].shape))
                array[... if seat.index is None else seat.index] = values[seat.address]
        return found

    def gradients(self, trace: Trace) -> dict[str, Array]:
        gradient = trace.gradient(self.outside(trace))
        found = {self.layout.input: self.layout.outward(gradient.inputs, self.case)}
        found |= self.seated(self.seats("start"), gradient.initial, self.case.gradients)
        for layer in self.case.layers:
            for name, array in layer.arrays.items():
                found[f"{layer.name}.{name}"] = np.zeros(array.shape)
        for row in self.found.placed:
            if row.address:
                piece = gradient.parameters[row.address]
                found[f"{row.layer}.{row.array}"][index(row.where)] = piece.T if row.transposed else piece
        return found

    def outside(self, trace: Trace) -> dict[str, Array]:
        """dL/dv of ours from dL/doutput of the library's."""
        found: dict[str, Array] = {}

        def of(address: str) -> Array:
            return found.setdefault(address, np.zeros(trace[address].shape))

        series, first = self.layout.inward(self.ordered(self.case.outside[self.layout.output])), 0
        for address in self.tops():
            size = trace[address].shape[-1]
            of(address)[...] = series[..., first : first + size]
            first += size
        for seat in self.seats("last"):
            given = _entry(self.case.outside[seat.array], seat.index)
            backward = ".backward." in seat.address
            if self.case.lengths is None or backward:
                of(seat.address)[0 if backward else -1] += given
            else:
                for sequence, length in enumerate(self.case.lengths):
                    of(seat.address)[length - 1, sequence] += given[sequence]
        return found


def _entry(array: Array, index: int | None) -> Array:
    return array if index is None else array[index]


def index(where: str) -> tuple[Any, ...]:
    """`[:, 4:8]` as what NumPy takes."""
    if not where:
        return (...,)
    return tuple(_piece(piece.strip()) for piece in where.strip("[]").split(","))


def _piece(text: str) -> int | slice:
    if ":" not in text:
        return int(text)
    start, stop = (int(end) if end else None for end in text.split(":"))
    return slice(start, stop)
