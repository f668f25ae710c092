"""A layer of ours fills the arrays of a library, both directions of it the same where they share them."""

from __future__ import annotations

import numpy as np

from app.formats.conventions import Extent, convention
from app.formats.variant import RNN, usual
from app.formats.write_layer import WriteLayer


def layer(direction: str, **ways: float) -> WriteLayer:
    values = {
        way: {"W": np.full((2, 3), number), "U": np.full((2, 2), number + 1), "b": np.full(2, number + 2)}
        for way, number in ways.items()
    }
    return WriteLayer(usual(RNN), Extent(3, 2), direction, values)


def test_both_directions_share_arrays() -> None:
    arrays: dict[str, np.ndarray] = {}
    layer("both", forward=1.0, backward=5.0).fill(convention("onnx", RNN), arrays)
    assert arrays["W"].shape == (2, 2, 3)
    np.testing.assert_array_equal(arrays["R"][:, 0, 0], [2.0, 6.0])
    np.testing.assert_array_equal(arrays["B"], [[3.0, 3.0, 0.0, 0.0], [7.0, 7.0, 0.0, 0.0]])


def test_one_direction_has_the_plain_names() -> None:
    arrays: dict[str, np.ndarray] = {}
    layer("backward", backward=1.0).fill(convention("keras", RNN), arrays)
    assert {name: array.shape for name, array in arrays.items()} == {
        "kernel": (3, 2),
        "recurrent_kernel": (2, 2),
        "bias": (2,),
    }


def test_layers_of_a_stack_have_tags() -> None:
    arrays: dict[str, np.ndarray] = {}
    layer("both", forward=1.0, backward=2.0).fill(convention("pytorch", RNN), arrays, tag="_l1")
    assert sorted(arrays) == sorted(
        f"{name}_l1{way}" for name in ("weight_ih", "weight_hh", "bias_ih", "bias_hh") for way in ("", "_reverse")
    )
