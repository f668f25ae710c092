"""Numbers as texts tell them."""

from __future__ import annotations

import math

import pytest

from app.lessons.spelling import spell


@pytest.mark.parametrize(
    ("value", "digits", "said"),
    [
        (16.0, None, "16"),
        (-2.0, None, "−2"),
        (0.0, None, "0"),
        (-0.0, None, "0"),
        (6.9995, None, "7.00"),
        (1e-12, None, "1.0·10⁻¹²"),
        (0.034, None, "0.03"),
        (0.0034, 4, "0.0034"),
        (0.004, None, "4.0·10⁻³"),
        (5.735e-39, None, "5.7·10⁻³⁹"),
        (2.47e41, None, "2.47·10⁴¹"),
        (1.0, 2, "1.00"),
        (0.5, 0, "0"),
        (0.0004, 2, "0.00"),
        (-0.0004, 2, "0.00"),
        (math.inf, None, "∞"),
        (-math.inf, None, "−∞"),
        (math.nan, None, "NaN"),
    ],
)
def test_a_number(value: float, digits: int | None, said: str) -> None:
    assert spell(value, digits) == said
