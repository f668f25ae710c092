from __future__ import annotations

import numpy as np
import pytest

from app.engine.alike import Alike
from app.engine.ops import Array

RANDOM = np.random.default_rng(5)
ROWS, COLUMNS, NETWORKS = 6, 4, 50
SHARED, VECTORS = RANDOM.normal(size=(ROWS, COLUMNS)), RANDOM.normal(size=(COLUMNS, NETWORKS))


def with_own(*entries: tuple[int, int]) -> Array:
    """A matrix of which networks have these entries each for itself."""
    matrix = np.repeat(SHARED[..., None], NETWORKS, axis=-1)
    for row, column in entries:
        matrix[row, column] = RANDOM.normal(size=NETWORKS)
    return matrix


def times(alike: Alike) -> Array:
    out = np.full((ROWS, NETWORKS), np.nan)
    alike.times(VECTORS, out)
    return out


@pytest.mark.parametrize("own", [(), (2,), (2, 5), (0, 1, 2, 3), range(ROWS)])
def test_every_network_has_its_own_product(own: tuple[int, ...]) -> None:
    matrix = with_own(*((row, row % COLUMNS) for row in own))
    alike = Alike(matrix)
    alike.look()
    expected = np.stack([matrix[..., n] @ VECTORS[:, n] for n in range(NETWORKS)], axis=-1)
    np.testing.assert_allclose(times(alike), expected, rtol=0, atol=1e-14)


def test_new_numbers_are_looked_at_again() -> None:
    matrix = with_own()
    alike = Alike(matrix)
    alike.look()
    before = times(alike)
    matrix[1, 3] += np.arange(NETWORKS)
    alike.look()
    np.testing.assert_allclose(times(alike) - before, np.outer(np.eye(ROWS)[1], np.arange(NETWORKS) * VECTORS[3]), atol=1e-12)


def test_what_is_infinite_in_one_row_stays_in_it() -> None:
    matrix = with_own((2, 0))
    matrix[2, 0, 7] = np.inf
    alike = Alike(matrix)
    alike.look()
    assert np.argwhere(~np.isfinite(times(alike))).tolist() == [[2, 7]]
