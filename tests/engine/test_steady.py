from __future__ import annotations

from collections.abc import Callable

import numpy as np

from app.engine import define
from app.engine.expr import Apply, Name
from app.engine.extent import Extent
from app.engine.ops import Array
from app.engine.schedule import schedule
from app.engine.steady import Steady
from app.engine.storage import Storage
from tests.engine.test_adjoint import LSTM
from tests.engine.test_listing import read

GATES = [Name(f"U_{gate}") for gate in "oifg"]


def steady(*, many: bool = False) -> tuple[Steady, Callable[[], None]]:
    """Parameters that can get new numbers, and what has to be done then."""
    program = define("t", LSTM).program
    extent = Extent({"inputs": 2, "units": 3}, 4, (2,) if many else (), np.dtype(float), many=many)
    storage = Storage(program, schedule(program), extent)
    refresh: list[Callable[[], object]] = []
    random = np.random.default_rng(1)

    def load() -> None:
        for name in program.parameter:
            storage.still[name][...] = random.normal(size=storage.still[name].shape)
        for each in refresh:
            each()

    return Steady(storage, storage.rooms, refresh), load


def number(found: Steady, name: str) -> Array:
    return found.storage.steady[name]


def test_a_parameter_is_itself() -> None:
    found, _ = steady()
    assert found.array(Name("U_i")) is number(found, "U_i")
    assert np.shares_memory(found.stack([Name("U_i")]), number(found, "U_i"))
    assert found.refresh == []


def test_an_expression_is_worked_out_again_at_every_load() -> None:
    for many in (False, True):
        found, load = steady(many=many)
        array = found.array(read("2 * U_i - U_f * U_o"))
        for _ in range(2):
            load()
            assert np.array_equal(array, 2 * number(found, "U_i") - number(found, "U_f") * number(found, "U_o"))
            assert np.array_equal(found.compute(read("b_i + b_f")), number(found, "b_i") + number(found, "b_f"))


def test_what_lies_together_is_stacked_already() -> None:
    found, load = steady()
    whole = found.stack(GATES)
    assert found.refresh == []
    load()
    assert np.array_equal(whole, np.concatenate([number(found, gate.id) for gate in GATES]))


def test_stacks_with_signs_and_by_column() -> None:
    for many in (False, True):
        found, load = steady(many=many)
        parts = [GATES[0], GATES[1], GATES[2], read("U_f + U_g")]
        signed = found.stack(parts, [-1, -1, 1, -1])
        turned = found.stack(GATES, [-1, -1, -1, 1], by_column=True)
        single = found.stack([Name("b_i")], [-1])
        assert turned.flags.f_contiguous
        for _ in range(2):
            load()
            o, i, f, g = (number(found, gate.id) for gate in GATES)
            assert np.array_equal(signed, np.concatenate([-o, -i, f, -(f + g)]))
            assert np.array_equal(turned, np.concatenate([-o, -i, -f, g]))
            assert np.array_equal(single, -number(found, "b_i"))


def test_shapes_are_known_before_the_numbers() -> None:
    for many in (False, True):
        found, load = steady(many=many)
        load()
        for text in ("U_i", "2", "2 * U_i - U_f", "tanh(b_i) + b_f * 3", "U_i @ b_f", "b_i + U_i @ (2 * b_f)"):
            assert found.shape(read(text)) == np.shape(found.compute(read(text))), text
        turned = Apply("transpose", (read("W_i"),))
        assert found.shape(turned) == found.compute(turned).shape == ((2, 3, 2) if many else (2, 3))
