"""What a lesson.toml says, read but not yet compared with the network it speaks of.

Symbols are still short names as a person writes them. Steps and units count from 1.
"""

from __future__ import annotations

from dataclasses import dataclass

from .positions import Key, Path, Positions
from .table import Nested

Rows = tuple[tuple[float, ...], ...]


@dataclass(frozen=True, slots=True)
class CellSource:
    """A cell by name, or its equations in the lesson. `line` is that of the name, or of the first equation."""

    name: str | None
    text: str | None
    line: int


@dataclass(frozen=True, slots=True)
class Variant:
    """One of the cells that a lesson can be seen with; the only one, of a lesson without variants, has the id None."""

    id: str | None
    cell: CellSource


@dataclass(frozen=True, slots=True)
class Asked:
    """What gradients are taken of: the sum over the units of `of` at `step`, or one `unit`."""

    of: str
    step: int
    unit: int | None
    path: Path


@dataclass(frozen=True, slots=True)
class Preset:
    """A sequence of inputs; the only one, of a lesson without presets, has the id None.

    `words` are those that the inputs are the codes of, None where the inputs were given as numbers.
    """

    id: str | None
    inputs: Rows
    words: tuple[str, ...] | None
    backward: Asked | None
    path: Path


@dataclass(frozen=True, slots=True)
class Guess:
    """A question with a number for its answer. The answer itself is written nowhere: the engine computes it."""

    of: str
    step: int
    unit: int
    choices: tuple[float, ...]
    tolerance: float
    path: Path


@dataclass(frozen=True, slots=True)
class Beat:
    """One thing to say, and the state it is said in. `preset` None: it is true of every sequence of the lesson."""

    id: str
    step: int
    direction: str
    preset: str | None
    spotlight: tuple[str, ...] | None
    weights: dict[str, Nested]
    guess: Guess | None
    path: Path


@dataclass(frozen=True, slots=True)
class View:
    """What is shown: rows from top to bottom, gradient rows, the bound of each colour scale.

    None: chosen by the loader. `spotlight` is for beats that name none.
    """

    rows: tuple[str, ...] | None
    gradients: tuple[str, ...] | None
    spotlight: tuple[str, ...] | None
    ranges: dict[str, float]


@dataclass(frozen=True, slots=True)
class Outline:
    """A whole lesson.toml."""

    order: float
    seed: int
    sizes: dict[str, int]
    readout: str | None
    readout_line: int
    input_names: tuple[str, ...] | None
    vocabulary: tuple[str, ...] | None
    weights: dict[str, Nested]
    initial: dict[str, Nested]
    variants: tuple[Variant, ...]
    presets: tuple[Preset, ...]
    beats: tuple[Beat, ...]
    view: View
    positions: Positions

    def line_of(self, name: str, *table: Key) -> int:
        """The line of a dotted name in a table: `readout.V = 1` and `"readout.V" = 1` are both written."""
        quoted = self.positions.line(*table, name)
        return self.positions.line(*table, *name.split(".")) if quoted == self.positions.line(*table) else quoted
