from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from app.engine.evaluate import compute
from app.engine.expr import Apply, Expr, Name, Number, walk
from app.engine.listing import listing
from app.engine.simplify import Done, simplify
from tests.engine.test_listing import read

ONE_SIZE = ("a", "b", "c")
ROWS = [
    ("a + 0", "a"),
    ("0 + a", "a"),
    ("a - 0", "a"),
    ("0 - a", "-a"),
    ("a * 1", "a"),
    ("1 * a", "a"),
    ("a * 0", "0"),
    ("0 * a", "0"),
    ("--a", "a"),
    ("a + -b", "a - b"),
    ("a - -b", "a + b"),
    ("a - (2 - 5)", "a + 3"),
    ("a - -2", "a + 2"),
    ("-a * b", "-(a * b)"),
    ("a * -b", "-(a * b)"),
    ("-a * -b", "a * b"),
    ("2 * 3 + 1", "7"),
    ("2 - 3", "-1"),
    ("U @ (a * 0)", "0"),
    ("tanh(a * 1)", "tanh(a)"),
    ("a + b", "a + b"),
]


@pytest.mark.parametrize(("before", "after"), ROWS, ids=[before for before, _ in ROWS])
def test_a_rule(before: str, after: str) -> None:
    assert listing(simplify(read(before))) == after


def test_parts_that_trees_share_are_looked_at_once() -> None:
    shared = read("tanh(a * 1 + 0)")
    done: Done = {}
    one, other = (simplify(Apply("mul", (Name(name), shared)), done) for name in "bc")
    assert (listing(one), listing(other)) == ("b * tanh(a)", "c * tanh(a)")
    assert isinstance(one, Apply)
    assert isinstance(other, Apply)
    assert one.args[1] is other.args[1]


@pytest.mark.parametrize("op", ["outer", "transpose", "total"])
def test_nothing_comes_from_nothing(op: str) -> None:
    zero = Number(0.0)
    assert simplify(Apply(op, (zero,) if op != "outer" else (zero, Name("x")))) == zero


def test_what_overflows_is_left_to_be_worked_out() -> None:
    for expr in (read("1e308 * 1e308"), read("1.5e308 + 1.5e308"), read("-1.5e308 - 1.5e308")):
        assert all(abs(node.value) < float("inf") for node in walk(simplify(expr)) if isinstance(node, Number))


def elementwise() -> st.SearchStrategy[Expr]:
    leaves: st.SearchStrategy[Expr] = st.one_of(
        st.sampled_from(ONE_SIZE).map(Name), st.sampled_from((0.0, 1.0, 2.0, 0.5)).map(Number)
    )

    def larger(inner: st.SearchStrategy[Expr]) -> st.SearchStrategy[Expr]:
        return st.one_of(
            st.builds(Apply, st.sampled_from(("add", "sub", "mul")), st.tuples(inner, inner)),
            st.builds(Apply, st.sampled_from(("neg", "neg", "tanh", "sigmoid")), st.tuples(inner)),
        )

    return st.recursive(leaves, larger, max_leaves=20)


@given(elementwise(), st.integers(0, 2**32))
def test_the_value_stays(expr: Expr, seed: int) -> None:
    random = np.random.default_rng(seed)
    env = {name: random.normal(size=3) for name in ONE_SIZE}
    before, after = compute(expr, env), compute(simplify(expr), env)
    assume(np.max(np.abs(before)) < 1e6)
    np.testing.assert_allclose(np.broadcast_to(after, (3,)), np.broadcast_to(before, (3,)), rtol=1e-12, atol=1e-9)


@given(elementwise())
def test_simple_trees_stay_as_they_are(expr: Expr) -> None:
    once = simplify(expr)
    assert simplify(once) == once
