from __future__ import annotations

import numpy as np

from app.engine import define
from app.engine.schedule import schedule
from app.engine.storage import Storage, cut, together
from tests.engine.test_adjoint import LSTM

SIZES = {"inputs": 2, "units": 3}


def storage(text: str = LSTM, lead: tuple[int, ...] = (), dtype: str = "float64", **sizes: int) -> Storage:
    program = define("t", text).program
    return Storage(program, schedule(program), {**SIZES, **sizes}, 5, lead, np.dtype(dtype))


def test_every_value_has_room_for_every_step() -> None:
    found = storage(lead=(4,))
    for value in found.program.values:
        assert found.series[value.name].shape == (5, 4, 3)
    assert found.series["x"].shape == (5, 4, 2)
    assert found.still["W_i"].shape == (3, 2)


def test_a_state_one_step_earlier_is_the_same_memory_one_row_up() -> None:
    found = storage()
    found.series["c"][...] = np.arange(15).reshape(5, 3)
    assert np.array_equal(found.raw("c_prev")[1:], found.raw("c")[:-1])
    found.earlier["c"][3] = 7
    assert found.raw("c")[2].tolist() == [7, 7, 7]


def test_what_runs_side_by_side_lies_side_by_side() -> None:
    found = storage()
    whole = found.series["i:in f:in o:in g:in"]
    assert whole.shape == (5, 12)
    for k, name in enumerate(("i:in", "f:in", "o:in", "g:in")):
        assert np.shares_memory(found.series[name], whole)
        found.series[name][...] = k
    assert whole[0].tolist() == [0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 3]
    assert found.series["i f o g"].shape == (5, 12)


def test_parameters_that_run_as_one_are_stored_as_one() -> None:
    found = storage()
    for kind in ("W", "U", "b"):
        names = [f"{kind}_{gate}" for gate in "ifog"]
        whole = found.adjoining(names)
        assert whole is not None
        assert len(whole) == 12
        found.still[f"{kind}_f"][...] = 5
        assert (whole[3:6] == 5).all()
        assert (whole[:3] == 0).all()
        assert found.adjoining(names[1:3]) is not None
    # not neighbours, not in this order, not together, no parameter
    assert found.adjoining(["W_i", "W_o"]) is None
    assert found.adjoining(["W_f", "W_i"]) is None
    assert found.adjoining(["W_i", "U_f"]) is None
    assert found.adjoining(["W_i", ""]) is None
    assert found.adjoining([""]) is None


def test_a_part_turns_signs_round() -> None:
    found = storage()
    found.series["i:in"][...] = 2
    found.still["b_i"][...] = 3
    found.flipped.add("i:in")
    part = found.part(1, 3)
    assert part["i:in"].tolist() == [[-2] * 3] * 2
    assert part["b_i"].tolist() == [3] * 3
    assert part["c"].shape == (2, 3)
    assert found.part()["i:in"].shape == (5, 3)


def test_constants_and_masks_are_kept_in_the_runs_type() -> None:
    found = storage("alpha = 0.5\nh = alpha * ((slower(1, 2) * U) @ h_prev)", dtype="float32", units=2)
    assert found.still["alpha"] == np.float32(0.5)
    assert found.still["h:slower"].tolist() == [[1, 1], [0, 1]]
    assert {array.dtype for array in (*found.still.values(), *found.series.values())} == {np.dtype(np.float32)}


def test_names_of_groups_and_cuts() -> None:
    assert together(["a", "b"]) == "a b"
    assert together(["a"]) == "a "
    array = np.arange(6).reshape(2, 3)
    assert cut(array, 0, 3) is array
    assert cut(array, 1, 2).tolist() == [[1], [4]]
