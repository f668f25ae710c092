from __future__ import annotations

import sys
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.cells import load
from app.engine import Cell, CellError, define
from app.engine.cell import define_readout
from app.engine.listing import listing
from app.engine.program import Parameter
from tests.engine.mistakes import Mistake, answered, codes
from tests.engine.strategies import Written, cells
from tests.engine.texts import ALL, cell

GATES = "ifog"


def test_the_lstm_is_derived_from_its_text() -> None:
    lstm = load("lstm")
    shapes = {"W": ("units", "inputs"), "U": ("units", "units"), "b": ("units",)}
    assert lstm.parameters == {f"{kind}_{gate}": shapes[kind] for gate in GATES for kind in "WUb"}
    assert lstm.title == "Long short-term memory"
    assert lstm.program.source == "Hochreiter & Schmidhuber 1997; forget gate: Gers, Schmidhuber & Cummins 2000"
    assert lstm.states == ("c", "h")
    assert lstm.output == "h"
    assert lstm.extra_sizes == ()
    assert [(v.name, v.role, v.label, v.range) for v in lstm.program.values if not v.derived] == [
        ("i", "gate", "input gate", (0, 1)),
        ("f", "gate", "forget gate", (0, 1)),
        ("o", "gate", "output gate", (0, 1)),
        ("g", "value", "candidate", (-1, 1)),
        ("c", "state", "cell state", None),
        ("h", "output", "hidden state", None),
    ]
    assert [(v.name, v.of) for v in lstm.program.values if v.derived] == [
        ("i:in", "i"), ("f:in", "f"), ("o:in", "o"), ("g:in", "g"), ("h:tanh", "h"),
    ]  # fmt: skip
    assert lstm.program.parameter["b_f"] == Parameter("b_f", ("units",), 1.0, ("f",), False)
    assert lstm.program.parameter["U_f"] == Parameter("U_f", ("units", "units"), None, ("f",), True)
    assert lstm.program.parameter["W_f"] == Parameter("W_f", ("units", "inputs"), None, ("f",), False)


def test_what_leaves_a_cell() -> None:
    assert load("memory-cell").output == "y"
    assert define("t", "y = V @ x\nh = W @ x").output == "h"
    assert define_readout("a = V @ h\nb = V @ tanh(a)", {"h": "units"}).output == "b"


ROLES = [
    # a state that leaves the cell is a state when it is the only one
    ("h = W @ x + h_prev", {"h": "state"}),
    ("c = W @ x + c_prev\nh = tanh(c) + h_prev", {"c": "state", "h": "output"}),
    ("c = W @ x + c_prev\nh = tanh(c)", {"c": "state", "h": "output"}),
    ("i = softmax(W @ x)\nj = relu(W @ x)\nk = step(i)\nh = i + j + k", {"i": "gate", "j": "value", "k": "gate", "h": "output"}),
    ("h = sigmoid(W @ x)", {"h": "output"}),
]


@pytest.mark.parametrize(("text", "roles"), ROLES, ids=[text for text, _ in ROLES])
def test_what_a_value_is_to_the_reader(text: str, roles: dict[str, str]) -> None:
    assert {v.name: v.role for v in define("t", text).program.values if not v.derived} == roles


def test_constants_are_numbers() -> None:
    program = define("t", "a = 2\nb = tanh(0) + a * -3\nc = b\nh = c * (W @ x)\nd = a").program
    assert program.constants == {"a": 2.0, "b": -6.0, "c": -6.0, "d": 2.0}
    assert [v.name for v in program.values] == ["h"]
    assert list(program.parameter) == ["W"]


LARGE = "use numbers whose result is below 1.7e308"
TOO = "'big' is more than a double can hold"
TOO_LARGE = [
    Mistake("big = 1e200 * 1e200\nh = big * (W @ x)", "number-too-large", 1, "big = 1e200 * 1e200", TOO, LARGE),
    Mistake("a = 3\nbig = exp(1000)  : much\nh = W @ x", "number-too-large", 2, "big = exp(1000)", TOO, LARGE),
]


def limits(text: str, shown: str, low: str, high: str, line: int = 1) -> Mistake:
    said = f"'{shown}' leaves nothing: {low} is not below {high}"
    return Mistake(text, "bad-limits", line, shown, said, "the smaller number stands first, as in clip(v, -1, 1)")


