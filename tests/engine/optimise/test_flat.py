"""All parameters in one vector."""

from __future__ import annotations

import numpy as np
import pytest

from app.cells import load
from app.engine import Layer, Network, Part
from app.engine.optimise.flat import Flat


def test_arrays_are_views_of_the_vector_in_order() -> None:
    flat = Flat({"W": (2, 3), "b": (2,)})
    flat.load({"W": np.arange(6).reshape(2, 3), "b": [7, 8], "other": 9})
    assert flat.vector.tolist() == [0, 1, 2, 3, 4, 5, 7, 8]
    flat.vector += 1
    assert flat.arrays["W"].tolist() == [[1, 2, 3], [4, 5, 6]]
    assert flat.arrays["b"].tolist() == [8, 9]


def test_an_entry_knows_its_place() -> None:
    flat = Flat({"W": (2, 3), "empty": (0,), "b": (2,)})
    assert [flat.where(index) for index in (0, 5, 6, 7)] == [("W", (0, 0)), ("W", (1, 2)), ("b", (0,)), ("b", (1,))]
    with pytest.raises(AssertionError, match="no entry 8"):
        flat.where(8)


def test_parameters_in_common_are_there_once() -> None:
    layers = (Layer(load("simple-rnn"), 2), Layer(load("simple-rnn"), 2))
    alone = Network.of([Part(layers, 2)])
    tied = Network.of([Part(layers, 2)], {"2": "1"})
    sizes = [Flat({name: array.shape for name, array in net.initial().items()}).vector.size for net in (alone, tied)]
    assert sizes == [20, 10]


def test_it_has_the_type_that_it_is_given() -> None:
    assert Flat({"b": (2,)}, np.float32).vector.dtype == np.float32
