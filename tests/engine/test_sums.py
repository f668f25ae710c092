from __future__ import annotations

import numpy as np
import pytest

from app.cells import load
from app.engine.adjoint import GRADIENT
from app.engine.plan import Plan
from tests.engine.planned import by_plan, by_reference, task
from tests.engine.test_adjoint import LSTM
from tests.engine.test_totals import summed


def test_a_clock_has_no_gradient() -> None:
    run, _ = summed("m = every(1, 2, 3)\nh = m * (W @ x) + h_prev", "h")
    assert not run.knows("m")
    assert run.knows("h")
    assert run.knows("h_prev")
    assert run.knows("x")


def test_parameters_alone_form_no_other_gradient() -> None:
    """What leaves the cell at no step and what only single values depend on stays unformed until it is asked for."""
    run, _ = summed(LSTM, "h")
    assert set(run.loop) == {"c", "h", "c_prev", "h_prev", "i:in", "f:in", "o:in", "g:in"}
    assert not run.whole.keys() & {"i", "f", "o", "g", "h:tanh", "x"}
    assert run.array("i").shape == (5, 3)
    assert "i" in run.whole


def test_what_the_loss_does_not_reach_is_zero() -> None:
    run, totals = summed("h = tanh(W @ x + U @ h_prev)\ny = V @ h", "h")
    assert not totals["V"].any()
    assert totals["V"].shape == (3, 3)
    assert not run.array("y").any()


@pytest.mark.parametrize("lead", [(), (3,)], ids=["alone", "batch"])
@pytest.mark.parametrize("name", ["lstm", "gru", "gru-reset-after", "lstm-peephole", "scrn"])
def test_stretches_of_gradients_that_hang_off_the_loop(name: str, lead: tuple[int, ...]) -> None:
    """Asked for whole, twice, and in parts."""
    cell = load(name)
    sizes = {"inputs": 2, "units": 3, "context": 2}
    given = task(cell.program, sizes, lead=lead)
    reference, plan = by_reference(given), Plan(cell.program)
    by_plan(given, plan)
    run = plan.lease(sizes, given.length, lead, np.dtype(np.float64))
    gradients = plan.lease_backward(run, frozenset(given.outside))
    gradients.load(given.outside)
    gradients.run(0, given.length)
    for symbol in (each.removeprefix(GRADIENT) for each in reference if each.startswith(GRADIENT)):
        for first, stop in ((1, 3), (0, given.length), (0, given.length), (2, given.length)):
            expected = reference[GRADIENT + symbol][first:stop]
            np.testing.assert_allclose(gradients.array(symbol, first, stop), expected, rtol=0, atol=1e-13, err_msg=symbol)
