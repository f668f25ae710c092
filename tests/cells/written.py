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


def softmax(z: Array) -> Array:
    return np.asarray(np.exp(z) / np.sum(np.exp(z)))


def sums(p: Numbers, x: Array, h: Array, letters: str) -> list[Array]:
    """W x + U h + b for each letter."""
    return [p[f"W_{letter}"] @ x + p[f"U_{letter}"] @ h + p[f"b_{letter}"] for letter in letters]


def linear_rnn(p: Numbers, x: Array, s: Numbers) -> Row:
    return {"h": p["W"] @ x + p["U"] @ s["h"]}


def simple_rnn(p: Numbers, x: Array, s: Numbers) -> Row:
    return {"h": np.tanh(p["W"] @ x + p["U"] @ s["h"] + p["b"])}


def simple_rnn_wh_wx(p: Numbers, x: Array, s: Numbers) -> Row:
    return {"h": np.tanh(p["W_h"] @ s["h"] + p["W_x"] @ x + p["b"])}


def simple_rnn_uwv(p: Numbers, x: Array, s: Numbers) -> Row:
    state = np.tanh(p["U"] @ x + p["W"] @ s["s"])
    return {"s": state, "y": softmax(p["V"] @ state)}


def elman(p: Numbers, x: Array, s: Numbers, remembered: str = "a") -> Row:
    a = np.tanh(p["W"] @ x + p["U"] @ s[remembered] + p["b"])
    return {"a": a, "y": sigmoid(p["V"] @ a + p["d"])}


def jordan(p: Numbers, x: Array, s: Numbers) -> Row:
    return elman(p, x, s, "y")


def relu_rnn(p: Numbers, x: Array, s: Numbers) -> Row:
    z = p["W"] @ x + p["U"] @ s["h"] + p["b"]
    return {"h": z * threshold(z)}


def feed_forward(p: Numbers, x: Array, s: Numbers) -> Row:
    return {"h": np.tanh(p["W"] @ x + p["b"])}


def memory_cell(p: Numbers, x: Array, s: Numbers, gate: Callable[[Array], Array] = sigmoid) -> Row:
    z = p["W_z"] @ x + p["b_z"]
    i, f, o = (gate(p[f"W_{letter}"] @ x + p[f"b_{letter}"]) for letter in "ifo")
    c = f * s["c"] + i * z
    return {"z": z, "i": i, "f": f, "o": o, "c": c, "y": o * c}


def memory_cell_rounded(p: Numbers, x: Array, s: Numbers) -> Row:
    return memory_cell(p, x, s, threshold)


def lstm(p: Numbers, x: Array, s: Numbers) -> Row:
    z_i, z_f, z_o, z_g = sums(p, x, s["h"], "ifog")
    i, f, o, g = sigmoid(z_i), sigmoid(z_f), sigmoid(z_o), np.tanh(z_g)
    c = f * s["c"] + i * g
    return {"i": i, "f": f, "o": o, "g": g, "c": c, "h": o * np.tanh(c)}


def lstm_peephole(p: Numbers, x: Array, s: Numbers) -> Row:
    """Gers & Schmidhuber 2000: one weight a unit, and the output gate looks at the memory that has just been written."""
    z_i, z_f, z_o, z_g = sums(p, x, s["h"], "ifog")
    i, f, g = sigmoid(z_i + p["p_i"] * s["c"]), sigmoid(z_f + p["p_f"] * s["c"]), np.tanh(z_g)
    c = f * s["c"] + i * g
    o = sigmoid(z_o + p["p_o"] * c)
    return {"i": i, "f": f, "g": g, "c": c, "o": o, "h": o * np.tanh(c)}


def lstm_full_peephole(p: Numbers, x: Array, s: Numbers) -> Row:
    """[x; h; c] of the step before times one matrix for each of the four."""
    stacked = np.concatenate([x, s["h"], s["c"]])
    z = {k: np.hstack([p[f"W_{k}"], p[f"U_{k}"], p[f"P_{k}"]]) @ stacked + p[f"b_{k}"] for k in "ifog"}
    i, f, o, g = sigmoid(z["i"]), sigmoid(z["f"]), sigmoid(z["o"]), np.tanh(z["g"])
    c = f * s["c"] + i * g
    return {"i": i, "f": f, "o": o, "g": g, "c": c, "h": o * np.tanh(c)}


def lstm_no_forget(p: Numbers, x: Array, s: Numbers) -> Row:
    z_i, z_o, z_g = sums(p, x, s["h"], "iog")
    i, o, g = sigmoid(z_i), sigmoid(z_o), np.tanh(z_g)
    c = s["c"] + i * g
    return {"i": i, "o": o, "g": g, "c": c, "h": o * np.tanh(c)}


def lstm_1997(p: Numbers, x: Array, s: Numbers) -> Row:
    """Hochreiter & Schmidhuber 1997: g(z) = 4 / (1 + exp(-z)) - 2 and h(z) = 2 / (1 + exp(-z)) - 1."""
    z_i, z_o, z_g = sums(p, x, s["h"], "iog")
    i, o, g = sigmoid(z_i), sigmoid(z_o), 4 / (1 + np.exp(-z_g)) - 2
    c = s["c"] + i * g
    return {"i": i, "o": o, "g": g, "c": c, "h": o * (2 / (1 + np.exp(-c)) - 1)}


def lstm_coupled(p: Numbers, x: Array, s: Numbers) -> Row:
    z_i, z_o, z_g = sums(p, x, s["h"], "iog")
    i, o, g = sigmoid(z_i), sigmoid(z_o), np.tanh(z_g)
    c = (1 - i) * s["c"] + i * g
    return {"i": i, "f": 1 - i, "o": o, "g": g, "c": c, "h": o * np.tanh(c)}


