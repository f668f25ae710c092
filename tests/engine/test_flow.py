from __future__ import annotations

import pytest

from app.engine import define
from app.engine.adjoint import GRADIENT
from app.engine.expr import Apply, Expr, Name, Number
from app.engine.flow import Flow, Linear, gradients, linear
from app.engine.listing import listing
from tests.engine import texts

D = Name(GRADIENT + "a")
B, C, W = Name("b"), Name("c"), Name("W")
MINUS = Number(-1.0)


def mul(left: Expr, right: Expr) -> Expr:
    return Apply("mul", (left, right))


def turned(inner: Expr) -> Expr:
    return Apply("matmul", (Apply("transpose", (W,)), inner))


@pytest.mark.parametrize(
    ("term", "expected"),
    [
        (D, Linear("a")),
        (mul(D, B), Linear("a", (B,))),
        (mul(B, D), Linear("a", (B,))),
        (mul(mul(D, B), C), Linear("a", (B, C))),
        (Apply("neg", (mul(D, B),)), Linear("a", (B, MINUS))),
        (turned(D), Linear("a", (), W)),
        (turned(mul(D, B)), Linear("a", (B,), W)),
        (mul(turned(mul(D, B)), C), Linear("a", (B,), W, (C,))),
        (Apply("neg", (turned(D),)), Linear("a", (), W, (MINUS,))),
        (turned(turned(D)), None),
        (mul(D, D), None),
        (mul(B, C), None),
        (B, None),
        (Apply("total", (mul(D, B),)), None),
        (mul(B, Apply("sub", (D, Apply("total", (mul(D, B),))))), None),
    ],
    ids=str,
)
def test_a_term_taken_apart(term: Expr, expected: Linear | None) -> None:
    assert linear(term) == expected


def test_the_gradients_that_a_term_reads() -> None:
    assert gradients(mul(turned(mul(D, B)), Name(GRADIENT + "h:tanh"))) == ["a", "h:tanh"]
    assert gradients(B) == []


def flow(name: str, *outside: str) -> Flow:
    return Flow(texts.cell(name)[0].program, outside)


def test_an_lstm_waits_for_what_comes_back_through_both_states() -> None:
    found = flow("lstm", "h")
    assert found.carried == ("c", "h")
    assert found.late == {"c", "h", "h:tanh", "i", "f", "o", "g", "i:in", "f:in", "o:in", "g:in"}
    roots, vectors = found.needed
    assert (roots, vectors) == ({"c", "h"}, {"i:in", "f:in", "o:in", "g:in"})
    root, factors = found.resolve("f:in")
    assert (root, [listing(factor) for factor in factors]) == ("c", ["c_prev", "f", "1 - f"])
    assert found.resolve("o")[0] == "h"
    assert found.resolve("c") == ("c", ())


def test_what_the_loss_does_not_depend_on_has_no_terms() -> None:
    found = flow("memory-cell", "c")
    assert found.terms["o"] == []
    assert found.terms["W_o"] == []
    assert len(found.terms["W_i"]) == 1
    assert found.carried == ("c",)
    assert found.needed == ({"c"}, set())
    nothing = flow("memory-cell", "o")
    assert nothing.carried == ()
    assert nothing.late == set()
    assert nothing.needed == (set(), set())


def test_what_is_given_from_outside_is_no_plain_multiple() -> None:
    assert flow("lstm", "h").resolve("i") == ("c", (Name("g"),))
    assert flow("lstm", "h", "i").resolve("i") == ("i", ())
    root, factors = flow("lstm", "h", "i").resolve("i:in")
    assert (root, [listing(factor) for factor in factors]) == ("i", ["i", "1 - i"])


def test_only_a_state_that_matters_is_carried() -> None:
    program = define("two", "a = tanh(W @ x + U @ a_prev)\nb = tanh(V @ x + R @ b_prev)\nh = a + b").program
    assert Flow(program, ["a"]).carried == ("a",)
    assert Flow(program, ["b"]).carried == ("b",)
    assert Flow(program, ["h"]).carried == ("a", "b")
    assert Flow(program, ["a"]).terms["R"] == []


def test_a_state_reaches_back_through_another() -> None:
    program = define("chain", "b = W @ x\nh = a_prev\na = b_prev").program
    found = Flow(program, ["h"])
    assert set(found.carried) == {"a", "b"}
    assert [listing_of(t) for t in found.terms["a_prev"]] == ["∂h"]
    assert [listing_of(t) for t in found.terms["b_prev"]] == ["∂a"]


def listing_of(term: Expr) -> str:
    return listing(term)


def test_a_softmax_is_spelled_out() -> None:
    found = flow("three-states", "h")
    assert set(found.carried) == {"p", "q", "h"}
    assert "q" in found.needed[0]
    assert found.resolve("q:in") == ("q:in", ())
