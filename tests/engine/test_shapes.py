from __future__ import annotations

import pytest
from hypothesis import given

from app.engine import define
from app.engine.rules import Draft
from app.engine.shapes import infer
from app.engine.syntax import parse
from tests.engine.mistakes import Mistake, answered, problems
from tests.engine.strategies import Written, cells

BOTH = "both sides need the same size; a matrix and @ change one into the other"
AT = "@ takes a matrix on its left and a vector on its right; * is elementwise"
VECTOR = "apply it to the product with a vector"
INNER = "give the inner product a line of its own with a size: p[inner] = U @ x"
TIMES = "a line gives a vector: multiply the matrix with one by @"


def mark(target: str, size: str) -> str:
    return f"mark the line's size, as in {target}[{size}] = ..., or change the product"


def row(text: str, underlined: str, message: str, hint: str, line: int = 1) -> Mistake:
    return Mistake(text, "shape", line, underlined, message, hint)


MISTAKES = [
    row("h = x + h_prev", "x + h_prev", "cannot combine 'x' (inputs) with 'h_prev' (units)", BOTH),
    row("s[context] = A @ x\nh = tanh(s * h_prev)", "s * h_prev", "cannot combine 's' (context) with 'h_prev' (units)", BOTH, 2),
    row("h = W @ x - slower(1) * h_prev", "slower(1) * h_prev", "cannot combine 'slower(1)' (? × ?) with 'h_prev' (units)", BOTH),
    row("h = (W @ x) * W", "(W @ x) * W", "cannot combine 'W @ x' (?) with 'W' (? × inputs)", BOTH),
    row("h = x", "x", "'h' is units, but 'x' is inputs", mark("h", "inputs")),
    row("h = W * x", "W * x", "'h' is units, but 'W * x' is inputs", mark("h", "inputs")),
    row("s[context] = A @ x\nh = s", "s", "'h' is units, but 's' is context", mark("h", "context"), 2),
    row("y[outputs] = b + y_prev\nh = V @ y\nc[outputs] = h", "h", "'c' is outputs, but 'h' is units", mark("c", "units"), 3),
    row("h = slower(1, 2)", "slower(1, 2)", "'h' is units, but 'slower(1, 2)' is ? × ?", TIMES),
    row("c = W @ x\nh = W", "W", "'h' is units, but 'W' is units × inputs", TIMES, 2),
    row("h = x @ W", "x @ W", "cannot multiply 'x' (inputs) with 'W' (?)", AT),
    row("h = x @ h_prev", "x @ h_prev", "cannot multiply 'x' (inputs) with 'h_prev' (units)", AT),
    row("h = W @ x + W @ h_prev", "W @ h_prev", "cannot multiply 'W' (? × inputs) with 'h_prev' (units)", AT),
    row("h = sigmoid(U @ r) @ x", "sigmoid(U @ r) @ x", "cannot multiply 'sigmoid(U @ r)' (?) with 'x' (inputs)", AT),
    row("h = 0.5 @ x", "0.5 @ x", "cannot multiply '0.5' (a number) with 'x' (inputs)", AT),
    row("a = 2\nh = a @ h_prev", "a @ h_prev", "cannot multiply 'a' (a number) with 'h_prev' (units)", AT, 2),
    row("h = W @ 0.5", "W @ 0.5", "cannot multiply 'W' (of unknown size) with '0.5' (a number)", AT),
    row("h = every(1, 2) @ x", "every(1, 2) @ x", "cannot multiply 'every(1, 2)' (?) with 'x' (inputs)", AT),
    Mistake("c = W @ x\nh = tanh(W) @ x", "no-vector", 2, "W", "'tanh' takes a vector, but 'W' is units × inputs", VECTOR),
    Mistake("h = softmax(2) * h_prev", "no-vector", 1, "2", "'softmax' takes a vector, but '2' is a number", VECTOR),
    Mistake("h = W @ (U @ x)", "ambiguous-size", 1, "W", "nothing says what size 'W' has", INNER),
    Mistake("h = W @ x + U @ (V @ x)", "ambiguous-size", 1, "U", "nothing says what size 'U' has", INNER),
    Mistake("h = tanh(W @ b)", "ambiguous-size", 1, "W", "nothing says what size 'W' has", INNER),
    Mistake("h = W @ x + U @ h_prv", "unknown-name", 1, "h_prv", "nothing here is called 'h_prv'", "did you mean 'h_prev'?"),
    Mistake("gate = W @ x\nh = U @ gat", "unknown-name", 2, "gat", "nothing here is called 'gat'", "did you mean 'gate'?"),
]  # fmt: skip


