"""An LSTM written by hand in NumPy, every value and gradient kept: what the engine's plan is measured against.

It does what somebody who knows NumPy would do: one matrix product for the inputs of all steps, gates side by side,
nothing allocated inside the loops, local derivatives of all steps at once, weight gradients as one product after
the loop. Works in the dtype of what it is given.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.floating[Any]]


@dataclass(frozen=True, slots=True)
class Kept:
    """T steps, H units; the gates stand side by side in the order i, f, o, g."""

    gates: Array  # (T, 4H)
    c: Array  # (T + 1, H), the starting value first
    h: Array  # (T + 1, H)
    d_gates_in: Array  # (T, 4H), of the arguments of the gates' activations
    d_c: Array  # (T, H)
    d_h: Array  # (T, H)
    d_W: Array  # (4H, D)
    d_U: Array  # (4H, H)
    d_b: Array  # (4H,)


def run(x: Array, W: Array, U: Array, b: Array, outside: Array) -> Kept:
    """The sequence x (T, D) forward, then back from `outside`, dL/dh given at every step (T, H)."""
    steps, units, dtype = len(x), U.shape[1], x.dtype
    two, three = 2 * units, 3 * units
    gates = x @ W.T
    gates += b
    c, h = np.zeros((steps + 1, units), dtype), np.zeros((steps + 1, units), dtype)
    squashed = np.empty((steps, units), dtype)  # tanh(c)
    U_T = np.ascontiguousarray(U.T)
    recurrent, written = np.empty(4 * units, dtype), np.empty(units, dtype)
    with np.errstate(over="ignore"):  # exp of a gate that is far shut
        for t in range(steps):
            now, after = gates[t], c[t + 1]
            np.dot(h[t], U_T, out=recurrent)
            now += recurrent
            valves, candidate = now[:three], now[three:]
            np.negative(valves, out=valves)
            np.exp(valves, out=valves)
            valves += 1
            np.reciprocal(valves, out=valves)
            np.tanh(candidate, out=candidate)
            np.multiply(now[units:two], c[t], out=after)
            np.multiply(now[:units], candidate, out=written)
            after += written
            np.tanh(after, out=squashed[t])
            np.multiply(now[two:three], squashed[t], out=h[t + 1])

    i, f, o, g = (gates[:, k * units : (k + 1) * units] for k in range(4))
    d_in = np.empty_like(gates)  # first the local derivatives, then in place the gradients
    np.multiply(g, i * (1 - i), out=d_in[:, :units])
    np.multiply(c[:-1], f * (1 - f), out=d_in[:, units:two])
    np.multiply(squashed, o * (1 - o), out=d_in[:, two:three])
    np.multiply(i, 1 - g * g, out=d_in[:, three:])
    h_to_c = o * (1 - squashed * squashed)
    d_h, d_c = np.empty((steps, units), dtype), np.empty((steps, units), dtype)
    later_h, later_c = np.zeros(units, dtype), np.zeros(units, dtype)
    for t in range(steps - 1, -1, -1):
        at_h, at_c, at = d_h[t], d_c[t], d_in[t]
        np.add(outside[t], later_h, out=at_h)
        np.multiply(at_h, h_to_c[t], out=at_c)
        at_c += later_c
        at[:units] *= at_c
        at[units:two] *= at_c
        at[two:three] *= at_h
        at[three:] *= at_c
        np.dot(at, U, out=later_h)
        np.multiply(at_c, f[t], out=later_c)
    return Kept(gates, c, h, d_in, d_c, d_h, d_in.T @ x, d_in.T @ h[:-1], d_in.sum(0))
