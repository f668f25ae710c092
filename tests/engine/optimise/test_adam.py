"""Adam, against PyTorch and by hand."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from app.engine.optimise.adam import Adam
from tests.engine.optimise.followed import continued, far
from tests.engine.optimise.golden import called


@pytest.mark.parametrize("case", called("adam"), ids=lambda case: str(case["settings"]))
def test_a_hundred_updates_are_pytorchs(case: dict[str, Any]) -> None:
    assert far(case) < 1e-13


def test_the_first_step_is_the_rate_whatever_the_gradient() -> None:
    p = np.array([1.0, 1.0])
    Adam(2, np.float64, small=1e-16).update(p, np.array([1e-3, -1e3]), 0.1, 1)
    assert p == pytest.approx([0.9, 1.1], abs=1e-12)


def test_it_goes_on_from_its_memory() -> None:
    continued(Adam(7, np.float64), Adam(7, np.float64))


def test_it_computes_in_the_type_of_the_parameters() -> None:
    optimiser, p = Adam(3, np.float32), np.ones(3, np.float32)
    optimiser.update(p, np.ones(3, np.float32), 0.1, 1)
    assert {array.dtype for array in (p, *optimiser.memory.values())} == {np.dtype(np.float32)}
    assert p == pytest.approx([0.9] * 3, abs=1e-6)
