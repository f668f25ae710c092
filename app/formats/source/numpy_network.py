"""The layers of a network as two functions of NumPy, `forward` and `backward`, that call those of the cells."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from .sheet import START, Sheet, Spot, pattern_sizes
from .text import block, enclosed, quoted
from .wiring import Wiring, by_address, helpers, of_spot

_FORWARD = [
    '"""Every value at every step, by name, (T, size), for one sequence xs (T, {inputs}).',
    "",
    "start: states before the first step, by name; what is missing is 0.",
    '"""',
]
_BACKWARD = [
    '"""The gradients of a loss L: of values and inputs at every step, of the parameters, of the starting states.',
    "",
    "values: what `forward` gave for the same; outside: dL/dv of the values that the loss reads, by name, (T, size).",
    '"""',
]
TURNED = '''
def turned(series):
    """Sequences in the order of a layer that reads from the last step to the first, or back from it."""
    return {name: each[::-1] for name, each in series.items()}
'''


@dataclass(frozen=True)
class NetworkSource:
    """Writes `forward` and `backward`. `functions` are the names of the cells' functions by that of their program."""

    sheet: Sheet
    functions: Mapping[str, str]

    @cached_property
    def wiring(self) -> Wiring:
        return Wiring(self.sheet, "np.concatenate({0}, axis=1)")

    @cached_property
    def alone(self) -> bool:
        """Whether the network is one layer in one direction and nothing else."""
        return len(self.sheet.spots) == 1

    def source(self) -> list[str]:
        """Both functions, and before them those that they need."""
        functions = [self.forward(), self.backward()]
        turning = [TURNED.strip()] if any(spot.backward for spot in self.sheet.spots) else []
        return [*helpers("".join(functions)), *turning, *functions]

    def forward(self) -> str:
        lines = [line.format(inputs=self.sheet.network.inputs) for line in _FORWARD]
        lines += [*self.start(), *self.tied(), *(self.one() if self.alone else self.layers())]
        return f"def forward(parameters, xs, start=None):\n{block(lines)}"

    def start(self) -> Iterator[str]:
        entries = [
            f"{quoted(spot.prefix + state)}: np.zeros({spot.size(state)})"
            for spot in self.sheet.spots
            for state in spot.program.states
        ]
        if entries:
            yield enclosed("start = {", entries, "} | (start or {})", 1)
        for name in self.learned():
            yield f"start[{quoted(name)}] = parameters[{quoted(name + START)}]"

    def learned(self) -> list[str]:
        return [spot.prefix + state for spot in self.sheet.spots for state in spot.learned]

    def tied(self) -> Iterator[str]:
        if self.sheet.tied:
            entries = [f"{quoted(name)}: parameters[{quoted(source)}]" for name, source in self.sheet.tied.items()]
            yield enclosed("parameters = parameters | {", entries, "}", 1)

    def call(self, spot: Spot, ending: str, parameters: str, sequences: list[str], rest: list[str]) -> str:
        """The call of a cell's function, sequences turned for a layer that reads backward."""
        sizes = [str(spot.sizes[size]) for size in pattern_sizes(spot.program)]
        sequences = [f"{each}[::-1]" for each in sequences] if spot.backward else sequences
        before = "found = " if not ending else "found, of_p, of_s = "
        before = before if not self.alone else ""
        function = self.functions[spot.program.name]
        return enclosed(f"{before}{function}{ending}(", [parameters, *sequences, *sizes, *rest], ")", 1)

    def one(self) -> Iterator[str]:
        (spot,) = self.sheet.spots
        call = self.call(spot, "", "parameters", ["xs"], ["start"] if spot.program.states else [])
        yield f"return turned({call})" if spot.backward else f"return {call}"

    def layers(self) -> Iterator[str]:
        yield "values = {}"
        for layer in self.sheet.layers:
            yield from self.wiring.reading(layer)
            for spot in layer:
                start = [of_spot("start", spot)] if spot.program.states else []
                yield self.call(spot, "", of_spot("parameters", spot), self.wiring.sequences(spot), start)
                yield f"values |= {by_address('turned(found)' if spot.backward else 'found', spot)}"
        yield "return values"

    def backward(self) -> str:
        lines = [*_BACKWARD, *self.tied(), *(self.one_backward() if self.alone else self.layers_backward())]
        return f"def backward(parameters, xs, values, outside):\n{block(lines)}"

    def one_backward(self) -> Iterator[str]:
        (spot,) = self.sheet.spots
        around = ["turned(values)", "turned(outside)"] if spot.backward else ["values", "outside"]
        call = self.call(spot, "_backward", "parameters", ["xs"], around)
        owned = list(self.owned())
        if not spot.backward and not owned:
            yield f"return {call}"
            return
        yield f"gradients, of_parameters, of_start = {call}"
        yield from owned
        yield f"return {'turned(gradients)' if spot.backward else 'gradients'}, of_parameters, of_start"

    def owned(self) -> Iterator[str]:
        """Gradients of learned starting states and of what is tied, where they belong."""
        for name in self.learned():
            yield f"of_parameters[{quoted(name + START)}] = of_start[{quoted(name)}]"
        for name, source in self.sheet.tied.items():
            yield f"of_parameters[{quoted(source)}] += of_parameters.pop({quoted(name)})"

    def layers_backward(self) -> Iterator[str]:
        yield "gradients, of_parameters, of_start = {}, {}, {}"
        yield "outside = dict(outside)"
        for layer in reversed(self.sheet.layers):
            yield from self.wiring.reading(layer)
            for spot in layer:
                yield from self.spot_backward(spot)
        yield from self.owned()
        yield "return gradients, of_parameters, of_start"

    def spot_backward(self, spot: Spot) -> Iterator[str]:
        around = [of_spot("values", spot), of_spot("outside", spot)]
        around = [f"turned({each})" for each in around] if spot.backward else around
        yield self.call(spot, "_backward", of_spot("parameters", spot), self.wiring.sequences(spot), around)
        if spot.backward:
            yield "found = turned(found)"
        for name in spot.program.inputs:
            yield from self.handed_down(spot, name)
        for total, part in (("gradients", "found"), ("of_parameters", "of_p"), ("of_start", "of_s")):
            yield f"{total} |= {by_address(part, spot)}"

    def handed_down(self, spot: Spot, name: str) -> Iterator[str]:
        """The gradient of what a place reads, added to what the layer below gets from outside."""
        if self.wiring.lowest(spot):
            yield f'gradients["x"] = gradients.get("x", 0) + found.pop({quoted(name)})'
            return
        yield f"piece = found.pop({quoted(name)})"
        first = 0
        for under in self.wiring.under(spot):
            symbol = self.wiring.symbol(spot, name, under)
            size = under.size(symbol)
            piece = "piece" if len(self.wiring.under(spot)) == 1 else f"piece[:, {first}:{first + size}]"
            key = quoted(under.prefix + symbol)
            yield f"outside[{key}] = outside.get({key}, 0) + {piece}"
            first += size
