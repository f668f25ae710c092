"""How the layers of a network read one another, the same in NumPy, PyTorch and Keras."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from .sheet import Sheet, Spot
from .text import quoted

PART = '''
def part(table, prefix):
    """The entries whose names begin with a prefix, without it."""
    return {name[len(prefix) :]: each for name, each in table.items() if name.startswith(prefix)}
'''
PREFIXED = '''
def prefixed(prefix, table):
    """The same with a prefix before each name."""
    return {prefix + name: each for name, each in table.items()}
'''


def of_spot(table: str, spot: Spot) -> str:
    """What a table holds for one place."""
    return f"part({table}, {quoted(spot.prefix)})" if spot.prefix else table


def by_address(found: str, spot: Spot) -> str:
    """What a place found, by short address."""
    return f"prefixed({quoted(spot.prefix)}, {found})" if spot.prefix else found


def helpers(source: str) -> list[str]:
    """The functions that a source made with these uses."""
    known = {"part(": PART, "prefixed(": PREFIXED}
    return [text.strip() for call, text in known.items() if call in source]


@dataclass(frozen=True)
class Wiring:
    """`beside` is how sequences are put side by side, `{0}` being a list of them."""

    sheet: Sheet
    beside: str

    def reading(self, layer: list[Spot]) -> Iterator[str]:
        """What a layer reads, under a name of its own."""
        (spot, *_) = layer
        yield f"# {'the readout' if spot.readout else f'layer {self.sheet.layers.index(layer) + 1}'}"
        if self.lowest(spot):
            yield "below = xs"
            return
        for name, sequence in zip(spot.program.inputs, self.sequences(spot), strict=True):
            pieces = [f"values[{quoted(under.prefix + self.symbol(spot, name, under))}]" for under in self.under(spot)]
            whole = pieces[0] if len(pieces) == 1 else self.beside.format(f"[{', '.join(pieces)}]")
            yield f"{sequence} = {whole}"

    def sequences(self, spot: Spot) -> list[str]:
        """The names of what a place reads."""
        count = len(spot.program.inputs)
        return ["below"] if count == 1 else [f"below_{number}" for number in range(1, count + 1)]

    def symbol(self, spot: Spot, name: str, under: Spot) -> str:
        """The value of the layer below that an input of a place is."""
        return name if spot.readout else under.program.output

    def under(self, spot: Spot) -> list[Spot]:
        """The layer below."""
        index = next(number for number, layer in enumerate(self.sheet.layers) if spot in layer)
        return self.sheet.layers[index - 1]

    def lowest(self, spot: Spot) -> bool:
        """Whether a place reads the input."""
        return spot in self.sheet.layers[0]
