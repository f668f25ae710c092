"""A network as source for PyTorch: a module for each cell, one for the network; the gradients are autograd's."""

from __future__ import annotations

from collections.abc import Iterator

from .members import MEMBERS
from .names import Scope, class_name
from .sheet import PREVIOUS, START, Kind, Sheet, Spot, has_clock, kind, size_of
from .text import assigned, block, enclosed, header, literal, quoted, table
from .traced import Traced
from .wiring import Wiring, by_address, of_spot
from .wiring import helpers as wiring_helpers

_TOP = '''"""A network over a sequence, in PyTorch: every equation a line, every value by its name.

    network = load(Network(), parameters)
    values = network(xs)

Written by Unrolled from the equations below. It needs PyTorch and nothing else, and computes in float64 unless told otherwise.
"""

import torch
'''
_LOAD = '''
def load(network, parameters):
    """Gives a network its parameters, by name."""
    with torch.no_grad():
        for name, place in PLACES.items():
            network.get_parameter(place).copy_(torch.as_tensor(parameters[name], dtype=torch.float64))
    return network
'''
_TAKEN = frozenset(
    {"torch", "self", "t", "start", "steps", "values", "lead", "found", "part", "prefixed", "load", "network", "every"}
    | {"slower", "step", "softplus", "Network", "PLACES", "PARAMETERS"}
)


Cells = dict[Kind, "_Cell"]


def write(sheet: Sheet) -> str:
    """The whole source."""
    scope = Scope(_TAKEN)
    helpers: dict[str, str] = {}
    cells: Cells = {}
    for spot in sheet.spots:
        if kind(spot) not in cells:
            cells[kind(spot)] = _Cell(spot, scope.add(str(kind(spot)), class_name(spot.program.name)), helpers)
    sources = [cell.source() for cell in cells.values()]
    network = _network(sheet, cells)
    helping = [*(text.strip() for text in helpers.values()), *wiring_helpers(network)]
    places = table("PLACES", {name: quoted(place) for name, place in _places(sheet, cells)})
    head = f"{_TOP}\n# the parameters by name, and where they are\n{places}"
    if sheet.parameters is not None:
        head += "\n" + table("PARAMETERS", {name: literal(array, 1) for name, array in sheet.parameters.items()})
    return "\n\n\n".join([head, *helping, *sources, network, _LOAD.strip(), _example(sheet)]) + "\n"


class _Cell:
    """One program as a module."""

    def __init__(self, spot: Spot, name: str, helpers: dict[str, str]) -> None:
        self.program, self.name = spot.program, name
        self.traced = Traced(self.program, "pytorch", _TAKEN | {name}, MEMBERS, helpers, spot.learned)
        self.kept = {size: self.traced.members.add(f"size {size}", size) for size in self.traced.run_sizes}
        arguments = Scope(_TAKEN | {"dtype"})
        self.sizes = {size: arguments.add(size) for size in self.traced.sizes()}

    def source(self) -> str:
        series = [self.traced.scope.add(f"all {name}", f"{self.traced.scope[name]}s") for name in self.program.inputs]
        lines = [
            '"""The equations above over a sequence."""',
            "",
            enclosed("VALUES = (", _entries([quoted(name) for name in self.traced.written]), ")", 1),
            "",
            f"def __init__(self, {', '.join([*self.sizes.values(), 'dtype=torch.float64'])}):",
            block(self.init()),
            "",
            f"def forward(self, {', '.join(series)}, start=None):",
            block(self.forward(series)),
        ]
        comment = "\n".join(header(self.program.text))
        return f"{comment}\n\n\nclass {self.name}(torch.nn.Module):\n{block(lines)}"

    def init(self) -> Iterator[str]:
        members = self.traced.members
        yield "super().__init__()"
        for size, name in self.kept.items():
            yield f"self.{name} = {self.sizes[size]}"
        for parameter in self.program.parameters:
            shape = ", ".join(self.sizes[size] for size in parameter.shape)
            yield f"self.{members[parameter.name]} = torch.nn.Parameter(0.5 * torch.randn({shape}, dtype=dtype))"
        for state in self.traced.learned:
            size = self.sizes[size_of(self.program, state)]
            yield f"self.{members[state + START]} = torch.nn.Parameter(torch.zeros({size}, dtype=dtype))"

    def forward(self, series: list[str]) -> Iterator[str]:
        traced, scope = self.traced, self.traced.scope
        told = ", ".join(series)
        yield f'"""Every value at every step, by name, (T, ..., size), from {told} (T, ..., size)."""'
        yield from traced.constants()
        yield from traced.masks(series[0], "self.{0}")
        yield from self.start(series[0])
        yield "steps = []"
        singles = ", ".join(scope[name] for name in self.program.inputs)
        together = series[0] if len(series) == 1 else f"zip({', '.join(series)})"
        clocks = has_clock(self.program)
        one = f"({singles})" if clocks and len(series) > 1 else singles
        yield f"for t, {one} in enumerate({together}):" if clocks else f"for {one} in {together}:"
        yield block(self.body())
        yield "return {name: torch.stack(found) for name, found in zip(self.VALUES, zip(*steps))}"

    def start(self, series: str) -> Iterator[str]:
        if self.program.states or not self.traced.varying.issuperset(self.traced.written):
            yield f"lead = {series}.shape[1:-1]"
        if self.program.states:
            yield "start = start or {}"
        for state in self.program.states:
            own = f"{series}.new_zeros(self.{self.kept[size_of(self.program, state)]})"
            if state in self.traced.learned:
                own = f"self.{self.traced.members[state + START]}"
            yield f"{self.traced.scope[state + PREVIOUS]} = start.get({quoted(state)}, {own}).expand(*lead, -1)"

    def body(self) -> Iterator[str]:
        traced, scope = self.traced, self.traced.scope
        yield from traced.lines(3, now="t", like=scope[next(iter(self.program.inputs))], size="self.{0}")
        kept = [
            scope[name] if name in traced.varying else f"{scope[name]}.expand(*lead, self.{self.kept[self.size(name)]})"
            for name in traced.written
        ]
        yield enclosed("steps.append((", _entries(kept), "))", 3)
        if self.program.states:
            yield assigned([scope[name] for name in traced.earlier], [scope[state] for state in self.program.states], 3)

    def size(self, value: str) -> str:
        return self.program.value[value].size


