"""Every shipped cell once more, written by hand in NumPy from the papers: nothing here comes from the engine.

Each takes parameters by name, inputs (T, inputs) and starting states, and gives every value at each step. All of it may be
complex, so that derivatives can be had without a difference.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
Numbers = Mapping[str, Array]
Row = dict[str, Array]


def sigmoid(z: Array) -> Array:
    return np.asarray(1 / (1 + np.exp(-z)))


def threshold(z: Array) -> Array:
    return np.asarray(np.where(z.real > 0, 1.0, 0.0))


def linear_rnn(p: Numbers, x: Array, s: Numbers) -> Row:
    return {"h": p["W"] @ x + p["U"] @ s["h"]}


def simple_rnn(p: Numbers, x: Array, s: Numbers) -> Row:
    return {"h": np.tanh(p["W"] @ x + p["U"] @ s["h"] + p["b"])}


def memory_cell(p: Numbers, x: Array, s: Numbers, gate: Callable[[Array], Array] = sigmoid) -> Row:
    z = p["W_z"] @ x + p["b_z"]
    i, f, o = (gate(p[f"W_{letter}"] @ x + p[f"b_{letter}"]) for letter in "ifo")
    c = f * s["c"] + i * z
    return {"z": z, "i": i, "f": f, "o": o, "c": c, "y": o * c}


def memory_cell_rounded(p: Numbers, x: Array, s: Numbers) -> Row:
    return memory_cell(p, x, s, threshold)


def lstm(p: Numbers, x: Array, s: Numbers) -> Row:
    sums = {letter: p[f"W_{letter}"] @ x + p[f"U_{letter}"] @ s["h"] + p[f"b_{letter}"] for letter in "ifog"}
    i, f, o, g = sigmoid(sums["i"]), sigmoid(sums["f"]), sigmoid(sums["o"]), np.tanh(sums["g"])
    c = f * s["c"] + i * g
    return {"i": i, "f": f, "o": o, "g": g, "c": c, "h": o * np.tanh(c)}


CELLS: dict[str, Callable[[Numbers, Array, Numbers], Row]] = {
    "linear-rnn": linear_rnn,
    "simple-rnn": simple_rnn,
    "memory-cell": memory_cell,
    "memory-cell-rounded": memory_cell_rounded,
    "lstm": lstm,
}


def run(name: str, parameters: Numbers, xs: Array, initial: Numbers) -> Row:
    """Every value at every step, (T, size)."""
    states = dict(initial)
    rows: list[Row] = []
    for x in xs:
        rows.append(CELLS[name](parameters, x, states))
        states = {state: rows[-1][state] for state in states}
    return {value: np.stack([row[value] for row in rows]) for value in rows[0]}


def loss(name: str, parameters: Numbers, xs: Array, initial: Numbers, outside: Numbers) -> Any:
    """The sum of all values times what is given for them: its gradient is what a trace is asked for."""
    values = run(name, parameters, xs, initial)
    return sum(np.sum(given * values[value]) for value, given in outside.items())


def complex_step(function: Callable[[Array], Any], at: Array) -> Array:
    """The exact gradient of a real function, one entry after the other (Squire & Trapp 1998)."""
    found = np.zeros(at.shape)
    for index in np.ndindex(*at.shape):
        moved = at.astype(complex)
        moved[index] += 1e-30j
        found[index] = function(moved).imag / 1e-30
    return found
