"""One part of a network: a stack of layers with a readout or none, where it starts from, and what it is fed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from .address import MAIN
from .description import LayerRecord, PartRecord
from .layer import Layer

#: how an output becomes the next input: as it is, or as the 1-of-N vector of a symbol chosen by it
AS_VALUE, AS_SYMBOL = "value", "symbol"


@dataclass(frozen=True)
class Part:
    """Layers from the input upwards, and a readout that may read any value of the top layer.

    `sizes` are those that the readout names. `start` tells where states start: the name of an earlier part (each state
    as that part's state of the same layer and name ends), or a mapping from this part's states to values of earlier
    parts, several of them side by side. `feed` is the value that is the next input when the part runs freely, `feed_as`
    "value" or "symbol", and `stop` the entry of it whose being the chosen symbol ends the sequence.
    """

    layers: Sequence[Layer]
    inputs: int
    readout: str | None = None
    name: str = MAIN
    sizes: Mapping[str, int] = field(default_factory=dict)
    start: str | Mapping[str, str | Sequence[str]] | None = None
    feed: str | None = None
    feed_as: str = AS_VALUE
    stop: int | None = None

    def record(self) -> PartRecord:
        """The plain record of it."""
        layers = tuple(
            LayerRecord(each.cell.name, each.cell.text, each.units, each.direction, dict(each.sizes), each.learned)
            for each in self.layers
        )
        start = self.start if self.start is None or isinstance(self.start, str) else _plain(self.start)
        sizes = {name: int(size) for name, size in self.sizes.items()}
        return PartRecord(
            self.name, int(self.inputs), layers, self.readout, sizes, start, self.feed, self.feed_as, self.stop
        )


def _plain(start: Mapping[str, str | Sequence[str]]) -> dict[str, tuple[str, ...]]:
    return {state: (of,) if isinstance(of, str) else tuple(of) for state, of in start.items()}
