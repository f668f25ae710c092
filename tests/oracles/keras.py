"""Golden cases of Keras in float32 on its PyTorch back end: SimpleRNN, LSTM and GRU, alone, backward, both ways, masked.

    python -m tests.oracles.keras [--check]
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

os.environ["KERAS_BACKEND"] = "torch"

import keras
import numpy as np
import torch

from app.formats.library import LibraryLayer
from tests.oracles.case import Array, Case, Golden
from tests.oracles.script import Numbers, main

#: what the table calls a layer, the layer, its kind, its options
KINDS: dict[str, tuple[Any, str, dict[str, object]]] = {
    "SimpleRNN": (keras.layers.SimpleRNN, "RNN", {}),
    "LSTM": (keras.layers.LSTM, "LSTM", {}),
    "GRU, reset after": (keras.layers.GRU, "GRU", {"reset_after": True}),
    "GRU, reset before": (keras.layers.GRU, "GRU", {"reset_after": False}),
}
#: the options of a layer that say how it computes, and not how it is trained or what it returns
OPTIONS = (
    "activation", "recurrent_activation", "use_bias", "reset_after", "go_backwards", "return_sequences", "unit_forget_bias",
)  # fmt: skip
INPUTS, UNITS, STEPS = 3, 4, 5


@dataclass(frozen=True)
class Setting:
    """What a case is run with; `layers` is the number of layers above one another."""

    groups: tuple[str, ...]
    layers: int = 1
    both: bool = False
    start: bool = False
    lengths: tuple[int, ...] | None = None
    #: leave the biases as Keras makes them
    own_bias: bool = False
    #: of the inputs: a hard sigmoid is bent only where its argument is beyond 3
    scale: float = 1.0
    options: Mapping[str, object] = field(default_factory=dict)


PLAIN: dict[str, Setting] = {
    "one": Setting(("1 layer",)),
    "start": Setting(("1 layer", "starting states"), start=True),
    "no-bias": Setting(("1 layer", "no bias"), options={"use_bias": False}),
    "masked": Setting(("1 layer", "mask"), lengths=(5, 2, 4)),
    "backwards": Setting(("1 layer", "go_backwards"), options={"go_backwards": True}),
    "backwards-masked": Setting(
        ("1 layer", "go_backwards", "mask", "starting states"), start=True, lengths=(3, 5), options={"go_backwards": True}
    ),
    "both": Setting(("1 layer", "Bidirectional"), both=True),
    "both-start": Setting(("1 layer", "Bidirectional", "starting states"), both=True, start=True),
    "both-masked": Setting(("1 layer", "Bidirectional", "mask"), both=True, lengths=(2, 5, 4)),
    "two": Setting(("2 layers",), layers=2),
    "two-both": Setting(("2 layers", "Bidirectional"), layers=2, both=True),
    "two-backwards": Setting(("2 layers", "go_backwards"), layers=2, options={"go_backwards": True}),
}
FURTHER: dict[str, dict[str, Setting]] = {
    "SimpleRNN": {
        "relu": Setting(("1 layer", "other activations"), options={"activation": "relu"}),
        "linear": Setting(("1 layer", "other activations"), options={"activation": "linear"}),
    },
    "LSTM": {
        "forget-bias": Setting(("1 layer", "unit_forget_bias"), own_bias=True, options={"unit_forget_bias": True}),
        "linear": Setting(("1 layer", "other activations"), options={"activation": "linear"}),
        "hard": Setting(
            ("1 layer", "other activations"), scale=4.0,
            options={"activation": "softsign", "recurrent_activation": "hard_sigmoid"},
        ),
    },
    "GRU, reset after": {
        "hard": Setting(
            ("1 layer", "other activations"), scale=4.0,
            options={"activation": "softsign", "recurrent_activation": "hard_sigmoid"},
        ),
    },
    "GRU, reset before": {
        "relu": Setting(
            ("1 layer", "other activations"), scale=4.0,
            options={"activation": "relu", "recurrent_activation": "hard_sigmoid"},
        ),
    },
}  # fmt: skip


def cases() -> Iterator[Case]:
    for kind in KINDS:
        start = kind.lower().replace(", ", "-").replace(" ", "-")
        for name, setting in {**PLAIN, **FURTHER[kind]}.items():
            yield one(f"{start}-{name}", kind, setting)


def one(name: str, kind: str, setting: Setting) -> Case:
    numbers = Numbers(name, np.float32)
    layers, found = [], []
    below = INPUTS
    for number in range(setting.layers):
        layer = built(kind, setting, below)
        weigh(layer, numbers, setting)
        layers.append(layer)
        found.append(described(layer, kind, f"layer_{number}"))
        below = UNITS * (2 if setting.both else 1)
    batch = len(setting.lengths) if setting.lengths else 2
    given = {"input": numbers(batch, STEPS, INPUTS, scale=setting.scale)}
    count = (2 if kind == "LSTM" else 1) * (2 if setting.both else 1)
    if setting.start:
        given |= {f"state_{index}": numbers(batch, UNITS) for index in range(count)}
    mask = None
    if setting.lengths:
        mask = torch.tensor(np.arange(STEPS) < np.array(setting.lengths)[:, None])
    leaves = {key: torch.tensor(array, requires_grad=True) for key, array in given.items()}
    value = leaves["input"]
    outputs = {}
    for number, layer in enumerate(layers):
        start = [leaves[f"state_{index}"] for index in range(count)] if setting.start else None
        value, *states = layer(value, initial_state=start, mask=mask)
        outputs |= {f"layer_{number}.state_{index}": state for index, state in enumerate(states)}
    outputs["output"] = value
    outside = {key: numbers(*each.shape, scale=1.0) for key, each in outputs.items()}
    if mask is not None:
        # a step that is masked repeats the one before it, which is no number of its own
        order = torch.flip(mask, [1]) if setting.options.get("go_backwards") else mask
        outside["output"] = outside["output"] * order.numpy()[..., None]
    weights = {f"layer_{n}.{path(each)}": each.value for n, layer in enumerate(layers) for each in layer.weights}
    loss = sum(torch.sum(torch.tensor(outside[key]) * each) for key, each in outputs.items())
    everything = {**leaves, **weights}
    gradients = dict(zip(everything, torch.autograd.grad(loss, list(everything.values())), strict=True))
    return Case(
        name, kind, setting.groups, tuple(found), given, {key: numpy(each) for key, each in outputs.items()}, outside,
        {key: numpy(each) for key, each in gradients.items()}, setting.lengths,
    )  # fmt: skip


def built(kind: str, setting: Setting, below: int) -> Any:
    layer, _, options = KINDS[kind]
    made = layer(UNITS, return_sequences=True, return_state=True, **options, **setting.options)
    if setting.both:
        made = keras.layers.Bidirectional(made)
    made.build((None, STEPS, below))
    return made


def weigh(layer: Any, numbers: Numbers, setting: Setting) -> None:
    for weight in layer.weights:
        if not (setting.own_bias and weight.name == "bias"):
            weight.assign(numbers(*weight.shape))


def described(layer: Any, kind: str, name: str) -> LibraryLayer:
    """A layer as it lies in a file: its arrays, and of its configuration what says how it computes."""
    both = isinstance(layer, keras.layers.Bidirectional)
    config = (layer.forward_layer if both else layer).get_config()
    options = {option: config[option] for option in OPTIONS if option in config}
    if both:
        options["merge_mode"] = layer.merge_mode
    return LibraryLayer("keras", KINDS[kind][1], name, {path(each): numpy(each.value) for each in layer.weights}, options)


def path(weight: Any) -> str:
    """`forward/kernel`, or `kernel` alone where there is no wrapper."""
    direction = next((d for d in ("forward", "backward") if f"/{d}_" in f"/{weight.path}"), "")
    return f"{direction}/{weight.name}" if direction else str(weight.name)


def numpy(tensor: Any) -> Array:
    found: Array = tensor.detach().numpy()
    return found


def make() -> Golden:
    torch.set_num_threads(1)
    versions = {"Keras": keras.__version__, "PyTorch": torch.__version__.partition("+")[0]}
    return Golden("keras", versions, "float32", tuple(cases()))


if __name__ == "__main__":
    sys.exit(main(make))
