from __future__ import annotations

from collections.abc import Callable
from dataclasses import FrozenInstanceError
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.engine import Loss, NetworkError, binary_cross_entropy, cross_entropy, squared_error
from tests.engine.every_alignment import Array, golden, softmax

#: each loss at one step as its definition says it, real or complex: of logits or values, and of a row of targets
NAIVE: dict[str, Callable[[Array, Array], Any]] = {
    "classes": lambda z, q: -np.sum(q * np.log(softmax(z))),
    "rows": lambda z, q: -np.sum(q * np.log(softmax(z))),
    "binary": lambda z, q: -np.sum(q * np.log(1 / (1 + np.exp(-z))) + (1 - q) * np.log(1 - 1 / (1 + np.exp(-z)))),
    "squared": lambda y, t: np.sum((y - t) ** 2),
}
LOSSES: dict[str, Callable[..., Loss]] = {
    "classes": cross_entropy, "rows": cross_entropy, "binary": binary_cross_entropy, "squared": squared_error,
}  # fmt: skip
OPTIONS: dict[str, dict[str, Any]] = {
    "all": {},
    "mean": {"mean": True},
    "lengths": {"lengths": (4, 2)},
    "last": {"last": True},
    "last of lengths": {"last": True, "lengths": (3, 1)},
    "mask": {"mask": [[True, False], [False, True], [True, True], [False, False]]},
    "mask for all": {"mask": [True, False, True, False], "mean": True},
    "weights": {"weights": [[0.5, 2], [1, 0], [3, 1], [1.5, 0.25]]},
    "everything": {"weights": [0.5, 2, 1, 3], "lengths": (4, 3), "mask": [1, 1, 1, 0], "last": True, "mean": True},
}


def drawn(kind: str, lead: tuple[int, ...], seed: int = 0) -> tuple[Array, Array, Array]:
    """Logits or values, targets as they are given, and as rows."""
    random = np.random.default_rng(seed)
    given = random.normal(size=(*lead, 3)) * 1.5
    match kind:
        case "classes":
            index = random.integers(0, 3, size=lead)
            return given, index, np.eye(3)[index]
        case "rows":
            rows = random.dirichlet(np.ones(3), size=lead)
        case "binary":
            rows = random.uniform(size=given.shape).round(1)
        case _:
            rows = random.normal(size=given.shape)
    return given, rows, rows


def factors(kind: str, lead: tuple[int, ...], options: dict[str, Any]) -> Array:
    """How much each step counts, worked out one step at a time."""
    steps, batch = lead[0], lead[1] if len(lead) > 1 else 1
    found = np.zeros((steps, batch))
    for b in range(batch):
        for t in range(steps):
            lengths, mask, weights = options.get("lengths"), options.get("mask"), options.get("weights")
            counts = lengths is None or t < lengths[b]
            counts &= mask is None or bool(np.broadcast_to(np.array(mask).reshape(steps, -1), (steps, batch))[t, b])
            if counts and options.get("last"):
                found[:t, b] = 0
            weighs = 1.0 if weights is None else np.broadcast_to(np.array(weights).reshape(steps, -1), (steps, batch))[t, b]
            found[t, b] = weighs if counts else 0.0
    if options.get("mean"):
        found /= found.sum() * (1 if kind in ("classes", "rows") else 3)
    return found.reshape(lead)


@pytest.mark.parametrize("options", OPTIONS, ids=str)
@pytest.mark.parametrize("kind", LOSSES)
def test_values_and_gradients_are_those_of_the_definition(kind: str, options: str) -> None:
    chosen = OPTIONS[options]
    given, targets, rows = drawn(kind, (4, 2))
    found = LOSSES[kind](given, targets, **chosen)
    share = factors(kind, (4, 2), chosen)
    np.testing.assert_allclose(found.weights, share, rtol=1e-15)
    for at in np.ndindex(4, 2):
        assert found.steps[at] == pytest.approx(share[at] * NAIVE[kind](given[at], rows[at]), rel=1e-13)
        for entry in range(3):
            moved = given[at].astype(complex)
            moved[entry] += 1e-30j
            slope = NAIVE[kind](moved, rows[at]).imag / 1e-30
            assert found.gradient[*at, entry] == pytest.approx(share[at] * slope, rel=1e-12, abs=1e-14)
    assert found.total == pytest.approx(found.steps.sum(), rel=1e-15)
    assert type(found.total) is float


