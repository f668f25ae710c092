from __future__ import annotations

import tracemalloc

import numpy as np
import pytest

from app.engine import NetworkError
from app.engine.influence.point import point
from app.engine.influence.room import LIMITS, Limits
from app.engine.influence.tangents import Tangents
from tests.engine import wirings
from tests.engine.wirings import large


@pytest.mark.parametrize("name", wirings.ALL)
def test_everything_by_one_value_by_the_complex_step(name: str) -> None:
    case = wirings.get(name)
    values = list(case.network.values)
    firsts = {each.rpartition(".")[0]: each for each in case.differentiable()[:-1] if ".0." not in each}
    for wrt in firsts.values():
        for step in (1, 3):
            tangents = Tangents(case.trace, point(case.trace, wrt, step), LIMITS, values)
            one = Tangents(case.trace, point(case.trace, wrt, step, 1), LIMITS, values)
            for of in values:
                wanted = wirings.matrices(name, of, wrt)[:, step - 1]
                np.testing.assert_allclose(tangents.matrices(of), wanted, rtol=1e-10, atol=1e-12, err_msg=f"{of} {wrt}")
                np.testing.assert_allclose(one.matrices(of), wanted[..., 1:2], rtol=1e-10, atol=1e-12, err_msg=of)
                norms = np.sqrt((wanted**2).sum((-2, -1)))
                np.testing.assert_allclose(tangents.norms(of), norms, rtol=1e-10, atol=1e-12, err_msg=of)


def test_an_input_that_is_fed_moves_one_step_after_the_output() -> None:
    case = wirings.get("fed")
    tangents = Tangents(case.trace, point(case.trace, "encoder.h", 2), LIMITS)
    np.testing.assert_array_equal(tangents.norms("decoder.0.forward.x")[1:], tangents.norms("decoder.readout.forward.y")[:-1])
    assert tangents.norms("decoder.0.forward.x")[1:].all()
    assert not tangents.norms("encoder.0.forward.x").any()


def test_the_memory_is_told_before() -> None:
    trace, _ = large(100)
    at = point(trace, "1.c", 1)
    tracemalloc.start()
    tangents = Tangents(trace, at, LIMITS, ["2.c"])
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert tangents.bytes() / 3 < peak < tangents.bytes() + 500_000
    with pytest.raises(NetworkError, match=f"this takes up to {tangents.bytes():,} bytes"):
        Tangents(trace, at, Limits(bytes=tangents.bytes() - 1), ["2.c"])
