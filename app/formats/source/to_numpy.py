"""A network as source for NumPy: a forward and a backward function that need nothing else."""

from __future__ import annotations

from .functions import FUNCTIONS
from .numpy_cell import CellSource
from .numpy_network import NetworkSource
from .sheet import Sheet
from .text import block, literal, quoted, table

_TOP = '''"""A network over a sequence, in NumPy: forward pass and backward pass, every value by its name.

    values = forward(parameters, xs)
    gradients, of_parameters, of_start = backward(parameters, xs, values, outside)

Written by Unrolled from the equations below. It needs NumPy and nothing else, and takes one sequence at a time.
"""

import numpy as np
'''
#: names that the source has for itself
TAKEN = {"np", "forward", "backward", "part", "prefixed", "turned", *FUNCTIONS}


def write(sheet: Sheet) -> str:
    """The whole source."""
    names = sheet.names(TAKEN)
    helpers: dict[str, str] = {}
    cells = []
    for name, program in sheet.programs.items():
        readout = any(spot.readout for spot in sheet.spots if spot.program.name == name)
        source = CellSource(program, names[name], helpers, any_value=readout)
        cells += [f"{source.comment()}\n\n\n{source.forward()}", source.backward()]
    network = NetworkSource(sheet, names)
    helping = [text.strip() for text in helpers.values()]
    pieces = [f"{_TOP}\n{numbers(sheet)}", *helping, *cells, *network.source(), example(sheet)]
    return "\n\n\n".join(pieces) + "\n"


def numbers(sheet: Sheet) -> str:
    """The parameters, or else their shapes."""
    if sheet.parameters is None:
        shapes = table("SHAPES", {name: str(shape) for name, shape in sheet.shapes.items()})
        return f"# the shapes of the parameters\n{shapes}"
    arrays = {name: f"np.array({literal(array, 1)})" for name, array in sheet.parameters.items()}
    return table("PARAMETERS", arrays)


def example(sheet: Sheet) -> str:
    """What the source does when it is run: one sequence forward, and the gradients of a loss."""
    spot = sheet.spots[-1]
    output = quoted(spot.prefix + spot.program.output)
    first = next(iter(sheet.shapes), "")
    lines = ["random = np.random.default_rng(0)"] if sheet.parameters is None or sheet.xs is None else []
    if sheet.parameters is None:
        lines.append("parameters = {name: 0.5 * random.normal(size=shape) for name, shape in SHAPES.items()}")
    else:
        lines.append("parameters = PARAMETERS")
    if sheet.xs is None:
        lines.append(f"xs = random.normal(size=(5, {sheet.network.inputs}))")
    else:
        lines.append(f"xs = np.array({literal(sheet.xs)})")
    if sheet.start:
        lines.append(table("start", {name: f"np.array({literal(array, 1)})" for name, array in sheet.start.items()}))
    lines += [
        f"values = forward(parameters, xs{', start' if sheet.start else ''})",
        f"print({output}, values[{output}], sep=\"\\n\")",
        "# the loss is half the sum of the squares of what leaves",
        f"outside = {{{output}: values[{output}]}}",
        "gradients, of_parameters, of_start = backward(parameters, xs, values, outside)",
    ]
    if first:
        lines.append(f"print({quoted(f'dL/d{first}')}, of_parameters[{quoted(first)}], sep=\"\\n\")")
    return f'if __name__ == "__main__":\n{block(lines)}'
