"""Terms of every form in the backward loop, each against the reference evaluator."""

from __future__ import annotations

import pytest

from app.engine import Layer, Network, define
from app.engine.backward import Backward
from tests.engine.reference import expected, found, numbers, same
from tests.engine.test_backward import ready

#: cells by what stands in the way of a gradient from step to step
FORMS = {
    "nothing": "h = h_prev + W @ x",
    "a number": "h = 0.9 * h_prev + W @ x",
    "a sign": "h = W @ x - h_prev",
    "a parameter": "h = u * h_prev + W @ x",
    "a value": "z = sigmoid(W @ x)\nh = z * h_prev",
    "several factors": "z = sigmoid(W @ x)\nh = tanh(z * (1 - z) * u * h_prev)",
    "a matrix": "h = U @ h_prev + W @ x",
    "a matrix after factors": "z = sigmoid(W @ x)\nh = U @ (z * h_prev)",
    "a matrix before factors": "z = sigmoid(W @ x)\nh = z * (U @ h_prev)",
    "a matrix between factors": "z = sigmoid(W @ x)\nh = z * (U @ (z * h_prev))",
    "two matrices": "s = W @ x\nh = U @ (V @ h_prev + s)",
    "two matrices and a function": "s = W @ x\nh = U @ tanh(V @ h_prev + s)",
    "a matrix worked out of others": "h = (2 * U - A * V) @ h_prev + W @ x",
    "a mask": "h = (slower(1, 2) * U) @ h_prev + W @ x",
    "a softmax": "h = softmax(U @ h_prev + W @ x)",
    "a softmax and factors": "h = u * softmax(h_prev * u) - W @ x",
    "a softmax and a matrix": "a = softmax(U @ h_prev)\nh = V @ (a * a) + W @ x",
    "a product with a wider matrix": "h = (W @ x) * h_prev",
    "itself": "h = h_prev * h_prev * u",
    "two ways": "c = f * c_prev + U @ h_prev\nh = V @ c + c",
    "three states": "a = V @ s_prev\nc = a + 0.5 * c_prev\ns = tanh(c + U @ a_prev) + s_prev",
    "a step": "h = step(h_prev) * u + relu(h_prev) + W @ x",
}


@pytest.mark.parametrize("lead", [(), (2,)], ids=["alone", "batch"])
@pytest.mark.parametrize("form", FORMS)
def test_a_form(form: str, lead: tuple[int, ...]) -> None:
    text = FORMS[form] if "h =" in FORMS[form] else FORMS[form] + "\nh = s"
    net = Network([Layer(define("t", text), 4)], inputs=7)
    for seed, share in enumerate((0.0, 1.0)):
        given = numbers(net, seed, 5, lead, share=share, scale=0.4)
        same(found(net, given), expected(net, given))


def operations(run: Backward) -> list[str]:
    return [str(getattr(operation, "__name__", operation)) for operation, _ in run.tape.table]


def test_a_gradient_that_passes_unchanged_costs_one_addition() -> None:
    _, run = ready("h = h_prev + W @ x", {"inputs": 1, "units": 1}, 3, "h")
    assert operations(run) == ["add", "positive"]


def test_a_sum_of_one_part_that_lies_in_place_costs_nothing() -> None:
    _, run = ready("h = f * h_prev", {"inputs": 1, "units": 1}, 3, "h")
    assert operations(run) == ["add", "multiply"]
