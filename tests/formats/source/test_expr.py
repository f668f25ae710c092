"""Expressions as Python for the three libraries: signs, parentheses, products, broken lines."""

from __future__ import annotations

import numpy as np
import pytest

from app.engine import Apply, Expr, Name, Number, Problem
from app.engine.arithmetic import Place, read_expression
from app.formats.source.expr import Writer


def expression(text: str) -> Expr:
    problems: list[Problem] = []
    found = read_expression(text, Place(1, 0), problems)
    assert found is not None
    assert not problems
    return found


def writer(to: str = "numpy", inside: dict[str, Expr] | None = None) -> Writer:
    return Writer(to, lambda name: name, lambda expr: None, inside or {})


@pytest.mark.parametrize(
    ("text", "numpy", "pytorch", "keras"),
    [
        ("W @ x", "W @ x", "x @ W.T", "product(W, x)"),
        ("W @ x + b", "W @ x + b", "x @ W.T + b", "product(W, x) + b"),
        ("a * (W @ x)", "a * (W @ x)", "a * (x @ W.T)", "a * product(W, x)"),
        ("W @ (a * x)", "W @ (a * x)", "(a * x) @ W.T", "product(W, a * x)"),
        ("(A + 0.5 * B) @ x", "(A + 0.5 * B) @ x", "x @ (A + 0.5 * B).T", "product(A + 0.5 * B, x)"),
        ("a - (b - x)", "a - (b - x)", "a - (b - x)", "a - (b - x)"),
        ("a - b + x", "a - b + x", "a - b + x", "a - b + x"),
        ("-(a + x) * b", "-(a + x) * b", "-(a + x) * b", "-(a + x) * b"),
        ("a - -x", "a - -x", "a - -x", "a - -x"),
        ("sigmoid(x)", "sigmoid(x)", "torch.sigmoid(x)", "ops.sigmoid(x)"),
        ("tanh(identity(x + a))", "np.tanh(x + a)", "torch.tanh(x + a)", "ops.tanh(x + a)"),
        ("a * identity(x + b)", "a * (x + b)", "a * (x + b)", "a * (x + b)"),
        ("clip(x, -1, 1)", "np.clip(x, -1, 1)", "torch.clamp(x, -1, 1)", "ops.clip(x, -1, 1)"),
        ("W @ tanh(x)", "W @ np.tanh(x)", "torch.tanh(x) @ W.T", "product(W, ops.tanh(x))"),
    ],
)
def test_how_it_is_written(text: str, numpy: str, pytorch: str, keras: str) -> None:
    found = expression(text)
    for to, written in (("numpy", numpy), ("pytorch", pytorch), ("keras", keras)):
        assert writer(to).write(found) == written


def test_operations_of_adjoints() -> None:
    gradient = Apply("matmul", (Apply("transpose", (Name("U"),)), Name("d")))
    assert writer().write(gradient) == "U.T @ d"
    assert writer().write(Apply("transpose", (Apply("mul", (Name("M"), Name("U"))),))) == "(M * U).T"
    assert writer().write(Apply("sum", (Apply("outer", (Apply("neg", (Name("d"),)), Name("x"))),))) == "np.outer(-d, x)"
    assert writer().write(Apply("neg", (Apply("mul", (Name("a"), Name("b"))),))) == "-a * b"
    assert writer().write(Apply("add", (Name("c"), Apply("next", (Name("d"),))))) == "c + d"


def test_what_is_read_once_is_written_where_it_is_read() -> None:
    found = writer("pytorch", {"h:in": expression("W @ x + b")})
    assert found.write(Apply("tanh", (Name("h:in"),))) == "torch.tanh(x @ W.T + b)"


def test_helpers_are_collected() -> None:
    found = writer("keras")
    found.write(expression("softplus(W @ x)"))
    assert list(found.helpers) == ["softplus", "product"]
    assert "def product(matrix, vector):" in found.helpers["product"]


def test_functions_of_numbers_are_worked_out() -> None:
    found = Writer("pytorch", lambda name: name, lambda expr: 0.25 if isinstance(expr, Apply) and expr.op == "tanh" else None)
    assert found.write(Apply("mul", (Apply("tanh", (Number(0.5),)), Name("x")))) == "0.25 * x"


def test_a_long_sum_is_broken_into_its_terms() -> None:
    long = expression(" + ".join(f"matrix_number_{n} @ x" for n in range(6)) + " - b")
    lines = writer().assign("y", long, 1).splitlines()
    assert lines[0] == "y = ("
    assert lines[2] == "    + matrix_number_1 @ x"
    assert lines[-2:] == ["    - b", ")"]
    inside = writer().assign("y", Apply("sigmoid", (long,)), 1).splitlines()
    assert (inside[0], inside[-1]) == ("y = sigmoid(", ")")
    assert writer().assign("y", expression("W @ x"), 1) == "y = W @ x"


def test_a_broken_sum_is_the_same_sum() -> None:
    names = {f"number_{n}": np.float64(n + 1.5) for n in range(15)}
    text = " - ".join(names)
    found = writer().assign("y", expression(f"{text} + b * x"), 0)
    assert "\n" in found
    total = 2 * names["number_0"] - sum(names.values())
    terms = [line.strip() for line in found.splitlines()[1:-1]]
    signs = [-1 if term.startswith("-") else 1 for term in terms[:-1]]
    assert sum(sign * names[term.lstrip("+- ")] for sign, term in zip(signs, terms[:-1], strict=True)) == total