@pytest.mark.parametrize("kind", LOSSES)
def test_one_sequence_is_a_batch_of_one(kind: str) -> None:
    given, targets, _ = drawn(kind, (5,))
    for options in ({}, {"lengths": [3]}, {"last": True}, {"mask": [1, 0, 1, 1, 0], "weights": [1, 2, 3, 4, 5]}):
        one, many = (LOSSES[kind](g, t, **options) for g, t in ((given, targets), (given[:, None], targets[:, None])))
        assert one.total == many.total
        np.testing.assert_array_equal(one.steps, many.steps[:, 0])
        np.testing.assert_array_equal(one.gradient, many.gradient[:, 0])


@pytest.mark.parametrize("case", golden("losses"), ids=lambda case: f"{case['name']} {case['mean']}")
def test_the_same_as_pytorch(case: dict[str, Any]) -> None:
    found = LOSSES[case["name"]](case["given"], case["targets"], mean=case["mean"])
    assert found.total == pytest.approx(case["total"], rel=1e-14)
    np.testing.assert_allclose(found.gradient, case["gradient"], rtol=0, atol=2e-15)


def test_probabilities_of_the_targets() -> None:
    given, targets, rows = drawn("classes", (4, 2))
    found = cross_entropy(given, targets, lengths=[4, 2], weights=[1, 2, 3, 4], mean=True)
    assert found.probability is not None
    p = softmax(given)
    np.testing.assert_allclose(found.probability[:, 0], (p * rows).sum(-1)[:, 0], rtol=1e-14)
    assert np.isnan(found.probability[2:, 1]).all()
    soft = cross_entropy(given[:1], [[[0.25, 0.5, 0.25], [1, 0, 0]]])
    assert soft.probability is not None
    np.testing.assert_allclose(soft.probability, [[p[0, 0] @ [0.25, 0.5, 0.25], p[0, 1, 0]]], rtol=1e-14)
    assert squared_error([[1.0]], [[2.0]]).probability is None
    assert binary_cross_entropy([[1.0]], [[1.0]]).probability is None


def test_squared_error_by_hand() -> None:
    found = squared_error([[1, 2], [3, 5]], [[0, 0], [3, 1]])
    assert (found.total, found.steps.tolist(), found.gradient.tolist()) == (21, [5, 16], [[2, 4], [0, 8]])
    assert squared_error([[1, 2], [3, 5]], [[0, 0], [3, 1]], mean=True).total == 21 / 4
    assert squared_error([[1, 2], [3, 5]], [[0, 0], [3, 1]], last=True).total == 16


def test_cross_entropy_by_hand() -> None:
    found = cross_entropy(np.log([[0.5, 0.25, 0.25], [0.1, 0.1, 0.8]]), [1, 2])
    np.testing.assert_allclose(found.steps, [np.log(4), -np.log(0.8)], rtol=1e-14)
    np.testing.assert_allclose(found.gradient, [[0.5, -0.75, 0.25], [0.1, 0.1, -0.2]], atol=1e-15)


