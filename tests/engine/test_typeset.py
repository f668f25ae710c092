from __future__ import annotations

from functools import reduce
from xml.etree import ElementTree

import pytest
from hypothesis import given

from app.cells import load
from app.engine import Program, define, formulas, symbols_math
from app.engine.adjoint import GRADIENT
from app.engine.expr import names
from tests.engine.strategies import Written, cells
from tests.engine.texts import ALL, cell


def plain(math: str | ElementTree.Element) -> str:
    """MathML as a line of text: fractions with a slash, what stands below after `_`, above after `^`."""
    element = ElementTree.fromstring(math) if isinstance(math, str) else math
    parts = [plain(child) for child in element]
    match element.tag:
        case "mfrac":
            return "/".join(parts)
        case "msub" | "munder":
            return f"{parts[0]}_{parts[1]}" + " " * (element.tag == "munder")
        case "msup":
            return f"{parts[0]}^{parts[1]}"
        case "msubsup":
            return f"{parts[0]}_{parts[1]}^{parts[2]}"
        case "mo" if element.text in tuple("=+−·⊙"):
            return f" {element.text} "
        case "mo" if element.text == "\u2062":
            return " "
    return "".join(parts) or (element.text or "").replace("\u2061", "")


def lines(text: str, *wanted: str) -> list[str]:
    found = formulas(define("t", text).program)
    shorter = (("t − 1", "t-1"), ("t + 1", "t+1"), ("( − ", "(−"), ("=  − ", "= −"))
    return [reduce(lambda line, pair: line.replace(*pair), shorter, plain(found[name])) for name in wanted]


def test_the_lstm_reads_like_a_book() -> None:
    assert lines(load("lstm").text, "i", "c", "h", "∂c", "∂f", "∂f:in", "∂g:in", "∂h_prev", "∂U_f", "∂b_f") == [
        "i_t = σ(W_i x_t + U_i h_t-1 + b_i)",
        "c_t = f_t ⊙ c_t-1 + i_t ⊙ g_t",
        "h_t = o_t ⊙ tanh(c_t)",
        "∂L/∂c_t = ∂L/∂tanh(c_t) ⊙ (1 − tanh(c_t) ⊙ tanh(c_t)) + ∂L/∂c_t+1 ⊙ f_t+1",
        "∂L/∂f_t = ∂L/∂c_t ⊙ c_t-1",
        "∂L/∂f_t^in = ∂L/∂f_t ⊙ f_t ⊙ (1 − f_t)",
        "∂L/∂g_t^in = ∂L/∂g_t ⊙ (1 − g_t ⊙ g_t)",
        "∂L/∂h_t-1 = U_g^⊤ ∂L/∂g_t^in + U_o^⊤ ∂L/∂o_t^in + U_f^⊤ ∂L/∂f_t^in + U_i^⊤ ∂L/∂i_t^in",
        "∂L/∂U_f = ∑_t ∂L/∂f_t^in h_t-1^⊤",
        "∂L/∂b_f = ∑_t ∂L/∂f_t^in",
    ]


def test_the_loss_stands_at_the_output_alone() -> None:
    found = formulas(load("memory-cell").program)
    assert plain(found["∂y"]) == "∂L/∂y_t = ∂ℓ_t/∂y_t"
    assert [name for name, math in found.items() if "ℓ" in math] == ["∂y"]


WRITTEN = [
    ("h = U @ (r * h_prev)", "h_t = U (r ⊙ h_t-1)"),
    ("h = (U @ c_prev) * h_prev\nc = h", "h_t = U c_t-1 ⊙ h_t-1"),
    ("h = r * (U @ h_prev)", "h_t = r ⊙ (U h_t-1)"),
    # a product with a matrix is read first: what is multiplied before has to stand in parentheses
    ("h = (slower(1, 2) * U) @ h_prev", "h_t = (slower(1,2) ⊙ U) h_t-1"),
    ("h = -(2 * U) @ h_prev", "h_t = (−2 · U) h_t-1"),
    ("h = h_prev - (b - (c + d))", "h_t = h_t-1 − (b − (c + d))"),
    ("h = b * -h_prev + -b", "h_t = b ⊙ (−h_t-1) + (−b)"),
    ("alpha = 0.5\nh = (1 - alpha) * h_prev + 2 * b", "h_t = (1 − α) · h_t-1 + 2 · b"),
    ("h = every(1, 2) * h_prev", "h_t = every(1,2) ⊙ h_t-1"),
    ("h = sigmoid(clip(W @ x, -3, 0.5))", "h_t = σ(clip(W x_t, − 3,0.5))"),
    ("h = softmax(W_lambda @ x + b_a_b)", "h_t = softmax(W_λ x_t + b_a_b)"),
    ("s[context] = s_prev\nh = P @ s", "h_t = P s_t"),
]


