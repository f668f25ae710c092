"""Golden cases of PyTorch in float64: nn.RNN, nn.LSTM and nn.GRU with distinct random weights and all gradients.

    python -m tests.oracles.pytorch [--check]
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

from app.formats.library import LibraryLayer
from tests.oracles.case import Array, Case, Golden
from tests.oracles.script import Numbers, main

#: what the table calls a module, the module, its options
KINDS: dict[str, tuple[Any, dict[str, object]]] = {
    "RNN tanh": (torch.nn.RNN, {"nonlinearity": "tanh"}),
    "RNN relu": (torch.nn.RNN, {"nonlinearity": "relu"}),
    "LSTM": (torch.nn.LSTM, {}),
    "GRU": (torch.nn.GRU, {}),
}


@dataclass(frozen=True)
class Setting:
    """What a case is run with; a batch of 0 means one sequence without that axis."""

    groups: tuple[str, ...]
    layers: int = 1
    both: bool = False
    units: int = 4
    steps: int = 5
    batch: int = 2
    bias: bool = True
    start: bool = False
    lengths: tuple[int, ...] | None = None
    projection: int = 0

    @property
    def leaving(self) -> int:
        """The size of h."""
        return self.projection or self.units


SETTINGS: dict[str, Setting] = {
    "one": Setting(("1 layer",)),
    "alone": Setting(("1 layer", "starting states"), batch=0, start=True),
    "no-bias": Setting(("1 layer", "no bias"), bias=False, start=True),
    "packed": Setting(("1 layer", "lengths", "starting states"), batch=3, steps=6, start=True, lengths=(6, 2, 4)),
    "both": Setting(("1 layer", "both directions"), both=True, units=3),
    "both-start": Setting(("1 layer", "both directions", "starting states"), both=True, units=3, start=True),
    "both-packed": Setting(
        ("1 layer", "both directions", "lengths"), both=True, units=3, steps=4, batch=3, lengths=(1, 4, 3)
    ),
    "two": Setting(("2 layers", "starting states"), layers=2, units=3, start=True),
    "two-both-packed": Setting(
        ("2 layers", "both directions", "lengths", "starting states"), layers=2, both=True, units=3, steps=4, start=True,
        lengths=(3, 4),
    ),
    "three": Setting(("3 layers",), layers=3, units=3),
    "three-both": Setting(
        ("3 layers", "both directions", "starting states"), layers=3, both=True, units=3, steps=4, start=True
    ),
}  # fmt: skip
#: what only some kinds have
FURTHER: dict[str, dict[str, Setting]] = {
    "LSTM": {
        "projected": Setting(("1 layer", "projection", "starting states"), projection=2, start=True),
        "two-both-projected": Setting(("2 layers", "both directions", "projection"), layers=2, both=True, projection=2),
    },
}
INPUTS = 3


def cases() -> Iterator[Case]:
    for kind, (module, options) in KINDS.items():
        for name, setting in {**SETTINGS, **FURTHER.get(kind, {})}.items():
            yield one(f"{kind.lower().replace(' ', '-')}-{name}", kind, module, options, setting)


def one(name: str, kind: str, module: Any, options: dict[str, object], setting: Setting) -> Case:
    numbers = Numbers(name, np.float64)
    projection = {"proj_size": setting.projection} if setting.projection else {}
    network = module(
        INPUTS, setting.units, setting.layers, bias=setting.bias, bidirectional=setting.both, dtype=torch.float64, **options,
        **projection,
    )  # fmt: skip
    for weight in network.parameters():
        weight.data = torch.tensor(numbers(*weight.shape))
    lead = (setting.batch,) if setting.batch else ()
    rows = setting.layers * (2 if setting.both else 1)
    given = {"input": numbers(setting.steps, *lead, INPUTS, scale=1.0)}
    states = ("h", "c") if kind == "LSTM" else ("h",)
    if setting.start:
        sizes = {"h": setting.leaving, "c": setting.units}
        given |= {f"{state}_0": numbers(rows, *lead, sizes[state]) for state in states}
    leaves = {key: torch.tensor(array, requires_grad=True) for key, array in given.items()}
    start = tuple(leaves[f"{state}_0"] for state in states) if setting.start else None
    if start is not None and len(states) == 1:
        (start,) = start
    xs: Any = leaves["input"]
    if setting.lengths:
        xs = pack_padded_sequence(xs, torch.tensor(setting.lengths), enforce_sorted=False)
    output, last = network(xs, start)
    if setting.lengths:
        output, _ = pad_packed_sequence(output, total_length=setting.steps)
    outputs = {"output": output} | dict(zip([f"{s}_n" for s in states], last if len(states) > 1 else (last,), strict=True))
    outside = {key: numbers(*value.shape, scale=1.0) for key, value in outputs.items()}
    if setting.lengths:
        for sequence, length in enumerate(setting.lengths):
            outside["output"][length:, sequence] = 0
    weights = dict(network.named_parameters())
    loss = sum(torch.sum(torch.tensor(outside[key]) * value) for key, value in outputs.items())
    everything = {**leaves, **{f"l.{key}": value for key, value in weights.items()}}
    gradients = dict(zip(everything, torch.autograd.grad(loss, list(everything.values())), strict=True))
    arrays = {key: numpy(value) for key, value in weights.items()}
    layer = LibraryLayer("pytorch", module.__name__, "l", arrays, options)
    return Case(
        name, kind, setting.groups, (layer,), given, {key: numpy(value) for key, value in outputs.items()}, outside,
        {key: numpy(value) for key, value in gradients.items()}, setting.lengths,
    )  # fmt: skip


def numpy(tensor: torch.Tensor) -> Array:
    found: Array = tensor.detach().numpy()
    return found


def make() -> Golden:
    torch.set_num_threads(1)
    return Golden("pytorch", {"PyTorch": torch.__version__.partition("+")[0]}, "float64", tuple(cases()))


if __name__ == "__main__":
    sys.exit(main(make))
