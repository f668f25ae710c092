"""Starting parameters from shapes and a seed.

By the cell's rule recurrent matrices are orthogonal (Saxe, McClelland & Ganguli 2014), other matrices Glorot uniform
(Glorot & Bengio 2010, eq. 16), biases 0; then the cell's own `start` lines, of which `normal(s)` draws from a Gaussian
with the standard deviation s. Any parameter can be started by another rule instead, by its name in `KINDS`.
"""

from __future__ import annotations

from collections.abc import Mapping
from zlib import crc32

import numpy as np

from .ops import Array
from .program import Parameter

CELL = "cell"
KINDS = (CELL, "zeros", "identity", "orthogonal", "glorot", "glorot-normal", "he", "pytorch")
"""Rules by name: `glorot-normal` is Glorot's with a Gaussian, `he` is He et al. 2015, eq. 10, and `pytorch` what `nn.RNN`,
`nn.LSTM` and `nn.GRU` start with: uniform within 1/sqrt(units), biases too. All other rules start biases at 0."""


def start(parameter: Parameter, sizes: Mapping[str, int], seed: int, address: str, kind: str = CELL) -> Array:
    """The starting array of a parameter, the same for the same seed and address whatever else the network holds."""
    shape = tuple(sizes[size] for size in parameter.shape)
    random = np.random.default_rng([seed, crc32(address.encode())])
    if kind == CELL:
        return _by_the_cell(parameter, shape, random)
    if kind == "pytorch":
        limit = 1 / np.sqrt(sizes["units"])
        return random.uniform(-limit, limit, shape)
    if len(shape) != 2:
        return np.zeros(shape)
    rows, columns = shape
    match kind:
        case "zeros":
            return np.zeros(shape)
        case "identity":
            return np.eye(rows, columns)
        case "orthogonal":
            return orthogonal(rows, columns, random)
        case "glorot":
            limit = np.sqrt(6 / (rows + columns))
            return random.uniform(-limit, limit, shape)
        case "glorot-normal":
            return random.normal(scale=np.sqrt(2 / (rows + columns)), size=shape)
        case "he":
            return random.normal(scale=np.sqrt(2 / columns), size=shape)
    raise AssertionError(f"no rule is called {kind}")


def _by_the_cell(parameter: Parameter, shape: tuple[int, ...], random: np.random.Generator) -> Array:
    kind = parameter.start
    if kind is None:
        kind = "zeros" if len(shape) == 1 else "orthogonal" if parameter.recurrent else "glorot"
    match kind:
        case "zeros":
            return np.zeros(shape)
        case "identity" if len(shape) == 2:
            return np.eye(*shape)
        case "identity":
            return np.ones(shape)
        case "orthogonal" if len(shape) == 2:
            return orthogonal(shape[0], shape[1], random)
        case "orthogonal" | "glorot":
            limit = np.sqrt(6 / sum(shape if len(shape) == 2 else (*shape, 1)))
            return random.uniform(-limit, limit, shape)
        case str() if kind.startswith("normal("):
            return random.normal(scale=float(kind.removeprefix("normal(").removesuffix(")")), size=shape)
        case number:
            return np.full(shape, float(number))


def orthogonal(rows: int, columns: int, random: np.random.Generator) -> Array:
    """A matrix with orthonormal rows or columns, whichever are fewer, drawn uniformly."""
    q, r = np.linalg.qr(random.normal(size=(max(rows, columns), min(rows, columns))))
    q = q * np.sign(np.diag(r))
    return np.ascontiguousarray(q if rows >= columns else q.T)
