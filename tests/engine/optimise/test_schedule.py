"""Rates over time, against PyTorch and at their ends."""

from __future__ import annotations

from typing import Any

import pytest

from app.engine.optimise.schedule import RATE_SHAPES, RateSchedule
from tests.engine.optimise.golden import golden


@pytest.mark.parametrize("case", golden("schedule"), ids=lambda case: str(case["settings"]))
def test_a_hundred_rates_are_pytorchs(case: dict[str, Any]) -> None:
    schedule = RateSchedule(**case["settings"])
    found = [case["rate"] * schedule.share(number) for number in range(1, len(case["rates"]) + 1)]
    assert max(abs(one - other) for one, other in zip(found, case["rates"], strict=True)) < 1e-13


def test_every_shape_is_compared_with_pytorch() -> None:
    assert {case["name"] for case in golden("schedule")} == RATE_SHAPES.keys()


@pytest.mark.parametrize("shape", RATE_SHAPES)
def test_it_begins_whole_and_ends_at_the_factor(shape: str) -> None:
    schedule = RateSchedule(shape, every=10, factor=0.25)
    assert schedule.share(1) == 1
    assert schedule.share(11) == pytest.approx(1.0 if shape == "constant" else 0.25)


def test_the_cosine_does_not_rise_again() -> None:
    assert RateSchedule("cosine", every=10, factor=0.0).share(15) == 0


def test_the_warm_up_is_a_line() -> None:
    assert [RateSchedule(warm_up=4).share(number) for number in range(1, 7)] == [0.25, 0.5, 0.75, 1, 1, 1]
