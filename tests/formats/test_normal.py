"""The same computation has the same normal form, another one has another."""

from __future__ import annotations

import numpy as np
import pytest

from app.cells import load, names
from app.engine import Layer, Network, define
from app.formats import normal
from app.formats.normal import MAX_DEPTH, TooLarge, add, apply, lines, meaning, mul, name, neg, number

SAME = [
    ("h = tanh(W @ x + U @ h_prev + b)", "h = tanh(b + (U @ h_prev + W @ x))"),
    ("h = tanh(W @ x + U @ h_prev + b)", "a = U @ h_prev\nq = W @ x + a\nh = tanh(q + b)"),
    ("h = tanh(W @ x + U @ h_prev + b)", "h = identity(tanh(b + identity(W @ x) + U @ h_prev))"),
    ("h = z * h_prev + (1 - z) * (W @ x)", "h = (W @ x) * (1 - z) + h_prev * z"),
    ("h = h_prev - W @ x", "h = -(W @ x) + h_prev"),
    ("h = 0.5 * h_prev + W @ x", "alpha = 1 - 0.5\nh = W @ x + alpha * h_prev"),
    ("h = h_prev * 1 + 0 + W @ x", "h = W @ x + h_prev"),
    ("h = (a * b) * (W @ x)", "h = b * ((W @ x) * a)"),
    ("h = clip(W @ x + h_prev, -1, 1)", "h = clip(h_prev + W @ x, 0 - 1, 1)"),
    ("h = W @ x + 0 * h_prev", "h = W @ x + -0 * h_prev"),
]
OTHER = [
    ("h = tanh(W @ x + U @ h_prev)", "h = tanh(U @ h_prev + V @ x)"),
    ("h = tanh(W @ x + U @ h_prev)", "h = sigmoid(W @ x + U @ h_prev)"),
    ("h = U @ (r * h_prev) + W @ x", "h = r * (U @ h_prev) + W @ x"),
    ("h = z * h_prev + (1 - z) * (W @ x)", "h = (1 - z) * h_prev + z * (W @ x)"),
    ("h = h_prev - W @ x", "h = W @ x - h_prev"),
    ("h = 0.5 * h_prev + W @ x", "h = 0.25 * h_prev + W @ x"),
    ("h = clip(W @ x, -1, 1)", "h = clip(W @ x, -1, 2)"),
    ("c = c_prev + W @ x\nh = c", "c = c_prev + W @ x\nh = c_prev"),
    ("h = W @ x", "h[outputs] = W @ x"),
]


def form(text: str) -> normal.Meaning:
    return meaning(define("cell", text).program)


@pytest.mark.parametrize(("one", "other"), SAME, ids=[one for one, _ in SAME])
def test_the_same(one: str, other: str) -> None:
    assert form(one) == form(other)


@pytest.mark.parametrize(("one", "other"), OTHER, ids=[one for one, _ in OTHER])
def test_not_the_same(one: str, other: str) -> None:
    assert form(one) != form(other)


@pytest.mark.parametrize(("one", "other"), SAME, ids=[one for one, _ in SAME])
def test_the_same_computes_the_same(one: str, other: str) -> None:
    networks = [Network([Layer(define("cell", text), 3)], inputs=2) for text in (one, other)]
    parameters = networks[0].initial(3)
    xs = np.random.default_rng(0).normal(size=(5, 2))
    first, second = (network.run(parameters, xs)["h"] for network in networks)
    np.testing.assert_allclose(first, second, rtol=1e-14, atol=1e-15)


def test_no_two_shipped_cells_are_taken_for_each_other_unless_their_equations_are_the_same() -> None:
    found: dict[str, list[str]] = {}
    for each in names():
        made = meaning(load(each).program)
        found.setdefault(f"{made.output.key} {sorted((s, n.key) for s, n in made.states.items())}", []).append(each)
    assert [alike for alike in found.values() if len(alike) > 1] == [["lstm", "lstm-long-short"]]


def test_a_line_by_name() -> None:
    found = lines(define("cell", "alpha = 0.5\na = W @ x\nh = alpha * a").program)
    assert found["alpha"] == number(0.5)
    assert found["a"] == apply("matmul", name("W"), name("x"))
    assert found["h"] == mul(number(0.5), found["a"])


def test_numbers_are_counted_together() -> None:
    a = name("a")
    assert add(number(1.0), add(a, number(2.0))) == add(a, number(3.0))
    assert add(number(1.0), number(-1.0)) == number(0.0)
    assert neg(neg(a)) == a
    assert mul(number(2.0), number(3.0)) == number(6.0)
    assert neg(number(0.0)) == number(0.0)


def test_a_product_with_a_number_stays_whole_among_others() -> None:
    """Otherwise the number of 2 * tanh(a) could not be told from one of the other factor."""
    a, b = name("a"), name("b")
    assert mul(mul(number(2.0), a), b) != mul(a, mul(number(2.0), b))
    assert mul(number(3.0), mul(number(2.0), a)) == mul(number(6.0), a)


def test_lines_that_double_at_each_step() -> None:
    text = "a0 = tanh(W @ x)\n" + "\n".join(f"a{n + 1} = a{n} * tanh(a{n})" for n in range(60)) + "\nh = a60"
    with pytest.raises(TooLarge):
        form(text)


def test_lines_that_lie_deep() -> None:
    deep = "\n".join(f"a{n + 1} = tanh(a{n})" for n in range(MAX_DEPTH))
    with pytest.raises(TooLarge):
        form(f"a0 = tanh(W @ x)\n{deep}\nh = a{MAX_DEPTH}")


def test_every_node_is_walked() -> None:
    found = lines(define("cell", "h = tanh(W @ x + b)").program)["h"]
    assert [each.op for each in normal.walk(found)] == ["tanh", "sum", "matmul", "name", "name", "name"]
    assert found.size == 6
