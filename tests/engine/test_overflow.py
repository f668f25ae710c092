"""Where numbers first left their range."""

from __future__ import annotations

import numpy as np

from app.cells import load
from app.engine import Flat, Layer, Network, overflowed

UNIT = Network([Layer(load("linear-rnn"), 1)], 1)


def test_the_earliest_step_counts_pieces_included() -> None:
    whole, broken = (UNIT.run({"W": [[own]], "U": [[own]]}, np.ones((3, 1))) for own in (1.0, 1e200))
    flat = Flat(UNIT.parameters)
    found = overflowed(4, UNIT, [whole, broken], np.inf, flat)
    assert (found.code, found.args) == ("value-overflowed", {"update": 4, "name": "h", "step": 5})


def test_loss_gradient_and_update_in_turn() -> None:
    calm = UNIT.run({"W": np.array([[1.0]]), "U": np.array([[1.0]])}, np.ones((3, 1)))
    flat = Flat(UNIT.parameters)
    assert overflowed(1, UNIT, [calm], np.nan, flat).code == "loss-overflowed"
    assert overflowed(1, UNIT, [calm], 1.0, flat).code == "update-overflowed"
    flat.arrays[UNIT.full("U")][...] = np.inf
    found = overflowed(1, UNIT, [calm], 1.0, flat)
    assert (found.code, found.args["name"]) == ("gradient-overflowed", "U")
