from __future__ import annotations

import numpy as np
import pytest

from app.engine import Axis, Network, NetworkError
from app.engine.axis import checked, spread
from tests.engine import texts

NETWORK = Network([texts.layer("lstm")], 2)
NAME = "main.1.forward.U_f"


def test_an_axis_gets_its_full_address_and_its_values_as_numbers() -> None:
    found = checked(NETWORK, Axis("U_f", (0, 1), np.array([1, 2])))
    assert (found.name, found.index) == (NAME, (0, 1))
    assert found.values.dtype == np.float64


@pytest.mark.parametrize(
    ("axis", "code"),
    [
        (Axis("b_f", (9,), np.zeros(2)), "no-entry"),
        (Axis("b_f", (-1,), np.zeros(2)), "no-entry"),
        (Axis("b_f", (), np.zeros(2)), "no-entry"),
        (Axis("b_f", (0,), np.array([0.0, np.nan])), "not-finite"),
        (Axis("b_f", (0,), np.zeros(0)), "not-finite"),
        (Axis("h", (0,), np.zeros(2)), "unknown-parameter"),
    ],
)
def test_axes_that_cannot_be_are_told(axis: Axis, code: str) -> None:
    with pytest.raises(NetworkError) as problem:
        checked(NETWORK, axis)
    assert [each.code for each in problem.value.problems] == [code]


def test_two_numbers_of_one_parameter_share_its_copies() -> None:
    given = {NETWORK.full(name): array for name, array in NETWORK.initial(1).items()}
    before = given[NAME].copy()
    axes = [Axis(NAME, (0, 1), np.array([5.0, 6.0, 7.0])), Axis(NAME, (1, 0), np.array([8.0, 8.0, 9.0]))]
    found = spread(given, axes)
    assert found[NAME].shape == (3, *before.shape)
    np.testing.assert_array_equal(found[NAME][:, 0, 1], [5, 6, 7])
    np.testing.assert_array_equal(found[NAME][:, 1, 0], [8, 8, 9])
    np.testing.assert_array_equal(found[NAME][:, 0, 0], [before[0, 0]] * 3)
    np.testing.assert_array_equal(given[NAME], before)
    assert all(found[name] is given[name] for name in given if name != NAME)
