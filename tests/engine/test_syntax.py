from __future__ import annotations

from string import ascii_letters

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.engine import Cell, CellError, define
from app.engine.expr import Span
from app.engine.syntax import MAX_LINE_LENGTH, MAX_LINES, MAX_PROBLEMS, Start, parse
from tests.engine.mistakes import Mistake, answered, codes, problems

LEFT = "use a name of letters a-z, digits and _, such as h or y[outputs]"
LINE = "write a line as: name = expression : label"
STARTS = "use a number or one of identity, orthogonal, glorot, zeros, normal(0.01)"
SPREAD = "write normal(0.01): in parentheses stands the standard deviation, a number above 0"
GOOD = "h = tanh(W @ x + b)"
LONG = "h = " + "x + " * 100 + "x"


def left(text: str, shown: str) -> Mistake:
    return Mistake(text, "bad-name", 1, shown, f"'{shown}' cannot stand left of '='", LEFT)


def start(value: str, hint: str = STARTS) -> Mistake:
    text = f"{GOOD}\nstart  b = {value}"
    return Mistake(text, "bad-start", 2, f"b = {value}".rstrip(), f"'{value}' is not a starting value", hint)


MISTAKES = [
    Mistake("h tanh(x)", "no-equals", 1, "h tanh(x)", "'h tanh(x)' has no '='", LINE),
    Mistake("  h  : hidden = state", "no-equals", 1, "h", "'h' has no '='", LINE),
    Mistake(" : hidden state", "no-equals", 1, ": hidden state", "': hidden state' has no '='", LINE),
    Mistake("start b 1", "no-equals", 1, "start b 1", "'start b 1' has no '='", LINE),
    Mistake("= tanh(x)", "bad-name", 1, "=", "nothing stands left of '='", LEFT),
    left("2h = x", "2h"),
    left("h-1 = x", "h-1"),
    left("_h = x", "_h"),
    left("h' = x", "h'"),
    left("x + b = h", "x + b"),
    left("é = x", "é"),
    left("隐藏 = x", "隐藏"),
    left("lambda = x", "lambda"),
    left("h[] = x", "h[]"),
    left("h[2] = x", "h[2]"),
    left(" h[a][b] = x", "h[a][b]"),
    left("h[ = x", "h["),
    left("h[if] = x", "h[if]"),
    left("h[a b] = x", "h[a b]"),
    start("one"),
    start("inf"),
    start("nan"),
    start("1e400"),
    start("1 2"),
    start("orthogona", "did you mean 'orthogonal'?"),
    start("zero", "did you mean 'zeros'?"),
    start("normal", SPREAD),
    start("normal()", SPREAD),
    start("normal(0)", SPREAD),
    start("normal(-1)", SPREAD),
    start("normal(inf)", SPREAD),
    start("normal(nan)", SPREAD),
    start("normal(1, 2)", SPREAD),
    start("normal(small)", SPREAD),
    start("normal (0.1", "did you mean 'normal(0.01)'?"),
    start("gaussian(0.1)"),
    Mistake(f"{GOOD}\nstart b =", "bad-start", 2, "b =", "'' is not a starting value", STARTS),
    Mistake(LONG, "too-long", 1, LONG[400:], "the line has 405 characters, 400 are allowed", "split the equation into two"),
    Mistake(
        f"{GOOD}\n" * 200 + "\n", "too-long", 201, "",
        "the text has 202 lines, 200 are allowed", "a cell is a few equations: shorten it",
    ),
]  # fmt: skip


@pytest.mark.parametrize("mistake", MISTAKES, ids=str)
def test_a_mistake_is_answered_by_itself(mistake: Mistake) -> None:
    assert answered(mistake.text) == [mistake]


def test_three_mistakes_in_three_lines_are_three_problems() -> None:
    text = "i = sigmod(W_i @ x)   : input gate\nc = f * c_prev + i / 2\nh tanh(c)"
    assert answered(text) == [
        Mistake(text, "unknown-function", 1, "sigmod", "unknown function 'sigmod'", "did you mean 'sigmoid'?"),
        Mistake(text, "bad-character", 2, "/", "'/' has no meaning here", "there is no division: multiply by a number such as 0.5"),
        Mistake(text, "no-equals", 3, "h tanh(c)", "'h tanh(c)' has no '='", LINE),
    ]  # fmt: skip


BROKEN = [
    # the line that cannot be read may have defined what the others read: nothing is said of them
    "i = sigmod(W @ x)\nh = i * h_prev + i_prev",
    "s[context] = A @ x /\nh = U @ s + U2 @ s_prev",
    "s context = A @ x\nh = U @ s + s_prev",
    "alpha = 0.5.5\nh = alpha * x2 + tanh(W @ x)",
    "h = tanh(W @ x",
    "h tanh(x)\nc = W @ x + h_prev",
    "W @ x\nstart b = 1",
    "'c = W @ x\nh = c + c_prev",
    "h = W @ x + foo(b)\nstart b = 1\nstart U = 2",
    LONG + "\nc = W @ x + h_prev",
    "i = sigmod(x)\nh = i @ x + U @ i_prev",
    "alpha = 0,5\nh = alpha * h_prev + (alpha * U) @ x + softmax(alpha) * (U @ x)",
]


@pytest.mark.parametrize("text", BROKEN)
def test_nothing_further_is_said_because_of_a_broken_line(text: str) -> None:
    assert [line for _, line in codes(text)] == [1]


