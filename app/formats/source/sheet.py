"""What a network's source is written from: its places, their programs, and a Python name for each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from app.engine import Apply, Expr, Name, Network, Number, Program, constant

from ..library import Array
from .functions import FUNCTIONS
from .names import PYTHON, Scope, function_name
from .text import comment

PREVIOUS = "_prev"
START = ":start"
READOUT = "readout"
BACKWARD = "backward"


@dataclass(frozen=True)
class Spot:
    """A layer in one direction, or the readout. `prefix` is what the short names of its symbols begin with."""

    name: str
    prefix: str
    program: Program
    backward: bool
    readout: bool
    sizes: Mapping[str, int]
    learned: tuple[str, ...]

    def size(self, value: str) -> int:
        """How many units a value has."""
        return self.sizes[self.program.value[value].size]


Kind = tuple[str, tuple[str, ...]]


def kind(spot: Spot) -> Kind:
    """What tells one class of a library from another: the program, and the states whose start is learned."""
    return spot.program.name, spot.learned


@dataclass(frozen=True)
class Sheet:
    """A network of one part, ready to be written. Everything goes by short names; `xs` and `start` are for the example."""

    network: Network
    parameters: Mapping[str, Array] | None
    xs: Array | None = None
    start: Mapping[str, Array] = field(default_factory=dict)

    @cached_property
    def spots(self) -> list[Spot]:
        """All places, from the input upwards."""
        scope = Scope(())
        found = []
        for place in self.network.places:
            # what an address begins with, written short: the short name of some value without the value's own
            value = place.program.values[0].name
            prefix = self.network.short(place.address(value)).removesuffix(value)
            readout = place.layer == READOUT
            both = len([p for p in self.network.places if p.layer == place.layer]) > 1
            wanted = READOUT if readout else f"layer_{place.layer}_{place.direction}" if both else f"layer_{place.layer}"
            found.append(
                Spot(
                    scope.add(place.prefix, wanted), prefix, place.program, place.direction == BACKWARD, readout,
                    place.sizes, place.learned,
                )
            )  # fmt: skip
        return found

    @cached_property
    def layers(self) -> list[list[Spot]]:
        """Places by layer, from the input upwards, the readout last."""
        found: dict[str, list[Spot]] = {}
        for place, spot in zip(self.network.places, self.spots, strict=True):
            found.setdefault(place.layer, []).append(spot)
        return list(found.values())

    @cached_property
    def programs(self) -> dict[str, Program]:
        """Every program once, by its own name."""
        return {spot.program.name: spot.program for spot in self.spots}

    @cached_property
    def shapes(self) -> dict[str, tuple[int, ...]]:
        """The shapes of all parameters."""
        return {self.network.short(full): shape for full, shape in self.network.parameters.items()}

    @cached_property
    def tied(self) -> dict[str, str]:
        """Parameters that are others."""
        short = self.network.short
        return {short(full): short(source) for full, source in self.network.wires.tied.items()}

    def names(self, taken: set[str]) -> dict[str, str]:
        """A function's name for each program, by the program's own; it and `name_backward` are not among `taken`."""
        used, found = PYTHON | taken, {}
        for program in self.programs:
            name = function_name(program)
            while used & {name, f"{name}_backward"}:
                name += "_"
            used = used | {name, f"{name}_backward"}
            found[program] = name
        return found


def folded(program: Program, expr: Expr) -> float | None:
    """The number that a function of numbers and constants is; None for any other expression."""
    if not isinstance(expr, Apply) or expr.op not in FUNCTIONS or not _is_constant(program, expr):
        return None
    return constant(expr, program.constants)


def _is_constant(program: Program, expr: Expr) -> bool:
    match expr:
        case Number():
            return True
        case Name(id):
            return id in program.constants
        case Apply(op, args):
            return op not in ("every", "slower") and all(_is_constant(program, arg) for arg in args)


def labels(program: Program) -> dict[str, str]:
    """What is said beside each line of a cell, ready for a comment."""
    return {equation.target: comment(equation.label) for equation in program.equations}


def size_of(program: Program, symbol: str) -> str:
    """The name of the size of a value, of an input or of a state one step earlier."""
    if symbol in program.inputs:
        return program.inputs[symbol]
    return program.value[symbol.removesuffix(PREVIOUS)].size


def patterns(program: Program) -> dict[str, Apply]:
    """Clocks and masks by the name that they have."""
    return {
        each.target: each.expr
        for each in program.lowered
        if isinstance(each.expr, Apply) and each.expr.op in ("every", "slower")
    }


def pattern_sizes(program: Program) -> list[str]:
    """The names of the sizes that clocks and masks need to know, in order."""
    found = (program.fixed[name][0] if name in program.fixed else size_of(program, name) for name in patterns(program))
    return list(dict.fromkeys(found))


def has_clock(program: Program) -> bool:
    """Whether a program needs to know the number of the step."""
    return any(expr.op == "every" for expr in patterns(program).values())