@pytest.mark.parametrize(("text", "expected"), WRITTEN, ids=[text for text, _ in WRITTEN])
def test_an_equation(text: str, expected: str) -> None:
    assert lines(text, "h") == [expected]


def test_a_sum_with_a_negative_term_has_one_sign() -> None:
    text = "z = sigmoid(W @ x)\nh = z * h_prev + (1 - z) * b"
    assert lines(text, "∂z") == ["∂L/∂z_t = ∂L/∂h_t ⊙ h_t-1 − ∂L/∂h_t ⊙ b"]
    text = "z = sigmoid(W @ x)\nh = (1 - z) * b + z * h_prev"
    assert lines(text, "∂z") == ["∂L/∂z_t = −∂L/∂h_t ⊙ b + ∂L/∂h_t ⊙ h_t-1"]


def test_the_slopes_of_clip_and_softsign() -> None:
    assert lines("i = clip(W @ x, -3, 1)\nh = i * softsign(h_prev)", "∂i:in", "∂h_prev") == [
        "∂L/∂i_t^in = ∂L/∂i_t ⊙ (step(i_t^in + 3) ⊙ step(1 − i_t^in))",
        "∂L/∂h_t-1 = ∂L/∂softsign(h_t-1) ⊙ ((1 − |softsign(h_t-1)|) ⊙ (1 − |softsign(h_t-1)|))",
    ]


def test_what_nothing_reads_on_has_the_gradient_zero() -> None:
    assert lines("i = step(W @ x)\nh = i * h_prev", "∂i:in") == ["∂L/∂i_t^in = 0"]


def test_symbols_alone_have_no_time() -> None:
    found = symbols_math(define("t", "alpha = 2\nc_new = tanh(alpha * c_new_prev + W_i @ x)\nh = c_new + tanh(b)").program)
    assert {name: plain(math) for name, math in found.items() if not name.startswith(GRADIENT)} == {
        "x": "x", "c_new:in": "c_new^in", "c_new": "c_new", "h:tanh": "tanh(b)", "h": "h", "W_i": "W_i", "b": "b",
        "alpha": "α", "c_new_prev": "c_new,t − 1",
    }  # fmt: skip
    assert plain(found["∂W_i"]) == "∂L/∂W_i"


def holders(math: str) -> set[str]:
    return {e.attrib["data-name"] for e in ElementTree.fromstring(math).iter() if "data-name" in e.attrib}


def complete(program: Program) -> None:
    """Well-formed, and every symbol of every equation in an element that carries its name."""
    found, alone = formulas(program), symbols_math(program)
    for equation in program.equations:
        assert holders(found[equation.target]) == {equation.target, *names(equation.expr)}
    for adjoint in program.adjoint:
        held = holders(found[adjoint.target])
        assert adjoint.target in held
        for term in adjoint.terms:
            if term.when == "now":
                # a mask and the like stand there as what they are, under their own name
                assert held >= set(names(term.expr))
    states = {f"{state}_prev" for state in program.states}
    symbols = {*program.inputs, *program.value, *program.parameter, *states}
    assert alone.keys() == symbols | {GRADIENT + name for name in symbols} | program.constants.keys()
    for name, math in alone.items():
        assert name in holders(math)
    for math in (*found.values(), *alone.values()):
        tags = {element.tag for element in ElementTree.fromstring(math).iter()}
        assert tags <= {"math", "mrow", "mi", "mn", "mo", "msub", "msup", "msubsup", "mfrac", "munder"}


@pytest.mark.parametrize("name", ALL)
def test_every_symbol_of_every_cell_carries_its_name(name: str) -> None:
    complete(cell(name)[0].program)


@given(cells())
def test_every_symbol_of_any_cell_carries_its_name(written: Written) -> None:
    complete(written.cell.program)
