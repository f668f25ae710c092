"""Cells of the literature and cells with odd corners, each with a size for its units: what the plan has to run right."""

from __future__ import annotations

from app.cells import load, names
from app.engine import Cell, Layer, Network, define

LSTM = """
i = sigmoid(W_i @ x + U_i @ h_prev + b_i)
f = sigmoid(W_f @ x + U_f @ h_prev + b_f)
o = sigmoid(W_o @ x + U_o @ h_prev + b_o)
g = tanh(W_g @ x + U_g @ h_prev + b_g)
c = f * c_prev + i * g
h = o * tanh(c)
"""
GRU_BEFORE = """
r = sigmoid(W_r @ x + U_r @ h_prev + b_r)
z = sigmoid(W_z @ x + U_z @ h_prev + b_z)
n = tanh(W_n @ x + U_n @ (r * h_prev) + b_n)
h = (1 - z) * n + z * h_prev
"""
GRU_AFTER = """
r = sigmoid(W_r @ x + U_r @ h_prev + b_r)
z = sigmoid(W_z @ x + U_z @ h_prev + b_z)
n = tanh(W_n @ x + b_n + r * (U_n @ h_prev + d_n))
h = (1 - z) * n + z * h_prev
"""
PEEPHOLE = """
i = sigmoid(W_i @ x + U_i @ h_prev + p_i * c_prev + b_i)
f = sigmoid(W_f @ x + U_f @ h_prev + p_f * c_prev + b_f)
g = tanh(W_g @ x + U_g @ h_prev + b_g)
c = f * c_prev + i * g
o = sigmoid(W_o @ x + U_o @ h_prev + p_o * c + b_o)
h = o * tanh(c)
"""
COUPLED = """
f = sigmoid(W_f @ x + U_f @ h_prev + b_f)
o = sigmoid(W_o @ x + U_o @ h_prev + b_o)
g = tanh(W_g @ x + U_g @ h_prev + b_g)
c = f * c_prev + (1 - f) * g
h = o * tanh(c)
"""
#: name: text, units, and the sizes that it names besides
TEXTS: dict[str, tuple[str, int, dict[str, int]]] = {
    "gru-before": (GRU_BEFORE, 3, {}),
    "gru-after": (GRU_AFTER, 3, {}),
    "peephole": (PEEPHOLE, 3, {}),
    "coupled": (COUPLED, 3, {}),
    "no-forget": ("g = tanh(W @ x + U @ h_prev)\nc = c_prev + sigmoid(V @ x) * g\nh = tanh(c)", 2, {}),
    "clockwork": (
        "m = every(1, 2, 4)\nn = tanh(W @ x + (slower(1, 2, 4) * U) @ h_prev + b)\nh = m * n + (1 - m) * h_prev", 6, {},
    ),
    "scrn": (
        "alpha = 0.95\ns[context] = (1 - alpha) * (B @ x) + alpha * s_prev\nh = sigmoid(P @ s + A @ x + R @ h_prev)",
        3, {"context": 2},
    ),
    "jordan": ("a = tanh(W @ x + U @ y_prev + b)\ny[outputs] = softmax(V @ a + d)", 3, {"outputs": 4}),
    "irnn": ("h = relu(W @ x + U @ h_prev + b)\nstart U = identity", 3, {}),
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
    "two-biases": ("h = tanh(W @ x + b + U @ h_prev + d)", 3, {}),
    "shared-matrix": ("a = sigmoid(U @ h_prev + W @ x)\nh = tanh(U @ (a * h_prev) + W @ x)", 3, {}),
    "outside-only": ("h = tanh(W @ x + U @ h_prev)\ny = sigmoid(V @ h) * every(1, 2)", 4, {}),
    "matrix-sums": ("h = tanh((A + 0.5 * U) @ h_prev + (-W) @ x)", 3, {}),
    "softmax-memory": ("h = softmax(U @ h_prev + W @ x) * h_prev + softmax(h_prev)", 3, {}),
}  # fmt: skip


def cell(name: str) -> tuple[Cell, int, dict[str, int]]:
    """A shipped cell, or one of the texts above, with its sizes."""
    if name in names():
        return load(name), 3, {}
    text, units, sizes = TEXTS[name]
    return define(name, text), units, sizes


def layer(name: str, direction: str = "forward") -> Layer:
    found, units, sizes = cell(name)
    return Layer(found, units, direction=direction, **sizes)


def network(name: str, inputs: int = 2) -> Network:
    """One layer of a cell."""
    return Network([layer(name)], inputs=inputs)


ALL = (*names(), *TEXTS)
