from __future__ import annotations

import numpy as np
import pytest

from app.cells import load
from app.engine import define
from app.engine.forward import Forward
from app.engine.plan import Plan
from tests.engine.planned import agree, by_plan, by_reference, task
from tests.engine.test_adjoint import LSTM
from tests.engine.test_steps import operations

GRU_AFTER, GRU_BEFORE, PEEPHOLE = (load(name).text for name in ("gru-reset-after", "gru", "lstm-peephole"))


def bound(text: str, units: int = 2, length: int = 4) -> Forward:
    plan = Plan(define("t", text).program)
    return plan.lease({"inputs": 1, "units": units}, length, (), np.dtype(np.float64))


def test_recurrent_products_run_as_one() -> None:
    sigmoids, candidate = ["exp", "add", "reciprocal"], ["multiply", "add", "tanh"]
    assert operations(bound(LSTM)) == [
        "dot", "add", *sigmoids, "tanh", "multiply", "multiply", "add", "tanh", "multiply",
    ]  # fmt: skip
    # the product that the reset gate is taken of runs with those of the gates
    assert operations(bound(GRU_AFTER)) == [
        "dot", "add", *sigmoids, *candidate, "multiply", "subtract", "multiply", "add",
    ]  # fmt: skip
    # here it has to wait for the gate
    assert operations(bound(GRU_BEFORE)).count("dot") == 2
    assert operations(bound(PEEPHOLE)).count("dot") == 1


def test_a_matrix_is_turned_round_where_many_steps_pay_for_it() -> None:
    def matrix(length: int) -> bool:
        run = bound("h = tanh(W @ x + U @ h_prev)", units=3, length=length)
        return bool(next(op for op, _ in run.tape.table if op is not np.add).__self__.flags.f_contiguous)  # type: ignore[attr-defined]

    assert [matrix(length) for length in (2, 3, 4, 20)] == [False, False, True, True]


TEXTS = {
    "nothing ahead": "h = tanh(U @ h_prev)",
    "a bias alone": "h = sigmoid(U @ h_prev + b)",
    "a sum of another form": "h = sigmoid(2 * (W @ x) - b + U @ h_prev)",
    "one with a bias, one without": "a = sigmoid(W @ x + U @ h_prev + b)\nh = a * tanh(V @ x + R @ h_prev)",
    "two vectors": "h = sigmoid(W @ x + U @ h_prev - V @ k_prev)\nk = tanh(P @ h + Q @ k_prev)",
    "signs": "h = sigmoid(W @ x - U @ h_prev - u * h_prev + b * h_prev)",
    "no product in the loop": "h = sigmoid(W @ x + u * h_prev)",
}


@pytest.mark.parametrize("lead", [(), (3,)], ids=["alone", "batch"])
@pytest.mark.parametrize("what", TEXTS)
def test_a_block(what: str, lead: tuple[int, ...]) -> None:
    given = task(define("t", TEXTS[what]).program, {"inputs": 2, "units": 2}, lead=lead)
    agree(by_plan(given), by_reference(given), 1e-13)
    # what lies ahead is filled in again when the same arrays run again
    plan = Plan(given.program)
    by_plan(given, plan)
    agree(by_plan(given, plan), by_reference(given), 1e-13)
