from __future__ import annotations

import ast
from pathlib import Path

import pytest

from app.engine import CellError, Problem, define
from tests.cells.mistakes import MISTAKES, NO_FOLLOW_UPS, Mistake

ENGINE = Path(__file__).parents[2] / "app" / "engine"
#: the modules that look at a cell's text
ABOUT_TEXT = ("syntax", "arithmetic", "rules", "shapes", "cell")


def problems(text: str) -> tuple[Problem, ...]:
    with pytest.raises(CellError) as caught:
        define("mistaken", text)
    return caught.value.problems


def underlined(text: str, problem: Problem) -> str | None:
    if problem.line is None:
        return None
    assert problem.start is not None
    assert problem.end is not None
    assert problem.start <= problem.end
    return text.split("\n")[problem.line - 1][problem.start : problem.end]


@pytest.mark.parametrize("row", MISTAKES, ids=[f"{row.code}: {row.text[:30]!r}" for row in MISTAKES])
def test_a_mistake(row: Mistake) -> None:
    (problem,) = problems(row.text)
    found = (problem.code, problem.line, underlined(row.text, problem), problem.message, problem.hint)
    assert found == (row.code, row.line, row.under, row.message, row.hint)


def test_the_table_has_every_code_that_the_language_knows() -> None:
    codes = set()
    for module in ABOUT_TEXT:
        for node in ast.walk(ast.parse((ENGINE / f"{module}.py").read_text("utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id in ("problem", "Problem")
            ):
                code = node.args[0]
                assert isinstance(code, ast.Constant), ast.unparse(node)
                codes.add(code.value)
    assert codes == {row.code for row in MISTAKES}


@pytest.mark.parametrize("text", NO_FOLLOW_UPS, ids=[repr(text[:40]) for text in NO_FOLLOW_UPS])
def test_a_broken_line_is_one_mistake(text: str) -> None:
    assert len(problems(text)) == 1


def test_every_mistake_is_told_at_once_in_the_order_of_the_lines() -> None:
    text = "i = sigmod(W @ x)\nf = W / x\nh = c_prev + i"
    assert [(each.line, each.code) for each in problems(text)] == [
        (1, "unknown-function"),
        (2, "bad-character"),
        (3, "no-state"),
    ]


def test_several_mistakes_in_one_line() -> None:
    assert [(each.code, each.start) for each in problems("h = W / x ^ σ")] == [
        ("bad-character", 6),
        ("bad-character", 10),
        ("bad-character", 12),
    ]
    assert [each.args["text"] for each in problems("h = a @ b * c @ d")] == ["a @ b * c", "a @ b * c @ d"]


def test_sizes_are_looked_at_although_a_line_is_broken() -> None:
    assert [each.code for each in problems("f = W /\nh = x + h_prev")] == ["bad-character", "shape"]


def test_both_readings_of_a_mixed_product_are_given_as_arguments() -> None:
    (problem,) = problems("n = tanh(W @ x + U @ r * h_prev)")
    assert problem.args == {"text": "U @ r * h_prev", "first": "(U @ r) * h_prev", "second": "U @ (r * h_prev)"}
    for reading in (problem.args["first"], problem.args["second"]):
        define("read", f"r = sigmoid(W @ x)\nh = tanh(W @ x + {reading})")


def test_a_hundred_problems_are_enough() -> None:
    assert len(problems("h = " + "$" * 390)) == 100


def test_the_error_reads_as_text_with_carets() -> None:
    with pytest.raises(CellError) as caught:
        define("mistaken", "# title\nh = sigmod(W @ x)\n\nc = x")
    assert str(caught.value).split("\n") == [
        "line 2: unknown function 'sigmod'",
        "    h = sigmod(W @ x)",
        "        ^^^^^^",
        "    did you mean 'sigmoid'?",
        "line 4: 'c' is units, but 'x' is inputs",
        "    c = x",
        "        ^",
        "    mark the line's size, as in c[inputs] = ..., or change the product",
    ]
    assert caught.value.text == "# title\nh = sigmod(W @ x)\n\nc = x"


def test_columns_count_characters() -> None:
    """Labels and comments may be in any script; what stands before a mistake in a line is what it is."""
    (problem,) = problems("h = W @ x : 隐藏状态\nc = sigmod(h) : é")
    assert (problem.line, problem.start, problem.end) == (2, 4, 10)
