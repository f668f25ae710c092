"""One layer of ours on its way to a library: which variant it is, and its numbers by the table's symbols."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from .conventions import Convention, Extent, scatter, slots
from .library import Array
from .read_layer import BOTH, directions
from .variant import Variant


@dataclass(frozen=True, slots=True)
class WriteLayer:
    """`values` are parameters by direction and symbol (`W_i`), `starts` starting states by direction and h or c."""

    variant: Variant
    extent: Extent
    direction: str
    values: Mapping[str, Mapping[str, Array]]
    starts: Mapping[tuple[str, str], Array] = field(default_factory=dict)

    def fill(self, row: Convention, into: dict[str, Array], *, tag: str = "") -> None:
        """Puts the parameters of all directions into a library's arrays, making those that are not there yet."""
        for way in directions(self.direction):
            both = self.direction == BOTH
            found = list(slots(row, self.variant, self.extent, way, both=both, layer=tag))
            scatter(found, self.values[way], into)
