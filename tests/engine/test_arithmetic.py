from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.engine.arithmetic import MAX_DEPTH, Place, read_expression
from app.engine.expr import Apply, Expr, Name, Number, Span, walk
from app.engine.listing import listing
from app.engine.problems import Problem
from tests.engine.mistakes import Mistake, answered, codes, problems
from tests.engine.strategies import expressions

KNOWN = "sigmoid, tanh, relu, identity, exp, softplus, softsign, softmax, step, clip, every, slower"
ALLOWED = f"use names, numbers, + - * @ and the functions {KNOWN}"
SIGNS = "use letters a-z, digits, _ and the signs + - * @ ( )"
MISSING = "a sign or a name is missing here, or a parenthesis has no partner"
DEEP = "(" * 41 + "x" + ")" * 41
NAME = "use another name, of letters a-z, digits and _"
LARGE = "use a number below 1.7e308"
NINES = "9" * 310


def takes(function: str) -> tuple[str, str]:
    return f"'{function}' takes periods: whole numbers of at least 1", f"write for example {function}(1, 2, 4)"


def arity(function: str, found: int) -> tuple[str, str]:
    return f"'{function}' takes 1 argument, here it has {found}", f"write {function}(...) with one expression inside"


#: what is said of 41 parentheses or signs
NESTS = ("the expression nests 41 deep, 40 is allowed", "give a part of it a line of its own")
NO_DIVISION = "there is no division: multiply by a number such as 0.5"

MISTAKES = [
    Mistake("h = sigmod(W @ x)", "unknown-function", 1, "sigmod", "unknown function 'sigmod'", "did you mean 'sigmoid'?"),
    Mistake("h = Tanh(W @ x)", "unknown-function", 1, "Tanh", "unknown function 'Tanh'", "did you mean 'tanh'?"),
    Mistake("h = foo(W @ x)", "unknown-function", 1, "foo", "unknown function 'foo'", f"known are {KNOWN}"),
    Mistake("h = transpose(U)", "unknown-function", 1, "transpose", "unknown function 'transpose'", f"known are {KNOWN}"),
    Mistake("h = tanh(x, b)", "arity", 1, "tanh(x, b)", *arity("tanh", 2)),
    Mistake("h = exp()", "arity", 1, "exp()", *arity("exp", 0)),
    Mistake("h = clip(x, 1)", "arity", 1, "clip(x, 1)", "'clip' takes 3 arguments, here it has 2", "write clip(v, low, high)"),
    Mistake("h = abs(x)", "unknown-function", 1, "abs", "unknown function 'abs'", f"known are {KNOWN}"),
    Mistake("h = x / 2", "bad-character", 1, "/", "'/' has no meaning here", NO_DIVISION),
    Mistake("h = x ^ 2", "bad-character", 1, "^", "'^' has no meaning here", "there are no powers: write the product"),
    Mistake("h = tanh(x=b)", "bad-character", 1, "=", "'=' has no meaning here", "one '=' a line"),
    Mistake("h = x = b", "bad-character", 1, "=", "'=' has no meaning here", "one '=' a line"),
    Mistake("h = x[b", "bad-character", 1, "[", "'[' has no meaning here", "a size is written left of '=': y[outputs] = ..."),
    Mistake("h = x.T", "bad-character", 1, ".", "'.' has no meaning here", SIGNS),
    Mistake("h = W @ x;", "bad-character", 1, ";", "';' has no meaning here", SIGNS),
    Mistake("h = W·x", "bad-character", 1, "·", "'·' has no meaning here", SIGNS),
    Mistake("h = тanh(x)", "bad-character", 1, "т", "'т' has no meaning here", SIGNS),
    Mistake("h = ∂c", "bad-character", 1, "∂", "'∂' has no meaning here", SIGNS),
    Mistake("h = x\0", "bad-character", 1, "\0", "'\0' has no meaning here", SIGNS),
    Mistake("h = lambda * x", "bad-name", 1, "lambda", "'lambda' cannot be a name", NAME),
    Mistake("h = __class__ * x", "bad-name", 1, "__class__", "'__class__' cannot be a name", NAME),
    Mistake("h = x ** b", "not-arithmetic", 1, "x ** b", "'x ** b' is not arithmetic that a cell can do", ALLOWED),
    Mistake("h = b + (x, b)", "not-arithmetic", 1, "(x, b)", "'(x, b)' is not arithmetic that a cell can do", ALLOWED),
    Mistake("h = ()", "not-arithmetic", 1, "()", "'()' is not arithmetic that a cell can do", ALLOWED),
    Mistake("h = exp(exp)(x)", "not-arithmetic", 1, "exp(exp)(x)", "'exp(exp)(x)' is not arithmetic that a cell can do", ALLOWED),
    Mistake("h = tanh(*x)", "not-arithmetic", 1, "*x", "'*x' is not arithmetic that a cell can do", ALLOWED),
    Mistake("h = 1e400 * x", "number-too-large", 1, "1e400", "'1e400' is more than a double can hold", LARGE),
    Mistake(f"h = x + {NINES}", "number-too-large", 1, NINES, f"'{NINES}' is more than a double can hold", LARGE),
    Mistake("h =", "syntax", 1, "=", "nothing stands right of '='", "write an expression such as f * c_prev"),
    Mistake("h = W @", "syntax", 1, "", "'W @' ends too early", MISSING),
    Mistake("h = W @ x)", "syntax", 1, ")", "cannot read 'W @ x)' from ')' on", MISSING),
    Mistake("h = W @ x b", "syntax", 1, "b", "cannot read 'W @ x b' from 'b' on", MISSING),
    Mistake("h = every(0, 2) * b", "bad-periods", 1, "every", *takes("every")),
    Mistake("h = every() * b", "bad-periods", 1, "every", *takes("every")),
    Mistake("h = b * every(1.5)", "bad-periods", 1, "every", *takes("every")),
    Mistake("h = slower(k) @ h_prev", "bad-periods", 1, "slower", *takes("slower")),
    Mistake(f"h = {DEEP}", "too-deep", 1, DEEP, *NESTS),
    Mistake("h = " + "-" * 41 + "x", "too-deep", 1, "-" * 41 + "x", *NESTS),
]  # fmt: skip


