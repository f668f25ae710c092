"""One program in one place of a network."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from .address import Address
from .plan import Plan
from .program import Program


@dataclass(frozen=True)
class Place:
    """A layer in one direction, or the readout: a program with numbers for its sizes."""

    part: str
    layer: str
    direction: str
    program: Program
    plan: Plan
    sizes: Mapping[str, int]

    @cached_property
    def prefix(self) -> str:
        """What all addresses of the place begin with."""
        return str(Address(self.part, self.layer, self.direction, ""))

    def address(self, symbol: str) -> str:
        """The full address of one of the program's symbols."""
        return self.prefix + symbol
