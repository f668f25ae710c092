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
    # one that is taken of another keeps to that; others are counted from the outside, so that no two get one name
    (
        "h = 1 - tanh(tanh(tanh(a)))",
        ["h:tanh:in:in = tanh(a)", "h:tanh:in = tanh(h:tanh:in:in)", "h:tanh = tanh(h:tanh:in)", "h = 1 - h:tanh"],
    ),
    (
        "h = 1 - tanh(1 - tanh(a))",
        ["h:tanh2 = tanh(a)", "h:tanh:in = 1 - h:tanh2", "h:tanh = tanh(h:tanh:in)", "h = 1 - h:tanh"],
    ),
    ("h = tanh(tanh(a))", ["h:in = tanh(a)", "h = tanh(h:in)"]),
    # what is read twice is one value, whatever it is called by where it stands first
    ("h = tanh(exp(a)) * exp(a)", ["h:tanh:in = exp(a)", "h:tanh = tanh(h:tanh:in)", "h = h:tanh * h:tanh:in"]),
    ("h = exp(a) * tanh(exp(a))", ["h:exp = exp(a)", "h:tanh = tanh(h:exp)", "h = h:exp * h:tanh"]),
    ("i = clip(W @ x, 0, 1)", ["i:in = W @ x", "i = clip(i:in, 0, 1)"]),
    (
        "i = sigmoid(clip(W @ x + b, -3, 3))",
        ["i:in:in = W @ x + b", "i:in = clip(i:in:in, -3, 3)", "i = sigmoid(i:in)"],
    ),
    ("h = o * tanh(clip(c, -3, 3))", ["h:tanh:in = clip(c, -3, 3)", "h:tanh = tanh(h:tanh:in)", "h = o * h:tanh"]),
    ("h = clip(c, -1, 1) + clip(c, -1, 2)", ["h:clip = clip(c, -1, 1)", "h:clip2 = clip(c, -1, 2)", "h = h:clip + h:clip2"]),
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
