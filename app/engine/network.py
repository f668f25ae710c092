"""A network: parts, each a stack of layers with a readout. Describe it, then run it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, DTypeLike

from .address import MAIN, Names
from .cell import Cell, define
from .check import as_dtype
from .description import NetworkRecord, PartRecord, read
from .free import Free
from .initial import start
from .layer import Layer
from .memory import of_network
from .ops import Array, quietly
from .part import Part
from .place import START, Place
from .plan import Plan
from .problems import NetworkError, Problem
from .program import Program
from .sizes import check_sizes
from .stack import Stack
from .starting import Starting
from .symbols import to_data
from .trace import Step, Trace
from .wiring import wire


class Network:
    """Layers from the input upwards, and a readout that may read any value of the top layer.

    Sizes that the readout names are given by keyword: `outputs=2`. `Network.of` makes one of several parts.
    Raises NetworkError, or CellError for the readout's text.
    """

    def __init__(self, layers: Sequence[Layer], inputs: int, readout: str | None = None, **sizes: int) -> None:
        self._build([Part(tuple(layers), inputs, readout, sizes=sizes)], {})

    @classmethod
    def of(cls, parts: Sequence[Part], tied: Mapping[str, str] | None = None) -> Network:
        """A network of named parts, those that others start from first (Sutskever, Vinyals & Le 2014).

        `tied` makes parameters the same: from an address to another one, both of one parameter (`2.U`) or both of a
        layer (`decoder.1`). Raises NetworkError, or CellError for a readout's text.
        """
        network = cls.__new__(cls)
        network._build(parts, tied or {})
        return network

    def _build(self, parts: Sequence[Part], tied: Mapping[str, str]) -> None:
        self.parts = tuple(parts)
        _check_names(self.parts)
        self._plans: dict[str, Plan] = {}
        self.stacks = {part.name: Stack(part, self._plan) for part in self.parts}
        self.places: list[Place] = [place for stack in self.stacks.values() for place in stack.places]
        self.names = Names(address for stack in self.stacks.values() for address in stack.addresses())
        self.wires = wire(self.stacks, self.names, tied)
        self.parameters, self.values, self.states = self.wires.parameters, self.wires.values, self.wires.states
        self.record = NetworkRecord(tuple(part.record() for part in self.parts), dict(tied))

    @property
    def inputs(self) -> int:
        """The size of the input; of the last part's, where there are several."""
        return self.stacks[self.parts[-1].name].inputs

    def _plan(self, program: Program) -> Plan:
        """The plan of a program. Programs are told apart by name: another one of the same name gets a number."""
        named, number = program, 1
        while named != self._plans.setdefault(named.name, Plan(named)).program:
            number += 1
            named = replace(program, name=f"{program.name}-{number}")
        return self._plans[named.name]

    @property
    def description(self) -> dict[str, object]:
        """The plain record that `from_description` reads; it holds the cells' texts unless it was read without them."""
        return self.record.to_data()

    def full(self, name: str) -> str:
        """The full address of any spelling that leaves no doubt. Raises NetworkError otherwise."""
        return self.names.full(name)

    def short(self, address: str) -> str:
        """The spelling of a full address with what is alone left out."""
        return self.names.short(address)

    def start(self, address: str, kind: str, seed: int) -> Array:
        """The starting numbers of one parameter, by full address, by a rule of `initial.KINDS`; zeros for a learned start."""
        place = next(place for place in self.places if address in place.parameters)
        parameter = place.program.parameter.get(address.removeprefix(place.prefix))
        if parameter is None:
            return np.zeros(place.parameters[address])
        return start(parameter, place.sizes, seed, address, kind)

    def initial(self, seed: int = 0) -> dict[str, Array]:
        """Starting parameters, float64, by short name: see `initial.start`; learned starting states begin at 0."""
        found: dict[str, Array] = {}
        for place in self.places:
            for p in place.program.parameters:
                found[place.address(p.name)] = start(p, place.sizes, seed, place.address(p.name))
            for state in place.learned:
                full = place.address(state + START)
                found[full] = np.zeros(place.parameters[full])
        return {self.short(full): array for full, array in found.items() if full in self.parameters}

    def run(
        self,
        parameters: Mapping[str, ArrayLike],
        xs: ArrayLike | Free | Mapping[str, ArrayLike | Free],
        *,
        initial: Mapping[str, ArrayLike] | None = None,
        lengths: Sequence[int] | Mapping[str, Sequence[int]] | None = None,
        networks: int | None = None,
        dtype: DTypeLike = np.float64,
    ) -> Trace:
        """The whole sequence at once.

        `xs` is (T, inputs) or (T, batch, inputs), or `Free` for a part that is fed its own output; with several parts a
        mapping from each part's name. `initial` gives starting states, (units,) or (batch, units), before those handed
        on or learned, else they are 0; `lengths` how many steps of each sequence count, values after its end being 0.
        With `networks` = N the parameters are N networks' side by side, each (N, *shape) or one for all, and xs
        (T, inputs) for all or (T, N, inputs). `dtype` is float64 or float32.
        Raises NetworkError for unknown or missing names, shapes that do not fit and other types.
        """
        starting = Starting(self.wires, parameters, xs, initial, lengths, networks, as_dtype(dtype))
        with quietly():
            for name in self.stacks:
                run = starting.run(name)
                run.forward(0, run.length)
        return Trace(self.wires, starting.runs)

    def memory(
        self,
        length: int | Mapping[str, int],
        batch: int | None = None,
        *,
        networks: int | None = None,
        masked: bool = False,
        dtype: DTypeLike = np.float64,
    ) -> tuple[int, int]:
        """Bytes that a run will take, and those of its gradients on top, for a loss of what leaves the network.

        `length` is T, or a mapping from each part's name; `masked` when sequences end early. Every value at every step
        is counted and every gradient that the sweep forms; arrays that are read out afterwards are copies of their own.
        With `networks` the sequence is taken to be one for all.
        Raises NetworkError for what is no length, batch or number of networks, parts that there are not or that have
        no length, and other types than float64 and float32.
        """
        return of_network(self.stacks, length, batch, networks, masked=masked, dtype=as_dtype(dtype))

    def frames(
        self,
        parameters: Mapping[str, ArrayLike],
        xs: ArrayLike | Free | Mapping[str, ArrayLike | Free],
        *,
        initial: Mapping[str, ArrayLike] | None = None,
        chunk: int = 100,
    ) -> Iterator[tuple[int, int, Trace]]:
        """The same in stretches of at most `chunk` steps: (first, stop, trace as far as it has come).

        Where a layer reads backward nothing is known before the sequence's end, so all is run first; so are all parts
        but the last.
        """
        check_sizes({"chunk": chunk})
        starting = Starting(self.wires, parameters, xs, initial, None, None, as_dtype(np.float64))
        *before, last = self.stacks
        for name in before:
            run = starting.run(name)
            run.forward(0, run.length)
        run = starting.run(last)
        trace = Trace(self.wires, starting.runs)
        whole = any(place.direction != "forward" for place in run.places)
        if whole:
            run.forward(0, trace.length)
        for first in range(0, trace.length, chunk):
            stop = min(first + chunk, trace.length)
            if not whole:
                run.forward(first, stop)
            yield first, stop, trace

    def steps(
        self,
        parameters: Mapping[str, ArrayLike],
        xs: ArrayLike | Free | Mapping[str, ArrayLike | Free],
        *,
        initial: Mapping[str, ArrayLike] | None = None,
    ) -> Iterator[Step]:
        """One timestep at a time: values by name, and states as they were before the step."""
        frames = self.frames(parameters, xs, initial=initial, chunk=1)
        return (trace.step(first + 1) for first, _, trace in frames)

    def to_data(self) -> dict[str, object]:
        """The JSON form: layers, the programs they run, and every symbol by address."""
        return to_data(self.stacks, self.wires.tied)

    @classmethod
    def from_description(cls, description: Mapping[str, Any], load: Callable[[str], Cell]) -> Network:
        """The network that a plain record describes; `load` finds cells by name.

        Raises NetworkError or CellError with every problem found.
        """
        return cls.from_record(read(description), load)

    @classmethod
    def from_record(cls, record: NetworkRecord, load: Callable[[str], Cell]) -> Network:
        """The same from a record that has been read."""
        problems: list[Problem] = []
        parts = [_part(part, load, problems, len(record.parts) > 1) for part in record.parts]
        if problems:
            raise NetworkError(problems)
        network = cls.of(parts, record.tied)
        network.record = record
        return network


