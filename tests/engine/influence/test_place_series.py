from __future__ import annotations

import numpy as np

from app.engine.influence.place_series import PlaceSeries
from tests.engine import wirings


def test_names_in_the_order_of_the_sequence() -> None:
    case = wirings.get("lengths")
    gradient = case.trace.gradient(case.outside)
    place = next(p for p in case.network.places if p.prefix == "main.1.backward.")
    series = PlaceSeries(gradient, place)
    np.testing.assert_array_equal(series["∂c"][..., 0, :], gradient["1.backward.c"])
    np.testing.assert_array_equal(series["∂c_prev"][..., 0, :], gradient["1.backward.c_prev"])
    valid = np.arange(4)[:, None] < np.array([4, 2, 3])
    np.testing.assert_array_equal(series["i:in"][..., 0, :][valid], case.trace["1.backward.i:in"][valid])
    np.testing.assert_array_equal(series["U_i"], case.parameters["main.1.backward.U_i"])
    assert series["b_i"].shape == (1, 3)
    part = series.stretch(1, 3)
    np.testing.assert_array_equal(part["f"], series["f"][1:3])
    np.testing.assert_array_equal(part["∂f"], series["∂f"][1:3])
    np.testing.assert_array_equal(part["W_f"], series["W_f"])
