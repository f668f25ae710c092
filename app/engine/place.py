"""One program in one place of a network."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from .address import Address
from .plan import Plan
from .program import Program
from .rules import PREVIOUS

#: what follows a state's name in the name of the parameter that it starts from
START = ":start"


@dataclass(frozen=True)
class Place:
    """A layer in one direction, or the readout: a program with numbers for its sizes.

    The starting values of the states in `learned` are parameters.
    """

    part: str
    layer: str
    direction: str
    program: Program
    plan: Plan
    sizes: Mapping[str, int]
    learned: tuple[str, ...] = ()

    @cached_property
    def prefix(self) -> str:
        """What all addresses of the place begin with."""
        return str(Address(self.part, self.layer, self.direction, ""))

    def address(self, symbol: str) -> str:
        """The full address of one of the program's symbols."""
        return self.prefix + symbol

    @cached_property
    def named(self) -> dict[str, str]:
        """Full addresses of the program's parameters and states, by their own names."""
        return {name: self.address(name) for name in (*self.program.parameter, *self.program.states)}

    @cached_property
    def parameters(self) -> dict[str, tuple[int, ...]]:
        """Shapes of the parameters by full address, learned starting values after those of the program."""
        found = {self.address(p.name): tuple(self.sizes[size] for size in p.shape) for p in self.program.parameters}
        for state in self.learned:
            found[self.address(state + START)] = (self.sizes[self.program.value[state].size],)
        return found

    def endings(self, state: str) -> tuple[str, ...]:
        """What may follow the name of a state: it is read one step earlier, and may have a learned starting value."""
        return (PREVIOUS, START) if state in self.learned else (PREVIOUS,)