def test_what_is_wrong_besides_a_broken_line_is_said() -> None:
    text = "i = sigmod(W @ x)\nh = i * x + x_prev + h_prev + c_prev\nh = b"
    assert [(m.code, m.line, m.underlined) for m in answered(text)] == [
        ("unknown-function", 1, "sigmod"),
        ("shape", 2, "i * x + x_prev + h_prev"),
        ("no-state", 2, "x_prev"),
        ("no-state", 2, "c_prev"),
        ("duplicate", 3, "h = b"),
    ]


def test_at_most_a_hundred_problems_are_given() -> None:
    assert len(problems("h = x /\n" * 150)) == MAX_PROBLEMS == 100


def test_lines_with_labels_sizes_and_comments() -> None:
    found = parse(
        "# Title\n#  where it is from \n\n  i  =  sigmoid(x)  :  input   gate # not read: [ = \n"
        "y [outputs] = V @ h : a : b = c\r\nk=x:\r# a comment later on"
    )
    assert found.problems == []
    assert found.header == ["Title", "where it is from"]
    assert [(e.target, e.size, e.label, e.span) for e in found.equations] == [
        ("i", None, "input gate", Span(4, 2, 18)),
        ("y", "outputs", "a : b = c", Span(5, 0, 19)),
        ("k", None, "", Span(6, 0, 3)),
    ]


def test_broad_signs_of_an_input_method_are_the_narrow_ones() -> None:
    broad = parse("＃　标题\nh　＝　ｔａｎｈ（W ＠ x ＋ 0。5 ＊ h_prev） ： 隐藏（状态）：一\nstart W ＝ 1")
    narrow = parse("# 标题\nh = tanh(W @ x + 0.5 * h_prev) : 隐藏（状态）：一\nstart W = 1")
    assert broad.problems == []
    assert broad == narrow


def test_start_lines() -> None:
    found = parse("start b_f = 1\n start U =  identity \nstart W=-1e-3\nstart V = normal ( 1e-3 )\nstart = 2\n")
    assert found.starts == [
        Start("b_f", 1.0, Span(1, 6, 13)),
        Start("U", "identity", Span(2, 7, 21)),
        Start("W", -0.001, Span(3, 6, 13)),
        Start("V", "normal(0.001)", Span(4, 6, 25)),
    ]
    # a value may be called `start`
    assert [e.target for e in found.equations] == ["start"]


def test_line_ends_are_those_of_editors() -> None:
    # U+2028, form feed and the like are characters of a line
    assert len(parse("h = x : a\u2028b\x0cc\x85d\ny = x").equations) == 2
    assert parse("h = x : a\u2028b").equations[0].label == "a b"


def test_what_is_allowed_at_most_is_read() -> None:
    assert parse("\n" * (MAX_LINES - 1)).problems == []
    assert parse(f"h = x{' ' * (MAX_LINE_LENGTH - 5)}# and a comment of any length {'!' * 500}").problems == []
    name = "a" * (MAX_LINE_LENGTH - 4)
    assert parse(f"h = {name}").problems == []


def accepts(text: str) -> Cell | None:
    """That a text gives a cell, or problems with their places and nothing else."""
    try:
        return define("any", text)
    except CellError as error:
        assert 1 <= len(error.problems) <= MAX_PROBLEMS
        for each in error.problems:
            assert each.code
            assert each.message
            assert each.hint
            if each.line is not None:
                assert each.start is not None
                assert each.end is not None
                assert 0 <= each.start <= each.end
        assert str(error)
        return None


HOSTILE = [
    "\0", "h = \0", "\0 = x", "\ud800", "h = \ud800", "\ufeffh = x", "h = x : \ud800", "𝒽 = x", "h = 𝟏 * x", "ｈ = x",
    "h = " + "(" * 10_000, "h = " + "-" * 399 + "x", "h = " + "tanh(" * 79 + "x" + ")" * 79, "h" * 100_000, "=" * 5000,
    "h = x" * 60, "\n" * 100_000, ":" * 400, "[" * 400, "h = " + "9" * 390, "h = 1e" + "9" * 300, "h = 0" * 3, "h = 0o7 * x",
    "h = {}", "h = x\\", "h = f'{x}'", "h = x := b", "h = await x", "h = *x", "h = x,", "h = print", "start", "start x = 1",
    "start h = 1\nh = W @ x", "\u202eh = x", "h = " + "a*" * 198 + "x", "h = " + "+x" * 198, "h = tanh" + "()" * 150,
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_gives_problems(text: str) -> None:
    accepts(text)


PIECES = [
    "h", "x", "y", "c", "W", "h_prev", "c_prev", "x_prev", "tanh", "softmax", "every", "slower", "start ", "identity", "1", "2",
    "=", " = ", "+", "-", "*", "@", "(", ")", "(1, 2)", "[context]", "[inputs]", "\n", "\nh = ", "\nc = ", ":", "#", "\0", "é",
]  # fmt: skip
LINES = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)


@given(st.one_of(st.text(), st.text(ascii_letters + "=+-*@()[]:#_ .\n012\0", max_size=200), LINES))
@example("h = W @ x\nh[s] = x\nstart W = 1\nstart W = 2")
def test_any_text_gives_a_cell_or_problems(text: str) -> None:
    cell = accepts(text)
    if cell is not None:
        assert define("again", cell.text).text == cell.text
