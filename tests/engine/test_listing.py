from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.engine import define
from app.engine.arithmetic import Place, read_expression
from app.engine.expr import Equation, Expr, Name
from app.engine.listing import cell_text, equation_text, listing, number
from app.engine.problems import Problem
from app.engine.syntax import parse
from tests.engine.strategies import Written, cells, expressions, numbers


def read(text: str) -> Expr:
    problems: list[Problem] = []
    expr = read_expression(text, Place(1, 0), problems)
    assert expr is not None, problems
    return expr


@given(expressions())
def test_what_is_printed_reads_as_the_same_tree(expr: Expr) -> None:
    assert read(listing(expr)) == expr


@given(numbers())
def test_a_number_is_printed_exactly(value: float) -> None:
    assert float(number(value)) == value


@given(st.integers(0, 10**14).map(float))
def test_whole_numbers_have_no_point(value: float) -> None:
    assert number(value).isdigit()


@pytest.mark.parametrize(
    "text",
    [
        "f * c_prev + i * g",
        "a - (b - c)",
        "a - b - c",
        "(a + b) * c",
        "U @ (r * h_prev)",
        "(U @ r) * h_prev",
        "-a * b",
        "-(a * b)",
        "--a",
        "a * -b",
        "-(a + b)",
        "tanh(W @ x + U @ h_prev + b)",
        "every(1, 2, 4) * x",
        "(slower(1, 2) * U) @ h_prev",
        "1e+20 * x",
        "0.1 * x",
    ],
)
def test_no_more_parentheses_than_needed(text: str) -> None:
    assert listing(read(text)) == text


def test_superfluous_parentheses_and_signs_go() -> None:
    assert listing(read("((a) + ((b * c)))")) == "a + b * c"
    assert listing(read("+a + +b")) == "a + b"


def test_an_equation() -> None:
    assert equation_text(Equation("y", Name("h"), "output", "outputs")) == "y[outputs] = h : output"
    assert equation_text(Equation("h", Name("x"))) == "h = x"


def test_labels_stand_in_one_column() -> None:
    equations = [
        Equation("i", read("sigmoid(x)"), "input gate"),
        Equation("c", read("i * x")),
        Equation("h", Name("c"), "c"),
    ]
    assert cell_text(["Title", "", "source"], equations, [("b", "1"), ("U", "identity")]).split("\n") == [
        "# Title",
        "#",
        "# source",
        "i = sigmoid(x)  : input gate",
        "c = i * x",
        "h = c           : c",
        "start b = 1",
        "start U = identity",
        "",
    ]


@given(cells())
def test_a_whole_cell_prints_and_reads_back(written: Written) -> None:
    text = written.cell.text
    statements = parse(text)
    assert statements.problems == []
    assert [(e.target, e.expr, e.label, e.size) for e in statements.equations] == [
        (e.target, e.expr, e.label, e.size) for e in written.equations
    ]
    assert statements.header == ["Drawn by lot", "nobody 2026"]
    assert define("again", text).text == text
