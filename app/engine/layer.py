"""A layer: a cell with its size and the direction in which it reads."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from .cell import Cell
from .description import BACKWARD, BOTH, DIRECTIONS, FORWARD
from .problems import NetworkError, Problem, suggestion
from .sizes import size_problems


class Layer:
    """A cell with its size: `units`, the direction in which it reads, and any further size that the cell names.

    The starting values of the states in `learned` are parameters, called `h:start` for a state h; all others are 0
    unless a run gives them. Raises NetworkError for a size that is not a whole number of at least 1, a missing or
    unknown size, units that a clock cannot divide into equal groups, an unknown direction or state.
    """

    def __init__(
        self, cell: Cell, units: int, *, direction: str = FORWARD, learned: Sequence[str] = (), **sizes: int
    ) -> None:
        problems = list(size_problems(cell.program, {"units": units, **sizes}, cell.extra_sizes))
        if direction not in DIRECTIONS:
            problems.append(
                Problem(
                    "bad-direction",
                    f"'{direction}' is not a direction",
                    {"value": str(direction)},
                    f"use one of {', '.join(DIRECTIONS)}",
                    field="direction",
                )
            )
        problems += _unknown_states(cell, learned)
        if problems:
            raise NetworkError(problems)
        self.cell, self.units, self.direction = cell, int(units), direction
        self.learned = tuple(state for state in cell.states if state in learned)
        self.sizes = {name: int(size) for name, size in sizes.items()}

    @property
    def directions(self) -> tuple[str, ...]:
        return (FORWARD, BACKWARD) if self.direction == BOTH else (self.direction,)


def _unknown_states(cell: Cell, learned: Sequence[str]) -> Iterator[Problem]:
    for name in learned:
        if name not in cell.states:
            near = suggestion(name, cell.states)
            known = f"its states are {', '.join(cell.states)}" if cell.states else "it has no state"
            yield Problem(
                "unknown-state",
                f"'{name}' is not a state of the cell '{cell.name}'",
                {"name": name, "cell": cell.name, "suggestion": near},
                f"did you mean '{near}'?" if near else known,
                field="learned",
            )
