"""The experiment that a cell of the library opens with: small enough to be seen whole, and no two of its numbers alike."""

from __future__ import annotations

from math import lcm

from app import cells
from app.engine import Apply, Cell

from .experiment import (
    BackwardRecord,
    Experiment,
    LayerRecord,
    NetworkRecord,
    ParametersRecord,
    PartRecord,
    SequenceRecord,
)

UNITS = 3
OTHER = 2
"""Every further size that the equations name: outputs, context."""
GROUP = 2
"""Units of a group, where clocks or masks divide a layer."""
INPUTS = [[1.0, -0.5], [0.5, 1.0], [-1.0, 0.25], [0.0, -1.5], [1.5, 0.75], [-0.5, 0.5]]
SEED = 81
"""With this one, whatever the cell, no gate is always the same and the gradient goes several steps back."""
PATTERNS = ("every", "slower")


def cell_experiment(name: str) -> Experiment:
    """A layer of that cell over a short sequence, with the gradient of what leaves it at the last step.

    All units count, but for outputs whose sum is always 1: there it is the first. Raises NetworkError when there is no such cell.
    """
    cell = cells.load(name)
    layer = cell_layer(name)
    part = PartRecord(name="main", inputs=len(INPUTS[0]), layers=[layer])
    return Experiment(
        cell=name,
        network=NetworkRecord(parts=[part]),
        parameters=ParametersRecord(seed=SEED),
        sequence=SequenceRecord(inputs=INPUTS),
        backward=BackwardRecord(of=cell.output, step=len(INPUTS), unit=0 if _sums_to_one(cell) else None),
    )


def cell_layer(name: str, units: int | None = None) -> LayerRecord:
    """A layer of that cell, with as many units or the next number of them that its groups divide. Raises NetworkError."""
    cell = cells.load(name)
    divided = groups(cell)
    sizes = dict.fromkeys(cell.extra_sizes, OTHER) | {size: GROUP * count for size, count in divided.items()}
    small = sizes.pop("units", UNITS)
    if units is not None:
        small = -(-units // divided.get("units", 1)) * divided.get("units", 1)
    return LayerRecord(cell=name, units=small, sizes=sizes)


def _sums_to_one(cell: Cell) -> bool:
    last = next(each.expr for each in cell.program.lowered if each.target == cell.output)
    return isinstance(last, Apply) and last.op == "softmax"


def groups(cell: Cell) -> dict[str, int]:
    """Into how many equal groups the equations divide each size."""
    found: dict[str, int] = {}
    program = cell.program
    for each in program.lowered:
        if isinstance(each.expr, Apply) and each.expr.op in PATTERNS:
            for size in program.fixed.get(each.target) or (program.value[each.target].size,):
                found[size] = lcm(found.get(size, 1), len(each.expr.args))
    return found