LIMITS = [
    limits("h = clip(W @ x, 3, -3)", "clip(W @ x, 3, -3)", "3", "-3"),
    limits("h = 2 * clip(W @ x, 0.5, 0.5)", "clip(W @ x, 0.5, 0.5)", "0.5", "0.5"),
    limits("a = 2\nh = sigmoid(clip(W @ x, a, 1 - a))", "clip(W @ x, a, 1 - a)", "2", "-1", 2),
]


@pytest.mark.parametrize("mistake", LIMITS, ids=str)
def test_limits_the_wrong_way_round_are_answered(mistake: Mistake) -> None:
    assert answered(mistake.text) == [mistake]


def test_of_limits_that_cannot_be_worked_out_nothing_is_said() -> None:
    assert codes("a = 1e200 * 1e200\nh = clip(W @ x, a - a, 0)") == [("number-too-large", 1)]


def test_limits_are_numbers_in_what_runs_and_as_written_in_the_text() -> None:
    found = define("t", "alpha = 0.5\nh = clip(W @ x, -alpha, 2 * alpha)")
    assert found.text == "alpha = 0.5\nh = clip(W @ x, -alpha, 2 * alpha)\n"
    assert listing(found.program.lowered[-1].expr) == "clip(h:in, -0.5, 1)"
    assert found.program.value["h"].range == (-0.5, 1)


@pytest.mark.parametrize("mistake", TOO_LARGE, ids=str)
def test_a_constant_that_overflows_is_answered(mistake: Mistake) -> None:
    assert answered(mistake.text) == [mistake]


def test_what_comes_of_an_overflow_is_answered_too() -> None:
    text = "a = 1e308 * 10\nb = a - a\nc = 0 * b\nh = W @ x"
    assert codes(text) == [("number-too-large", 1), ("number-too-large", 2), ("number-too-large", 3)]


def test_every_kind_of_problem_is_told_at_once_in_the_order_of_the_lines() -> None:
    text = "i = sigmod(W @ x)\nc = f * c_prev + q_prev\nh = x + c\nh = tanh * b\nstart b = 1\nstart g = one"
    assert codes(text) == [
        ("unknown-function", 1), ("no-state", 2), ("shape", 3), ("duplicate", 4), ("function-as-name", 4), ("bad-start", 6),
    ]  # fmt: skip


def test_starts_and_sizes() -> None:
    found = define("t", "s[context] = tanh(A @ x)\nh = P @ s\nstart P = identity\nstart A = -2.5e-3")
    assert found.extra_sizes == ("context",)
    assert {p.name: p.start for p in found.program.parameters} == {"A": -0.0025, "P": "identity"}
    assert found.text.split("\n")[2:] == ["start P = identity", "start A = -0.0025", ""]


RECURRENT = [
    ("h = U @ h_prev", True),
    ("h = U @ (b * h_prev)", True),
    ("h = (slower(1) * U) @ h_prev", True),
    ("h = U @ c\nc = U2 @ x", None),
    ("c = tanh(W @ x)\nh = U @ c", False),
    ("s[context] = b + s_prev\nh = U @ s_prev", False),
]


@pytest.mark.parametrize(("text", "recurrent"), RECURRENT, ids=[text for text, _ in RECURRENT])
def test_a_square_matrix_that_an_earlier_state_goes_through(text: str, recurrent: bool | None) -> None:
    if recurrent is None:
        assert codes(text) == [("order", 1)]
    else:
        assert define("t", text).program.parameter["U"].recurrent is recurrent


def test_a_readout_reads_only_what_it_names() -> None:
    found = define_readout("y[outputs] = softmax(V @ h + d)", {"c": "units", "h": "units"})
    assert found.program.inputs == {"h": "units"}
    assert found.parameters == {"V": ("outputs", "units"), "d": ("outputs",)}
    assert found.name == "readout"


