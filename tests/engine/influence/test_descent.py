from __future__ import annotations

from app.engine import Network
from app.engine.influence.descent import down, lowest, order, prefix_of
from tests.engine import texts


def test_the_way_down() -> None:
    layers = [texts.layer("lstm", "both"), texts.layer("lstm", "backward"), texts.layer("lstm", "both")]
    stack = Network(layers, 2, "y[outputs] = V @ h + R @ c", outputs=5).stacks["main"]
    places = [place.prefix.removeprefix("main.")[:-1] for place in order(stack)]
    assert places == ["readout.forward", "3.forward", "3.backward", "2.backward", "1.forward", "1.backward"]
    assert [place.prefix for place in lowest(stack)] == ["main.1.forward.", "main.1.backward."]
    found = {
        place.prefix: [(s.name, s.target.address(s.symbol), s.first, s.stop) for s in down(stack, place)]
        for place in order(stack)
    }
    assert found["main.readout.forward."] == [
        ("c", "main.3.forward.c", 0, 3), ("c", "main.3.backward.c", 3, 6),
        ("h", "main.3.forward.h", 0, 3), ("h", "main.3.backward.h", 3, 6),
    ]  # fmt: skip
    assert found["main.3.backward."] == [("x", "main.2.backward.h", 0, 3)]
    assert found["main.2.backward."] == [("x", "main.1.forward.h", 0, 3), ("x", "main.1.backward.h", 3, 6)]
    assert found["main.1.forward."] == found["main.1.backward."] == []


def test_the_prefix_of_an_address() -> None:
    assert prefix_of("main.1.forward.i:in") == "main.1.forward."
