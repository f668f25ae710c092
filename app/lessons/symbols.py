"""The symbols that a lesson can speak of: those that every one of its networks has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any, Literal

from app.engine import Network, NetworkError

from .faults import Place
from .markup import Lookup, Symbol

INPUT = "main.0.forward.x"
PREVIOUS = "_prev"
GRADIENT = "∂"
LOSS = "loss"

Kind = Literal["value", "weight", "state", "symbol"]


class Symbols:
    """Short names to addresses, and what stands at an address.

    A value is anything that has numbers at each step: the input and a state one step earlier too. Of one that has more
    units in one network than in another, those are known that all have.
    """

    def __init__(self, networks: Sequence[Network]) -> None:
        self.networks = networks
        known = [_shapes(network) for network in networks]
        first = known[0]
        weights = set(networks[0].parameters)
        self.shapes = {
            address: min(shapes)
            for address in first
            if (shapes := _common([each.get(address) for each in known], address in weights))
        }
        data: dict[str, Any] = networks[0].to_data()
        places = [(layer["address"], data["programs"][layer["program"]]) for layer in data["layers"]]
        states = {f"{place}.{state}" for place, program in places for state in program["states"]}
        self.earlier = {state + PREVIOUS for state in states}
        self._kinds: dict[str, set[str]] = {
            "value": first.keys() - weights,
            "weight": weights,
            "state": states,
            "symbol": set(first),
        }
        rows = [
            f"{place}.{value['name']}"
            for place, program in places
            for value in program["values"]
            if not value["derived"]
        ]
        #: what is usual to show, from top to bottom: outputs, what they are made of, the input
        self.rows = [*(row for row in reversed(rows) if row in self.shapes), INPUT]

    @property
    def inputs(self) -> int:
        return self.shapes[INPUT][0]

    def find(self, word: str, kind: Kind, place: Place) -> str | None:
        """The address that a word means; None when it means nothing of that kind, which is reported."""
        address = ""
        for network in self.networks:
            try:
                address = network.full(word)
            except NetworkError as error:
                place.adopt(error.problems[0])
                return None
        if address in self._kinds[kind] and address in self.shapes:
            return address
        message = f"'{word[:80]}' is not a {kind} of every cell of this lesson"
        if address in self.shapes:
            message = f"'{word[:80]}' is not a {kind}"
        known = sorted({self.networks[0].short(each) for each in self._kinds[kind] if each in self.shapes})
        place.fault("wrong-kind-of-symbol", message, f"there are: {', '.join(known[:12])}", name=word[:80], kind=kind)
        return None

    def knows(self, word: str, kind: Kind) -> bool:
        """Whether `find` would find it."""
        try:
            found = {network.full(word) for network in self.networks}
        except NetworkError:
            return False
        return len(found) == 1 and found <= self._kinds[kind] & self.shapes.keys()

    def lookup(self, input_names: Sequence[str]) -> Lookup:
        """What a word in a text stands for: a symbol, one of the inputs, or the gradient of a symbol."""
        units = {name: unit for unit, name in enumerate(input_names)}

        def find(word: str) -> Symbol | None:
            if word in units:
                return Symbol(INPUT, units[word])
            address = self._named(word.removeprefix(GRADIENT))
            if address is None:
                return None
            place, _, symbol = address.rpartition(".")
            return Symbol(f"{place}.{GRADIENT}{symbol}") if word.startswith(GRADIENT) else Symbol(address)

        return find

    def _named(self, word: str) -> str | None:
        """In the first network that has something of that name."""
        for network in self.networks:
            with suppress(NetworkError):
                return network.full(word)
        return None


class Scopes:
    """The symbols of all variants together, and of each for what is said of it alone."""

    def __init__(self, networks: Mapping[str | None, Network]) -> None:
        self.all = Symbols(list(networks.values()))
        self.each = {variant: Symbols([network]) for variant, network in networks.items()}

    def of(self, variant: str | None) -> Symbols:
        """None, and a variant that there is not: what all have in common."""
        return self.each.get(variant, self.all) if variant is not None else self.all

    def some(self, word: str, kind: Kind, place: Place) -> dict[str | None, str]:
        """What a word means in each variant that knows it; reported when none does."""
        knowing = {id: symbols for id, symbols in self.each.items() if symbols.knows(word, kind)}
        if not knowing:
            self.all.find(word, kind, place)
        return {id: symbols.networks[0].full(word) for id, symbols in knowing.items()}

    @property
    def rows(self) -> list[str]:
        """The rows of every variant, those of the first before what others have besides; the input last."""
        found = dict.fromkeys(row for symbols in self.each.values() for row in symbols.rows if row != INPUT)
        return [*found, INPUT]

    @property
    def earlier(self) -> set[str]:
        return {address for symbols in self.each.values() for address in symbols.earlier}


def _common(shapes: list[tuple[int, ...] | None], same: bool) -> list[tuple[int, ...]]:
    """The shapes that a symbol has, one for each network; none when one lacks it, or when they differ and must not."""
    found = [shape for shape in shapes if shape is not None]
    return [] if len(found) < len(shapes) or (same and len(set(found)) > 1) else found


def _shapes(network: Network) -> dict[str, tuple[int, ...]]:
    data: dict[str, Any] = network.to_data()
    shapes = {
        address: tuple(about["shape"]) if "shape" in about else (about["size"],)
        for address, about in data["symbols"].items()
    }
    for layer in data["layers"]:
        for state in data["programs"][layer["program"]]["states"]:
            address = f"{layer['address']}.{state}"
            shapes[address + PREVIOUS] = shapes[address]
    return shapes
