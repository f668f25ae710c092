"""The tables of mistakes, taken together: rows stand beside the module that notices the mistake."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.engine import test_arithmetic, test_cell, test_rules, test_shapes, test_syntax
from tests.engine.mistakes import answered, codes, problems

ENGINE = Path(__file__).parents[2] / "app" / "engine"
#: the modules that look at a cell's text
ABOUT_TEXT = ("syntax", "arithmetic", "rules", "shapes", "cell")
MISTAKES = [
    *test_syntax.MISTAKES, *test_arithmetic.MISTAKES, *test_rules.MISTAKES, *test_shapes.MISTAKES, *test_cell.TOO_LARGE,
    *test_cell.LIMITS,
]  # fmt: skip


def test_every_code_that_the_language_knows_has_its_row() -> None:
    known = set()
    for module in ABOUT_TEXT:
        for node in ast.walk(ast.parse((ENGINE / f"{module}.py").read_text("utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id in ("problem", "Problem")
            ):
                code = node.args[0]
                assert isinstance(code, ast.Constant), ast.unparse(node)
                known.add(code.value)
    assert known == {row.code for row in MISTAKES} | {"mixed-products"}
    assert len(MISTAKES) >= 100


#: one thing is wrong in each, and what hangs on that is no further mistake
ONE_MISTAKE = [
    "k = 0.5 */\nh = W @ (k * x) + k * h_prev",
    "f = sigmod(W @ x)\nc = f * c_prev\nh = tanh(c) * f_prev\nstart f = 1",
    "c[context] = W $ x\nh = P @ c + Q @ c_prev\ny[outputs] = V @ c",
    "c += x\nh = c_prev + c",
    "c f * c_prev\nh = c_prev + c",
    "c[2] = W @ x\nh = c_prev + c",
    "c = " + "x + " * 100 + "x\nh = c_prev + c",
    "h = b\n" * 201,
    "h = W / x\nstart b = 1",
    "h = U @ r * h_prev\ny = h_prev",
    "x = tanh(b)\nh = U @ h_prev + W @ x",
    "tanh = W @ x\nh = tanh",
    "c_prev = 2\nh = c_prev * h_prev",
    "h = every(1e999) * h_prev",
]


@pytest.mark.parametrize("text", ONE_MISTAKE, ids=[repr(text[:40]) for text in ONE_MISTAKE])
def test_one_mistake_is_told_once(text: str) -> None:
    assert len(problems(text)) == 1


def test_every_mistake_is_told_at_once_in_the_order_of_the_lines() -> None:
    assert codes("h = c_prev + W / x\ni = sigmod(W @ x)\nf = V @ x + i_prev + q_prev") == [
        ("bad-character", 1),
        ("unknown-function", 2),
        ("no-state", 3),
    ]


def test_columns_are_those_of_the_line_whatever_the_script_around_it() -> None:
    (mistake,) = answered("# 门控\nh = W @ x : 隐藏状态\nc = sigmod(h) : é")
    assert (mistake.line, mistake.underlined) == (3, "sigmod")