def _entries(names: list[str]) -> list[str]:
    """Names for a tuple, which has a comma even if there is one only."""
    return names if len(names) > 1 else [f"{names[0]},"]


def _network(sheet: Sheet, cells: Cells) -> str:
    wiring = Wiring(sheet, "torch.cat({0}, dim=-1)")
    init = ["super().__init__()"]
    for spot in sheet.spots:
        cell = cells[kind(spot)]
        sizes = [f"{name}={spot.sizes[size]}" for size, name in cell.sizes.items()]
        init.append(enclosed(f"self.{spot.name} = {cell.name}(", [*sizes, "dtype=dtype"], ")", 2))
    places = dict(_places(sheet, cells, tied=True))
    for name, source in sheet.tied.items():
        init.append(f"self.{places[name]} = self.{places[source]}")
    lines = [
        '"""The layers, and the readout if there is one."""',
        "",
        "def __init__(self, dtype=torch.float64):",
        block(init),
        "",
        "def forward(self, xs, start=None):",
        block(_layers(sheet, wiring)),
    ]
    return f"class Network(torch.nn.Module):\n{block(lines)}"


def _layers(sheet: Sheet, wiring: Wiring) -> Iterator[str]:
    inputs = sheet.network.inputs
    yield f'"""Every value at every step, by name, (T, ..., size), for xs (T, {inputs}) or (T, batch, {inputs}).'
    yield ""
    yield "start: states before the first step, by name; what is missing is 0."
    yield '"""'
    yield "values, start = {}, start or {}"
    for layer in sheet.layers:
        yield from wiring.reading(layer)
        for spot in layer:
            sequences = wiring.sequences(spot)
            given = [f"{each}.flip(0)" for each in sequences] if spot.backward else sequences
            yield enclosed(f"found = self.{spot.name}(", [*given, of_spot("start", spot)], ")", 2)
            if spot.backward:
                yield "found = {name: each.flip(0) for name, each in found.items()}"
            yield f"values |= {by_address('found', spot)}"
    yield "return values"


def _places(sheet: Sheet, cells: Cells, *, tied: bool = False) -> Iterator[tuple[str, str]]:
    """Each parameter and where the network has it; with `tied` also those that are others."""
    for spot in sheet.spots:
        members = cells[kind(spot)].traced.members
        for name in (*spot.program.parameter, *(state + START for state in spot.learned)):
            if tied or spot.prefix + name not in sheet.tied:
                yield spot.prefix + name, f"{spot.name}.{members[name]}"


def _example(sheet: Sheet) -> str:
    spot: Spot = sheet.spots[-1]
    output = quoted(spot.prefix + spot.program.output)
    first = next(iter(sheet.shapes), "")
    lines = ["torch.manual_seed(0)"]
    lines.append("network = Network()" if sheet.parameters is None else "network = load(Network(), PARAMETERS)")
    if sheet.xs is None:
        lines.append(f"xs = torch.randn(5, {sheet.network.inputs}, dtype=torch.float64)")
    else:
        lines.append(f"xs = torch.tensor({literal(sheet.xs)}, dtype=torch.float64)")
    if sheet.start:
        given = {name: f"torch.tensor({literal(array, 1)}, dtype=torch.float64)" for name, array in sheet.start.items()}
        lines.append(table("start", given))
    lines += [
        f"values = network(xs{', start' if sheet.start else ''})",
        f'print({output}, values[{output}].detach(), sep="\\n")',
    ]
    if first:
        lines += [
            "# the loss is half the sum of the squares of what leaves",
            f"torch.sum(values[{output}] ** 2 / 2).backward()",
            f'print({quoted(f"dL/d{first}")}, network.get_parameter(PLACES[{quoted(first)}]).grad, sep="\\n")',
        ]
    return f'if __name__ == "__main__":\n{block(lines)}'
