"""An encoder that hands its last states to a decoder, and the same written out by hand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.cells import load
from app.engine import Layer, Network, Part

Array = NDArray[Any]


def encoder(direction: str = "forward", units: int = 3) -> Part:
    return Part((Layer(load("lstm"), units, direction=direction),), 2, name="encoder")


def decoder(units: int = 3, **options: Any) -> Part:
    layers = (Layer(load("lstm"), units),)
    return Part(layers, 4, "y[outputs] = softmax(V @ h + d)", "decoder", {"outputs": 4}, **options)


def network(direction: str = "forward", **options: Any) -> Network:
    """Units of the decoder are those of both directions of the encoder together."""
    count = 2 if direction == "both" else 1
    return Network.of([encoder(direction), decoder(3 * count, **{"start": "encoder", **options})])


def parameters(network: Network, seed: int = 0) -> dict[str, Array]:
    random = np.random.default_rng(seed)
    return {name: 0.7 * random.normal(size=shape) for name, shape in network.parameters.items()}


def sigmoid(z: Array) -> Array:
    return np.asarray(1 / (1 + np.exp(-z)))


def softmax(z: Array) -> Array:
    e = np.exp(z - z.real.max(-1, keepdims=True))
    return np.asarray(e / e.sum(-1, keepdims=True))


def lstm(p: Mapping[str, Array], at: str, xs: Array, h: Array, c: Array) -> tuple[Array, Array]:
    """(T, *lead, units) of h and of c; complex numbers too."""
    rows = []
    for x in xs:
        z = {k: x @ p[f"{at}.W_{k}"].T + h @ p[f"{at}.U_{k}"].T + p[f"{at}.b_{k}"] for k in "ifog"}
        c = sigmoid(z["f"]) * c + sigmoid(z["i"]) * np.tanh(z["g"])
        h = sigmoid(z["o"]) * np.tanh(c)
        rows.append((h, c))
    return np.stack([row[0] for row in rows]), np.stack([row[1] for row in rows])


def by_hand(p: Mapping[str, Array], xs: Array, ys: Array, direction: str = "forward") -> dict[str, Array]:
    """Every output of `network(direction)` with given inputs of both parts."""
    zero = np.zeros((*xs.shape[1:-1], 3))
    ends = []
    for way in ("forward", "backward") if direction == "both" else (direction,):
        h, c = lstm(p, f"encoder.1.{way}", xs if way == "forward" else xs[::-1], zero, zero)
        ends.append((h[-1], c[-1]))
    start = [np.concatenate([end[k] for end in ends], -1) for k in (0, 1)]
    h, c = lstm(p, "decoder.1.forward", ys, *start)
    return {"decoder.h": h, "decoder.c": c, "decoder.readout.y": softmax(h @ p["decoder.readout.forward.V"].T + p[D])}


D = "decoder.readout.forward.d"
