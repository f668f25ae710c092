from __future__ import annotations

from decimal import Decimal, localcontext

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.engine.losses.log_space import log_softmax, log_sum_exp, weighted

rows = st.lists(st.floats(-1e4, 1e4, allow_subnormal=False), min_size=1, max_size=5)


def exact(row: list[float]) -> list[float]:
    """With sixty digits, and exponents of any size."""
    with localcontext() as context:
        context.prec, context.Emax, context.Emin = 60, 10**17, -(10**17)
        # digits after the point of 1 + 1e-17 and less are what is looked for
        total = sum((Decimal(x) - Decimal(max(row))).exp() for x in row)
        return [float(Decimal(x) - Decimal(max(row)) - total.ln()) for x in row]


@given(rows)
def test_log_softmax_to_the_last_digits(row: list[float]) -> None:
    found = log_softmax(np.array(row))
    for ours, theirs in zip(found, exact(row), strict=True):
        # exp makes of a relative error in its argument one of that times the argument; 60 digits end at exp(-130)
        room = 3e-16 * (4 + min(130.0, max(row) - min(row)))
        assert abs(ours - theirs) <= room * abs(theirs) + 1e-57


def test_how_near_to_0_it_comes() -> None:
    assert log_softmax(np.array([40.0, 0.0]))[0] == pytest.approx(-np.exp(-40.0), rel=1e-14)
    assert log_softmax(np.array([700.0, 0.0]))[0] == pytest.approx(-np.exp(-700.0), rel=1e-14)
    np.testing.assert_allclose(log_softmax(np.array([3.0, 3.0, 3.0])), -np.log(3), rtol=1e-15)
    np.testing.assert_array_equal(log_softmax(np.array([[5.0]])), [[0.0]])


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ([1e308, 1e308], [-np.log(2), -np.log(2)]),
        ([-1e308, 1e308], [-np.inf, 0]),
        ([-1e308, -1e308], [-np.log(2), -np.log(2)]),
        ([1e4, -1e4], [0, -2e4]),
        ([-np.inf, 0.0, -np.inf], [-np.inf, 0, -np.inf]),
        ([-np.inf, -np.inf], [np.nan, np.nan]),
        ([np.inf, 0.0], [np.nan, np.nan]),
        ([np.nan, 0.0], [np.nan, np.nan]),
    ],
)
def test_extremes(row: list[float], expected: list[float]) -> None:
    found = log_softmax(np.array([[1.0, 2.0, 3.0][: len(row)], row]))
    np.testing.assert_allclose(found[1], expected, rtol=1e-15)
    assert np.isfinite(found[0]).all()


def test_log_softmax_by_the_complex_step() -> None:
    x = np.random.default_rng(0).normal(size=(4, 3)) * 3
    p = np.exp(x) / np.exp(x).sum(axis=-1, keepdims=True)
    for entry in range(3):
        moved = x.astype(complex)
        moved[:, entry] += 1e-30j
        slope = log_softmax(moved).imag / 1e-30
        np.testing.assert_allclose(slope, (np.arange(3) == entry) - p[:, [entry]], atol=1e-15)


@given(st.lists(st.floats(-600, 600), min_size=1, max_size=5))
def test_log_sum_exp(row: list[float]) -> None:
    (found,) = log_sum_exp(np.array(row))
    assert found == pytest.approx(np.log(np.sum(np.exp(row))), rel=1e-13, abs=1e-13)


def test_log_sum_exp_of_what_cannot_be() -> None:
    found = log_sum_exp(np.array([[-np.inf, -np.inf], [-np.inf, 2.0], [np.nan, 1.0], [-1e308, -1e308]]))
    np.testing.assert_array_equal(found, [[-np.inf], [2.0], [np.nan], [-1e308]])


def test_a_weight_of_0_gives_0() -> None:
    found = weighted(np.array([0.0, 0.0, 0.0, 2.0, 2.0, -1.0]), np.array([np.inf, -np.inf, np.nan, np.inf, 3.0, 2.0]))
    np.testing.assert_array_equal(found, [0, 0, 0, np.inf, 6, -2])
