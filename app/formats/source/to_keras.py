"""A network as source for Keras: a cell of one step for each program, which keras.layers.RNN runs; any back end."""

from __future__ import annotations

from collections.abc import Iterator

from .members import MEMBERS
from .names import Scope, class_name
from .sheet import START, Kind, Sheet, Spot, has_clock, kind
from .text import block, enclosed, header, literal, quoted, table
from .traced import Traced
from .wiring import Wiring

_TOP = '''"""A network over a sequence, in Keras: a cell that does one step, and keras.layers.RNN that repeats it.

    network = load(Network(), parameters)
    values = network(xs)

Written by Unrolled from the equations below. It needs Keras 3 with any back end, and computes in float32: with PyTorch
and JAX below it Keras rounds every product to that.
"""

from operator import attrgetter

import keras
from keras import ops
'''
_LOAD = '''
def load(network, parameters):
    """Gives a network its parameters, by name."""
    for name, place in PLACES.items():
        weight = attrgetter(place)(network)
        weight.assign(ops.convert_to_tensor(parameters[name], dtype=weight.dtype))
    return network
'''
_STATES = '''
def states(layer, xs, start, names):
    """The starting states of a layer: those that are given, (batch, size), or else its own."""
    own = layer.cell.get_initial_state(batch_size=ops.shape(xs)[0])
    return [start.get(name, each) for name, each in zip(names, own)]
'''
_TAKEN = frozenset(
    {"keras", "ops", "self", "t", "states", "start", "values", "found", "load", "network", "every", "slower", "step"}
    | {"softplus", "product", "Network", "PLACES", "PARAMETERS", "attrgetter", "lead"}
)
Cells = dict[Kind, "_Cell"]


def write(sheet: Sheet) -> str:
    """The whole source."""
    scope = Scope(_TAKEN)
    helpers: dict[str, str] = {}
    cells: Cells = {}
    for spot in sheet.spots:
        if kind(spot) not in cells:
            name = scope.add(str(kind(spot)), class_name(spot.program.name) + ("" if spot.readout else "Cell"))
            cells[kind(spot)] = _Cell(spot, name, helpers, _leaving(sheet, spot))
    sources = [cell.source() for cell in cells.values()]
    helping = [text.strip() for text in (*helpers.values(), _STATES)]
    places = {name: f"{place}" for name, place in _places(sheet, cells)}
    head = f"{_TOP}\n# the parameters by name, and where they are\n" + table("PLACES", _quoted(places))
    if sheet.parameters is not None:
        head += "\n" + table("PARAMETERS", {name: literal(array, 1) for name, array in sheet.parameters.items()})
    return "\n\n\n".join([head, *helping, *sources, _network(sheet, cells), _LOAD.strip(), _example(sheet)]) + "\n"


def _quoted(places: dict[str, str]) -> dict[str, str]:
    return {name: quoted(place) for name, place in places.items()}


def _leaving(sheet: Sheet, spot: Spot) -> list[str]:
    """The values that leave a cell: its output first, then what a readout reads besides."""
    own = [] if spot.readout else [spot.program.output]
    top = [under for under in sheet.layers[-2] if kind(under) == kind(spot)] if sheet.spots[-1].readout else []
    read = list(sheet.spots[-1].program.inputs) if top and not spot.readout else []
    return list(dict.fromkeys([*own, *read])) or list(spot.program.value)


