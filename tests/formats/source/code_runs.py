"""Runs source that was written for NumPy, PyTorch or Keras, and compares it with the engine."""

from __future__ import annotations

import runpy
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from app.cells import load, names
from app.engine import Layer, Network, Part
from app.formats.source.write import code
from tests.engine import texts
from tests.oracles.case import Array, difference

TWO_LINES = "s[hidden] = tanh(A @ h)\ny[outputs] = softmax(V @ s + d)"


def wirings() -> dict[str, Network]:
    """Networks that are more than one layer in one direction."""
    one, several = texts.layer("lstm"), Layer(load("clockwork-rnn"), 6)
    tied = [Part([Layer(load("simple-rnn"), 2), Layer(load("simple-rnn"), 2, direction="both")], 2)]
    return {
        "backward": Network([texts.layer("lstm", "backward")], 2),
        "both": Network([Layer(load("simple-rnn"), 3, direction="both")], 2),
        "stack": Network([one, several, texts.layer("gru", "backward")], 2),
        "two-both": Network([texts.layer("lstm", "both"), texts.layer("gru", "both")], 2, TWO_LINES, hidden=2, outputs=3),
        "readout-of-two": Network([several], 2, "y[outputs] = V @ n + (R @ h) * every(1, 2)", outputs=2),
        "readout-of-both": Network([texts.layer("lstm", "both")], 2, "y[outputs] = softmax(V @ h + R @ c)", outputs=3),
        "learned": Network([Layer(load("lstm"), 3, learned=["c"]), Layer(load("lstm"), 3)], 2),
        "tied": Network.of(tied, tied={"2.forward.U": "1.U"}),
    }  # fmt: skip


def networks(*, tied: bool = True) -> dict[str, Network]:
    """Every shipped cell, cells with odd corners, and wirings."""
    found = {name: texts.network(name) for name in texts.ALL} | wirings()
    return found if tied else {name: network for name, network in found.items() if not network.wires.tied}


def shipped(name: str) -> bool:
    """Whether a network of the above is a shipped cell."""
    return name in names()


@dataclass(frozen=True)
class Given:
    """What a network is run with, by short names; `outside` is dL/dv of every line of the text."""

    parameters: dict[str, Array]
    xs: Array
    start: dict[str, Array]
    outside: dict[str, Array]


def given(network: Network, lead: tuple[int, ...] = (), seed: int = 0, length: int = 5) -> Given:
    """Distinct random numbers; a state that is learned has its start among the parameters."""
    random = np.random.default_rng(seed)
    short = network.short
    parameters = {short(name): 0.5 * random.normal(size=shape) for name, shape in network.parameters.items()}
    xs = random.normal(size=(length, *lead, network.inputs))
    states = {short(name): shape for name, shape in network.states.items()}
    start = {n: random.normal(size=(*lead, *s)) for n, s in states.items() if f"{n}:start" not in parameters}
    lines = {short(name): shape for name, shape in network.values.items() if ":" not in name}
    return Given(parameters, xs, start, {n: random.normal(size=(length, *lead, *s)) for n, s in lines.items()})


@dataclass(frozen=True)
class Numbers:
    """What a run gives: values of lines of the text, and gradients, those of inputs by "x"."""

    values: dict[str, Array]
    gradients: dict[str, Array]

    def apart(self, other: Numbers) -> tuple[float, float]:
        """How far values and gradients are from another's, relative to its largest number."""
        return difference(self.values, other.values), difference(self.gradients, other.gradients)


def engine(network: Network, numbers: Given) -> Numbers:
    """The engine's own."""
    trace = network.run(numbers.parameters, numbers.xs, initial=numbers.start)
    gradient = trace.gradient(numbers.outside)
    gradients = {name: gradient.parameters[name] for name in numbers.parameters} | {"x": gradient.inputs}
    gradients |= {f"start {name}": gradient.initial[name] for name in numbers.start}
    return Numbers({name: trace[name] for name in numbers.outside}, gradients)


def source_of(folder: Path, network: Network, numbers: Given, to: str) -> dict[str, Any]:
    """The names that the written source defines, its parameters standing in it."""
    return run(folder, code(network, numbers.parameters, to=to))


def run(folder: Path, text: str) -> dict[str, Any]:
    """The names that source defines when it is read from a file."""
    path = folder / "written.py"
    path.write_text(text, "utf-8")
    return runpy.run_path(str(path))


def numpy_run(namespace: Mapping[str, Any], numbers: Given) -> tuple[Numbers, Mapping[str, Array], Mapping[str, Array]]:
    """Source for NumPy, run; then all its values and all gradients of values, derived ones too."""
    parameters = namespace["PARAMETERS"]
    values = namespace["forward"](parameters, numbers.xs, numbers.start)
    gradients, of_parameters, of_start = namespace["backward"](parameters, numbers.xs, values, numbers.outside)
    named = dict(of_parameters) | {"x": gradients["x"]} | {f"start {name}": of_start[name] for name in numbers.start}
    return Numbers({name: values[name] for name in numbers.outside}, named), values, gradients