@pytest.mark.parametrize(
    ("logits", "target", "loss", "gradient"),
    [
        ([1e4, -1e4], 0, 0, [0, 0]),
        ([1e4, -1e4], 1, 2e4, [1, -1]),
        ([1e308, -1e308], 0, 0, [0, 0]),
        ([1e308, -1e308], 1, np.inf, [1, -1]),
        ([1e308, 1e308], 0, np.log(2), [-0.5, 0.5]),
        ([-1e308, -1e308], 0, np.log(2), [-0.5, 0.5]),
        ([0.0, -np.inf], 0, 0, [0, 0]),
        ([0.0, -np.inf], 1, np.inf, [1, -1]),
        ([0.0, -np.inf], [0.5, 0.5], np.inf, [0.5, -0.5]),
        ([0.0, -np.inf], [1.0, 0.0], 0, [0, 0]),
        ([7.0, 7.0], 1, np.log(2), [0.5, -0.5]),
        ([40.0, 0.0], 0, np.exp(-40), [-np.exp(-40), np.exp(-40)]),
        ([700.0, 0.0], 0, np.exp(-700), [-np.exp(-700), np.exp(-700)]),
        ([np.nan, 0.0], 0, np.nan, [np.nan, np.nan]),
        ([np.inf, 0.0], 0, np.nan, [np.nan, np.nan]),
        ([-np.inf, -np.inf], 0, np.nan, [np.nan, np.nan]),
    ],
)  # fmt: skip
def test_cross_entropy_at_extremes(logits: list[float], target: Any, loss: float, gradient: list[float]) -> None:
    found = cross_entropy([logits, [0.0, 0.0]], [target, [0.5, 0.5] if isinstance(target, list) else 0])
    np.testing.assert_allclose(found.steps, [loss, np.log(2)], rtol=1e-14)
    np.testing.assert_allclose(found.gradient[0], gradient, rtol=1e-14)
    assert np.isfinite(found.gradient[1]).all()
    np.testing.assert_allclose(found.total, loss + np.log(2), rtol=1e-14)
    assert found.probability is not None
    np.testing.assert_allclose(found.probability[0], 0.5 if target == [0.5, 0.5] else np.exp(-loss), rtol=1e-14)
    assert not np.signbit(found.steps[found.steps == 0]).any()


@pytest.mark.parametrize(
    ("logit", "target", "loss", "gradient"),
    [
        (1e4, 1, 0, 0), (1e4, 0, 1e4, 1), (-1e4, 1, 1e4, -1), (-1e4, 0, 0, 0), (1e308, 0, 1e308, 1),
        (np.inf, 1, 0, 0), (np.inf, 0, np.inf, 1), (-np.inf, 0, 0, 0), (-np.inf, 1, np.inf, -1), (-np.inf, 0.5, np.inf, -0.5),
        (40, 1, np.exp(-40), -np.exp(-40)), (-40, 0, np.exp(-40), np.exp(-40)), (-700, 0, np.exp(-700), np.exp(-700)),
        (0, 0.5, np.log(2), 0), (np.nan, 0, np.nan, np.nan), (np.nan, 1, np.nan, np.nan),
    ],
)  # fmt: skip
def test_binary_cross_entropy_at_extremes(logit: float, target: float, loss: float, gradient: float) -> None:
    found = binary_cross_entropy([[logit], [0]], [[target], [1]])
    np.testing.assert_allclose(found.steps, [loss, np.log(2)], rtol=1e-14)
    np.testing.assert_allclose(found.gradient, [[gradient], [-0.5]], rtol=1e-14)


def test_squared_error_at_extremes() -> None:
    found = squared_error([[1e200, np.inf, np.nan, 1e308]], [[0, 0, 0, -1e308]])
    np.testing.assert_array_equal(found.gradient, [[2e200, np.inf, np.nan, np.inf]])
    assert np.isnan(found.total)
    assert squared_error([[1e200]], [[0]]).total == np.inf


@given(st.lists(st.floats(-1e308, 1e308), min_size=2, max_size=4), st.data())
def test_a_loss_of_finite_logits_is_never_nan(logits: list[float], data: st.DataObject) -> None:
    target = data.draw(st.integers(0, len(logits) - 1))
    found = cross_entropy([logits], [target])
    assert found.total >= 0
    assert np.isfinite(found.gradient).all()
    assert abs(found.gradient.sum()) <= 1e-15
    yes = binary_cross_entropy([logits], [[float(index == target) for index in range(len(logits))]])
    assert yes.total >= 0
    assert np.isfinite(yes.gradient).all()


