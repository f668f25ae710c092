from __future__ import annotations

import numpy as np

from app.engine import define
from app.engine.extent import Extent
from app.engine.schedule import schedule
from app.engine.storage import Storage, cut, together
from tests.engine.test_adjoint import LSTM

SIZES = {"inputs": 2, "units": 3}


def storage(
    text: str = LSTM, lead: tuple[int, ...] = (), dtype: str = "float64", *, many: bool = False, shared: bool = False, **sizes: int
) -> Storage:
    program = define("t", text).program
    extent = Extent({**SIZES, **sizes}, 5, lead, np.dtype(dtype), many=many, shared=shared)
    return Storage(program, schedule(program), extent)


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
    whole = found.series["o:in i:in f:in g:in"]
    assert whole.shape == (5, 12)
    for k, name in enumerate(("o:in", "i:in", "f:in", "g:in")):
        assert np.shares_memory(found.series[name], whole)
        found.series[name][...] = k
    assert whole[0].tolist() == [0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 3]
    assert found.series["o i f g"].shape == (5, 12)


def test_parameters_that_run_as_one_are_stored_as_one() -> None:
    found = storage()
    for kind in ("W", "U", "b"):
        names = [f"{kind}_{gate}" for gate in "oifg"]
        whole = found.adjoining(names)
        assert whole is not None
        assert len(whole) == 12
        found.still[f"{kind}_i"][...] = 5
        assert (whole[3:6] == 5).all()
        assert (whole[:3] == 0).all()
        assert found.adjoining(names[1:3]) is not None
    # not neighbours, not in this order, not together, no parameter
    assert found.adjoining(["W_o", "W_f"]) is None
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
    assert cut(np.zeros((2, 3, 7)), 1, 3).shape == (2, 2, 7)


def test_what_is_many_comes_last_inside_and_first_outside() -> None:
    found = storage(lead=(4,))
    found.series["c"][2, 3] = [1, 2, 3]
    assert found.rows["c"][2, :, 3].tolist() == [1, 2, 3]
    assert found.inner("c", 2, 3)[0, :, 3].tolist() == [1, 2, 3]
    assert found.rows["o:in i:in f:in g:in"].shape == (5, 12, 4)
    assert (found.still["W_i"].shape, found.still["b_i"].shape) == ((3, 2), (3,))
    assert (found.steady["W_i"].shape, found.steady["b_i"].shape) == ((3, 2), (3, 1))


def test_many_networks_have_parameters_of_their_own() -> None:
    text = "alpha = 0.5\nh = alpha * ((slower(1, 2) * U) @ h_prev) + b"
    found = storage(text, (7,), many=True, units=2)
    assert {name: array.shape for name, array in found.still.items()} == {
        "U": (7, 2, 2), "b": (7, 2), "alpha": (), "h:slower": (1, 2, 2),
    }  # fmt: skip
    found.still["U"][4, 0, 1] = 3
    assert found.steady["U"][0, 1, 4] == 3


def test_inputs_that_all_read_are_there_once() -> None:
    for many in (False, True):
        found = storage(lead=(4,), many=many, shared=True)
        assert found.series["x"].shape == (5, 1, 2)
        assert found.series["c"].shape == (5, 4, 3)
