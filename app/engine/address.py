"""Addresses: `part.layer.direction.symbol`, the one full name of every value and parameter of a network.

Programs write them in full. A person may leave out what is alone: `W_i` in a network of one layer, `2.W_i` in a
stack, `1.forward.W_i` where a layer runs both ways, `readout.V`, `decoder.h` where there are several parts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from .ops import Array
from .problems import NetworkError, Problem, listed, suggestion

MAIN = "main"
READOUT = "readout"
INPUT_LAYER = "0"


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
        directions: dict[tuple[str, str], set[str]] = {}
        for a in self._all.values():
            if a.layer not in (READOUT, INPUT_LAYER):
                directions.setdefault((a.part, a.layer), set()).add(a.direction)
        self._both = {place for place, known in directions.items() if len(known) > 1}
        parts = [part for part, _ in directions]
        self._several = len(set(parts)) > 1
        self._numbered = {part for part in parts if parts.count(part) > 1} | {part for part, _ in self._both}
        self._short = {full: self._shorten(address) for full, address in self._all.items()}
        self._full: dict[str, str] = {}
        for full, short in self._short.items():
            self._full.setdefault(short, full)
        #: full addresses by the two spellings that are found at once: the shortest, and the address itself
        self._known = self._full | {full: full for full in self._all}

    def short(self, full: str) -> str:
        """The shortest spelling that the naming rules allow."""
        return self._short[full]

    def full(self, typed: str) -> str:
        """The full address of a spelling.

        Raises NetworkError when nothing, or more than one thing, has that name.
        """
        known = self._known.get(typed)
        if known is not None:
            return known
        *given, symbol = typed.split(".")
        found = [
            full
            for full, a in self._all.items()
            if a.symbol == symbol and _contains((a.part, a.layer, a.direction), given)
        ]
        if len(found) == 1:
            return found[0]
        raise NetworkError([self._refusal(typed, found)])

    def __contains__(self, typed: object) -> bool:
        try:
            return isinstance(typed, str) and bool(self.full(typed))
        except NetworkError:
            return False

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
        return Problem(
            "unknown-name",
            f"nothing here is called '{typed}'",
            {"name": typed, "suggestion": near},
            f"did you mean '{near}'?" if near else f"known are {', '.join(self._full)}",
            field=typed,
        )

    def _shorten(self, address: Address) -> str:
        part = [address.part] if self._several else []
        if address.layer == READOUT:
            return ".".join([*part, READOUT, address.symbol])
        if address.layer == INPUT_LAYER or address.part not in self._numbered:
            return ".".join([*part, address.symbol])
        both = [address.direction] if (address.part, address.layer) in self._both else []
        return ".".join([*part, address.layer, *both, address.symbol])


class NothingHeldError(NetworkError, KeyError):
    """A name that the network has, but not what was asked; a KeyError too, as a mapping's users expect."""

    __str__ = Exception.__str__


class Named(Mapping[str, Array]):
    """Arrays by full address, found by any spelling of it, each got by `read` when it is asked for.

    Raises NetworkError for a name that the network does not have, NothingHeldError for one that has nothing here.
    """

    def __init__(self, names: Names, keys: Mapping[str, object], read: Callable[[str], Array]) -> None:
        self._names, self._keys, self._read = names, keys, read

    def __getitem__(self, typed: str) -> Array:
        full = self._names.full(typed)
        if full not in self._keys:
            raise NothingHeldError([self._nothing(typed)])
        return self._read(full)

    def _nothing(self, typed: str) -> Problem:
        held = listed(self._names.short(full) for full in self._keys)
        said, hint = f"'{typed}' is not one of these", f"they are {held}" if held else "there are none"
        return Problem("unknown-name", said, {"name": typed, "suggestion": ""}, hint, field=typed)

    def __contains__(self, typed: object) -> bool:
        return typed in self._names and self._names.full(str(typed)) in self._keys

    def __iter__(self) -> Iterator[str]:
        return iter(self._keys)

    def __len__(self) -> int:
        return len(self._keys)


def _contains(pieces: tuple[str, ...], given: list[str]) -> bool:
    """Whether the given pieces occur among an address's own, in their order."""
    rest = iter(pieces)
    return all(piece in rest for piece in given)
