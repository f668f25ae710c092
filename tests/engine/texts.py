"""Cells of the literature and cells with odd corners, each with a size for its units: what the plan has to run right."""

from __future__ import annotations

from app.cells import load, names
from app.engine import Cell, Layer, Network, define

CLIPPED_LSTM = """
i = sigmoid(clip(W_i @ x + U_i @ h_prev + b_i, -0.4, 0.4))
f = sigmoid(clip(W_f @ x + U_f @ h_prev + b_f, -0.4, 0.4))
o = sigmoid(clip(W_o @ x + U_o @ h_prev + b_o, -0.4, 0.4))
g = tanh(clip(W_g @ x + U_g @ h_prev + b_g, -0.4, 0.4))
c = f * c_prev + i * g
h = o * tanh(clip(c, -0.4, 0.4))
"""
HARD_LSTM = """
i = clip(0.2 * (W_i @ x + U_i @ h_prev + b_i) + 0.5, 0.3, 0.7)
f = clip(0.2 * (W_f @ x + U_f @ h_prev + b_f) + 0.5, 0.3, 0.7)
g = softsign(W_g @ x + U_g @ h_prev + b_g)
c = f * c_prev + i * g
h = i * softsign(c)
"""
#: one recurrent sum, and what is taken of it
SUM = "v = W @ x + U @ h_prev + b\n"
#: name: text, units, and the sizes that it names besides
TEXTS: dict[str, tuple[str, int, dict[str, int]]] = {
    "clipped-lstm": (CLIPPED_LSTM, 3, {}),
    "hard-lstm": (HARD_LSTM, 3, {}),
    "hard-sigmoid": ("h = clip(0.2 * (W @ x + U @ h_prev) + 0.5, 0.3, 0.7)", 3, {}),
    "clipped-beside": (
        "limit = 0.4\na = clip(W @ x, -limit, limit) + softsign(A @ x)\nh = a + 0.5 * clip(h_prev, -1, 0.5 * limit)\n"
        "y = clip(V @ h, -limit, 2 * limit) - softsign(R @ h)", 3, {},
    ),
    "leaky-relu": (SUM + "h = relu(v) - 0.01 * relu(-v)", 3, {}),
    "elu": (SUM + "h = relu(v) + 0.7 * (exp(-relu(-v)) - 1)", 3, {}),
    "thresholded-relu": (SUM + "h = v * step(v - 0.1)", 3, {}),
    "scaled-tanh": (SUM + "h = 1.5 * tanh(0.5 * v)", 3, {}),
    "affine": (SUM + "h = 0.7 * v + 0.1", 3, {}),
    "scaled-softplus": (SUM + "h = 0.5 * softplus(2 * v)", 3, {}),
    "softsign": ("h = softsign(W @ x + U @ h_prev + b) - softsign(-(V @ h_prev))", 3, {}),
    "nested-clips": ("h = clip(tanh(clip(W @ x + U @ h_prev, -0.8, 0.8)) + clip(h_prev, -0.5, 0.5), -0.6, 0.9)", 3, {}),
    "nested": ("h = tanh(W @ sigmoid(x - tanh(x)) + U @ sigmoid(tanh(h_prev) * b) + exp(-tanh(h_prev)))", 3, {}),
    "no-memory": ("h = tanh(W @ x + b)", 3, {}),
    "memory-alone": ("h = tanh(U @ h_prev + b)", 3, {}),
    "three-states": (
        "p = tanh(W @ x + U @ p_prev + V @ q_prev)\nq[context] = softmax(A @ p + B @ h_prev)\nh = 0.5 * h_prev - C @ q", 3,
        {"context": 2},
    ),
    "handed-on": ("b = W @ x + v\nh = a_prev * tanh(b)\na = b_prev * b", 3, {}),
    "swapped": ("a[inputs] = b_prev - x\nb[inputs] = a_prev * a + 0.5 * b_prev\nh = U @ (a + b)", 3, {}),
    "read-twice": ("f = sigmoid(W @ x + U @ h_prev)\nh = f * h_prev + (1 - f) * (f * tanh(W @ x))", 3, {}),
    "minus": ("h = sigmoid(-(U @ h_prev) - W @ x + b) - tanh(b - V @ h_prev)", 3, {}),
    "softplus": ("h = softplus(W @ x - U @ h_prev) * step(h_prev) - identity(h_prev)", 3, {}),
    "sum-is-state": ("s = W @ x + U @ s_prev + b\nh = sigmoid(s)", 3, {}),
    "two-products": ("h = tanh(U @ h_prev + V @ h_prev + W @ x)", 3, {}),
    "ahead-and-bias": ("h = tanh(b + identity(W @ x) + U @ h_prev)", 3, {}),
    "two-biases": ("h = tanh(W @ x + b + U @ h_prev + d)", 3, {}),
    "shared-matrix": ("a = sigmoid(U @ h_prev + W @ x)\nh = tanh(U @ (a * h_prev) + W @ x)", 3, {}),
    "outside-only": ("h = tanh(W @ x + U @ h_prev)\ny = sigmoid(V @ h) * every(1, 2)", 4, {}),
    "matrix-sums": ("h = tanh((A + 0.5 * U) @ h_prev + (-W) @ x)", 3, {}),
    "softmax-memory": ("h = softmax(U @ h_prev + W @ x) * h_prev + softmax(h_prev)", 3, {}),
}  # fmt: skip

#: the sizes that shipped cells are given besides their units, and those whose units are not 3
SIZES = {"outputs": 4, "context": 2}
UNITS = {"clockwork-rnn": 6}


def cell(name: str) -> tuple[Cell, int, dict[str, int]]:
    """A shipped cell, or one of the texts above, with its sizes."""
    if name in names():
        found = load(name)
        return found, UNITS.get(name, 3), {size: SIZES[size] for size in found.extra_sizes}
    text, units, sizes = TEXTS[name]
    return define(name, text), units, sizes


def layer(name: str, direction: str = "forward") -> Layer:
    found, units, sizes = cell(name)
    return Layer(found, units, direction=direction, **sizes)


def network(name: str, inputs: int = 2) -> Network:
    """One layer of a cell."""
    return Network([layer(name)], inputs=inputs)


ALL = (*names(), *TEXTS)