class _Cell:
    """One program as a layer: a cell, or a readout that takes whole sequences."""

    def __init__(self, spot: Spot, name: str, helpers: dict[str, str], leaving: list[str]) -> None:
        self.program, self.name, self.readout, self.leaving = spot.program, name, spot.readout, leaving
        self.traced = Traced(self.program, "keras", _TAKEN | {name}, MEMBERS, helpers, spot.learned)
        self.kept = {size: self.traced.members.add(f"size {size}", size) for size in self.traced.run_sizes}
        arguments = Scope(_TAKEN | {"options"})
        own = [] if self.readout else [self.size(name) for name in leaving]
        self.sizes = {size: arguments.add(size) for size in self.traced.sizes(*own)}
        # keras.layers.RNN wants a state of every cell: the number of the step, where there is no other
        self.clock = not self.readout and (has_clock(self.program) or not self.program.states)

    def source(self) -> str:
        singles = [self.traced.scope[name] for name in self.program.inputs]
        lines = [
            '"""The equations above over whole sequences."""' if self.readout else '"""One step of the equations above."""',
            "",
            f"def __init__(self, {', '.join([*self.sizes.values(), '**options'])}):",
            block(self.init()),
        ]
        if not self.readout:
            lines += ["", "def get_initial_state(self, batch_size=None):", block(self.initial())]
            lines += ["", f"def call(self, {singles[0]}, states):", block(self.step(singles[0]))]
        else:
            lines += ["", f"def call(self, {', '.join(singles)}):", block(self.whole(singles[0]))]
        comment = "\n".join(header(self.program.text))
        return f"{comment}\n\n\nclass {self.name}(keras.layers.Layer):\n{block(lines)}"

    def init(self) -> Iterator[str]:
        members = self.traced.members
        yield "super().__init__(**options)"
        for size, name in self.kept.items():
            yield f"self.{name} = {self.sizes[size]}"
        if not self.readout:
            states = [self.sizes[self.size(state)] for state in self.program.states]
            yield f"self.state_size = [{', '.join([*states, *(['1'] if self.clock else [])])}]"
            yield f"self.output_size = {' + '.join(self.sizes[self.size(name)] for name in self.leaving)}"
        for parameter in self.program.parameters:
            yield self.weight(members[parameter.name], [self.sizes[size] for size in parameter.shape])
        for state in self.traced.learned:
            yield self.weight(members[state + START], [self.sizes[self.size(state)]])
        yield "self.built = True"

    def weight(self, name: str, sizes: list[str]) -> str:
        shape, kind = (f"({sizes[0]},)", "zeros") if len(sizes) == 1 else (f"({', '.join(sizes)})", "glorot_uniform")
        options = [f"shape={shape}", f"initializer={quoted(kind)}", f"name={quoted(name)}"]
        return enclosed(f"self.{name} = self.add_weight(", options, ")", 2)

    def size(self, value: str) -> str:
        return self.program.value[value].size

    def initial(self) -> Iterator[str]:
        found = []
        for state in self.program.states:
            size = f"self.{self.kept[self.size(state)]}"
            if state in self.traced.learned:
                found.append(f"ops.broadcast_to(self.{self.traced.members[state + START]}, (batch_size, {size}))")
            else:
                found.append(f"ops.zeros((batch_size, {size}), dtype=self.compute_dtype)")
        if self.clock:
            found.append("ops.zeros((batch_size, 1), dtype=self.compute_dtype)")
        yield enclosed("return [", found, "]", 2)

    def step(self, first: str) -> Iterator[str]:
        traced, scope = self.traced, self.traced.scope
        earlier = [*(scope[name] for name in traced.earlier), *(["t"] if self.clock else [])]
        yield from traced.constants()
        yield from traced.masks("self.compute_dtype", "self.{0}")
        if earlier:
            yield f"{', '.join(earlier)}{',' if len(earlier) == 1 else ''} = states"
        yield from traced.lines(2, now="t", like=first, size="self.{0}")
        for name in dict.fromkeys([*self.leaving, *self.program.states]):
            if name not in traced.varying:
                size = f"self.{self.kept[self.size(name)]}"
                yield f"{scope[name]} = ops.broadcast_to({scope[name]}, (ops.shape({first})[0], {size}))"
        leaving = [scope[name] for name in self.leaving]
        whole = leaving[0] if len(leaving) == 1 else f"ops.concatenate([{', '.join(leaving)}], axis=-1)"
        states = [*(scope[state] for state in self.program.states), *(["t + 1"] if self.clock else [])]
        yield f"return {whole}, [{', '.join(states)}]"

    def whole(self, first: str) -> Iterator[str]:
        traced, scope = self.traced, self.traced.scope
        yield from traced.constants()
        yield from traced.masks("self.compute_dtype", "self.{0}")
        if has_clock(self.program):
            yield f"t = ops.arange(ops.shape({first})[1], dtype=self.compute_dtype)[:, None]"
        yield from traced.lines(2, now="t", like=first, size="self.{0}")
        yield enclosed("return {", [f"{quoted(name)}: {scope[name]}" for name in traced.written], "}", 2)


