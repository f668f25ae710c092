"""PyTorch's own nn.LSTM and nn.GRU, compiled as one operation: forward and back, nothing kept but the last gradients."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import torch

from tests.bench.cases import Array, Case

#: the order in which PyTorch stacks the gates
ORDER = {"lstm": "ifgo", "gru": "rzn"}


def prepare(case: Case) -> tuple[Callable[[], Any], Callable[[Any], dict[str, Array]]]:
    """A function that runs forward and back, and one that reads its result by our names."""
    torch.set_num_threads(1)
    gates = ORDER[case.kind]
    x, outside = torch.from_numpy(case.x), torch.from_numpy(case.outside)
    kind = {"lstm": torch.nn.LSTM, "gru": torch.nn.GRU}[case.kind]
    module = kind(x.shape[-1], case.units, dtype=x.dtype)
    own = case.parameters
    rows = {
        "weight_ih_l0": [own[f"W_{g}"] for g in gates],
        "weight_hh_l0": [own[f"U_{g}"] for g in gates],
        "bias_ih_l0": [own[f"b_{g}"] for g in gates],
        "bias_hh_l0": [own.get(f"d_{g}", 0 * own[f"b_{g}"]) for g in gates],
    }
    with torch.no_grad():
        for name, parts in rows.items():
            for target, part in zip(getattr(module, name).chunk(len(gates)), parts, strict=True):
                target.copy_(torch.from_numpy(part))

    def run() -> Any:
        module.zero_grad(set_to_none=True)
        output, _ = module(x)
        output.backward(outside)
        return output

    def read(output: Any) -> dict[str, Array]:
        found = {"h": output.detach().numpy()}
        for letter, name in zip("WUb", rows, strict=False):
            parts = getattr(module, name).grad.chunk(len(gates))
            found |= {f"{letter}_{gate}": part.numpy() for gate, part in zip(gates, parts, strict=True)}
        if case.kind == "gru":
            found["d_n"] = module.bias_hh_l0.grad.chunk(3)[2].numpy()
        return found

    return run, read
