"""Networks of every cell and of every wiring, each run once, with something given for dL/dv of some values."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.engine import Free, Layer, Network, Part, Trace, define
from tests.engine import bumped, seq2seq, texts

Array = NDArray[Any]
READOUT = "y[outputs] = softmax(V @ h + d) * exp(R @ c)"
GRU = """
r = sigmoid(W_r @ x + U_r @ h_prev + b_r)
z = sigmoid(W_z @ x + U_z @ h_prev + b_z)
n = tanh(W_n @ x + b_n + r * (U_n @ h_prev + d_n))
h = (1 - z) * n + z * h_prev
"""
CLOCK = "m = every(1, 2)\nn = tanh(W @ x + (slower(1, 2) * U) @ h_prev + b)\nh = m * n + (1 - m) * h_prev"
OTHER = "s = tanh(W @ x + U @ s_prev + b)\nh = s * q_prev - V @ h_prev\nq = sigmoid(h)"


@dataclass(frozen=True)
class Case:
    """`outside` is dL/dv by full address, of values of the last part alone."""

    network: Network
    trace: Trace
    outside: dict[str, Array]
    parameters: dict[str, Array]
    xs: Any
    options: dict[str, Any]

    def again(self, parameters: Mapping[str, Array], initial: Mapping[str, Array]) -> Trace:
        """The same run with some numbers changed."""
        options = self.options | {"initial": self.options.get("initial", {}) | dict(initial)}
        return self.network.run(self.parameters | dict(parameters), self.xs, **options)

    def differentiable(self) -> list[str]:
        """Every value but clocks, and every part's input."""
        values = [
            place.address(v.name)
            for place in self.network.places
            for v in place.program.values
            if any(adjoint.symbol == v.name for adjoint in place.program.adjoint)
        ]
        return [*values, *(stack.input for stack in self.network.stacks.values())]


def case(network: Network, seed: int, xs: Any, *, share: float = 0.6, start: bool = True, **options: Any) -> Case:
    random = np.random.default_rng(seed)
    parameters = {name: 0.6 * random.normal(size=shape) for name, shape in network.parameters.items()}
    if start:
        lead = np.shape(xs)[1:-1]
        options["initial"] = {name: random.normal(size=(*lead, *shape)) for name, shape in network.states.items()}
    trace = network.run(parameters, xs, **options)
    run = list(trace.runs.values())[-1]
    names = [name for name in run.stack.values if random.random() < share]
    touched = dict.fromkeys([*names, list(run.stack.values)[-1]])
    outside = {name: random.normal(size=(run.length, *run.lead, *run.stack.values[name])) for name in touched}
    return Case(network, trace, outside, parameters, xs, options)


def cell(name: str) -> Case:
    return case(texts.network(name), 1, random(4, 2))


def random(*shape: int) -> Array:
    return np.random.default_rng(sum(shape)).normal(size=shape)


def layers(directions: Sequence[str], lead: tuple[int, ...] = (), lengths: Sequence[int] | None = None) -> Case:
    found = [texts.layer("lstm", direction) for direction in directions]
    return case(Network(found, 2, READOUT, outputs=2), 2, random(4, *lead, 2), lengths=lengths)


def mixed() -> Case:
    """Cells with and without memory one above the other, without a readout."""
    own = [Layer(define("other", OTHER), 2), Layer(define("clock", CLOCK), 4), Layer(define("gru", GRU), 3)]
    found = [texts.layer("no-memory"), *own]
    return case(Network(found, 2), 3, random(5, 2))


def learned() -> Case:
    """Starting values that are parameters, and a matrix that two layers have in common."""
    lstm = texts.cell("lstm")[0]
    found = [Layer(lstm, 3, learned=["c"]), Layer(lstm, 3, direction="both", learned=["c", "h"])]
    network = Network.of([Part(tuple(found), 3)], {"2.forward.U_i": "1.U_i", "2.backward.W_o": "1.W_o"})
    return case(network, 4, random(4, 2, 3), start=False, lengths=[4, 3])


def parts(direction: str, lead: tuple[int, ...] = (), lengths: Any = None, **options: Any) -> Case:
    xs = {"encoder": random(4, *lead, 2), "decoder": random(3, *lead, 4)}
    return case(seq2seq.network(direction, **options), 5, xs, start=False, lengths=lengths)


def fed(lead: tuple[int, ...] = (), **options: Any) -> Case:
    """A decoder that is its own input, of two layers, the states of the lower one handed on."""
    layers = (Layer(texts.cell("lstm")[0], 3), Layer(define("gru", GRU), 3))
    decoder = Part(
        layers, 4, "y[outputs] = softmax(V @ h + d)", "decoder", {"outputs": 4},
        start={"1.h": "encoder.h", "1.c": "encoder.1.c"}, feed="readout.y", **options,
    )  # fmt: skip
    network = Network.of([seq2seq.encoder(), decoder])
    first = random(*lead, 4)
    return case(network, 6, {"encoder": random(3, *lead, 2), "decoder": Free(5, first)}, start=False)


def large(length: int = 60, outputs: int = 5) -> tuple[Trace, dict[str, Array]]:
    """Two layers and a readout, with something given for its output."""
    layers = [Layer(texts.cell("lstm")[0], 8), Layer(texts.cell("lstm")[0], 8)]
    network = Network(layers, 4, "y[outputs] = softmax(V @ h + d)", outputs=outputs)
    found = case(network, 1, random(length, 4), share=0)
    return found.trace, found.outside


WIRINGS: dict[str, Callable[[], Case]] = {
    "forward": lambda: layers(["forward"]),
    "backward": lambda: layers(["backward"], (2,)),
    "both": lambda: layers(["both"]),
    "one sequence that ends": lambda: layers(["both"], (), [3]),
    "lengths": lambda: layers(["both"], (3,), [4, 2, 3]),
    "stack": lambda: layers(["forward", "forward"], (2,)),
    "stack both ways": lambda: layers(["both", "backward", "both"]),
    "stack with lengths": lambda: layers(["both", "backward"], (2,), [3, 4]),
    "mixed": mixed,
    "learned": learned,
    "parts": lambda: parts("forward"),
    "parts both ways": lambda: parts("both", (2,)),
    "parts with lengths": lambda: parts("backward", (2,), {"encoder": [4, 2], "decoder": [1, 3]}),
    "fed": fed,
    "fed until a stop": lambda: fed((3,), stop=1),
}


@cache
def get(name: str) -> Case:
    """A case by name; a cell's as `cell lstm`."""
    return cell(name.removeprefix("cell ")) if name.startswith("cell ") else WIRINGS[name]()


@cache
def moved_start(name: str, state: str) -> bumped.Moved:
    """A case with one starting state moved."""
    return bumped.by_start(get(name).trace, state)


@cache
def moved_parameter(name: str, parameter: str) -> bumped.Moved:
    """A case with one parameter moved."""
    return bumped.by_parameter(get(name).trace, parameter)


@cache
def moved(name: str, wrt: str) -> bumped.Moved:
    """A case with one value, or a part's input, moved at each step."""
    return bumped.by_value(get(name).trace, wrt)


def matrices(name: str, of: str, wrt: str) -> Array:
    """d of_t / d wrt_s of one value by another, or by a part's input, (T, T, *lead, m, n), by the complex step."""
    return bumped.matrices(moved(name, wrt), of, wrt)


CELLS = [f"cell {name}" for name in texts.ALL]
ALL = [*CELLS, *WIRINGS]
