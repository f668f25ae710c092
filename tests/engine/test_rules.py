from __future__ import annotations

import pytest

from app.engine import CellError, define
from app.engine.cell import define_readout
from app.engine.rules import RULES, Draft, base, check
from app.engine.syntax import parse
from tests.engine.mistakes import Mistake, answered, problems

INPUT = "W @ x"
OTHER = "choose another name"
BACK = "for its value one step earlier write"
MANY = " + ".join(f"p{n} * x2" for n in range(13))
KNOWN = "p0, x2, p1, p2, p3, p4, p5, p6, p7, p8, p9, p10 ..."
FAR = "one step back is as far as it goes; keep it yourself: k = h_prev, then use k_prev"


def start(name: str, hint: str, first: str = "h = W @ x + bias") -> Mistake:
    said = f"'{name}' is not a parameter of this cell"
    return Mistake(f"{first}\nstart {name} = 1", "unknown-parameter", 2, f"{name} = 1", said, hint)


def limit(text: str, shown: str, line: int = 1) -> Mistake:
    said, hint = f"'{shown}' cannot be a limit of 'clip'", "limits are numbers and constants, as in clip(v, -1, 1)"
    return Mistake(text, "bad-limits", line, shown, said, hint)


MISTAKES = [
    Mistake(
        "h = W @ x\nh = tanh(b)", "duplicate", 2, "h = tanh(b)",
        "'h' is defined twice, first in line 1", "give one of the two another name",
    ),
    Mistake(
        "h = W @ x\nstart W = 1\nstart W = 2", "duplicate", 3, "W = 2",
        "'W' has two starting values, the first in line 2", "keep one of them",
    ),
    Mistake("x = h_prev\nh = b", "reserved", 1, "x = h_prev", "'x' comes from outside and cannot be defined", OTHER),
    Mistake(
        "c_prev = b\nh = W @ x\nc = h", "reserved", 1, "c_prev = b",
        "'c_prev' is the value of 'c' one step earlier", "define 'c' instead",
    ),
    Mistake("tanh = W @ x\nh = b", "reserved", 1, "tanh = W @ x", "'tanh' is a function", OTHER),
    Mistake("every = W @ x  : clock\nh = b", "reserved", 1, "every = W @ x", "'every' is a function", OTHER),
    Mistake(
        "h = tanh * (W @ x)", "function-as-name", 1, "tanh",
        "'tanh' is a function and needs an argument", "write tanh(...)",
    ),
    Mistake(
        "h = W @ x + slower", "function-as-name", 1, "slower",
        "'slower' is a function and needs an argument", "write slower(...)",
    ),
    Mistake("h = o * b\no = sigmoid(W @ x)", "order", 1, "o", "'o' is used before it is defined", f"{BACK} 'o_prev'"),
    Mistake("h = W @ x + h", "order", 1, "h", "'h' uses itself", f"{BACK} 'h_prev'"),
    Mistake(
        "h = U @ x_prev", "no-state", 1, "x_prev",
        "'x_prev': an input has no earlier value here", "keep it yourself: k = x, then use k_prev",
    ),
    Mistake(
        "h = W @ x + q_prev", "no-state", 1, "q_prev",
        "'q_prev' needs a line that defines 'q'", "add a line: q = ...",
    ),
    Mistake(
        "cell = W @ x\nh = cel_prev", "no-state", 2, "cel_prev",
        "'cel_prev' needs a line that defines 'cel'", "did you mean 'cell_prev'?",
    ),
    Mistake(
        "alpha = 0.5\nh = W @ x + alpha_prev", "no-state", 2, "alpha_prev",
        "'alpha_prev': 'alpha' is a constant and has no earlier value", "use 'alpha'",
    ),
    Mistake(
        "h = W @ x + h_prev_prev", "no-state", 1, "h_prev_prev",
        "'h_prev_prev' needs a line that defines 'h_prev'", FAR,
    ),
    limit("h = clip(W @ x, 0, b)", "b"),
    limit("h = clip(W @ x, -v, 1)", "-v"),
    limit("h = clip(W @ x, 0, every(1, 2))", "every(1, 2)"),
    limit("h = clip(W @ x, h_prev, 1)", "h_prev"),
    limit("h = clip(W @ x, 0, tanh(1))", "tanh(1)"),
    limit("a = 2\nh = tanh(clip(W @ x, 0, a * c_max))", "a * c_max", 2),
    Mistake("", "empty", None, None, "there is no equation", "write a line such as h = tanh(W @ x + b)"),
    Mistake(
        "# a title alone\n\n", "empty", None, None,
        "there is no equation", "write a line such as h = tanh(W @ x + b)",
    ),
    Mistake(
        "c = W @ x\nd = c", "no-output", None, None,
        "no line defines 'h' or 'y', so nothing leaves the cell", "name what leaves the cell h",
    ),
    Mistake("h = 2", "constant-output", 1, "h = 2", "'h' is always the same number", "let it read x or a state"),
    Mistake(
        "a = 2\nc = W @ x\n  y = tanh(a)", "constant-output", 3, "y = tanh(a)",
        "'y' is always the same number", "let it read x or a state",
    ),
    start("f", "its parameters are W, bias"),
    start("h", "its parameters are W, bias"),
    start("bia", "did you mean 'bias'?"),
    start("z", "its parameters are none", "h = h_prev"),
    start("z", f"its parameters are {KNOWN}", f"h = {MANY}"),
]  # fmt: skip


