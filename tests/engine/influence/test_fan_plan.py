from __future__ import annotations

import tracemalloc

import numpy as np
import pytest

from app.engine.influence.fan import Fan
from app.engine.influence.fan_plan import ALL, EACH, FULL, FanPlan
from app.engine.influence.rays import Rays
from tests.engine import wirings
from tests.engine.wirings import large


def plan(name: str, full: str, wanted: list[str], keep: str = FULL, **more: list[str]) -> FanPlan:
    trace = wirings.get(name).trace
    run = trace.runs[full.partition(".")[0]]
    rays = Rays(run.stack.name, np.array([1, 2]), {full: np.ones((2, *run.lead, *run.stack.values[full]))})
    return FanPlan(trace, rays, wanted, keep=keep, **more)  # type: ignore[arg-type]


def test_only_what_lies_between_is_passed_through() -> None:
    found = plan("stack both ways", "main.3.forward.h", ["main.2.backward.c"])
    assert list(found.pulls) == ["main.3.forward.", "main.2.backward."]
    assert "c" in found.pulls["main.2.backward."].forms
    assert "x" in found.pulls["main.3.forward."].forms
    assert "x" not in found.pulls["main.2.backward."].forms
    assert list(plan("stack both ways", "main.1.forward.h", ["main.2.backward.c"]).pulls) == []
    assert list(plan("stack both ways", "main.1.forward.h", ["main.0.forward.x"]).pulls) == ["main.1.forward."]


def test_parts_are_passed_through_by_the_states_that_are_handed_on() -> None:
    found = plan("parts", "decoder.readout.forward.y", ["encoder.1.forward.c"])
    assert list(found.pulls) == ["decoder.readout.forward.", "decoder.1.forward.", "encoder.1.forward."]
    assert found.starts("decoder.1.forward.c")
    own = plan("parts", "decoder.readout.forward.y", ["decoder.1.forward.c"])
    assert list(own.pulls) == ["decoder.readout.forward.", "decoder.1.forward."]
    assert not own.starts("decoder.1.forward.c")


def test_a_part_that_is_fed_its_own_output_goes_round() -> None:
    found = plan("fed", "decoder.1.forward.c", ["decoder.readout.forward.y"])
    assert list(found.pulls) == ["decoder.readout.forward.", "decoder.2.forward.", "decoder.1.forward."]
    assert list(plan("fed", "encoder.1.forward.c", ["encoder.1.forward.h"]).pulls) == ["encoder.1.forward."]


def test_what_is_kept() -> None:
    array = np.arange(24.0).reshape(2, 3, 4)
    for keep, shape in ((FULL, (2, 3, 4)), (EACH, (2, 3)), (ALL, (2,))):
        found = plan("forward", "main.1.forward.h", ["main.1.forward.c"], keep)
        assert found.reduced(array).shape == found.kept_shape(array.shape) == shape
        assert found.is_full == (keep == FULL)
    np.testing.assert_allclose(found.reduced(array), np.sqrt((array**2).sum((1, 2))))


def test_a_readout_is_passed_through_at_the_losses_own_steps() -> None:
    assert plan("stack", "main.readout.forward.y", ["main.1.forward.c"]).apart == {"main.readout.forward."}
    assert plan("fed", "decoder.readout.forward.y", ["decoder.1.forward.c"]).apart == set()
    # between layers with memory, and above them
    assert plan("mixed", "main.4.forward.h", ["main.0.forward.x"]).apart == set()
    assert plan("mixed", "main.1.forward.h", ["main.0.forward.x"]).apart == {"main.1.forward."}


@pytest.mark.parametrize("keep", [FULL, EACH, ALL])
@pytest.mark.parametrize("symbol", ["main.1.forward.c", "main.2.forward.i:in", "main.0.forward.x"])
def test_memory_is_told_before(symbol: str, keep: str) -> None:
    trace, outside = large(100)
    Fan(FanPlan(trace, Rays("main", np.arange(100), outside), [symbol], keep=keep))  # what NumPy loads late
    tracemalloc.start()
    plan = FanPlan(trace, Rays("main", np.arange(100), outside), [symbol], keep=keep)
    Fan(plan)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    # programs and passing results come on top
    assert peak < plan.bytes() + 400_000
    assert plan.bytes() < 3 * peak
