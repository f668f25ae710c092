from __future__ import annotations

import numpy as np
import pytest

from app.engine.influence.fan_plan import EACH, FULL, FanPlan
from app.engine.influence.fan_walk import add, at_once, walk
from app.engine.influence.rays import Rays
from tests.engine import wirings

Y = "main.readout.forward.y"


@pytest.mark.parametrize("name", ["stack", "lengths", "forward"])
@pytest.mark.parametrize("keep", [FULL, EACH])
def test_a_place_without_memory_all_at_once_or_step_by_step(name: str, keep: str) -> None:
    trace = wirings.get(name).trace
    run = trace.runs["main"]
    when = np.array([3, 0, 0, 2])
    seeds = np.random.default_rng(0).normal(size=(4, *run.lead, 2))
    if run.ended is not None:
        seeds[run.ended[when]] = 0
    values = [place.address(v.name) for place in run.places[-1:] for v in place.program.values]
    wanted = [*values, run.places[0].address("c")]
    plan = FanPlan(trace, Rays("main", when, {Y: seeds}), wanted, totals=[run.places[-1].address("V")], keep=keep)
    place = run.places[-1]
    kept, inputs = at_once(plan, run, place, {"y": seeds})
    plan.apart.clear()
    walked = walk(plan, run, [place], {}, {place.prefix: {"y": seeds}})[place.prefix]
    for ours, theirs in ((kept.norms, walked.norms), (kept.totals, walked.totals)):
        assert ours.keys() == theirs.keys()
        for each, array in theirs.items():
            np.testing.assert_allclose(ours[each], array, rtol=1e-12, atol=1e-14, err_msg=each)
    for each in kept.whole:
        np.testing.assert_allclose(kept.whole[each], walked.whole[each], rtol=1e-12, atol=1e-14, err_msg=each)
    assert ("y:exp" in kept.whole, "y:exp" in kept.norms) == (keep == FULL, keep == EACH)
    assert set(inputs) == {"h", "c"}
    for each, array in inputs.items():
        for n, step in enumerate(when):
            np.testing.assert_allclose(array[n], walked.whole[each][step][..., n, :], rtol=1e-12, atol=1e-14)


def test_gradients_are_added_up() -> None:
    given = {"a": np.ones(2)}
    first = given["a"]
    add(given, "a", np.ones(2))
    add(given, "b", np.zeros(2))
    assert {name: array.tolist() for name, array in given.items()} == {"a": [2, 2], "b": [0, 0]}
    assert first.tolist() == [1, 1]
