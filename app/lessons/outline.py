"""What a lesson.toml says, read but not yet compared with the network it speaks of.

Symbols are still short names as a person writes them. Steps and units count from 1.
"""

from __future__ import annotations

from dataclasses import dataclass

from .positions import Key, Path, Positions
from .studies import Study
from .table import Nested

Rows = tuple[tuple[float, ...], ...]
Targets = tuple[tuple[float, ...] | None, ...]


@dataclass(frozen=True, slots=True)
class CellSource:
    """A cell by name, or its equations in the lesson. `line` is that of the name, or of the first equation."""

    name: str | None
    text: str | None
    line: int


@dataclass(frozen=True, slots=True)
class LayerSource:
    """One layer of a stack, the lowest first. `units` None: as [sizes] says."""

    cell: CellSource
    units: int | None = None
    direction: str = "forward"


@dataclass(frozen=True, slots=True)
class Variant:
    """One of the networks that a lesson can be seen with; the only one, of a lesson without variants, has the id None.

    `sizes` and `weights` lie over the lesson's own. `trained` names a file of weights, over which all others lie.
    """

    id: str | None
    layers: tuple[LayerSource, ...]
    sizes: dict[str, int]
    readout: str | None
    readout_line: int
    weights: dict[str, Nested]
    trained: str | None
    path: Path

    @property
    def cell(self) -> CellSource:
        """The lowest layer's."""
        return self.layers[0].cell


@dataclass(frozen=True, slots=True)
class Asked:
    """What gradients are taken of: the sum over the units of `of` at `step`, or one `unit`."""

    of: str
    step: int
    unit: int | None
    path: Path


@dataclass(frozen=True, slots=True)
class Aim:
    """The value that is compared with targets, the kind of loss, and of a choice what its numbers stand for."""

    of: str
    kind: str
    path: Path
    classes: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Preset:
    """A sequence of inputs; the only one, of a lesson without presets, has the id None.

    `words` are those that the inputs are the codes of, None where the inputs were given as numbers. `targets`: with a loss, a
    row for each step, None where nothing is asked.
    """

    id: str | None
    inputs: Rows
    words: tuple[str, ...] | None
    targets: Targets | None
    backward: Asked | None
    path: Path


@dataclass(frozen=True, slots=True)
class Guess:
    """A question with a number, or a curve, for its answer. The answer itself is written nowhere: it is computed.

    Either the value `of` a unit at a step, or the `count` of something in a preset and a variant, the beat's own if None.
    A `curve` is `of` over all steps that the beat has not come to; `range` and `tolerance` None: chosen by the loader.
    `gradient`: not the value is asked for, but what L's gradient is there.
    """

    of: str | None
    gradient: bool
    step: int | None
    unit: int
    curve: bool
    range: tuple[float, float] | None
    count: str | None
    preset: str | None
    variant: str | None
    choices: tuple[float, ...]
    tolerance: float | None
    path: Path


@dataclass(frozen=True, slots=True)
class Beat:
    """One thing to say, and the state it is said in. `preset` None: it is true of every sequence; so for `variant`."""

    id: str
    step: int
    direction: str
    preset: str | None
    variant: str | None
    spotlight: tuple[str, ...] | None
    weights: dict[str, Nested]
    study: Study | None
    guess: Guess | None
    path: Path


@dataclass(frozen=True, slots=True)
class View:
    """What is shown: rows from top to bottom, gradient rows, the bound of each colour scale.

    None: chosen by the loader. `spotlight` is for beats that name none. `study`: what stands in the cell's place.
    `beside`: the variant whose network is looked at beside the first. `unit`: that which is spoken of at first.
    `wall`: "strip" where a projector, which has room for one of them, shows the strip and not the cell.
    """

    rows: tuple[str, ...] | None
    gradients: tuple[str, ...] | None
    spotlight: tuple[str, ...] | None
    ranges: dict[str, float]
    study: Study | None = None
    beside: str | None = None
    unit: int | None = None
    wall: str | None = None


@dataclass(frozen=True, slots=True)
class Outline:
    """A whole lesson.toml."""

    order: float
    seed: int
    sizes: dict[str, int]
    input_names: tuple[str, ...] | None
    vocabulary: tuple[str, ...] | None
    weights: dict[str, Nested]
    initial: dict[str, Nested]
    variants: tuple[Variant, ...]
    loss: Aim | None
    presets: tuple[Preset, ...]
    beats: tuple[Beat, ...]
    view: View
    positions: Positions

    def line_of(self, name: str, *table: Key) -> int:
        """The line of a dotted name in a table: `readout.V = 1` and `"readout.V" = 1` are both written."""
        quoted = self.positions.line(*table, name)
        return self.positions.line(*table, *name.split(".")) if quoted == self.positions.line(*table) else quoted