@pytest.mark.parametrize("mistake", MISTAKES, ids=str)
def test_a_mistake_is_answered_by_itself(mistake: Mistake) -> None:
    assert answered(mistake.text) == [mistake]


def test_three_mistakes_in_three_lines_are_three_problems() -> None:
    text = "c = f_prev * h_prev + c\nh = tanh * c\nc = W @ x"
    assert [(m.code, m.line, m.underlined) for m in answered(text)] == [
        ("no-state", 1, "f_prev"),
        ("order", 1, "c"),
        ("function-as-name", 2, "tanh"),
        ("duplicate", 3, "c = W @ x"),
    ]


def test_a_third_definition_names_the_first() -> None:
    text = "h = W @ x\nh = b\nh = c"
    assert [(p.line, p.args) for p in problems(text)] == [
        (2, {"name": "h", "first": 1}),
        (3, {"name": "h", "first": 1}),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "h = W @ x\nh = 2",
        "h = 2\nh = W @ x",
        "a = 1\na = W @ x\nh = a",
        "c = W @ x\na = 1\nb = a\na = c\nh = b * c",
        "a = 1\na = 2\nh = a * b * h_prev",
    ],
)
def test_a_number_given_to_another_name_by_mistake_makes_no_further_problem(text: str) -> None:
    assert [p.code for p in problems(text)] == ["duplicate"]


def test_every_use_of_a_name_that_comes_too_late_is_told() -> None:
    text = "h = o * o\no = sigmoid(W @ x)"
    assert [(p.code, p.start, p.end) for p in problems(text)] == [("order", 4, 5), ("order", 8, 9)]


def test_arguments_from_which_any_language_can_say_it() -> None:
    assert problems("cell = W @ x\nh = cel_prev")[0].args == {"name": "cel_prev", "base": "cel", "suggestion": "cell"}
    assert problems("h = W @ x\nstart v = 1")[0].args == {"name": "v", "suggestion": ""}
    assert problems("h = h + b")[0].args == {"name": "h"}


def test_every_rule_shows_what_it_refuses() -> None:
    # the first example in each rule's own words is refused by that rule
    for rule in RULES:
        assert rule.__doc__
        text = rule.__doc__.partition(" (")[0].replace("  /  ", "\n").strip()
        if rule.__name__ == "starts":
            text = "f = x\nh = f\n" + text
        if rule.__name__ in ("reserved", "previous"):
            continue  # three cells in one sentence
        assert list(rule(Draft(parse(text), {"x": "inputs"}))), text


def test_problems_stand_in_the_order_of_the_lines() -> None:
    found = check(Draft(parse("h = q_prev + tanh\nx = h\nh = h"), {"x": "inputs"}))
    places = [(p.line or 0, p.start or 0) for p in found]
    assert places == sorted(places)
    assert len(found) == 4


def test_what_reaches_back() -> None:
    assert base("c_prev") == "c"
    assert base("h_prev_prev") == "h_prev"
    assert base("c") is None
    assert base("previous") is None


def test_nothing_is_said_of_a_limit_that_a_broken_line_may_have_made_a_number() -> None:
    assert [p.code for p in problems("a = 0,5\nh = clip(W @ x, 0, a)")] == ["not-arithmetic"]
    assert [p.code for p in problems("= 5\nh = clip(W @ x, 0, a)")] == ["bad-name"]
    assert problems("a = tanh(1)\nh = clip(W @ x, -a, 2 * a + 1)") == ()


def test_constants_and_parameters() -> None:
    draft = Draft(parse("a = 0.5\nb = 1 - a\nm = every(1, 2)\nh = b * m * W + V * x + h_prev + W"), {"x": "inputs"})
    assert draft.constants == {"a", "b"}
    assert draft.parameters == ["W", "V"]


def readout(text: str) -> list[tuple[str, str, str]]:
    with pytest.raises(CellError) as caught:
        define_readout(text, {"h": "units", "c": "units"})
    return [(p.code, p.message, p.hint) for p in caught.value.problems]


def test_a_readout_may_be_called_anything_but_keeps_no_state() -> None:
    assert define_readout("z[outputs] = V @ h + d", {"h": "units"}).output == "z"
    assert readout("y[outputs] = V @ h_prev") == [
        ("no-state", "'h_prev': an input has no earlier value here", "keep states in the cell")
    ]
    assert readout("y = 3") == [("constant-output", "'y' is always the same number", "let it read x or a state")]


def test_a_text_with_every_kind_of_line_is_right() -> None:
    text = (
        "alpha = 0.5\nm = every(1)\ns[context] = alpha * (B @ x) + s_prev\nh = m * (P @ s) + h_prev\nstart B = glorot"
    )
    assert define("good", text).states == ("s", "h")
