"""The record of what layers became, and its JSON form."""

from __future__ import annotations

import json

import numpy as np

from app.formats.convert import convert
from app.formats.found import Choice, Note, Placed
from tests.formats.layers import keras


def test_the_network_is_ready_to_run() -> None:
    found = convert([keras("LSTM")])
    trace = found.network().run(found.parameters, np.ones((2, 3)))
    assert trace["h"].shape == (2, 4)
    assert found.parameters.keys() == found.network().initial(0).keys()


def test_the_description_is_plain() -> None:
    found = convert([keras("LSTM", activation="relu")])
    assert json.loads(json.dumps(found.description)) == found.description


def test_data() -> None:
    assert Placed("l", "kernel", "[0:4]", "i", "W_i", transposed=True).to_data() == {
        "layer": "l", "array": "kernel", "where": "[0:4]", "gate": "i", "address": "W_i", "transposed": True, "added": False,
    }  # fmt: skip
    assert Note("code", "It is so.", {"count": 2}).to_data() == {
        "code": "code",
        "message": "It is so.",
        "args": {"count": 2},
    }
    assert Choice("l", "nonlinearity", "tanh", "tanh is taken").to_data() == {
        "layer": "l", "option": "nonlinearity", "taken": "tanh", "message": "tanh is taken",
    }  # fmt: skip