def unmistakable(found: Cell) -> None:
    """That no two things share a name, and none that was derived could have been written."""
    program = found.program
    targets = [each.target for each in program.lowered]
    symbols = [*program.inputs, *program.parameter, *program.constants, *targets]
    assert len(set(symbols)) == len(symbols)
    written = {e.target for e in program.equations}
    for each in program.lowered:
        assert (each.target in written) != (":" in each.target)
        assert each.target in written or each.target.startswith(f"{each.of}:")
    for value in program.values:
        assert value.derived == (":" in value.name)
    symbols = [a.symbol for a in program.adjoint]
    assert len(set(symbols)) == len(symbols)


NESTED = [
    "h = tanh(tanh(tanh(W @ x)))",
    "h = 1 + tanh(tanh(tanh(W @ x)))",
    "h = tanh(tanh(W @ x) + tanh(b)) * tanh(tanh(W @ x))",
    "h = -tanh(b + tanh(b + tanh(W @ x))) - tanh(b)",
    "h = sigmoid(b) + sigmoid(sigmoid(b)) + tanh(sigmoid(b)) + every(1) * every(2) * every(1, 2)",
    "h = 1 * tanh(b + tanh(W @ x)) + tanh(b + tanh(b))\ntanh2 = tanh(tanh(h))",
    "h = (slower(1) * U) @ h_prev + (slower(1) * U) @ tanh(b) + (slower(2) * V) @ tanh(tanh(b))",
]


@pytest.mark.parametrize("text", NESTED)
def test_derived_names_never_collide(text: str) -> None:
    unmistakable(define("t", text))


@given(cells())
def test_derived_names_never_collide_in_any_cell(written: Written) -> None:
    unmistakable(written.cell)


@given(st.recursive(st.sampled_from(("b", "h_prev", "(W @ x)")), lambda inner: st.one_of(
    st.builds("{}({})".format, st.sampled_from(("tanh", "sigmoid")), inner),
    st.builds("({} {} {})".format, inner, st.sampled_from("+-*"), inner),
), max_leaves=8))  # fmt: skip
def test_derived_names_never_collide_however_deep(expression: str) -> None:
    unmistakable(define("t", f"h = {expression} + h_prev"))


@pytest.mark.parametrize("name", ALL)
def test_every_cell_prints_and_reads_back(name: str) -> None:
    found = cell(name)[0]
    unmistakable(found)
    program = define(found.name, found.text).program
    assert program == found.program
    assert program.text == found.text


#: expressions that are so many operations deep
DEEP: dict[str, Callable[[int], str]] = {
    "products": lambda depth: " * ".join(["h_prev"] * (depth + 1)),
    "sums": lambda depth: " + ".join(["b"] * (depth + 1)),
    "signs": lambda depth: "-" * depth + "b",
    "matrices": lambda depth: "U @ (" * depth + "h_prev" + ")" * depth,
    "functions": lambda depth: "tanh(" * depth + "b" + ")" * depth,
    "functions of sums": lambda depth: "tanh(b + " * (depth // 2) + "h_prev" + ")" * (depth // 2),
    "products of sums": lambda depth: "b * (b + " * (depth // 2) + "h_prev" + ")" * (depth // 2),
}


def calls(text: str) -> int:
    """How many calls of Python functions it takes to define a cell: the same in every run, unlike seconds."""
    count = 0

    def see(_frame: object, event: str, _arg: object) -> None:
        nonlocal count
        count += event == "call"

    sys.setprofile(see)
    try:
        define("t", text)
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("kind", DEEP)
def test_a_deep_text_takes_no_more_work_than_a_flat_one(kind: str) -> None:
    def text(depth: int) -> str:
        lines = [f"a{n} = {DEEP[kind](depth)}" for n in range(144 // depth)]
        return "\n".join([*lines, "h = W @ x + U @ h_prev"])

    assert calls(text(36)) < 1.25 * calls(text(6))


@pytest.mark.parametrize("kind", DEEP)
def test_work_grows_with_the_text(kind: str) -> None:
    def text(lines: int) -> str:
        return "\n".join([*(f"a{n} = {DEEP[kind](8)}" for n in range(lines)), "h = W @ x + U @ h_prev"])

    few, more, many = calls(text(20)), calls(text(60)), calls(text(100))
    assert many - more < 1.1 * (more - few)


def test_a_cell_error_carries_the_text() -> None:
    with pytest.raises(CellError) as caught:
        define("mine", "h = x")
    assert caught.value.text == "h = x"
