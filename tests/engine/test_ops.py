from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.engine import bulk, ops
from app.engine.evaluate import compute
from app.engine.expr import Apply, Expr, Name, Number
from app.engine.layout import Layout
from app.engine.ops import FUNCTIONS, INFIX, OPS, Array

SMALLEST_NORMAL = float(np.finfo(np.float64).tiny)
#: arguments and the logistic function of them, worked out with 50 digits
TAILS = [
    (-40, 4.248354255291589e-18),
    (-90, 8.194012623990515e-40),
    (-110, 1.6889118802245324e-48),
    (-10, 4.5397868702434395e-05),
    (10, 0.9999546021312976),
    (0, 0.5),
    (40, 1.0),
    (90, 1.0),
    (110, 1.0),
    (710, 1.0),
    (745, 1.0),
]


@pytest.mark.parametrize(("x", "expected"), TAILS)
def test_sigmoid_is_right_in_both_tails(x: float, expected: float) -> None:
    for found in (ops.sigmoid(np.array([float(x)])), bulk.sigmoid(np.array([float(x)]))):
        assert found[0] == pytest.approx(expected, rel=4e-16, abs=0)


@pytest.mark.parametrize("x", [-710.0, -745.0])
def test_sigmoid_where_doubles_lose_digits(x: float) -> None:
    assert ops.sigmoid(np.array([x]))[0] == np.exp(x)
    # the fast form may go to 0 at once where no normal number is left
    with ops.quietly():
        assert 0 <= bulk.sigmoid(np.array([x]))[0] < SMALLEST_NORMAL


def test_sigmoid_at_infinity() -> None:
    with ops.quietly():
        for sigmoid in (ops.sigmoid, bulk.sigmoid):
            assert sigmoid(np.array([np.inf, -np.inf])).tolist() == [1, 0]


@given(st.floats(-700, 700))
def test_both_forms_of_sigmoid_agree(x: float) -> None:
    array = np.array([x])
    assert bulk.sigmoid(array)[0] == pytest.approx(float(ops.sigmoid(array)[0]), rel=1e-15, abs=SMALLEST_NORMAL)


@pytest.mark.parametrize(
    "op", [row.name for row in OPS.values() if row.form in ("function", "prefix") and row.arity == 1]
)
def test_what_is_not_a_number_is_never_hidden(op: str) -> None:
    with ops.quietly():
        assert np.isnan(OPS[op].compute(np.array([np.nan, 1.0]))[0])
        assert np.isnan(bulk.evaluate(Apply(op, (Name("a"),)), {"a": np.array([np.nan])}.__getitem__, Layout())[0])


def test_relu_and_step_at_zero_and_infinity() -> None:
    x = np.array([-np.inf, -2.0, -0.0, 0.0, 3.0, np.inf])
    assert ops.relu(x).tolist() == [0, 0, 0, 0, 3, np.inf]
    assert ops.step(x).tolist() == [0, 0, 0, 0, 1, 1]


@pytest.mark.parametrize(("x", "expected"), [(0, math.log(2)), (1000, 1000), (-1000, 0), (-40, 4.248354255291589e-18)])
def test_softplus(x: float, expected: float) -> None:
    assert ops.softplus(np.array([float(x)]))[0] == pytest.approx(expected, rel=1e-15, abs=0)


@pytest.mark.parametrize(
    ("x", "expected"),
    [
        ([0, 0], [0.5, 0.5]),
        ([1000, 0], [1, 0]),
        ([-1000, -1000], [0.5, 0.5]),
        ([1e308, -5e307], [1, 0]),
        ([0, math.log(3)], [0.25, 0.75]),
        ([7], [1]),
    ],
)
def test_softmax_does_not_overflow(x: list[float], expected: list[float]) -> None:
    np.testing.assert_allclose(ops.softmax(np.array(x, float)), expected, rtol=1e-15, atol=0)


def test_softmax_is_taken_of_the_last_axis() -> None:
    x = np.random.default_rng(0).normal(size=(3, 2, 5))
    np.testing.assert_allclose(ops.softmax(x).sum(axis=-1), np.ones((3, 2)), rtol=1e-15)


def test_an_overflow_in_a_softmax_is_seen() -> None:
    with ops.quietly():
        assert np.isnan(ops.softmax(np.array([np.inf, 0.0]))).all()


def test_a_clock() -> None:
    assert [ops.every(6, when, 1, 2, 4).tolist() for when in range(1, 6)] == [
        [1, 1, 1, 1, 1, 1],
        [1, 1, 0, 0, 0, 0],
        [1, 1, 1, 1, 0, 0],
        [1, 1, 0, 0, 0, 0],
        [1, 1, 1, 1, 1, 1],
    ]


def test_a_mask_lets_a_group_hear_itself_and_slower_ones() -> None:
    assert ops.slower(4, 1, 2).tolist() == [[1, 1, 1, 1], [1, 1, 1, 1], [0, 0, 1, 1], [0, 0, 1, 1]]
    assert ops.slower(2, 2, 1).tolist() == [[1, 0], [1, 1]]


def test_matvec_takes_leading_axes() -> None:
    matrix = np.arange(6.0).reshape(2, 3)
    assert ops.matvec(matrix, np.array([[1.0, 0, 0], [0, 1, 0]])).tolist() == [[0, 3], [1, 4]]


