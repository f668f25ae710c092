"""A gate is read whatever its activation is, however its argument is written."""

from __future__ import annotations

from itertools import product

import pytest

from app.engine import define
from app.formats.activations import FORMULAS, KERAS, LINEAR, Activation
from app.formats.gates import activations, factors, gates, is_parameter, one_minus, terms, without
from app.formats.normal import Node, add, apply, lines, mul, name, number

H = name("h_prev")
C = name("c_prev")


def node(expression: str) -> Node:
    """A line of a cell that has the states h and c."""
    return lines(define("cell", f"q = {expression}\nc = c_prev + q\nh = q + h_prev").program)["q"]


def every() -> list[Activation]:
    numbers = [(0.3, 0.7), (1.0, -0.4), (-0.6, 0.0), (0.25, 1.0)]
    found = [
        Activation(formula, each[: sum(f"{{{letter}}}" in text for letter in "ab")])
        for (formula, text), each in product(FORMULAS.items(), numbers)
    ]
    return list(dict.fromkeys(each for each in found if each.plain() == each))


@pytest.mark.parametrize("activation", every(), ids=str)
@pytest.mark.parametrize("clip", [None, 2.5])
def test_every_activation(activation: Activation, clip: float | None) -> None:
    argument = "W @ x + U @ h_prev + b"
    inner = argument if clip is None else f"clip({argument}, -{clip}, {clip})"
    found = gates(node(activation.text(inner)), H)
    ways = {each.kind for each in found}
    assert ways == {(activation, clip)} | ({(LINEAR, 1.0)} if (activation.name, clip) == ("hard_tanh", None) else set())
    assert all(each.names == {"W": "W", "U": "U", "b": "b"} for each in found)


def test_a_clip_at_one_can_be_said_in_two_ways() -> None:
    found = gates(node("clip(W @ x + U @ h_prev, -1, 1)"), H)
    assert {each.kind for each in found} == {(Activation("hard_tanh"), None), (LINEAR, 1.0)}


@pytest.mark.parametrize(
    ("expression", "names"),
    [
        ("tanh(V @ x + R @ h_prev)", {"W": "V", "U": "R"}),
        ("tanh(d + W @ x + (U @ h_prev + b))", {"W": "W", "U": "U", "b": "b", "d": "d"}),
        ("tanh(b_x + W @ x + (U @ h_prev + b_h))", {"W": "W", "U": "U", "b": "b_h", "d": "b_x"}),
        ("tanh(W @ x + U @ h_prev + p * c_prev)", {"W": "W", "U": "U", "p": "p"}),
    ],
)
def test_the_parameters(expression: str, names: dict[str, str]) -> None:
    (found,) = gates(node(expression), H, [C])
    assert found.names == names


@pytest.mark.parametrize(
    "expression",
    [
        "tanh(W @ x + b)",
        "tanh(U @ h_prev + b)",
        "tanh(W @ x + U @ c_prev)",
        "tanh(W @ x + U @ h_prev + h_prev)",
        "tanh(W @ x + U @ h_prev + p * h_prev)",
        "tanh(W @ x + U @ h_prev + V @ h_prev)",
        "tanh(W @ x + V @ x + U @ h_prev)",
        "tanh(W @ x + U @ h_prev + b + d + e)",
        "tanh(W @ x + U @ h_prev + 1)",
        "tanh(W @ x - U @ h_prev)",
        "tanh(W @ x + U @ tanh(h_prev))",
        "clip(W @ x + U @ h_prev, -1, 2)",
        "tanh(tanh(W @ x + U @ h_prev))",
        "b * tanh(W @ x + U @ h_prev)",
    ],
)
def test_what_is_no_gate(expression: str) -> None:
    assert gates(node(expression), H, [C]) == []


def test_a_peephole_looks_at_what_it_may_see_only() -> None:
    assert gates(node("tanh(W @ x + U @ h_prev + p * c_prev)"), H) == []


@pytest.mark.parametrize(
    ("expression", "side", "extra"),
    [
        ("tanh(W @ x + U @ (r * h_prev) + b)", "before", {"b": "b"}),
        ("tanh(W @ x + r * (U @ h_prev) + b)", "after", {"b": "b"}),
        ("tanh(W @ x + r * (U @ h_prev + d) + b)", "after", {"b": "b", "d": "d"}),
        ("tanh(W @ x + r * (bias + U @ h_prev))", "after", {"d": "bias"}),
    ],
)
def test_both_forms_of_the_reset_gate(expression: str, side: str, extra: dict[str, str]) -> None:
    (found,) = gates(node(expression), H, reset=True)
    assert (found.reset, found.side, found.names) == (name("r"), side, {"W": "W", "U": "U", **extra})


def test_without_a_reset_gate_there_is_none() -> None:
    assert gates(node("tanh(W @ x + U @ h_prev + b)"), H, reset=True) == []
    assert gates(node("tanh(W @ x + U @ (r * h_prev) + b)"), H) == []


@pytest.mark.parametrize("activation", dict.fromkeys(KERAS.values()), ids=str)
def test_the_activation_of_a_state(activation: Activation) -> None:
    assert activation in activations(node(activation.text("c_prev")), C)


def test_pieces_of_a_product_and_of_a_sum() -> None:
    a, b = name("a"), name("b")
    assert factors(mul(number(2.0), a, b)) == (a, b)
    assert factors(a) == (a,)
    assert terms(add(a, b)) == (a, b)
    assert terms(add(a, b, number(1.0))) == ()
    assert terms(a) == (a,)
    assert without(mul(a, b), a) == b
    assert without(a, a) == number(1.0)
    assert one_minus(a) == add(number(1.0), mul(number(-1.0), a))


def test_what_a_parameter_is() -> None:
    assert is_parameter(name("W"))
    assert not is_parameter(name("x"))
    assert not is_parameter(H)
    assert not is_parameter(apply("tanh", name("W")))