def _part(record: PartRecord, load: Callable[[str], Cell], problems: list[Problem], several: bool) -> Part:
    layers: list[Layer] = []
    for number, each in enumerate(record.layers, start=1):
        try:
            cell = load(each.cell or "") if each.text is None else define(each.cell or f"cell-{number}", each.text)
            layers.append(Layer(cell, each.units, direction=each.direction, learned=each.learned, **each.sizes))
        except NetworkError as error:
            prefix = f"{record.name}.layers.{number}" if several else f"layers.{number}"
            problems += [replace(p, field=f"{prefix}.{p.field}") for p in error.problems]
    return Part(
        tuple(layers), record.inputs, record.readout, record.name, record.sizes,
        record.start, record.feed, record.feed_as, record.stop,
    )  # fmt: skip


def _check_names(parts: Sequence[Part]) -> None:
    problems = [] if parts else [Problem("no-parts", "the network has no part", hint="give at least one", field="parts")]
    seen: set[str] = set()
    for part in parts:
        if part.name in seen:
            problems.append(
                Problem(
                    "same-part", f"two parts are called '{part.name}'", {"name": part.name},
                    "give each part a name of its own", field="parts",
                )
            )  # fmt: skip
        seen.add(part.name)
        if not part.name.isidentifier():
            problems.append(
                Problem(
                    "bad-part-name", f"'{part.name}' cannot be a part's name", {"name": part.name},
                    f"use letters, digits and _, such as {MAIN} or encoder", field="parts",
                )
            )  # fmt: skip
    if problems:
        raise NetworkError(problems)
