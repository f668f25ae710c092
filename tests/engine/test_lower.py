from __future__ import annotations

import pytest

from app.engine.listing import listing
from app.engine.lower import lower
from app.engine.syntax import parse


def lowered(text: str, *constants: str) -> list[str]:
    return [f"{each.target} = {listing(each.expr)}" for each in lower(parse(text).equations, set(constants))]


ROWS = [
    ("h = W @ x", ["h = W @ x"]),
    ("h = tanh(x)", ["h = tanh(x)"]),
    ("i = sigmoid(W @ x + b)", ["i:in = W @ x + b", "i = sigmoid(i:in)"]),
    ("h = o * tanh(c)", ["h:tanh = tanh(c)", "h = o * h:tanh"]),
    ("h = o * tanh(W @ c)", ["h:tanh:in = W @ c", "h:tanh = tanh(h:tanh:in)", "h = o * h:tanh"]),
    # the same activation twice is one value, another one of its kind gets a number
    ("h = tanh(a) + tanh(a) * tanh(b)", ["h:tanh = tanh(a)", "h:tanh2 = tanh(b)", "h = h:tanh + h:tanh * h:tanh2"]),
    # a nested one is counted from the outside: the two never get the same name
    (
        "h = 1 - tanh(tanh(tanh(a)))",
        ["h:tanh3 = tanh(a)", "h:tanh2 = tanh(h:tanh3)", "h:tanh = tanh(h:tanh2)", "h = 1 - h:tanh"],
    ),
    ("h = tanh(tanh(a))", ["h:tanh = tanh(a)", "h = tanh(h:tanh)"]),
    ("m = every(1, 2)", ["m = every(1, 2)"]),
    ("h = every(1, 2) * x", ["h:every = every(1, 2)", "h = h:every * x"]),
    ("h = (slower(1, 2) * U) @ h_prev", ["h:slower = slower(1, 2)", "h = (h:slower * U) @ h_prev"]),
    ("h = tanh(every(1, 2))", ["h:every = every(1, 2)", "h = tanh(h:every)"]),
]


@pytest.mark.parametrize(("text", "expected"), ROWS, ids=[text for text, _ in ROWS])
def test_activations_arguments_and_masks_get_names(text: str, expected: list[str]) -> None:
    assert lowered(text) == expected


def test_numbers_and_constants_are_not_worth_a_name() -> None:
    assert lowered("alpha = tanh(0.5)\nh = tanh(alpha) * x + sigmoid(2) * tanh(x)", "alpha") == [
        "h:tanh = tanh(x)",
        "h = tanh(alpha) * x + sigmoid(2) * h:tanh",
    ]


def test_each_lowered_value_knows_its_line() -> None:
    found = lower(parse("i = sigmoid(W @ x)\nh = i * tanh(i)").equations, set())
    assert [(each.target, each.of) for each in found] == [("i:in", "i"), ("i", "i"), ("h:tanh", "h"), ("h", "h")]
