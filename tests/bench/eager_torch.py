"""LSTM and GRU in eager PyTorch, step by step as in a book, every value and every gradient kept to be looked at."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import torch

from tests.bench.cases import GATES, Array, Case


def prepare(case: Case) -> tuple[Callable[[], Any], Callable[[Any], dict[str, Array]]]:
    """A function that runs forward and back, and one that reads its result by our names."""
    torch.set_num_threads(1)
    steps = list(torch.from_numpy(case.x).unbind())
    arriving = list(torch.from_numpy(case.outside).unbind())
    letters = ("W", "U", "b", "d")[: 3 + (case.kind == "gru")]
    arrays = [case.stacked(letter) if letter != "d" else case.parameters["d_n"] for letter in letters]
    parameters = [torch.from_numpy(array.copy()).requires_grad_() for array in arrays]
    nothing = torch.zeros(case.units, dtype=arriving[0].dtype)
    step = {"lstm": _lstm, "gru": _gru}[case.kind]

    def run() -> list[dict[str, torch.Tensor]]:
        for parameter in parameters:
            parameter.grad = None
        state = [nothing, nothing]
        kept = []
        for at in steps:
            values = step(parameters, at, state)
            for value in values.values():
                value.retain_grad()
            kept.append(values)
        torch.autograd.backward([values["h"] for values in kept], arriving)
        return kept

    def read(kept: list[dict[str, torch.Tensor]]) -> dict[str, Array]:
        found = {name: torch.stack([values[name] for values in kept]).detach().numpy() for name in kept[0]}
        found |= {f"∂{name}": torch.stack([values[name].grad for values in kept]).numpy() for name in kept[0]}
        for letter, parameter in zip(letters, parameters, strict=True):
            gates = GATES[case.kind] if letter != "d" else "n"
            for gate, part in zip(gates, parameter.grad.chunk(len(gates)), strict=True):
                found[f"{letter}_{gate}"] = part.numpy()
        return found

    return run, read


def _lstm(parameters: list[torch.Tensor], x: torch.Tensor, state: list[torch.Tensor]) -> dict[str, torch.Tensor]:
    weight, recurrent, bias = parameters
    c, h = state
    before = torch.addmv(torch.addmv(bias, weight, x), recurrent, h)
    a, b, d, e = before.chunk(4)
    i, f, o, g = torch.sigmoid(a), torch.sigmoid(b), torch.sigmoid(d), torch.tanh(e)
    c = f * c + i * g
    squashed = torch.tanh(c)
    h = o * squashed
    state[:] = [c, h]
    return {"before": before, "i": i, "f": f, "o": o, "g": g, "c": c, "h:tanh": squashed, "h": h}


def _gru(parameters: list[torch.Tensor], x: torch.Tensor, state: list[torch.Tensor]) -> dict[str, torch.Tensor]:
    weight, recurrent, bias, inner = parameters
    h = state[1]
    ahead = torch.addmv(bias, weight, x)
    back = torch.mv(recurrent, h)
    a, b, d = ahead.chunk(3)
    e, f, k = back.chunk(3)
    r_in, z_in = a + e, b + f
    r, z = torch.sigmoid(r_in), torch.sigmoid(z_in)
    n_in = d + r * (k + inner)
    n = torch.tanh(n_in)
    h = (1 - z) * n + z * h
    state[1] = h
    return {"r:in": r_in, "z:in": z_in, "r": r, "z": z, "n:in": n_in, "n": n, "h": h}