def _network(sheet: Sheet, cells: Cells) -> str:
    init = ["super().__init__(dtype=dtype)"]
    for spot in sheet.spots:
        cell = cells[kind(spot)]
        sizes = [f"{name}={spot.sizes[size]}" for size, name in cell.sizes.items()]
        made = f"{cell.name}({', '.join([*sizes, 'dtype=dtype'])})"
        if not spot.readout:
            options = ["return_sequences=True", *(["go_backwards=True"] if spot.backward else []), "dtype=dtype"]
            made = enclosed("keras.layers.RNN(", [made, *options], ")", 2)
        init.append(f"self.{spot.name} = {made}")
    lines = [
        '"""The layers, and the readout if there is one."""',
        "",
        'def __init__(self, dtype="float32"):',
        block(init),
        "",
        "def call(self, xs, start=None):",
        block(_layers(sheet, cells)),
    ]
    return f"class Network(keras.Model):\n{block(lines)}"


def _layers(sheet: Sheet, cells: Cells) -> Iterator[str]:
    wiring = Wiring(sheet, "ops.concatenate({0}, axis=-1)")
    yield f'"""What leaves each layer at every step, by name, (batch, T, size), for xs (batch, T, {sheet.network.inputs}).'
    yield ""
    yield "start: states before the first step, by name, (batch, size); what is missing is 0."
    yield '"""'
    yield "values, start = {}, start or {}"
    for layer in sheet.layers:
        yield from wiring.reading(layer)
        for spot in layer:
            if spot.readout:
                yield enclosed(f"found = self.{spot.name}(", wiring.sequences(spot), ")", 2)
                for name in cells[kind(spot)].traced.written:
                    yield f"values[{quoted(spot.prefix + name)}] = found[{quoted(name)}]"
            else:
                yield from _one(spot, cells[kind(spot)])
    yield "return values"


def _one(spot: Spot, cell: _Cell) -> Iterator[str]:
    names = [quoted(spot.prefix + state) for state in spot.program.states] + (["None"] if cell.clock else [])
    start = [f"initial_state=states(self.{spot.name}, below, start, [{', '.join(names)}])"] if names else []
    yield enclosed(f"found = self.{spot.name}(", ["below", *start], ")", 2)
    if spot.backward:
        yield "found = ops.flip(found, axis=1)"
    first = 0
    for name in cell.leaving:
        stop = first + spot.size(name)
        piece = "found" if len(cell.leaving) == 1 else f"found[:, :, {first}:{stop}]"
        yield f"values[{quoted(spot.prefix + name)}] = {piece}"
        first = stop


def _places(sheet: Sheet, cells: Cells) -> Iterator[tuple[str, str]]:
    """Each parameter and where the network has it."""
    for spot in sheet.spots:
        members = cells[kind(spot)].traced.members
        for name in (*spot.program.parameter, *(state + START for state in spot.learned)):
            yield spot.prefix + name, f"{spot.name}{'' if spot.readout else '.cell'}.{members[name]}"


def _example(sheet: Sheet) -> str:
    spot = sheet.spots[-1]
    output = quoted(spot.prefix + spot.program.output)
    lines = [] if sheet.parameters is not None and sheet.xs is not None else ["keras.utils.set_random_seed(0)"]
    lines.append("network = Network()" if sheet.parameters is None else "network = load(Network(), PARAMETERS)")
    if sheet.xs is None:
        lines.append(f'xs = keras.random.normal((1, 5, {sheet.network.inputs}), dtype="float32")')
    else:
        lines.append(f'xs = ops.convert_to_tensor({literal(sheet.xs[None])}, dtype="float32")')
    if sheet.start:
        given = {
            name: f'ops.convert_to_tensor({literal(array[None], 1)}, dtype="float32")'
            for name, array in sheet.start.items()
        }
        lines.append(table("start", given))
    lines += [
        f"values = network(xs{', start' if sheet.start else ''})",
        f'print({output}, ops.convert_to_numpy(values[{output}]), sep="\\n")',
    ]
    return f'if __name__ == "__main__":\n{block(lines)}'
