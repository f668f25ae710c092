"""RMSprop, against PyTorch and by hand."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from app.engine.optimise.rmsprop import Rmsprop
from tests.engine.optimise.followed import continued, far
from tests.engine.optimise.golden import called


@pytest.mark.parametrize("case", called("rmsprop"), ids=lambda case: str(case["settings"]))
def test_a_hundred_updates_are_pytorchs(case: dict[str, Any]) -> None:
    assert far(case) < 1e-13


def test_the_first_step_has_the_size_of_the_rate_over_the_root_of_what_is_new() -> None:
    p = np.array([1.0, 1.0])
    Rmsprop(2, np.float64, decay=0.75, small=1e-16).update(p, np.array([1e-3, -1e3]), 0.1, 1)
    assert p == pytest.approx([0.8, 1.2], abs=1e-12)


def test_it_goes_on_from_its_memory() -> None:
    continued(Rmsprop(7, np.float64, momentum=0.5), Rmsprop(7, np.float64, momentum=0.5))


def test_a_gradient_of_zero_moves_nothing() -> None:
    p = np.array([1.0])
    Rmsprop(1, np.float64).update(p, np.zeros(1), 0.1, 1)
    assert p[0] == 1.0