@pytest.mark.parametrize("mistake", MISTAKES, ids=str)
def test_a_mistake_is_answered_by_itself(mistake: Mistake) -> None:
    assert answered(mistake.text) == [mistake]


MIXED = [
    # text, what is underlined, and both readings
    ("U @ r * h_prev", "U @ r * h_prev", "(U @ r) * h_prev", "U @ (r * h_prev)"),
    ("r * U @ h_prev", "r * U @ h_prev", "(r * U) @ h_prev", "r * (U @ h_prev)"),
    ("W @ x + U @ r * h_prev + b", "U @ r * h_prev", "(U @ r) * h_prev", "U @ (r * h_prev)"),
    ("tanh(U @ r * h_prev)", "U @ r * h_prev", "(U @ r) * h_prev", "U @ (r * h_prev)"),
    ("(U @ r * x) + b", "U @ r * x", "(U @ r) * x", "U @ (r * x)"),
    ("-U @ r * x", "-U @ r * x", "(-U @ r) * x", "-U @ (r * x)"),
    ("U @ -r * x", "U @ -r * x", "(U @ -r) * x", "U @ (-r * x)"),
    ("(U) @ (r) * (x)", "(U) @ (r) * (x)", "(U @ r) * x", "U @ (r * x)"),
    ("U @ (a + b) * x", "U @ (a + b) * x", "(U @ (a + b)) * x", "U @ ((a + b) * x)"),
]


@pytest.mark.parametrize(("text", "meant", "first", "second"), MIXED, ids=[row[0] for row in MIXED])
def test_mixed_products_are_refused_with_both_readings(text: str, meant: str, first: str, second: str) -> None:
    message, hint = f"'{meant}' can be read in two ways", f"write {first} or {second}"
    assert answered(f"h = {text}") == [Mistake(f"h = {text}", "mixed-products", 1, meant, message, hint)]
    assert problems(f"h = {text}")[0].args == {"text": meant, "first": first, "second": second}
    # and each of the two is then no longer mixed
    assert read(first) != read(second)