@pytest.mark.parametrize("kind", LOSSES)
def test_what_does_not_count_may_be_anything(kind: str) -> None:
    given, targets, _ = drawn(kind, (4, 2))
    given, targets = given.copy(), targets.astype(float)
    expected = LOSSES[kind](given, targets, lengths=[2, 3], weights=[1, 0, 1, 1])
    for bad in (np.nan, np.inf, -np.inf, 1e308, -100):
        given[2:, 0] = given[1] = given[3:, 1] = bad
        targets[2:, 0] = targets[1] = targets[3:, 1] = bad
        found = LOSSES[kind](given, targets, lengths=[2, 3], weights=[1, 0, 1, 1])
        assert found.total == expected.total
        np.testing.assert_array_equal(found.steps, expected.steps)
        np.testing.assert_array_equal(found.gradient, expected.gradient)
        assert not found.gradient[1].any()


@pytest.mark.parametrize("kind", LOSSES)
def test_what_is_not_a_number_stays_in_its_step(kind: str) -> None:
    given, targets, _ = drawn(kind, (4,))
    clean = LOSSES[kind](given, targets)
    given[1, 0] = np.nan
    found = LOSSES[kind](given, targets)
    assert np.isnan(found.total)
    assert np.isnan(found.steps).tolist() == [False, True, False, False]
    np.testing.assert_array_equal(np.delete(found.gradient, 1, 0), np.delete(clean.gradient, 1, 0))


@pytest.mark.parametrize("kind", LOSSES)
def test_types(kind: str) -> None:
    given, targets, _ = drawn(kind, (4, 2))
    single = LOSSES[kind](given.astype(np.float32), targets)
    double = LOSSES[kind](given, targets)
    assert (single.gradient.dtype, double.gradient.dtype) == (np.float32, np.float64)
    assert single.steps.dtype == np.float64
    np.testing.assert_allclose(single.gradient, double.gradient, rtol=2e-6, atol=2e-7)
    kept = given.copy()
    LOSSES[kind](given, targets, weights=[1, 2, 3, 4])
    np.testing.assert_array_equal(given, kept)


def test_a_loss_stays_as_it_is() -> None:
    found = squared_error([[1.0]], [[0.0]])
    with pytest.raises(FrozenInstanceError):
        found.total = 0.0  # type: ignore[misc]


@pytest.mark.parametrize("loss", [cross_entropy, binary_cross_entropy, squared_error])
def test_all_that_is_wrong_is_said_at_once(loss: Callable[..., Loss]) -> None:
    with pytest.raises(NetworkError) as error:
        loss(np.zeros((3, 2)), [5, 6], lengths=[7], mask=[1, 2, 1], weights=[1, 1])
    shape = "(3,) or (3, 2)" if loss is cross_entropy else "(3, 2)"
    assert [problem.message for problem in error.value.problems] == [
        "lengths [7] do not fit 1 sequences of 3 steps",
        "'mask' has 2 at step 2, which is neither true nor false",
        "'weights' has the shape (2,), not (3,)",
        f"'targets' has the shape (2,), not {shape}",
    ]
    name = "values" if loss is squared_error else "logits"
    with pytest.raises(NetworkError, match=rf"'{name}' has the shape \(3,\), not \(T, size\) or \(T, batch, size\)"):
        loss(np.zeros(3), [0])
    with pytest.raises(NetworkError, match="the weights of the steps that count sum to 0, so the loss has no mean"):
        loss(np.zeros((2, 2)), np.eye(2), mask=[0, 0], mean=True)
    assert loss(np.zeros((2, 2)), np.eye(2), mask=[0, 0]).total == 0


def test_a_target_that_is_no_class() -> None:
    with pytest.raises(NetworkError) as error:
        cross_entropy(np.zeros((3, 2, 4)), [[0, 1], [3, 4], [9, 0]])
    (problem,) = error.value.problems
    assert problem.message == "'targets' has 4 at step 2 of sequence 2, which is not one of the 4 classes (and 1 more)"
    assert problem.hint == "classes are whole numbers from 0 to 3"
    assert problem.field == "targets"
