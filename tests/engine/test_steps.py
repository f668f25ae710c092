from __future__ import annotations

import numpy as np
import pytest

from app.engine import define
from app.engine.extent import Extent
from app.engine.forward import Forward
from app.engine.schedule import schedule
from app.engine.tape import Series, Still
from tests.engine.planned import agree, by_plan, by_reference, task


def bound(text: str, lead: tuple[int, ...] = (), units: int = 2) -> Forward:
    program = define("t", text).program
    return Forward(program, schedule(program), Extent({"inputs": 1, "units": units}, 3, lead, np.dtype(np.float64)))


def operations(run: Forward) -> list[str]:
    return [str(getattr(operation, "__name__", operation)) for operation, _ in run.tape.table]


def test_what_does_not_move_is_worked_out_before_the_loop() -> None:
    run = bound("h = (a * b + 1) * h_prev + tanh(x2) * x2")
    # (a * b + 1) and tanh(x2) * x2 stand still, the product and the sum are left
    assert operations(run) == ["multiply", "add"]
    run = bound("z = tanh(W @ x)\nh = (z * a) * h_prev")
    assert operations(run) == ["multiply"]


def test_a_column_is_one_and_the_same_object() -> None:
    run = bound("h = tanh(W @ x + u * h_prev)")
    assert run.column("h_prev") is run.column("h_prev")
    assert isinstance(run.column("h_prev"), Series)
    assert isinstance(run.column("u"), Still)


def test_a_sigmoid_of_what_is_stored_with_its_sign_costs_one_operation_more() -> None:
    assert operations(bound("h = sigmoid(u * h_prev)"))[-4:] == ["negative", "exp", "add", "reciprocal"]
    assert operations(bound("h = sigmoid(W @ x + u * h_prev)"))[-3:] == ["exp", "add", "reciprocal"]


FORMS = [
    "h = relu(h_prev - W @ x) * -h_prev",
    "h = softmax(u * h_prev + W @ x)",
    "h = clip(h_prev + W @ x, -0.5, 0.25)",
    "h = u * (0.5 - h_prev) * (W @ x) - exp(-h_prev * h_prev)",
    "m = every(1, 2)\nh = m * h_prev + softplus(h_prev)",
    "h = identity(h_prev) * sigmoid(identity(u))",
]


@pytest.mark.parametrize("lead", [(), (3,)], ids=["alone", "batch"])
@pytest.mark.parametrize("text", FORMS)
def test_an_expression_in_the_loop(text: str, lead: tuple[int, ...]) -> None:
    given = task(define("t", text).program, {"inputs": 1, "units": 2}, lead=lead)
    agree(by_plan(given), by_reference(given), 1e-13)
