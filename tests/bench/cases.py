"""What is measured: an LSTM and a GRU with the same numbers for everybody."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.cells import load
from app.engine import Cell

Array = NDArray[np.floating[Any]]

#: steps and units, from a lesson's size to one that is trained in earnest
SIZES = [(9, 1), (50, 8), (100, 32), (1000, 32), (1000, 128), (200, 256), (1000, 512)]
GATES = {"lstm": "ifog", "gru": "rzn"}
#: the GRU of PyTorch and Keras: the reset gate comes after the matrix
NAMES = {"lstm": "lstm", "gru": "gru-reset-after"}


def cell(kind: str) -> Cell:
    """The cell of that kind."""
    return load(NAMES[kind])


@dataclass(frozen=True)
class Case:
    """A sequence (T, inputs) or a batch (T, batch, inputs), weights by name, dL/dh at every step."""

    kind: str
    x: Array
    parameters: dict[str, Array]
    outside: Array

    @property
    def units(self) -> int:
        return int(self.outside.shape[-1])

    @property
    def dtype(self) -> np.dtype[Any]:
        return self.x.dtype

    def stacked(self, letter: str) -> Array:
        """The gates' matrices or biases one below the other."""
        return np.ascontiguousarray(np.concatenate([self.parameters[f"{letter}_{g}"] for g in GATES[self.kind]]))


def case(kind: str, steps: int, units: int, dtype: type, *, batch: int | None = None) -> Case:
    """A sequence as wide as the layer (as inside a stack), weights of a usual size."""
    random = np.random.default_rng(0)
    inputs = max(3, units)
    parameters: dict[str, Array] = {}
    for gate in GATES[kind]:
        parameters[f"W_{gate}"] = random.normal(size=(units, inputs)) / inputs**0.5
        parameters[f"U_{gate}"] = random.normal(size=(units, units)) / units**0.5
        parameters[f"b_{gate}"] = random.normal(size=units)
    if kind == "gru":
        # the other two inner biases only add to the outer ones
        parameters |= {"d_r": np.zeros(units), "d_z": np.zeros(units), "d_n": random.normal(size=units)}
    lead = (steps,) if batch is None else (steps, batch)
    x, outside = random.normal(size=(*lead, inputs)), random.normal(size=(*lead, units))
    return Case(kind, x.astype(dtype), {n: v.astype(dtype) for n, v in parameters.items()}, outside.astype(dtype))
