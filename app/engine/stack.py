"""A part of a network put in its place: its layers one above the other, with numbers for all sizes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from .address import INPUT_LAYER, READOUT, Address
from .cell import define_readout
from .description import FORWARD
from .part import Part
from .place import Place
from .plan import Plan
from .problems import NetworkError, Problem
from .program import Program
from .rules import PREVIOUS
from .sizes import check_sizes, group_problems, size_problems, unknown_size


class Stack:
    """The places of one part, the layers from the input upwards, then the readout.

    Raises NetworkError for what does not fit together, CellError for the readout's text.
    """

    def __init__(self, part: Part, plan: Callable[[Program], Plan]) -> None:
        if not part.layers:
            raise NetworkError(
                [Problem("no-layers", "the network has no layer", hint="give at least one layer", field="layers")]
            )
        check_sizes({"inputs": part.inputs, **part.sizes})
        self.part, self.name, self.inputs = part, part.name, int(part.inputs)
        self.places: list[Place] = []
        problems: list[Problem] = []
        below = self.inputs
        for number, layer in enumerate(part.layers, start=1):
            each = plan(layer.cell.program)
            program = each.program
            own = {"inputs": below, "units": layer.units, **layer.sizes}
            problems += group_problems(program, own)
            for direction in layer.directions:
                self.places.append(Place(self.name, str(number), direction, program, each, own, layer.learned))
            below = own[program.value[program.output].size] * len(layer.directions)
        if problems:
            raise NetworkError(problems)
        #: the places of the top layer, which the readout reads
        self.top = self.places[-len(part.layers[-1].directions) :]
        if part.readout is not None:
            self.places.append(self._readout(part.readout, {name: int(size) for name, size in part.sizes.items()}, plan))
        elif part.sizes:
            raise NetworkError([unknown_size(name, ()) for name in part.sizes])
        #: places by layer, from the input upwards
        self.levels: dict[str, list[Place]] = {}
        for place in self.places:
            self.levels.setdefault(place.layer, []).append(place)
        #: shapes by full address
        self.values: dict[str, tuple[int, ...]] = {
            place.address(v.name): (place.sizes[v.size],) for place in self.places for v in place.program.values
        }
        self.states = {
            place.address(s): self.values[place.address(s)] for place in self.places for s in place.program.states
        }
        self.parameters = {name: shape for place in self.places for name, shape in place.parameters.items()}

    @property
    def input(self) -> str:
        """The full address of the input."""
        return str(Address(self.name, INPUT_LAYER, FORWARD, "x"))

    def leaving(self, place: Place) -> tuple[str, ...]:
        """The values of a place that the next one reads, or that leave the part."""
        readout = self.places[-1]
        if place in self.top and readout not in self.top:
            return tuple(readout.program.inputs)
        return (place.program.output,)

    def addresses(self) -> Iterator[Address]:
        """Everything in it that has an address."""
        yield Address(self.name, INPUT_LAYER, FORWARD, "x")
        for place in self.places:
            program = place.program
            starts = (state + ending for state in program.states for ending in place.endings(state))
            for symbol in (*program.value, *program.parameter, *starts):
                yield Address(place.part, place.layer, place.direction, symbol)

    def _readout(self, text: str, sizes: Mapping[str, int], plan: Callable[[Program], Plan]) -> Place:
        top, count = self.top[0], len(self.top)
        program = define_readout(text, {v.name: v.size for v in top.program.values}).program
        known = {name: size * count for name, size in top.sizes.items()}
        extra = [s for s in program.sizes if s not in known]
        problems = list(size_problems(program, {**known, **sizes}, (*extra, *known)))
        if program.states:
            problems.append(
                Problem(
                    "readout-state",
                    f"a readout has no memory, but reads '{program.states[0]}{PREVIOUS}'",
                    {"name": program.states[0]},
                    "keep states in the cell",
                    field=READOUT,
                )
            )
        if problems:
            raise NetworkError(problems)
        each = plan(program)
        return Place(self.name, READOUT, FORWARD, each.program, each, {**known, **sizes})
