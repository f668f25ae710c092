"""Starting parameters from shapes and a seed.

Recurrent matrices are orthogonal (Saxe, McClelland & Ganguli 2014), other matrices Glorot uniform (Glorot &
Bengio 2010, eq. 16), biases 0; then the cell's own `start` lines, of which `normal(s)` draws from a Gaussian with the
standard deviation s.
"""

from __future__ import annotations

from collections.abc import Mapping
from zlib import crc32

import numpy as np

from .ops import Array
from .program import Parameter


def start(parameter: Parameter, sizes: Mapping[str, int], seed: int, address: str) -> Array:
    """The starting array of a parameter, the same for the same seed and address whatever else the network holds."""
    shape = tuple(sizes[size] for size in parameter.shape)
    random = np.random.default_rng([seed, crc32(address.encode())])
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