@pytest.mark.parametrize(
    "text", ["(U @ r) * x", "+(U @ r) * x", "-(U @ r) * x", "(r * U) @ x", "tanh(U @ r) * x", "a @ b @ x", "a * b * c"]
)
def test_products_with_parentheses_or_of_one_kind_are_not_mixed(text: str) -> None:
    read(text)


def test_two_mistakes_in_one_line_are_two_problems() -> None:
    text = "h = sigmod(W @ x) * sofmax(b)"
    assert [(m.underlined, m.hint) for m in answered(text)] == [
        ("sigmod", "did you mean 'sigmoid'?"),
        ("sofmax", "did you mean 'softmax'?"),
    ]
    assert codes("h = U * r @ h_prev * b") == [("mixed-products", 1)] * 2
    assert [m.underlined for m in answered("h = x == b")] == ["=", "="]


def read(text: str) -> Expr:
    found: list[Problem] = []
    expr = read_expression(text, Place(1, 0), found)
    assert expr is not None, found
    assert not found
    return expr


def test_signs_bind_as_in_arithmetic() -> None:
    assert read("a + b * -c - 2") == Apply(
        "sub",
        (Apply("add", (Name("a"), Apply("mul", (Name("b"), Apply("neg", (Name("c"),)))))), Number(2.0)),
    )
    assert read("a - b - c") == Apply("sub", (Apply("sub", (Name("a"), Name("b"))), Name("c")))
    assert read("-a @ b") == Apply("matmul", (Apply("neg", (Name("a"),)), Name("b")))
    assert read("+a") == Name("a")


@pytest.mark.parametrize(
    ("text", "value"), [("1", 1.0), ("0.5", 0.5), (".5", 0.5), ("5.", 5.0), ("1e-3", 0.001), ("2E+2", 200.0)]
)
def test_numbers(text: str, value: float) -> None:
    assert read(text) == Number(value)


def test_every_node_knows_its_columns_in_the_line() -> None:
    found: list[Problem] = []
    line = "  h =  f * tanh( c_prev )"
    expr = read_expression(line[5:], Place(3, 5), found)
    assert expr is not None
    spans = [node.span for node in walk(expr)]
    assert spans == [Span(3, 7, 25), Span(3, 7, 8), Span(3, 11, 25), Span(3, 17, 23)]
    assert [line[s.start : s.end] for s in spans if s] == ["f * tanh( c_prev )", "f", "tanh( c_prev )", "c_prev"]


def test_what_is_allowed_at_most_is_read() -> None:
    assert read("(" * MAX_DEPTH + "x" + ")" * MAX_DEPTH) == Name("x")
    assert listing(read("-" * MAX_DEPTH + "x")) == "-" * MAX_DEPTH + "x"
    assert listing(read(" + ".join(["x"] * (MAX_DEPTH + 1)))) == " + ".join(["x"] * (MAX_DEPTH + 1))


@given(expressions())
def test_what_is_printed_reads_as_the_same_tree(expr: Expr) -> None:
    assert read(listing(expr)) == expr


TOKENS = [
    "x",
    "tanh",
    "every",
    "1",
    "0.5",
    "1e9",
    "+",
    "-",
    "*",
    "@",
    "(",
    ")",
    ",",
    " ",
    "/",
    "**",
    "if",
    "not",
    "=",
    "[",
    ".",
]


@given(st.one_of(st.text(max_size=60), st.lists(st.sampled_from(TOKENS), max_size=25).map("".join)))
def test_any_text_gives_a_tree_or_problems_in_place(text: str) -> None:
    found: list[Problem] = []
    expr = read_expression(text, Place(7, 3), found)
    assert (expr is None) == bool(found)
    for each in found:
        assert each.line == 7
        assert each.start is not None
        assert each.end is not None
        assert 2 <= each.start < each.end <= 3 + len(text) + 1
        assert each.message
        assert each.hint
