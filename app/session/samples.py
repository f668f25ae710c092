"""Small networks drawn from a seed, all alike but for what is compared, and what they make of a change many steps on.

Recurrent matrices are scaled to a spectral radius, the largest magnitude of their eigenvalues: what repeating one grows
by in the end (Pascanu, Mikolov & Bengio 2013, section 2.1).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from typing import Any

import numpy as np

from app import cells
from app.engine import Network, objective, spectral_norm, spectral_radius, step_matrices

from .numbers import Floats

#: units of a recurrent network, and of one layer of a deep one
UNITS, WIDE = 8, 32
_FIELDS: dict[str, dict[str, Any]] = {
    **{name: {"text": f"h = {name}(W @ x + U @ h_prev)"} for name in ("tanh", "relu", "sigmoid")},
    "linear": {"text": "h = W @ x + U @ h_prev"},
    "identity": {"text": "h = relu(W @ x + U @ h_prev)"},
    "clockwork": {
        "text": "m = every(1, 2, 4, 8, 16, 32, 64, 128)\n"
        "n = tanh(W @ x + (slower(1, 2, 4, 8, 16, 32, 64, 128) * U) @ h_prev)\n"
        "h = m * n + (1 - m) * h_prev"
    },
    "context": {"cell": "scrn", "sizes": {"context": UNITS}},
    "lstm": {},
    "gru": {},
}
#: the parameter that is the bias of what keeps a state, and the state that is followed, where it is not h
_KEEPERS = {"lstm": "b_f", "gru": "b_z"}
_FOLLOWED = {"lstm": "c", "context": "s"}
_FRESH, _INPUTS = 1_000_000, 2_000_000


@dataclass(frozen=True, slots=True)
class Draw:
    """What all samples of one question have in common. `drive` is the standard deviation of the inputs."""

    seed: int
    radius: float
    steps: int
    drive: float = 1
    gate: float = 0

    def normal(self, number: int, *shape: int) -> Floats:
        return np.random.default_rng([self.seed, number]).normal(size=shape)

    def inputs(self) -> Floats:
        return self.drive * self.normal(_INPUTS, self.steps + 1, UNITS)


def reaching(name: str, draw: Draw) -> tuple[Floats, Floats]:
    """Of a change so many steps earlier (lags, (n,)), how much reaches the last step: norms (n,) of dS_T/dS_t.

    S is what the cell `name` remembers: h, of an LSTM c, of context units s. Of two states the other is held.
    """
    network = _network(name)
    parameters = _parameters(name, network, draw)
    found = step_matrices(network.run(parameters, draw.inputs()))
    products = found.products(draw.steps + 1)
    if name in _FOLLOWED:
        products = found.block(_FOLLOWED[name], _FOLLOWED[name], products)
    lags = _lags(draw.steps)
    return lags.astype(np.float64), spectral_norm(products[draw.steps - lags])


def reaching_afresh(name: str, draw: Draw) -> tuple[Floats, Floats]:
    """The same where every step has a recurrent matrix of its own, each scaled to the radius."""
    network = _network(name)
    parameters = _parameters(name, network, draw)
    h, own, inputs = network.full("h"), network.full("U"), draw.inputs()
    matrices = np.array([draw.normal(_FRESH + step, UNITS, UNITS) for step in range(draw.steps + 1)])
    matrices = _scaled(matrices, draw.radius)
    before = [np.zeros(UNITS)]
    for matrix, row in zip(matrices, inputs, strict=True):
        before.append(network.run({**parameters, own: matrix}, row[None], initial={h: before[-1]}).read(h)[0])
    # Every step is a network of its own: all of them side by side, each from the state that the one before has left.
    side_by_side = network.run(
        {**parameters, own: matrices}, inputs[None], initial={h: np.array(before[:-1])}, networks=len(inputs)
    )
    steps = step_matrices(side_by_side).matrices[0]
    products = np.array(list(accumulate(steps[:0:-1], np.matmul, initial=np.eye(UNITS))))
    lags = _lags(draw.steps)
    return lags.astype(np.float64), spectral_norm(products[lags])


def through_layers(activation: str, layers: int, gain: float, seed: int) -> dict[str, Floats]:
    """How much error reaches each layer, from below: "layers" |dL/dh|, "weights" |dL/dW|, and "shares" of the top's |dL/dh|.

    Weights are normal with variance gain² / units, the same for every activation; L is the squared distance from a
    target.
    """
    text = f"h = {activation}(W @ x)"
    layer = {"cell": activation, "text": text, "units": WIDE}
    network = _built({"inputs": WIDE, "layers": [layer] * layers})
    rng = np.random.default_rng(seed)
    inputs, target = rng.normal(size=(1, WIDE)), rng.normal(size=WIDE)
    places = [f"main.{number}.forward" for number in range(1, layers + 1)]
    weights = {f"{place}.W": gain / np.sqrt(WIDE) * rng.normal(size=(WIDE, WIDE)) for place in places}
    trace = network.run(weights, inputs)
    top = f"{places[-1]}.h"
    asked = objective(network, "squared", top, [list(target)])
    gradient = trace.gradient(asked.outside(asked.loss(trace)))
    norms = np.array([float(np.linalg.norm(gradient.values[f"{place}.h"])) for place in places])
    by_weight = np.array([float(np.linalg.norm(gradient.parameters[f"{place}.W"])) for place in places])
    return {"layers": norms, "weights": by_weight, "shares": norms / norms[-1]}


@cache
def _network(name: str) -> Network:
    """Kept, since arranging the equations takes longer than a thousand steps."""
    return _built({"inputs": UNITS, "layers": [{"cell": name, "units": UNITS, **_FIELDS[name]}]})


def _built(part: Mapping[str, object]) -> Network:
    return Network.from_description({"parts": [{"name": "main", **part}]}, cells.load)


def _parameters(name: str, network: Network, draw: Draw) -> dict[str, Floats]:
    """Matrices that multiply a state are square and scaled; those of the input keep a unit's sum at variance 1."""
    found: dict[str, Floats] = {}
    for number, (full, shape) in enumerate(network.parameters.items()):
        symbol = full.rpartition(".")[2]
        if len(shape) == 1:
            found[full] = np.full(shape, draw.gate if symbol == _KEEPERS.get(name) else 0.0)
        elif symbol[0] not in "UR":
            found[full] = draw.normal(number, *shape) / np.sqrt(UNITS)
        elif name == "identity":
            found[full] = draw.radius * np.eye(UNITS)
        else:
            drawn = draw.normal(number, *shape)
            found[full] = _scaled(np.triu(drawn) if name == "clockwork" else drawn, draw.radius)
    return found


def _scaled(matrices: Floats, wanted: float) -> Floats:
    """(..., n, n), each scaled by itself."""
    scaled: Floats = matrices * (wanted / spectral_radius(matrices))[..., None, None]
    return scaled


def _lags(steps: int) -> np.typing.NDArray[np.int64]:
    """Every step near the end, every tenth further back."""
    return np.unique(np.r_[: min(steps, 100) + 1, 100 : steps + 1 : 10, steps].clip(max=steps))