@pytest.mark.parametrize("mistake", MISTAKES, ids=str)
def test_a_mistake_is_answered_by_itself(mistake: Mistake) -> None:
    assert answered(mistake.text) == [mistake]


def test_three_mistakes_in_three_lines_are_three_problems() -> None:
    text = "c = x + h_prev\nd = x @ W\nh = softmax(3) * c"
    assert [(m.line, m.underlined, m.message) for m in answered(text)] == [
        (1, "x + h_prev", "cannot combine 'x' (inputs) with 'h_prev' (units)"),
        (2, "x @ W", "cannot multiply 'x' (inputs) with 'W' (?)"),
        (3, "3", "'softmax' takes a vector, but '3' is a number"),
    ]


def test_one_mistake_does_not_make_more_of_what_stands_around_it() -> None:
    assert len(problems("h = tanh(W @ (x + h_prev) + b) * h_prev")) == 1
    assert len(problems("h = tanh(tanh(W @ x) @ x) * x2 + h_prev")) == 1


def test_both_operands_are_arguments() -> None:
    assert problems("h = x + h_prev")[0].args == {
        "left": "x", "left_size": "inputs", "right": "h_prev", "right_size": "units",
    }  # fmt: skip


INFERRED = [
    ("h = tanh(W @ x + U @ h_prev + b)", {"W": ("units", "inputs"), "U": ("units", "units"), "b": ("units",)}),
    ("h = w * h_prev + v", {"w": ("units",), "v": ("units",)}),
    ("h[inputs] = a * x", {"a": ("inputs",)}),
    ("s[context] = A @ x\nh = P @ s", {"A": ("context", "inputs"), "P": ("units", "context")}),
    ("h = U @ (r * h_prev) + W @ x", {"U": ("units", "units"), "r": ("units",), "W": ("units", "inputs")}),
    ("h = (slower(1, 2) * U) @ h_prev", {"U": ("units", "units")}),
    ("h = W @ x + (U - V) @ h_prev", {"W": ("units", "inputs"), "U": ("units", "units"), "V": ("units", "units")}),
    ("h = 0.5 * b + 1", {"b": ("units",)}),
    ("a = 2\nh = sigmoid(a) * tanh(b)", {"b": ("units",)}),
    ("h = U @ b\nc[context] = tanh(b)", {"U": ("units", "context"), "b": ("context",)}),
    ("y[outputs] = V @ h_prev\nh = R @ y_prev", {"V": ("outputs", "units"), "R": ("units", "outputs")}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "shapes"), INFERRED, ids=[text for text, _ in INFERRED])
def test_shapes_follow_from_use(text: str, shapes: dict[str, tuple[str, ...]]) -> None:
    assert define("t", text).parameters == shapes


def test_sizes_stand_in_order_of_appearance() -> None:
    program = define("t", "s[context] = A @ x\ny[outputs] = V @ s\nh = P @ y").program
    assert program.sizes == ("inputs", "context", "outputs", "units")


def test_derived_names_have_sizes_too() -> None:
    program = define("t", "s[context] = tanh(A @ x)\nh = P @ softmax(s) + every(1, 2)").program
    assert {v.name: v.size for v in program.values} == {
        "s:in": "context", "s": "context", "h:softmax": "context", "h:every": "units", "h": "units",
    }  # fmt: skip
    assert define("t", "h = (slower(1) * U) @ h_prev").program.fixed == {"h:slower": ("units", "units")}


def test_a_long_chain_of_equal_sizes_is_followed() -> None:
    lines = ["a0 = W0 @ x"] + [f"a{n} = W{n} @ (a{n - 1} + a{n - 1}_prev)" for n in range(1, 150)] + ["h = a149"]
    assert set(define("t", "\n".join(lines)).parameters.values()) == {("units", "inputs"), ("units", "units")}


@given(cells())
def test_the_sizes_that_a_cell_was_made_with_are_found_again(written: Written) -> None:
    shapes, found = infer(Draft(parse(written.cell.text), {"x": "inputs"}))
    assert found == []
    for name, shape in written.cell.parameters.items():
        # the maker writes sizes into the names of its parameters: b_units2, W_context_inputs
        assert shape == tuple(part.rstrip("2") for part in name.split("_")[1:])
        assert shapes.of[name] == shape
    for equation in written.equations:
        if shapes.of[equation.target]:
            assert shapes.of[equation.target] == (equation.size or "units",)
