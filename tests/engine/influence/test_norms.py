from __future__ import annotations

import numpy as np
import pytest

from app.engine.influence.norms import frobenius, length, radius, spectral

RANDOM = np.random.default_rng(0).normal(size=(3, 2, 4, 4))


def test_ordinary_matrices() -> None:
    np.testing.assert_allclose(length(RANDOM), np.sqrt((RANDOM**2).sum(-1)), rtol=1e-14)
    np.testing.assert_allclose(frobenius(RANDOM[..., :3]), np.linalg.norm(RANDOM[..., :3], axis=(-2, -1)), rtol=1e-14)
    np.testing.assert_allclose(spectral(RANDOM[..., :2]), np.linalg.norm(RANDOM[..., :2], 2, axis=(-2, -1)), rtol=1e-13)
    values = np.linalg.eigvals(RANDOM)
    np.testing.assert_allclose(radius(RANDOM), np.abs(values).max(-1), rtol=1e-13)


def test_a_rotation_keeps_lengths_and_a_shear_does_not() -> None:
    rotation, shear = np.array([[0.0, -1.0], [1.0, 0.0]]), np.array([[1.0, 3.0], [0.0, 1.0]])
    assert spectral(rotation) == pytest.approx(1)
    assert radius(rotation) == pytest.approx(1)
    assert radius(shear) == pytest.approx(1)
    assert spectral(shear) == pytest.approx((3 + np.sqrt(13)) / 2)


@pytest.mark.parametrize("scale", [1e-300, 1e300])
def test_what_is_very_large_or_small_is_not_lost(scale: float) -> None:
    assert length(scale * np.array([3.0, 4.0])) == pytest.approx(5 * scale, rel=1e-14)
    assert frobenius(scale * np.array([[2.0, 4.0], [5.0, 6.0]])) == pytest.approx(9 * scale, rel=1e-14)


@pytest.mark.parametrize("of", [length, frobenius, spectral, radius])
def test_what_is_not_finite(of: object) -> None:
    assert callable(of)
    matrices = np.zeros((4, 2, 2))
    matrices[1, 0, 0], matrices[2, 0, 0], matrices[3] = np.inf, np.nan, np.eye(2)
    found = of(matrices)
    found = found.max(axis=-1) if of is length else found
    assert np.isinf(found[1])
    assert np.isnan(found[2])
    assert found[0] == 0
    assert np.isfinite(found[3])


def test_the_type_stays() -> None:
    assert {of(RANDOM.astype(np.float32)).dtype for of in (length, frobenius, spectral, radius)} == {np.dtype("float32")}
