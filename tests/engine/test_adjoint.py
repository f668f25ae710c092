from __future__ import annotations

import numpy as np
from hypothesis import assume, given
from hypothesis import strategies as st

from app.engine import Layer, Network, define
from app.engine.adjoint import Adjoint, gradient_name
from app.engine.expr import Apply, Expr, Name, Number
from app.engine.ops import OPS
from tests.engine.reference import EPS, Array, Numbers, Result, expected, loss, numbers
from tests.engine.strategies import Written, cells

LSTM = """
i = sigmoid(W_i @ x + U_i @ h_prev + b_i)
f = sigmoid(W_f @ x + U_f @ h_prev + b_f)
o = sigmoid(W_o @ x + U_o @ h_prev + b_o)
g = tanh(W_g @ x + U_g @ h_prev + b_g)
c = f * c_prev + i * g
h = o * tanh(c)
"""


def show(expr: Expr) -> str:
    """An adjoint's expression in one line, internal operations as functions."""
    match expr:
        case Number(value):
            return f"{value:g}"
        case Name(id):
            return id
        case Apply(op, (left, right)) if OPS[op].sign:
            return f"({show(left)} {OPS[op].sign} {show(right)})"
        case Apply(op, args):
            return f"{op}({', '.join(map(show, args))})"


def equations(text: str) -> dict[str, list[str]]:
    program = define("t", text).program
    return {a.target: [f"{t.when} {t.via}: {show(t.expr)}" for t in a.terms] for a in program.adjoint}


def test_the_backward_pass_of_the_lstm_is_the_one_of_the_books() -> None:
    found = equations(LSTM)
    assert found["∂h"] == ["outside h: outside(h)", "next h: next(∂h_prev)"]
    assert found["∂o"] == ["outside o: outside(o)", "now h: (∂h * h:tanh)"]
    assert found["∂h:tanh"] == ["outside h:tanh: outside(h:tanh)", "now h: (∂h * o)"]
    assert found["∂c"] == [
        "outside c: outside(c)",
        "now h:tanh: (∂h:tanh * (1 - (h:tanh * h:tanh)))",
        "next c: next(∂c_prev)",
    ]
    assert found["∂f"] == ["outside f: outside(f)", "now c: (∂c * c_prev)"]
    assert found["∂f:in"] == ["outside f:in: outside(f:in)", "now f: ((∂f * f) * (1 - f))"]
    assert found["∂g:in"] == ["outside g:in: outside(g:in)", "now g: (∂g * (1 - (g * g)))"]
    assert found["∂c_prev"] == ["now c: (∂c * f)"]
    assert found["∂h_prev"] == [f"now {k}:in: (transpose(U_{k}) @ ∂{k}:in)" for k in "gofi"]
    assert found["∂x"] == [f"now {k}:in: (transpose(W_{k}) @ ∂{k}:in)" for k in "gofi"]
    assert found["∂U_f"] == ["now f:in: sum(outer(∂f:in, h_prev))"]
    assert found["∂b_f"] == ["now f:in: sum(∂f:in)"]


def test_the_order_is_that_of_execution() -> None:
    symbols = [a.symbol for a in define("t", "a = W @ x\nh = tanh(a + U @ h_prev)").program.adjoint]
    assert symbols == ["h", "h:in", "a", "h_prev", "x", "W", "U"]


def test_clocks_and_masks_are_not_differentiated() -> None:
    found = equations("m = every(1, 2)\nh = m * tanh((slower(1, 2) * U) @ h_prev)")
    assert "∂m" not in found
    assert "∂h:slower" not in found
    assert found["∂U"] == ["now h:tanh:in: sum((outer(∂h:tanh:in, h_prev) * h:slower))"]


def test_a_step_lets_no_gradient_through() -> None:
    assert equations("i = step(W @ x)\nh = i * x2 + h_prev")["∂i:in"] == ["outside i:in: outside(i:in)"]


def test_names_of_gradients_cannot_be_written() -> None:
    assert gradient_name("c") == Name("∂c")
    assert Adjoint("c", ()).target == "∂c"


def network(written: Written) -> Network:
    layer = Layer(written.cell, written.sizes.get("units", 1), direction="forward", **written.extra)
    return Network([layer], inputs=written.sizes["inputs"])


def moved(given: Numbers, seed: int, by: complex) -> tuple[Numbers, Numbers]:
    """The same numbers moved along a random direction, and that direction."""
    random = np.random.default_rng(seed)
    way = Numbers(
        {name: random.normal(size=array.shape) for name, array in given.parameters.items()},
        random.normal(size=given.inputs.shape),
        {name: random.normal(size=array.shape) for name, array in given.initial.items()},
        {},
    )
    there = Numbers(
        {name: array + by * way.parameters[name] for name, array in given.parameters.items()},
        given.inputs + by * way.inputs,
        {name: array + by * way.initial[name] for name, array in given.initial.items()},
        given.outside,
    )
    return there, way


def along(result: Result, way: Numbers) -> tuple[float, float]:
    """The gradient along a direction, and the largest product that it is a sum of."""
    pairs: list[tuple[Array, Array]] = [(result.inputs, way.inputs)]
    pairs += [(array, way.parameters[name]) for name, array in result.parameters.items()]
    pairs += [(array, way.initial[name]) for name, array in result.initial.items()]
    products = [gradient * direction for gradient, direction in pairs]
    return sum(float(p.sum()) for p in products), max(float(np.max(np.abs(p), initial=0)) for p in products)


@given(cells(), st.integers(0, 2**32), st.sampled_from([(), (2,)]))
def test_the_adjoint_equals_the_complex_step(written: Written, seed: int, lead: tuple[int, ...]) -> None:
    net = network(written)
    given_numbers = numbers(net, seed, 3, lead)
    result = expected(net, given_numbers)
    assume(result.largest() < 1e6)
    there, way = moved(given_numbers, seed, 1e-30j)
    slope, largest = along(result, way)
    assert abs(loss(net, there).imag / 1e-30 - slope) <= EPS * max(abs(slope), largest, 1e-3)


@given(cells(smooth=True), st.integers(0, 2**32))
def test_the_adjoint_equals_the_central_difference(written: Written, seed: int) -> None:
    net = network(written)
    given_numbers = numbers(net, seed, 3, scale=0.3)
    result = expected(net, given_numbers)
    assume(result.largest() < 1e3)
    step = 1e-5
    ahead, way = moved(given_numbers, seed, step)
    behind, _ = moved(given_numbers, seed, -step)
    slope, largest = along(result, way)
    difference = (loss(net, ahead) - loss(net, behind)) / (2 * step)
    assert abs(difference - slope) <= 1e-5 * max(abs(slope), largest, 1.0)
