from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.engine import Problem
from app.engine.losses.loss_steps import averaged, shares


def good(shape: tuple[int, ...], **options: Any) -> list[Any]:
    problems: list[Problem] = []
    found = shares(shape, problems, **options)
    assert not problems
    assert found.shape == shape
    listed: list[Any] = found.tolist()
    return listed


def test_all_steps() -> None:
    assert good((3,)) == [1, 1, 1]
    assert good((2, 3)) == [[1, 1, 1]] * 2


def test_lengths() -> None:
    assert good((3,), lengths=[2]) == [1, 1, 0]
    assert good((3, 2), lengths=[3, 1]) == [[1, 1], [1, 0], [1, 0]]
    assert good((3, 2), lengths=[3, 1], last=True) == [[0, 1], [0, 0], [1, 0]]
    assert good((3,), last=True) == [0, 0, 1]


def test_masks_and_weights() -> None:
    assert good((3,), mask=[True, False, True]) == [1, 0, 1]
    assert good((3, 2), mask=[1, 0, 1]) == [[1, 1], [0, 0], [1, 1]]
    assert good((2, 2), mask=[[1, 0], [0, 0]], last=True) == [[1, 0], [0, 0]]
    assert good((3,), weights=[0.5, -2, 0]) == [0.5, -2, 0]
    assert good((2, 2), weights=[0.5, 2], mask=[[True, False], [True, True]], lengths=[2, 1]) == [[0.5, 0], [2, 0]]
    # as many sequences as steps: one axis is steps
    assert good((2, 2), weights=[3, 4]) == [[3, 3], [4, 4]]


@given(st.data())
def test_every_combination(data: st.DataObject) -> None:
    steps, batch = data.draw(st.integers(1, 5)), data.draw(st.integers(1, 3))
    lengths = data.draw(st.none() | st.lists(st.integers(1, steps), min_size=batch, max_size=batch))
    grid = st.lists(st.lists(st.booleans(), min_size=batch, max_size=batch), min_size=steps, max_size=steps)
    mask, last = data.draw(st.none() | grid), data.draw(st.booleans())
    weights = data.draw(st.none() | st.lists(st.floats(-2, 2), min_size=steps, max_size=steps))
    found = good((steps, batch), lengths=lengths, mask=mask, weights=weights, last=last)
    for b in range(batch):
        counted = [t for t in range(steps) if (not lengths or t < lengths[b]) and (not mask or mask[t][b])]
        counted = counted[-1:] if last else counted
        expected = [(weights[t] if weights else 1.0) if t in counted else 0.0 for t in range(steps)]
        assert [row[b] for row in found] == expected


@pytest.mark.parametrize(
    ("shape", "options", "messages"),
    [
        ((3,), {"lengths": [4]}, ["lengths [4] do not fit 1 sequences of 3 steps"]),
        ((3,), {"lengths": [1, 1]}, ["lengths [1, 1] do not fit 1 sequences of 3 steps"]),
        ((3, 2), {"lengths": [0, 3]}, ["lengths [0, 3] do not fit 2 sequences of 3 steps"]),
        ((3,), {"mask": [1, 0.5, 2]}, ["'mask' has 0.5 at step 2, which is neither true nor false (and 1 more)"]),
        ((3,), {"mask": [1, np.nan, 1]}, ["'mask' has nan at step 2, which is neither true nor false"]),
        ((3,), {"mask": [1, 1]}, ["'mask' has the shape (2,), not (3,)"]),
        ((3, 2), {"mask": np.ones((2, 3))}, ["'mask' has the shape (2, 3), not (3,) or (3, 2)"]),
        ((3,), {"mask": "all"}, ["'mask' does not hold numbers in rows of equal length"]),
        ((3, 2), {"weights": [[1, 2], [1, np.inf], [1, 1]]}, [
            "'weights' has inf at step 2 of sequence 2, which is not a finite number",
        ]),
        ((3,), {"weights": 2}, ["'weights' has the shape (), not (3,)"]),
        ((3,), {"lengths": [9], "mask": [3, 1, 1], "weights": [1, np.nan, 1]}, [
            "lengths [9] do not fit 1 sequences of 3 steps", "'mask' has 3 at step 1, which is neither true nor false",
            "'weights' has nan at step 2, which is not a finite number",
        ]),
    ],
)  # fmt: skip
def test_what_does_not_fit(shape: tuple[int, ...], options: dict[str, Any], messages: list[str]) -> None:
    problems: list[Problem] = []
    shares(shape, problems, **options)
    assert [problem.message for problem in problems] == messages
    assert {problem.field for problem in problems} <= set(options)


def test_hints() -> None:
    problems: list[Problem] = []
    shares((1,), problems, mask=[2], weights=[np.inf])
    assert [problem.hint for problem in problems] == [
        "give true or false for each step, or use weights", "give finite numbers",
    ]  # fmt: skip


def test_means() -> None:
    problems: list[Problem] = []
    np.testing.assert_array_equal(averaged(np.array([1.0, 3.0, 0.0]), 1, problems), [0.25, 0.75, 0])
    np.testing.assert_array_equal(averaged(np.array([1.0, 3.0, 0.0]), 2, problems), [0.125, 0.375, 0])
    assert not problems
    averaged(np.zeros(3), 1, problems)
    assert problems == [
        Problem(
            "no-mean", "the weights of the steps that count sum to 0, so the loss has no mean",
            hint="let at least one step count, or leave mean out", field="mean",
        )
    ]  # fmt: skip
