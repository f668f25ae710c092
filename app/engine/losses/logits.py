"""Where the logits of a readout lie: the argument of its softmax, to which the gradient of a loss on logits belongs."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..address import READOUT
from ..expr import Apply, Name
from ..network import Network
from ..ops import Array
from ..place import Place
from ..problems import NetworkError, Problem
from ..trace import Trace


@dataclass(frozen=True, slots=True)
class Logits:
    """Full addresses of values that, side by side, are the logits, with the size of each.

    There is one, but for a readout that takes the softmax of a value of a layer that reads both ways.
    """

    names: tuple[str, ...]
    sizes: tuple[int, ...]

    def read(self, trace: Trace, first: int = 0, stop: int | None = None) -> Array:
        """The logits of a run at steps first..stop (from 0), (T, size) or (T, batch, size)."""
        parts = [trace.read(name, first, stop) for name in self.names]
        return parts[0] if len(parts) == 1 else np.concatenate(parts, axis=-1)

    def outside(self, gradient: Array) -> dict[str, Array]:
        """dL/dlogits as `Trace.gradient` takes it."""
        assert gradient.shape[-1] == sum(self.sizes), "a gradient has the size of the logits"
        ends = np.cumsum(self.sizes)[:-1]
        return dict(zip(self.names, np.split(gradient, ends, axis=-1), strict=True))


def logits_of(network: Network, name: str, *, activation: str = "softmax") -> Logits:
    """The logits of a value `name` (a readout's `readout.y`) that is written as the softmax of something.

    `trace.gradient(logits.outside(loss.gradient))` is then exact: the softmax's own derivative is part of the loss's
    gradient. `activation="sigmoid"` finds those for a binary cross-entropy.
    Raises NetworkError for an unknown name, a value that is no softmax, and a softmax of something that is not a value.
    """
    full = network.full(name)
    for place in network.places:
        for each in place.program.lowered:
            match each.expr:
                case Apply(op, (Name(argument),)) if op == activation and place.address(each.target) == full:
                    return _found(network, place, name, argument)
    known = [network.short(full) for full in _activated(network, activation)]
    raise NetworkError(
        [
            Problem(
                "not-activation",
                f"'{name}' is not the {activation} of anything",
                {"name": name, "activation": activation, "known": ", ".join(known)},
                f"these are: {', '.join(known)}"
                if known
                else f"write a readout such as y[outputs] = {activation}(V @ h)",
                field=name,
            )
        ]
    )


def _found(network: Network, place: Place, name: str, argument: str) -> Logits:
    if argument in place.program.value:
        places, size = [place], place.program.value[argument].size
    elif place.layer == READOUT and argument in place.program.inputs:
        stack = [each for each in network.places if each.part == place.part and each.layer != READOUT]
        places = [each for each in stack if each.layer == stack[-1].layer]
        size = places[0].program.value[argument].size
    else:
        raise NetworkError(
            [
                Problem(
                    "not-a-value",
                    f"'{name}' is taken of '{argument}', which is not a value of its own at each step",
                    {"name": name, "argument": argument},
                    f"give it a line of its own: z = {argument}",
                    field=name,
                )
            ]
        )
    return Logits(tuple(each.address(argument) for each in places), tuple(each.sizes[size] for each in places))


def _activated(network: Network, activation: str) -> list[str]:
    """Every value of the network that is written as that activation of a name."""
    return [
        place.address(each.target)
        for place in network.places
        for each in place.program.lowered
        if isinstance(each.expr, Apply) and each.expr.op == activation and isinstance(each.expr.args[0], Name)
    ]
