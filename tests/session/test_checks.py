"""Numbers and names against a network, and the sentences when they do not fit."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from app import cells
from app.engine import Network, Problem, ProblemError
from app.session.checks import Checks, Known
from app.session.experiment import BackwardRecord
from app.session.messages import Entry

PARTS = {
    "parts": [
        {
            "name": "main",
            "inputs": 3,
            "layers": [{"cell": "lstm", "text": None, "units": 2, "direction": "forward", "sizes": {}}],
            "readout": "p[outputs] = V @ h",
            "sizes": {"outputs": 1},
        }
    ]
}


@pytest.fixture
def known() -> Known:
    return Known(Network.from_description(PARTS, cells.load))


def problems(known: Known, check: Callable[[Checks], object]) -> list[Problem]:
    checks = Checks(known)
    check(checks)
    with pytest.raises(ProblemError) as caught:
        checks.finish()
    return list(caught.value.problems)


def message(known: Known, check: Callable[[Checks], object]) -> str:
    (found,) = problems(known, check)
    return found.message


def entry(address: str, *index: int) -> Entry:
    return Entry(address=address, index=list(index), value=1.0)


def test_what_a_network_has(known: Known) -> None:
    assert known.parameters["main.1.forward.W_i"] == (2, 3)
    assert known.values["main.1.forward.h"] == 2
    assert known.values["main.readout.forward.p"] == 1
    assert known.states == {"main.1.forward.c": 2, "main.1.forward.h": 2}
    assert {"main.0.forward.x", "main.1.forward.c_prev", "main.1.forward.i:in"} <= known.sent


def test_the_cost_is_known_before_anything_is_computed(known: Known) -> None:
    weights = 4 * (2 * 3 + 2 * 2 + 2) + 1 * 2
    assert known.cost(10)["parameters"] == weights
    kept = sum(known.values.values()) + 4 + 3
    assert known.cost(10) == {"parameters": weights, "values": 10 * kept, "work": 10 * (weights + kept)}


def test_what_fits_is_taken(known: Known) -> None:
    checks = Checks(known)
    assert checks.inputs([[1, 2, 3]]).tolist() == [[1.0, 2.0, 3.0]]
    given = checks.parameters({"b_i": [1.0, 2.0], "main.1.forward.W_i": [[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]})
    assert given["main.1.forward.b_i"].tolist() == [1.0, 2.0]
    assert given["main.1.forward.W_i"].shape == (2, 3)
    assert checks.initial({"c": [0.5, 0.5]})["main.1.forward.c"].tolist() == [0.5, 0.5]
    asked = checks.backward(BackwardRecord(of="h", step=1, unit=1), 1)
    assert asked.of == "main.1.forward.h"
    assert checks.sent(["c", "c_prev", "x"]) == {"main.1.forward.c", "main.1.forward.c_prev", "main.0.forward.x"}
    checks.finish()


def test_entries_lie_over_copies(known: Known) -> None:
    now = {"main.1.forward.b_i": np.zeros(2)}
    changed = Checks(known).entries([entry("main.1.forward.b_i", 1)], now)
    assert changed["main.1.forward.b_i"].tolist() == [0.0, 1.0]
    assert now["main.1.forward.b_i"].tolist() == [0.0, 0.0]


CASES: list[tuple[str, Callable[[Checks], object]]] = [
    ("step 2 has 1 number, and the network takes 3", lambda c: c.inputs([[1, 2, 3], [1]])),
    ("step 1 has 0 numbers, and the network takes 3", lambda c: c.inputs([[]])),
    ("the network has no parameter 'W_x'", lambda c: c.parameters({"W_x": [1.0]})),
    ("the network has no parameter 'main.1.forward.h'", lambda c: c.parameters({"main.1.forward.h": [1.0]})),
    ("W_i is 2 × 3, not 1 × 2", lambda c: c.parameters({"W_i": [[1.0, 2.0]]})),
    ("W_i is 2 × 3, not rows of different lengths", lambda c: c.parameters({"W_i": [[1.0], [1.0, 2.0]]})),
    ("W_i is 2 × 3, not a single number", lambda c: c.parameters({"W_i": 1.0})),
    ("W_i is 2 × 3, not a list of 0 numbers", lambda c: c.parameters({"W_i": []})),
    ("b_i is a list of 2 numbers, not a list of 1 number", lambda c: c.parameters({"b_i": [1.0]})),
    ("b_i is a list of 2 numbers, not 1 × 2", lambda c: c.parameters({"b_i": [[1.0, 2.0]]})),
    ("main.1.forward.W_i is 2 × 3 and has no entry [2, 0]", lambda c: c.entries([entry("main.1.forward.W_i", 2, 0)], {})),
    ("main.1.forward.W_i is 2 × 3 and has no entry [0]", lambda c: c.entries([entry("main.1.forward.W_i", 0)], {})),
    ("main.1.forward.W_i is 2 × 3 and has no entry []", lambda c: c.entries([entry("main.1.forward.W_i")], {})),
    ("the network has no parameter 'nothing'", lambda c: c.entries([entry("nothing", 0)], {})),
    ("the network has no state 'i'", lambda c: c.initial({"i": [0.0, 0.0]})),
    ("c is a list of 2 numbers, not a list of 3 numbers", lambda c: c.initial({"c": [0.0, 0.0, 0.0]})),
    ("there is no step 4: the sequence has 3", lambda c: c.backward(BackwardRecord(of="h", step=4), 3)),
    ("h has no unit 2: it has 2", lambda c: c.backward(BackwardRecord(of="h", step=1, unit=2), 3)),
    ("the network has no value 'W_i'", lambda c: c.backward(BackwardRecord(of="W_i", step=1), 3)),
    ("the network has no value 'c_prev'", lambda c: c.backward(BackwardRecord(of="c_prev", step=1), 3)),
    ("the network has no symbol 'W_i'", lambda c: c.sent(["W_i"])),
]


@pytest.mark.parametrize(("said", "check"), CASES, ids=[said for said, _ in CASES])
def test_the_sentences(known: Known, said: str, check: Callable[[Checks], object]) -> None:
    assert message(known, check) == said


def test_the_hints(known: Known) -> None:
    (found,) = problems(known, lambda c: c.parameters({"main.1.forward.W_ii": [1.0]}))
    assert found.hint == "did you mean 'main.1.forward.W_i'?"
    (found,) = problems(known, lambda c: c.initial({"cc": [0.0, 0.0]}))
    assert found.hint == "did you mean 'c'?"
    (found,) = problems(known, lambda c: c.entries([entry("b_i", 7)], {}))
    assert found.hint == "count rows and columns from 0"
    (found,) = problems(known, lambda c: c.backward(BackwardRecord(of="h", step=1, unit=9), 3))
    assert found.hint == "count units from 0"


def test_everything_is_told_at_once_and_hostile_names_are_cleaned(known: Known) -> None:
    found = problems(known, lambda c: (c.inputs([[1]]), c.initial({"\x1b[31m": [1.0], "y" * 500: []})))
    assert len(found) == 3
    assert "\x1b" not in found[1].message
    assert len(found[2].message) < 150
    many = problems(known, lambda c: c.inputs([[1.0]] * 1000))
    assert len(many) == 12
