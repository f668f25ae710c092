"""A network: layers of cells, each in one or both directions, and a readout. Describe it, then run it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, DTypeLike

from .address import INPUT_LAYER, MAIN, READOUT, Address, Names
from .cell import Cell, define, define_readout
from .check import as_dtype
from .description import BACKWARD, BOTH, DIRECTIONS, FORWARD, LayerRecord, NetworkRecord, PartRecord, read
from .initial import start
from .ops import Array
from .place import Place
from .plan import Plan
from .problems import NetworkError, Problem
from .program import Program
from .rules import PREVIOUS
from .run import Run
from .sizes import check_sizes, group_problems, size_problems, unknown_size
from .trace import Step, Trace


class Layer:
    """A cell with its size: `units`, the direction in which it reads, and any further size that the cell names.

    Raises NetworkError for a size that is not a whole number of at least 1, a missing or unknown size, units
    that a clock cannot divide into equal groups, and an unknown direction.
    """

    def __init__(self, cell: Cell, units: int, *, direction: str = FORWARD, **sizes: int) -> None:
        problems = list(size_problems(cell.program, {"units": units, **sizes}, cell.extra_sizes))
        if direction not in DIRECTIONS:
            problems.append(
                Problem(
                    "bad-direction",
                    f"'{direction}' is not a direction",
                    {"value": str(direction)},
                    f"use one of {', '.join(DIRECTIONS)}",
                    field="direction",
                )
            )
        if problems:
            raise NetworkError(problems)
        self.cell, self.units, self.direction = cell, int(units), direction
        self.sizes = {name: int(size) for name, size in sizes.items()}

    @property
    def directions(self) -> tuple[str, ...]:
        return (FORWARD, BACKWARD) if self.direction == BOTH else (self.direction,)


class Network:
    """Layers from the input upwards, and a readout that may read any value of the top layer.

    Sizes that the readout names are given by keyword: `outputs=2`.
    Raises NetworkError, or CellError for the readout's text.
    """

    def __init__(self, layers: Sequence[Layer], inputs: int, readout: str | None = None, **sizes: int) -> None:
        if not layers:
            raise NetworkError(
                [Problem("no-layers", "the network has no layer", hint="give at least one layer", field="layers")]
            )
        check_sizes({"inputs": inputs, **sizes})
        inputs, sizes = int(inputs), {name: int(size) for name, size in sizes.items()}
        self.layers, self.inputs, self.readout, self.sizes = tuple(layers), inputs, readout, sizes
        self.record = NetworkRecord((self._part(),))
        self._plans: dict[str, Plan] = {}
        self.places: list[Place] = []
        problems: list[Problem] = []
        below = inputs
        for number, layer in enumerate(layers, start=1):
            plan = self._plan(layer.cell.program)
            program = plan.program
            own = {"inputs": below, "units": layer.units, **layer.sizes}
            problems += group_problems(program, own)
            for direction in layer.directions:
                self.places.append(Place(MAIN, str(number), direction, program, plan, own))
            below = own[program.value[program.output].size] * len(layer.directions)
        if problems:
            raise NetworkError(problems)
        self.top = self.places[-len(layers[-1].directions) :]
        if readout is not None:
            self.places.append(self._readout(readout, sizes))
        elif sizes:
            raise NetworkError([unknown_size(name, ()) for name in sizes])
        self.names = Names(self._addresses())
        self.levels: dict[str, list[Place]] = {}
        for place in self.places:
            self.levels.setdefault(place.layer, []).append(place)
        self.values: dict[str, tuple[int, ...]] = {
            place.address(v.name): (place.sizes[v.size],) for place in self.places for v in place.program.values
        }
        self.states = {
            place.address(s): self.values[place.address(s)] for place in self.places for s in place.program.states
        }
        self.parameters: dict[str, tuple[int, ...]] = {
            place.address(p.name): tuple(place.sizes[size] for size in p.shape)
            for place in self.places
            for p in place.program.parameters
        }

    def _plan(self, program: Program) -> Plan:
        """The plan of a program. Programs are told apart by name: another one of the same name gets a number."""
        named, number = program, 1
        while named != self._plans.setdefault(named.name, Plan(named)).program:
            number += 1
            named = replace(program, name=f"{program.name}-{number}")
        return self._plans[named.name]

    def _readout(self, text: str, sizes: Mapping[str, int]) -> Place:
        top = self.top[0]
        count = len(self.top)
        values = {v.name: v.size for v in top.program.values}
        program = define_readout(text, values).program
        known = {name: size * count for name, size in top.sizes.items()}
        extra = [s for s in program.sizes if s not in known]
        problems = list(size_problems(program, {**known, **sizes}, (*extra, *known)))
        if program.states:
            problems.append(
                Problem(
                    "readout-state",
                    f"a readout has no memory, but reads '{program.states[0]}_prev'",
                    {"name": program.states[0]},
                    "keep states in the cell",
                    field=READOUT,
                )
            )
        if problems:
            raise NetworkError(problems)
        plan = self._plan(program)
        return Place(MAIN, READOUT, FORWARD, plan.program, plan, {**known, **sizes})

    def _part(self) -> PartRecord:
        layers = tuple(
            LayerRecord(each.cell.name, each.cell.text, each.units, each.direction, dict(each.sizes))
            for each in self.layers
        )
        return PartRecord(MAIN, self.inputs, layers, self.readout, dict(self.sizes))

    @property
    def description(self) -> dict[str, object]:
        """The plain record that `from_description` reads; it holds the cells' texts unless it was read without them."""
        return self.record.to_data()

    def _addresses(self) -> Iterator[Address]:
        yield Address(MAIN, INPUT_LAYER, FORWARD, "x")
        for place in self.places:
            program = place.program
            symbols = [*program.value, *program.parameter, *(s + PREVIOUS for s in program.states)]
            for symbol in symbols:
                yield Address(place.part, place.layer, place.direction, symbol)

    def full(self, name: str) -> str:
        """The full address of any spelling that leaves no doubt. Raises NetworkError otherwise."""
        return self.names.full(name)

    def short(self, address: str) -> str:
        """The spelling of a full address with what is alone left out."""
        return self.names.short(address)

    def initial(self, seed: int = 0) -> dict[str, Array]:
        """Starting parameters, float64, by short name: see `initial.start`."""
        return {
            self.short(place.address(p.name)): start(p, place.sizes, seed, place.address(p.name))
            for place in self.places
            for p in place.program.parameters
        }

    def run(
        self,
        parameters: Mapping[str, ArrayLike],
        xs: ArrayLike,
        *,
        initial: Mapping[str, ArrayLike] | None = None,
        lengths: Sequence[int] | None = None,
        dtype: DTypeLike = np.float64,
    ) -> Trace:
        """The whole sequence at once.

        `xs` is (T, inputs) or (T, batch, inputs); `initial` gives starting states, (units,) or (batch, units),
        else they are 0; `lengths` how many steps of each sequence count, values after its end being 0; `dtype` is
        float64 or float32. Raises NetworkError for unknown or missing names, shapes that do not fit and other types.
        """
        trace = Trace(Run(self, parameters, xs, initial, lengths, as_dtype(dtype)))
        trace.run.forward(0, trace.length)
        return trace

    def frames(
        self,
        parameters: Mapping[str, ArrayLike],
        xs: ArrayLike,
        *,
        initial: Mapping[str, ArrayLike] | None = None,
        chunk: int = 100,
    ) -> Iterator[tuple[int, int, Trace]]:
        """The same in stretches of at most `chunk` steps: (first, stop, trace as far as it has come).

        Where a layer reads backward nothing is known before the sequence's end, so all is run first.
        """
        assert chunk >= 1, "a stretch has at least one step"
        trace = Trace(Run(self, parameters, xs, initial, None, as_dtype(np.float64)))
        whole = any(place.direction == BACKWARD for place in self.places)
        if whole:
            trace.run.forward(0, trace.length)
        for first in range(0, trace.length, chunk):
            stop = min(first + chunk, trace.length)
            if not whole:
                trace.run.forward(first, stop)
            yield first, stop, trace

    def steps(
        self,
        parameters: Mapping[str, ArrayLike],
        xs: ArrayLike,
        *,
        initial: Mapping[str, ArrayLike] | None = None,
    ) -> Iterator[Step]:
        """One timestep at a time: values by name, and states as they were before the step."""
        frames = self.frames(parameters, xs, initial=initial, chunk=1)
        return (trace.step(first + 1) for first, _, trace in frames)

    def to_data(self) -> dict[str, object]:
        """The JSON form: layers, the programs they run, and every symbol by address."""
        return {
            "version": 1,
            "layers": [
                {
                    "address": f"{place.part}.{place.layer}.{place.direction}",
                    "part": place.part,
                    "layer": place.layer,
                    "direction": place.direction,
                    "program": place.program.name,
                    "sizes": dict(place.sizes),
                }
                for place in self.places
            ],
            "programs": {p.program.name: p.program.to_data() for p in self.places},
            "symbols": dict(self._symbols()),
        }

    def _symbols(self) -> Iterator[tuple[str, dict[str, object]]]:
        yield str(Address(MAIN, INPUT_LAYER, FORWARD, "x")), {
            "symbol": "x", "kind": "input", "role": "input", "label": "input",
            "size": self.inputs, "range": None,
        }  # fmt: skip
        for place in self.places:
            for value in place.program.values:
                yield place.address(value.name), {
                    "symbol": value.name, "kind": "value", "role": value.role,
                    "label": value.label, "size": place.sizes[value.size],
                    "range": list(value.range) if value.range else None,
                    "derived": value.derived, "of": value.of,
                    "state": value.name in place.program.states,
                }  # fmt: skip
            for p in place.program.parameters:
                yield place.address(p.name), {
                    "symbol": p.name, "kind": "parameter", "role": "parameter", "label": "",
                    "shape": [place.sizes[size] for size in p.shape], "range": None,
                    "used_by": list(p.used_by),
                }  # fmt: skip

    @classmethod
    def from_description(cls, description: Mapping[str, Any], load: Callable[[str], Cell]) -> Network:
        """The network that a plain record describes; `load` finds cells by name.

        Raises NetworkError or CellError with every problem found.
        """
        return cls.from_record(read(description), load)

    @classmethod
    def from_record(cls, record: NetworkRecord, load: Callable[[str], Cell]) -> Network:
        """The same from a record that has been read."""
        part = record.parts[0]
        problems: list[Problem] = []
        layers: list[Layer] = []
        for number, each in enumerate(part.layers, start=1):
            try:
                cell = load(each.cell or "") if each.text is None else define(each.cell or f"cell-{number}", each.text)
                layers.append(Layer(cell, each.units, direction=each.direction, **each.sizes))
            except NetworkError as error:
                prefix = f"layers.{number}"
                problems += [replace(p, field=f"{prefix}.{p.field}") for p in error.problems]
        if problems:
            raise NetworkError(problems)
        network = cls(layers, part.inputs, part.readout, **part.sizes)
        network.record = record
        return network
