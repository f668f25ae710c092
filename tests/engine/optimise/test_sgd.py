"""Gradient descent, against PyTorch and by hand."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from app.engine.optimise.sgd import Sgd
from tests.engine.optimise.followed import continued, far
from tests.engine.optimise.golden import called


@pytest.mark.parametrize("case", called("sgd", "momentum", "nesterov"), ids=lambda case: case["name"])
def test_a_hundred_updates_are_pytorchs(case: dict[str, Any]) -> None:
    assert far(case) < 1e-13


def test_two_updates_by_hand() -> None:
    expected = {(0.5, False): [0.9, 0.9 - 0.1 * 2.5], (0.5, True): [0.85, 0.85 - 0.1 * (2 + 1.25)]}
    for (momentum, nesterov), values in expected.items():
        p, found = np.array([1.0]), []
        optimiser = Sgd(1, np.float64, momentum=momentum, nesterov=nesterov)
        for number, gradient in enumerate((1.0, 2.0), start=1):
            optimiser.update(p, np.array([gradient]), 0.1, number)
            found.append(p[0])
        assert found == pytest.approx(values, abs=1e-15)


def test_it_goes_on_from_its_memory() -> None:
    continued(Sgd(7, np.float64, momentum=0.9), Sgd(7, np.float64, momentum=0.9))
    assert Sgd(7, np.float64).memory == {}


def test_the_gradient_is_left_alone() -> None:
    gradient = np.array([1.0, -2.0])
    Sgd(2, np.float64, momentum=0.9, nesterov=True).update(np.zeros(2), gradient, 0.1, 1)
    assert gradient.tolist() == [1.0, -2.0]
