"""Addresses: `part.layer.direction.symbol`, the one full name of every value and parameter of a network.

Programs write them in full. A person may leave out what is alone: `W_i` in a network of one layer, `2.W_i` in a
stack, `1.forward.W_i` where a layer runs both ways, `readout.V`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Generic, TypeVar

from .problems import NetworkError, Problem, suggestion

MAIN = "main"
READOUT = "readout"
INPUT_LAYER = "0"
Thing = TypeVar("Thing")


@dataclass(frozen=True, slots=True)
class Address:
    """An address taken apart."""

    part: str
    layer: str
    direction: str
    symbol: str

    def __str__(self) -> str:
        return f"{self.part}.{self.layer}.{self.direction}.{self.symbol}"


@lru_cache(maxsize=4096)
def parse(full: str) -> Address:
    """A full address taken apart.

    Raises ValueError if it does not have four pieces.
    """
    part, layer, direction, symbol = full.split(".")
    return Address(part, layer, direction, symbol)


class Names:
    """The addresses of one network, found by any spelling that leaves no doubt."""

    def __init__(self, addresses: Iterable[Address]) -> None:
        self._all = {str(address): address for address in addresses}
        layers = {a.layer for a in self._all.values()} - {READOUT, INPUT_LAYER}
        self._both = {
            layer for layer in layers if len({a.direction for a in self._all.values() if a.layer == layer}) > 1
        }
        self._numbered = len(layers) > 1 or bool(self._both)
        self._short = {full: self._shorten(address) for full, address in self._all.items()}
        self._full: dict[str, str] = {}
        for full, short in self._short.items():
            self._full.setdefault(short, full)

    def __iter__(self) -> Iterable[str]:
        return iter(self._all)

    def short(self, full: str) -> str:
        """The shortest spelling that the naming rules allow."""
        return self._short[full]

    def full(self, typed: str) -> str:
        """The full address of a spelling.

        Raises NetworkError when nothing, or more than one thing, has that name.
        """
        if typed in self._all:
            return typed
        if typed in self._full:
            return self._full[typed]
        *given, symbol = typed.split(".")
        found = [
            full
            for full, a in self._all.items()
            if a.symbol == symbol and _contains((a.part, a.layer, a.direction), given)
        ]
        if len(found) == 1:
            return found[0]
        raise NetworkError([self._refusal(typed, found)])

    def _refusal(self, typed: str, found: list[str]) -> Problem:
        if found:
            choices = ", ".join(self._short[full] for full in found)
            return Problem(
                "ambiguous-name",
                f"'{typed}' could be several things",
                {"name": typed, "choices": choices},
                f"write one of {choices}",
                field=typed,
            )
        near = suggestion(typed, self._full)
        known = ", ".join(self._full)
        return Problem(
            "unknown-name",
            f"nothing here is called '{typed}'",
            {"name": typed, "suggestion": near},
            f"did you mean '{near}'?" if near else f"known are {known}",
            field=typed,
        )

    def _shorten(self, address: Address) -> str:
        if address.layer == READOUT:
            return f"{READOUT}.{address.symbol}"
        if address.layer == INPUT_LAYER or not self._numbered:
            return address.symbol
        if address.layer in self._both:
            return f"{address.layer}.{address.direction}.{address.symbol}"
        return f"{address.layer}.{address.symbol}"


class Named(dict[str, Thing], Generic[Thing]):
    """A mapping by full address that is read by any spelling of it."""

    def __init__(self, things: Mapping[str, Thing], names: Names) -> None:
        super().__init__(things)
        self.names = names

    def __missing__(self, typed: str) -> Thing:
        full = self.names.full(typed)
        if full == typed or full not in self:
            raise KeyError(typed)
        return self[full]


def _contains(pieces: tuple[str, ...], given: list[str]) -> bool:
    """Whether the given pieces occur among an address's own, in their order."""
    rest = iter(pieces)
    return all(piece in rest for piece in given)
