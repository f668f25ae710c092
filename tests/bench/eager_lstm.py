"""The same LSTM in eager PyTorch, step by step as in a book, every gate and every gradient kept to be looked at."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from typing import Any

from tests.bench.handwritten_lstm import Array


def available() -> bool:
    return importlib.util.find_spec("torch") is not None


def prepare(x: Array, W: Array, U: Array, b: Array, outside: Array) -> Callable[[], Any]:
    """A function that runs forward and back; the arguments are those of handwritten_lstm.run."""
    import torch  # optional and heavy

    torch.set_num_threads(1)
    steps = list(torch.from_numpy(x).unbind())
    parameters = [torch.from_numpy(array.copy()).requires_grad_() for array in (W, U, b)]
    arriving = list(torch.from_numpy(outside).unbind())
    nothing = torch.zeros(U.shape[1], dtype=arriving[0].dtype)

    def run() -> Any:
        for parameter in parameters:
            parameter.grad = None
        weight, recurrent, bias = parameters
        c = h = nothing
        kept = []
        for at in steps:
            before = torch.addmv(torch.addmv(bias, weight, at), recurrent, h)
            a, b, d, e = before.chunk(4)
            i, f, o, g = torch.sigmoid(a), torch.sigmoid(b), torch.sigmoid(d), torch.tanh(e)
            c = f * c + i * g
            squashed = torch.tanh(c)
            h = o * squashed
            values = (before, i, f, o, g, c, squashed, h)
            for value in values:
                value.retain_grad()
            kept.append(values)
        torch.autograd.backward([values[-1] for values in kept], arriving)
        return kept, [parameter.grad for parameter in parameters]

    return run
