from __future__ import annotations

from app.cells import load
from app.engine.place import Place
from app.engine.plan import Plan


def test_addresses_of_a_place() -> None:
    program = load("lstm").program
    place = Place("main", "2", "backward", program, Plan(program), {"inputs": 2, "units": 3})
    assert place.prefix == "main.2.backward."
    assert place.address("W_i") == "main.2.backward.W_i"
    assert place.address("i:in") == "main.2.backward.i:in"
    assert place.address("") == place.prefix