def lstm_long_short(p: Numbers, x: Array, s: Numbers) -> Row:
    row = lstm(p, x, s)
    between = {"l": row["g"] * row["i"], "k": s["c"] * row["f"]}
    return {**{name: row[name] for name in "ifog"}, **between, "c": row["c"], "h": row["h"]}


def lstm_use_gate(p: Numbers, x: Array, s: Numbers) -> Row:
    """Udacity's U_t = tanh(W_u LTM_{t-1} f_t + b_u), V_t = sigma(...), STM_t = U_t V_t."""
    row = lstm_long_short(p, x, s)
    row["u"] = np.tanh(p["W_u"] @ (s["c"] * row["f"]) + p["b_u"])
    del row["h"]
    return {**row, "h": row["u"] * row["o"]}


def gru(p: Numbers, x: Array, s: Numbers) -> Row:
    """Cho et al. 2014, eqs. 5 to 8: z keeps the old state."""
    z_r, z_z = sums(p, x, s["h"], "rz")
    r, z = sigmoid(z_r), sigmoid(z_z)
    n = np.tanh(p["W_n"] @ x + p["U_n"] @ (r * s["h"]) + p["b_n"])
    return {"r": r, "z": z, "n": n, "h": z * s["h"] + (1 - z) * n}


def gru_reset_after(p: Numbers, x: Array, s: Numbers) -> Row:
    """The formulas in the documentation of torch.nn.GRU."""
    ours = {k: p[f"W_{k}"] @ x + p[f"b_{k}"] for k in "rzn"}
    theirs = {k: p[f"U_{k}"] @ s["h"] + p[f"d_{k}"] for k in "rzn"}
    r, z = sigmoid(ours["r"] + theirs["r"]), sigmoid(ours["z"] + theirs["z"])
    n = np.tanh(ours["n"] + r * theirs["n"])
    return {"r": r, "z": z, "n": n, "h": (1 - z) * n + z * s["h"]}


def gru_flipped(p: Numbers, x: Array, s: Numbers) -> Row:
    """Chung et al. 2014, eqs. 5 to 8: z lets the new state in."""
    row = gru(p, x, s)
    return {**row, "h": (1 - row["z"]) * s["h"] + row["z"] * row["n"]}


def minimal_gated(p: Numbers, x: Array, s: Numbers) -> Row:
    f = sigmoid(p["W_f"] @ x + p["U_f"] @ s["h"] + p["b_f"])
    n = np.tanh(p["W_n"] @ x + p["U_n"] @ (f * s["h"]) + p["b_n"])
    return {"f": f, "n": n, "h": (1 - f) * s["h"] + f * n}


def clockwork_rnn(p: Numbers, x: Array, s: Numbers, t: int) -> Row:
    """Koutnik et al. 2014, module by module: module k hears the modules from k on, and runs when its period divides t."""
    periods = (1, 2, 4)
    size = len(s["h"]) // len(periods)
    clock, new, state = [], [], []
    for k, period in enumerate(periods):
        own, heard = slice(k * size, (k + 1) * size), slice(k * size, None)
        n = np.tanh(p["W"][own] @ x + p["U"][own, heard] @ s["h"][heard] + p["b"][own])
        active = t % period == 0
        clock.append(np.full(size, float(active)))
        new.append(n)
        state.append(n if active else s["h"][own])
    return {"m": np.concatenate(clock), "n": np.concatenate(new), "h": np.concatenate(state)}


def scrn(p: Numbers, x: Array, s: Numbers) -> Row:
    """Mikolov et al. 2014, eqs. 5 to 6: the hidden units read the context of this step, not of the one before."""
    context = 0.05 * (p["B"] @ x) + 0.95 * s["s"]
    return {"s": context, "h": sigmoid(p["P"] @ context + p["A"] @ x + p["R"] @ s["h"])}


CELLS: dict[str, Callable[[Numbers, Array, Numbers], Row]] = {
    "linear-rnn": linear_rnn,
    "simple-rnn": simple_rnn,
    "simple-rnn-wh-wx": simple_rnn_wh_wx,
    "simple-rnn-uwv": simple_rnn_uwv,
    "elman": elman,
    "jordan": jordan,
    "relu-rnn": relu_rnn,
    "feed-forward": feed_forward,
    "memory-cell": memory_cell,
    "memory-cell-rounded": memory_cell_rounded,
    "lstm": lstm,
    "lstm-peephole": lstm_peephole,
    "lstm-full-peephole": lstm_full_peephole,
    "lstm-no-forget": lstm_no_forget,
    "lstm-1997": lstm_1997,
    "lstm-coupled": lstm_coupled,
    "lstm-long-short": lstm_long_short,
    "lstm-use-gate": lstm_use_gate,
    "gru": gru,
    "gru-reset-after": gru_reset_after,
    "gru-flipped": gru_flipped,
    "minimal-gated": minimal_gated,
    "scrn": scrn,
}
#: cells that know what time it is, the first step being 0
CLOCKED: dict[str, Callable[[Numbers, Array, Numbers, int], Row]] = {"clockwork-rnn": clockwork_rnn}


def run(name: str, parameters: Numbers, xs: Array, initial: Numbers) -> Row:
    """Every value at every step, (T, size)."""
    states = dict(initial)
    rows: list[Row] = []
    for t, x in enumerate(xs):
        if name in CLOCKED:
            rows.append(CLOCKED[name](parameters, x, states, t))
        else:
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
