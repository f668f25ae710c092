from __future__ import annotations

import numpy as np
import pytest

from app.engine import (
    Layer,
    Network,
    NetworkError,
    binary_cross_entropy,
    cross_entropy,
    define,
    objective,
    squared_error,
)
from tests.engine import texts

RANDOM = np.random.default_rng(7)
XS = RANDOM.normal(size=(4, 2))


def network(readout: str) -> Network:
    return Network([texts.layer("lstm")], 2, readout, outputs=3)


SOFTMAX = network("y[outputs] = softmax(V @ h + d)")
SIGMOID = network("y[outputs] = sigmoid(V @ h + d)")
LINEAR = network("y[outputs] = V @ h + d")
CHANCES = [0.2, 0.3, 0.5]


def codes(problem: pytest.ExceptionInfo[NetworkError]) -> list[str]:
    return [each.code for each in problem.value.problems]


@pytest.mark.parametrize(
    ("found", "kind", "measure", "of"),
    [
        (SOFTMAX, "cross-entropy", cross_entropy, "readout.y:in"),
        (SIGMOID, "binary", binary_cross_entropy, "readout.y:in"),
        (LINEAR, "squared", squared_error, "readout.y"),
    ],
)
def test_it_is_the_loss_of_the_steps_that_are_asked(found: Network, kind: str, measure: object, of: str) -> None:
    asked = objective(found, kind, "y", [None, CHANCES, None, [1, 0, 0]])
    trace = found.run(found.initial(3), XS)
    loss = asked.loss(trace)
    rows = np.array([[0, 0, 0], CHANCES, [0, 0, 0], [1, 0, 0]])
    expected = measure(trace[of], rows, mask=[0, 1, 0, 1])  # type: ignore[operator]
    np.testing.assert_array_equal(loss.steps, expected.steps)
    np.testing.assert_array_equal(loss.gradient, expected.gradient)
    assert loss.steps[0] == loss.steps[2] == 0 < loss.steps[1]
    assert float(asked.totals(trace)) == pytest.approx(loss.total, rel=1e-15)


@pytest.mark.parametrize(("found", "kind"), [(SOFTMAX, "cross-entropy"), (SIGMOID, "binary"), (LINEAR, "squared")])
def test_its_gradient_is_that_of_central_differences(found: Network, kind: str) -> None:
    asked = objective(found, kind, "y", [[0, 1, 0], None, CHANCES, None])
    parameters = found.initial(3)
    trace = found.run(parameters, XS)
    gradient = trace.gradient(asked.outside(asked.loss(trace))).parameters
    step = 1e-6
    for name, index in (("W_f", (0, 1)), ("readout.V", (2, 0))):
        ends = []
        for side in (step, -step):
            moved = {key: np.array(value) for key, value in parameters.items()}
            moved[name][index] += side
            ends.append(asked.loss(found.run(moved, XS)).total)
        assert gradient[found.full(name)][index] == pytest.approx((ends[0] - ends[1]) / (2 * step), rel=1e-6)


@pytest.mark.parametrize(("found", "kind"), [(SOFTMAX, "cross-entropy"), (SIGMOID, "binary")])
def test_what_the_value_above_the_logits_is_owed_gives_the_logits_gradient(found: Network, kind: str) -> None:
    asked = objective(found, kind, "y", [None, CHANCES, [0, 1, 0], None])
    trace = found.run(found.initial(3), XS)
    (slopes,) = asked.above(trace, 0, 4).values()
    assert not slopes[[0, 3]].any()
    y = trace["y"]
    # dy/dz of a softmax mixes its entries, that of a sigmoid does not.
    back = y * (slopes - (slopes * y).sum(axis=-1, keepdims=True)) if kind == "cross-entropy" else slopes * y * (1 - y)
    np.testing.assert_allclose(back, asked.loss(trace).gradient, atol=1e-15)
    np.testing.assert_array_equal(asked.above(trace, 1, 3)["main.readout.forward.y"], slopes[1:3])


def test_a_squared_error_is_measured_on_the_value_itself() -> None:
    asked = objective(LINEAR, "squared", "y", [CHANCES, None, None, None])
    assert asked.above(LINEAR.run(LINEAR.initial(0), XS), 0, 4) == {}


def test_of_many_networks_there_is_a_total_for_each() -> None:
    asked = objective(SOFTMAX, "cross-entropy", "y", [None, None, [0, 0, 1], None])
    several = [SOFTMAX.initial(seed) for seed in range(3)]
    together = {name: np.stack([each[name] for each in several]) for name in several[0]}
    totals = asked.totals(SOFTMAX.run(together, XS, networks=3))
    expected = [asked.loss(SOFTMAX.run(each, XS)).total for each in several]
    np.testing.assert_allclose(totals, expected, rtol=1e-13)


@pytest.mark.parametrize(
    ("kind", "of", "targets", "code"),
    [
        ("cubed", "y", [None, [0, 0, 1]], "unknown-loss"),
        ("cross-entropy", "h", [[0, 0]], "not-activation"),
        ("cross-entropy", "z", [[0, 0, 1]], "unknown-value"),
        ("cross-entropy", "y", [[0, 1]], "wrong-targets"),
        ("cross-entropy", "y", [None, None], "no-targets"),
    ],
)
def test_what_cannot_be_asked_is_told(kind: str, of: str, targets: list[list[float] | None], code: str) -> None:
    with pytest.raises(NetworkError) as problem:
        objective(SOFTMAX, kind, of, targets)
    assert codes(problem)[0] in {code, "unknown-name"}


def test_targets_that_are_none_for_the_loss_are_told_when_it_is_taken() -> None:
    asked = objective(SOFTMAX, "cross-entropy", "y", [[2, 0, 0], None, None, None])
    with pytest.raises(NetworkError) as problem:
        asked.loss(SOFTMAX.run(SOFTMAX.initial(0), XS))
    assert problem.value.problems


def test_the_value_itself_is_named_in_full() -> None:
    cell = Network([Layer(define("one", "h = w * h_prev + W @ x"), 1)], 1)
    assert objective(cell, "squared", "h", [[1.0]]).of == "main.1.forward.h"
