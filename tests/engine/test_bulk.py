from __future__ import annotations

import numpy as np
import pytest

from app.engine import bulk, evaluate
from app.engine.expr import Expr, Name, Number, names
from app.engine.layout import Layout, layout
from app.engine.ops import Array, quietly
from app.engine.rooms import Rooms
from app.engine.sheet import Sheet
from app.engine.tape import Column, Series, Still
from tests.engine.test_listing import read

RANDOM = np.random.default_rng(5)
#: four steps of two sequences, or of two networks, each with a vector and matrices of its own
SERIES = {"a": RANDOM.normal(size=(4, 2, 3)), "b": RANDOM.normal(size=(4, 2, 3))}
STILL = {"d": RANDOM.normal(size=(2, 3)), "W": RANDOM.normal(size=(2, 3, 3)), "V": RANDOM.normal(size=(2, 2, 3))}
LAYOUTS = {"alone": layout((), many=False), "batch": layout((2,), many=False), "many": layout((2,), many=True)}
TEXTS = (
    "a",
    "2",
    "a + b",
    "a - b * d",
    "(a + b) * (a - b)",
    "1 - a",
    "a - (b - a)",
    "sigmoid(a) * tanh(b) + d",
    "sigmoid(sigmoid(a))",
    "W @ a",
    "V @ (a * b) + V @ b",
    "(2 * W + W) @ tanh(W @ a)",
    "softmax(a) - softmax(W @ b)",
    "-exp(-a) + relu(b) - step(b) * softplus(a) + identity(d)",
    "clip(a, -0.5, 0.5)",
)


def environment(kind: str) -> dict[str, Array]:
    """The numbers with their axes as a layout has them."""
    if kind == "alone":
        return {n: s[:, 0] for n, s in SERIES.items()} | {n: s[0] for n, s in STILL.items()}
    series = {name: np.ascontiguousarray(np.moveaxis(array, 1, -1)) for name, array in SERIES.items()}
    if kind == "many":
        return series | {name: np.ascontiguousarray(np.moveaxis(array, 0, -1)) for name, array in STILL.items()}
    return series | {"d": STILL["d"][0][:, None], "W": STILL["W"][0], "V": STILL["V"][0]}


def by_steps(text: str, kind: str) -> Array:
    """Node by node, (T, lead, size)."""
    rows = []
    for t in range(4):
        for n in range(2 if kind != "alone" else 1):
            still = {name: array[n if kind == "many" else 0] for name, array in STILL.items()}
            rows.append(evaluate.compute(read(text), still | {name: array[t, n] for name, array in SERIES.items()}))
    lead = () if kind == "alone" else (2,)
    return np.array(rows).reshape(4, *lead, -1)


def evaluated(text: str, env: dict[str, Array], how: Layout, out: Array | None = None) -> Array:
    return bulk.evaluate(read(text), env.__getitem__, how, out)


@pytest.mark.parametrize("kind", LAYOUTS)
@pytest.mark.parametrize("text", TEXTS)
def test_all_steps_at_once_are_the_steps_one_by_one(text: str, kind: str) -> None:
    how, env, expected = LAYOUTS[kind], environment(kind), by_steps(text, kind)
    before = {name: array.copy() for name, array in env.items()}
    out = np.full((4, expected.shape[-1] if expected.shape[-1] > 1 else 3, *how.lead), np.nan)
    assert evaluated(text, env, how, out) is out
    np.testing.assert_allclose(how.outward(out), np.broadcast_to(expected, how.outward(out).shape), rtol=1e-13, atol=1e-15)
    np.testing.assert_array_equal(np.broadcast_to(evaluated(text, env, how), out.shape), out)
    for name, array in before.items():
        np.testing.assert_array_equal(env[name], array)


def test_numbers_keep_the_type() -> None:
    env = {"a": np.ones((4, 3), np.float32)}
    for text in ("2 * a - 0.5", "a * sigmoid(relu(0.95))", "a * (tanh(2) + 1)"):
        assert evaluated(text, env, LAYOUTS["alone"]).dtype == np.float32


def test_the_tails_of_the_sigmoid() -> None:
    with quietly():
        found = bulk.sigmoid(np.array([-800.0, -110.0, -90.0, -40.0, -10.0, 0.0, 10.0, 90.0, 800.0, np.nan]))
    expected = [0, 1.6889118802245324e-48, 8.194012623990515e-40, 4.248354255291589e-18, 4.5397868702434395e-05]
    np.testing.assert_allclose(found, [*expected, 0.5, 0.9999546021312976, 1, 1, np.nan], rtol=1e-15)


@pytest.mark.parametrize("kind", LAYOUTS)
@pytest.mark.parametrize(
    "factors",
    [("a",), ("2",), ("a", "b"), ("1 - a",), ("a", "1 - a"), ("a - b * b", "d", "b"), ("tanh(a)", "-1"), ("-1", "1 - b * b"),
     ("a + (b - (a * b))", "2 * d")],
)  # fmt: skip
def test_what_is_prepared_works_new_numbers_out(factors: tuple[str, ...], kind: str) -> None:
    how, given = LAYOUTS[kind], environment(kind)
    env = {name: np.zeros_like(array) for name, array in given.items()}
    out = np.full((4, 3, *how.lead), np.nan)
    sheet = Sheet(4, 1, Rooms(np.dtype(np.float64)))
    still: list[tuple[Expr, Array]] = []

    def column(expr: Expr) -> Column | None:
        match expr:
            case Number(value):
                return Still(np.array(value))
            case Name(id) if id in SERIES:
                return Series(env[id])
            case _ if set(names(expr)) <= STILL.keys():
                still.append((expr, np.zeros_like(bulk.evaluate(expr, env.__getitem__, how))))
                return Still(still[-1][1])
        return None

    bulk.Preparing(sheet, how, column).product([read(factor) for factor in factors], Series(out))
    for round_ in (1.0, -0.5):
        for name, array in given.items():
            env[name][...] = array * round_
        for expr, array in still:
            bulk.evaluate(expr, env.__getitem__, how, array)
        for first, stop in ((0, 1), (1, 4)):
            sheet.run(first, stop)
        expected = np.ones((4, 3, *how.lead))
        for factor in factors:
            expected = expected * evaluated(factor, env, how)
        np.testing.assert_allclose(out, expected, rtol=1e-13)
        for name, array in given.items():
            np.testing.assert_array_equal(env[name], array * round_)
