from __future__ import annotations

import pytest

from app.engine import Network, NetworkError
from app.engine.influence.asked import Asked
from tests.engine import texts, wirings


def wires() -> Asked:
    return Asked(Network([texts.layer("simple-rnn")], 2).wires)


def test_names_of_all_kinds_by_any_spelling() -> None:
    asked = wires()
    assert asked.series("h") == ["main.1.forward.h"]
    assert asked.series(["x", "h_prev", "1.h:in"]) == ["main.0.forward.x", "main.1.forward.h_prev", "main.1.forward.h:in"]
    assert asked.states(["main.h"]) == ["main.1.forward.h"]
    assert asked.parameters(["U"]) == ["main.1.forward.U"]
    assert asked.uses("main.1.forward.U") == ["main.1.forward.U"]
    asked.check()


def test_a_parameter_that_is_another_one() -> None:
    asked = Asked(wirings.get("learned").network.wires)
    assert asked.parameters(["2.forward.U_i", "1.c:start"]) == ["main.1.forward.U_i", "main.1.forward.c:start"]
    assert asked.uses("main.1.forward.U_i") == ["main.1.forward.U_i", "main.2.forward.U_i"]
    asked.check()


def test_every_problem_is_told() -> None:
    asked = wires()
    asked.series(["q", "h", "U"])
    asked.states(["h:in"])
    asked.parameters(["h"])
    with pytest.raises(NetworkError) as error:
        asked.check()
    assert [(p.code, p.message, p.hint) for p in error.value.problems] == [
        ("unknown-name", "nothing here is called 'q'", "known are x, h:in, h, W, U, b, h_prev"),
        ("unknown-name", "'U' is a parameter and has no value of its own at each step", "a gradient has them in its parameters"),
        ("unknown-name", "'h:in' is not one of the states", "they are h"),
        ("unknown-name", "'h' is not one of the parameters", "they are W, U, b"),
    ]
