from __future__ import annotations

from itertools import islice

import numpy as np
import pytest

from app.engine import Axis, Foothold, NetworkError, downhill, objective
from tests.engine.test_landscape import PASCANU, START, last

AXES = [Axis("b", (0,), np.zeros(1)), Axis("w", (0,), np.zeros(1))]


def way(b: float, w: float, updates: int, most: float | None = None) -> list[Foothold]:
    given = {PASCANU.full("b"): np.array([b]), PASCANU.full("w"): np.array([w])}
    asked = objective(PASCANU, "squared", "h", last(50, [0.7]))
    walk = downhill(
        PASCANU, given, np.zeros((50, 1)), asked, AXES, rate=0.1, most=most, initial={"h": [START]}
    )
    found = list(islice(walk, updates + 1))
    assert given[PASCANU.full("b")][0] == b, "what was given stays as it was"
    return found


def test_the_gradient_is_the_published_one() -> None:
    (here,) = way(-2.4, 5.0, 0)
    assert here.loss == pytest.approx(0.0330047413, abs=5e-11)
    np.testing.assert_allclose(here.gradient, [0.0792411059, 0.0698646699], atol=5e-11)
    assert here.length == pytest.approx(np.hypot(0.0792411059, 0.0698646699), abs=1e-10)


def test_without_clipping_the_wall_throws_it_out() -> None:
    """Ground truth of the published recipe: what follows the wall is chaotic in its last digits, what leads to it is not."""
    found = way(-2.3, 5.2, 45)
    assert max(each.length for each in found[:40]) < 1
    assert found[40].length == pytest.approx(962.9, abs=0.5)
    np.testing.assert_allclose(found[40].at, [-2.57489, 4.93967], atol=1e-5)
    np.testing.assert_allclose(found[41].at, [79.2188, 55.7516], rtol=1e-3)
    assert [each.loss for each in found[41:]] == pytest.approx([0.09] * 5)


def test_with_clipping_it_goes_on() -> None:
    free, clipped = way(-2.3, 5.2, 40), way(-2.3, 5.2, 60, most=1.0)
    for one, other in zip(free, clipped, strict=False):
        np.testing.assert_array_equal(one.at, other.at)
    np.testing.assert_allclose(clipped[41].at, [-2.4899, 4.9924], atol=1e-4)
    assert np.linalg.norm(clipped[41].at - clipped[40].at) == pytest.approx(0.1, rel=1e-6)
    assert clipped[40].length == pytest.approx(962.9, abs=0.5), "the gradient is told as it was"
    assert all(abs(each.at[0] + 2.4) < 0.4 for each in clipped)


def test_numbers_that_there_are_not_are_told_before_the_first_step() -> None:
    asked = objective(PASCANU, "squared", "h", last(3, [0.7]))
    given = {PASCANU.full(name): np.zeros(1) for name in ("b", "w")}
    with pytest.raises(NetworkError, match="no entry"):
        downhill(PASCANU, given, np.zeros((3, 1)), asked, [Axis("b", (1,), np.zeros(1))], rate=0.1)
