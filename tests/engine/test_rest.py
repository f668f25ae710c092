from __future__ import annotations

import numpy as np
import pytest

from app.engine import Layer, Network, define
from app.engine.rest import at_rest, steady_from


@pytest.mark.parametrize(
    ("xs", "step"), [([0, 0, 0], 0), ([1, 0, 0], 1), ([1, 2, 2, 3], 3), ([1], 0), ([np.nan, np.nan], 1)]
)
def test_the_step_from_which_the_input_stays(xs: list[float], step: int) -> None:
    assert steady_from(np.array(xs)[:, None]) == step


def test_one_of_several_inputs_that_changes_is_enough() -> None:
    assert steady_from(np.array([[1, 1], [1, 1], [1, 2], [1, 2]])) == 2


def test_at_rest_are_those_whose_states_all_come_again() -> None:
    """Staying, swinging between two values, decaying, and one of two states going on."""
    network = Network([Layer(define("cell", "c = w * c_prev\nh = v * h_prev + c"), 1)], 1)
    weights = {"w": [1.0, -1, 0.5, 1], "v": [0.0, 0, 0, 1]}
    parameters = {network.full(name): np.array(values)[:, None] for name, values in weights.items()}
    trace = network.run(parameters, np.zeros((20, 1)), initial={"c": [1.0]}, networks=4)
    assert at_rest(trace).tolist() == [True, True, False, False]
