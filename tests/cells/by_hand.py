"""The shipped cells written out once more in plain NumPy, from the papers and not from their texts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
Arrays = Mapping[str, Array]
#: parameters, inputs (T, n), starting states -> every named value (T, units)
ByHand = Callable[[Arrays, Array, Arrays], dict[str, Array]]


def logistic(z: Array) -> Array:
    return np.asarray(np.where(z >= 0, 1 / (1 + np.exp(-np.abs(z))), 1 - 1 / (1 + np.exp(-np.abs(z)))))


def joined(p: Arrays, gates: str, x: Array, h: Array | None) -> list[Array]:
    """[W U b] times [x; h; 1] of each gate, as one product."""
    below = np.concatenate([x, [] if h is None else h, [1.0]])
    rows = [
        np.hstack(
            [p[f"W_{k}"], p[f"U_{k}"] if h is not None else np.empty((len(p[f"b_{k}"]), 0)), p[f"b_{k}"][:, None]]
        )
        for k in gates
    ]
    return list(np.split(np.vstack(rows) @ below, len(gates)))


def series(rows: list[dict[str, Array]]) -> dict[str, Array]:
    return {name: np.array([row[name] for row in rows]) for name in rows[0]}


def linear_rnn(p: Arrays, xs: Array, initial: Arrays) -> dict[str, Array]:
    h, rows = initial["h"], []
    for x in xs:
        h = np.hstack([p["W"], p["U"]]) @ np.concatenate([x, h])
        rows.append({"h": h})
    return series(rows)


def simple_rnn(p: Arrays, xs: Array, initial: Arrays) -> dict[str, Array]:
    """Elman: h_t = tanh(W x_t + U h_{t-1} + b)."""
    h, rows = initial["h"], []
    for x in xs:
        z = np.hstack([p["W"], p["U"], p["b"][:, None]]) @ np.concatenate([x, h, [1.0]])
        h = (np.exp(z) - np.exp(-z)) / (np.exp(z) + np.exp(-z))
        rows.append({"h": h, "h:in": z})
    return series(rows)


def lstm(p: Arrays, xs: Array, initial: Arrays) -> dict[str, Array]:
    c, h, rows = initial["c"], initial["h"], []
    for x in xs:
        z = joined(p, "ifog", x, h)
        i, f, o = map(logistic, z[:3])
        g = 2 * logistic(2 * z[3]) - 1
        c = f * c + i * g
        h = o * np.sinh(c) / np.cosh(c)
        rows.append({"i": i, "f": f, "o": o, "g": g, "c": c, "h": h, "i:in": z[0], "g:in": z[3], "h:tanh": h / o})
    return series(rows)


def memory_cell(p: Arrays, xs: Array, initial: Arrays, gate: Callable[[Array], Array] = logistic) -> dict[str, Array]:
    """Lee's simple form: the gates read x alone, the candidate and the output are linear."""
    c, rows = initial["c"], []
    for x in xs:
        z, *rest = joined(p, "zifo", x, None)
        i, f, o = map(gate, rest)
        c = c * f + z * i
        rows.append({"z": z, "i": i, "f": f, "o": o, "c": c, "y": c * o, "f:in": rest[1]})
    return series(rows)


def memory_cell_rounded(p: Arrays, xs: Array, initial: Arrays) -> dict[str, Array]:
    return memory_cell(p, xs, initial, lambda z: np.heaviside(z, 0.0))


BY_HAND: dict[str, ByHand] = {
    "linear-rnn": linear_rnn,
    "simple-rnn": simple_rnn,
    "lstm": lstm,
    "memory-cell": memory_cell,
    "memory-cell-rounded": memory_cell_rounded,
}
