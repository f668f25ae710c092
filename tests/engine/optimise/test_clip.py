"""Clipping, against PyTorch and where squares leave the range of the numbers."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from app.engine.optimise.clip import clip_norm, clip_value, norm
from tests.engine.optimise.golden import golden


@pytest.mark.parametrize("case", golden("clip"), ids=lambda case: f"{case['name']}-{case['most']}")
def test_it_is_pytorchs(case: dict[str, Any]) -> None:
    gradient = np.array(case["given"])
    if case["name"] == "norm":
        assert clip_norm(gradient, case["most"]) == pytest.approx(case["norm"], rel=1e-14)
    else:
        clip_value(gradient, case["most"])
    assert np.abs(gradient - case["found"]).max() < 1e-14


def test_a_short_gradient_is_left_alone_bit_for_bit() -> None:
    gradient = np.array([0.3, 0.4])
    clip_norm(gradient, 10.0)
    clip_value(gradient, 10.0)
    assert gradient.tolist() == [0.3, 0.4]


@pytest.mark.parametrize(("dtype", "large"), [(np.float64, 1e200), (np.float32, 1e30)])
def test_the_norm_is_finite_where_the_entries_are(dtype: type, large: float) -> None:
    gradient = np.array([3, 4], dtype) * dtype(large)
    assert norm(gradient) == pytest.approx(5 * large, rel=1e-6)
    clip_norm(gradient, 1.0)
    assert gradient == pytest.approx([0.6, 0.8], rel=1e-6)


def test_what_is_not_finite_is_told() -> None:
    assert norm(np.array([1.0, math.inf])) == math.inf
    assert math.isnan(norm(np.array([1.0, math.nan])))
    assert norm(np.zeros(0)) == 0
