from __future__ import annotations

import pytest

from app.cells import load
from app.engine import Layer, NetworkError, Part
from app.engine.plan import Plan
from app.engine.stack import Stack


def stack(*directions: str, readout: str | None = None, **sizes: int) -> Stack:
    layers = tuple(Layer(load("simple-rnn"), 3, direction=direction) for direction in directions)
    return Stack(Part(layers, 2, readout, "part", sizes), Plan)


def test_layers_lie_one_above_the_other() -> None:
    found = stack("both", "forward", "both")
    assert [place.prefix for place in found.places] == [
        "part.1.forward.", "part.1.backward.", "part.2.forward.", "part.3.forward.", "part.3.backward.",
    ]  # fmt: skip
    assert [place.sizes["inputs"] for place in found.places] == [2, 2, 6, 3, 3]
    assert [place.prefix for place in found.top] == ["part.3.forward.", "part.3.backward."]
    assert list(found.levels) == ["1", "2", "3"]
    assert found.input == "part.0.forward.x"
    assert found.states == dict.fromkeys([place.address("h") for place in found.places], (3,))


def test_a_readout_reads_the_top_layer() -> None:
    found = stack("both", readout="y[outputs] = V @ h", outputs=4)
    assert found.parameters["part.readout.forward.V"] == (4, 6)


@pytest.mark.parametrize(
    ("readout", "sizes", "said"),
    [
        ("y = y_prev + V @ h", {}, "a readout has no memory, but reads 'y_prev'"),
        ("y[outputs] = V @ h", {}, "'readout' needs the size 'outputs'"),
        (None, {"outputs": 3}, "no equation names a size 'outputs'"),
    ],
)
def test_a_mistake(readout: str | None, sizes: dict[str, int], said: str) -> None:
    with pytest.raises(NetworkError, match=said):
        stack("forward", readout=readout, **sizes)
