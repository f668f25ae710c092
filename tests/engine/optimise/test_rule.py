"""The table of optimisers: what it makes, and that its bounds hold good."""

from __future__ import annotations

import numpy as np
import pytest

from app.engine.optimise.rule import OPTIMISERS
from tests.engine.optimise.golden import golden


def test_every_rule_is_compared_with_pytorch() -> None:
    assert {case["name"] for case in golden("rule")} == OPTIMISERS.keys()


@pytest.mark.parametrize("name", OPTIMISERS)
def test_usual_settings_lie_within_their_bounds_and_lead_downhill(name: str) -> None:
    rule = OPTIMISERS[name]
    assert all(each.low <= each.usual < each.high for each in rule.settings)
    p = np.array([1.0, -1.0])
    optimiser = rule.make(2, np.float64, {})
    for number in range(1, 201):
        optimiser.update(p, 2 * p, rule.rate, number)
    assert np.abs(p).max() < 0.9


@pytest.mark.parametrize("name", OPTIMISERS)
def test_settings_at_their_bounds_stay_finite(name: str) -> None:
    rule = OPTIMISERS[name]
    for edge in ("low", "high"):
        given = {each.name: each.low if edge == "low" else np.nextafter(each.high, 0) for each in rule.settings}
        p = np.array([1.0, -1.0])
        rule.make(2, np.float64, given).update(p, p.copy(), rule.rate, 1)
        assert np.isfinite(p).all()


def test_a_setting_that_it_does_not_have_is_refused() -> None:
    with pytest.raises(AssertionError, match="sgd has no"):
        OPTIMISERS["sgd"].make(2, np.float64, {"momentum": 0.5})