ROWS = [row for row in OPS.values() if row.form in ("infix", "prefix", "function")]


@pytest.mark.parametrize("row", ROWS, ids=[row.name for row in ROWS])
def test_a_rule_equals_the_complex_step(row: ops.Op) -> None:
    """Each operation's adjoint alone, the gradient of every entry of every argument."""
    random = np.random.default_rng(7)
    shapes = {"matmul": [(2, 3), (3,)]}.get(row.name, [(3,)] * (row.arity - row.limits))
    arrays = {f"a{n}": random.normal(size=shape) for n, shape in enumerate(shapes)}
    # the first of the three numbers that are drawn is nearly 0, the two others lie outside
    args: tuple[Expr, ...] = (*map(Name, arrays), *(Number(-0.2), Number(0.25))[: row.limits])

    def value(env: dict[str, Array]) -> Array:
        return compute(Apply(row.name, args), env)

    g = random.normal(size=value(arrays).shape)
    found = row.adjoint(args, Name("y"), Name("g"))
    for name, part in zip(arrays, found, strict=False):
        rule = np.zeros_like(arrays[name]) if part is None else compute(part, arrays | {"y": value(arrays), "g": g})
        for index in np.ndindex(arrays[name].shape):
            there = arrays | {name: arrays[name].astype(complex)}
            there[name][index] += 1e-30j
            slope = np.sum(g * value(there)).imag / 1e-30
            assert np.broadcast_to(rule, arrays[name].shape)[index] == pytest.approx(slope, rel=1e-12, abs=1e-14)


def test_an_adjoint_is_not_differentiated_again() -> None:
    for row in OPS.values():
        if row.form == "internal":
            with pytest.raises(AssertionError, match="not differentiated again"):
                row.adjoint((Name("a"),), Name("y"), Name("g"))


def test_the_table() -> None:
    assert INFIX == {"+": "add", "-": "sub", "*": "mul", "@": "matmul"}
    assert FUNCTIONS == (
        "sigmoid", "tanh", "relu", "identity", "exp", "softplus", "softsign", "softmax", "step", "clip", "every", "slower",
    )  # fmt: skip
    assert [row.name for row in OPS.values() if not row.elementwise] == ["softmax", "total"]


@pytest.mark.parametrize("op", [row.name for row in OPS.values() if row.range != (None, None) and row.arity == 1])
def test_an_activation_keeps_to_its_range(op: str) -> None:
    low, high = OPS[op].range
    found = OPS[op].compute(np.linspace(-30, 30, 61))
    assert low is None or found.min() >= low
    assert high is None or found.max() <= high


@pytest.mark.parametrize("row", [row for row in OPS.values() if row.form == "function"], ids=lambda row: row.name)
def test_float32_stays_float32(row: ops.Op) -> None:
    limits = [np.asarray(limit) for limit in (-0.5, 0.5)][: row.limits]
    assert row.compute(np.ones(3, np.float32), *limits).dtype == np.float32


def test_clip() -> None:
    x = np.array([-np.inf, -2.0, -1.0, -0.3, 0.7, 0.9, np.inf, np.nan])
    expected = [-1, -1, -1, -0.3, 0.7, 0.7, 0.7]
    low, high = np.asarray(-1.0), np.asarray(0.7)
    found = ops.clip(x, low, high)
    assert found[:-1].tolist() == expected
    assert np.isnan(found[-1])
    into = np.empty(8)
    bulk.clip(x, low, high, into)
    assert np.array_equal(into, found, equal_nan=True)


def test_clip_lets_a_gradient_through_strictly_inside_alone() -> None:
    part = OPS["clip"].adjoint((Name("a"), Number(-1.0), Number(0.7)), Name("y"), Name("g"))
    assert part[1:] == (None, None)
    assert part[0] is not None
    a = np.array([-np.inf, -1.1, -1.0, np.nextafter(-1.0, 0), 0.2, np.nextafter(0.7, 0), 0.7, 0.8, np.inf])
    found = compute(part[0], {"a": a, "g": np.full(9, 5.0)})
    assert found.tolist() == [0, 0, 0, 5, 5, 5, 0, 0, 0]
    assert np.isnan(compute(part[0], {"a": np.array([np.nan]), "g": np.ones(1)})).all()


@pytest.mark.parametrize(
    ("x", "expected"), [(0, 0), (1, 0.5), (-3, -0.75), (1e-300, 1e-300), (1e308, 1), (np.inf, 1), (-np.inf, -1)]
)
def test_softsign(x: float, expected: float) -> None:
    with ops.quietly():
        assert ops.softsign(np.array([x]))[0] == expected


def test_the_slope_of_softsign() -> None:
    x = np.array([-3.0, -0.5, 0.0, 0.25, 7.0])
    (part,) = OPS["softsign"].adjoint((Name("a"),), Name("y"), Name("g"))
    assert part is not None
    found = compute(part, {"y": ops.softsign(x), "g": np.ones(5)})
    np.testing.assert_allclose(found, 1 / (1 + np.abs(x)) ** 2, rtol=1e-15)


def test_what_is_quiet_already_stays_so_until_the_end() -> None:
    huge = np.array([1e300])
    with ops.quietly():
        with ops.quietly():
            assert np.isinf(huge * huge).all()
        assert np.isinf(huge * huge).all()
    with pytest.warns(RuntimeWarning, match="overflow"):
        huge * huge
