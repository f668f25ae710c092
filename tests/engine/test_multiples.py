from __future__ import annotations

import numpy as np
import pytest

from app.cells import load
from app.engine import define
from app.engine.backward import Backward
from app.engine.plan import Plan
from tests.engine.planned import agree, by_plan, by_reference, task
from tests.engine.test_adjoint import LSTM
from tests.engine.test_terms import operations

GRU_AFTER, COUPLED = load("gru-reset-after").text, load("lstm-coupled").text


def bound(text: str, units: int, lead: tuple[int, ...] = ()) -> Backward:
    plan = Plan(define("t", text).program)
    run = plan.lease({"inputs": 1, "units": units}, 4, lead, np.dtype(np.float64))
    return plan.lease_backward(run, frozenset({"h"}))


def test_several_multiples_of_one_gradient_are_one_call() -> None:
    # ∂h; ∂o:in; ∂c; ∂i:in, ∂f:in, ∂g:in and ∂c_prev in one; ∂h_prev
    assert operations(bound(LSTM, 2)) == ["add", "multiply", "multiply", "add", "multiply", "dot"]
    # ∂h; ∂r:in, ∂z:in, what the reset gate is taken of, and what z keeps of h, in one; ∂h_prev in two
    assert operations(bound(GRU_AFTER, 2)) == ["add", "multiply", "dot", "add"]


def test_two_vectors_are_not_worth_it_but_two_numbers_are() -> None:
    text = "f = sigmoid(W @ x + U @ c_prev)\nc = f * c_prev + W @ x\nh = tanh(c)"
    assert operations(bound(text, 2)).count("multiply") == 2
    assert operations(bound(text, 1)).count("multiply") == 1


def test_a_batch_has_a_call_for_each() -> None:
    assert operations(bound(GRU_AFTER, 2, (3,))).count("multiply") == 4


def test_they_lie_side_by_side_and_what_is_carried_beside_them() -> None:
    run = bound(LSTM, 2)
    block, first, stop = run.blocks["g:in"]
    assert (block.shape, first, stop) == ((4, 10), 6, 8)
    assert np.shares_memory(run.carry["c"], block)
    assert not run.carry["c"][-1].any()
    assert not np.shares_memory(run.carry["h"], block)


@pytest.mark.parametrize("units", [1, 2])
@pytest.mark.parametrize("text", [LSTM, GRU_AFTER, COUPLED])
@pytest.mark.parametrize("touched", [["h"], ["h", "f"], ["c", "h:tanh"], ["z", "n"]])
def test_the_numbers(text: str, units: int, touched: list[str]) -> None:
    program = define("t", text).program
    known = [name for name in touched if name in program.value]
    given = task(program, {"inputs": 2, "units": units}, touched=known or ["h"])
    agree(by_plan(given), by_reference(given), 1e-13)
