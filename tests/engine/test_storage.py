from __future__ import annotations

import numpy as np
import pytest

from app.engine import define
from app.engine.schedule import schedule
from app.engine.storage import Storage, cut, together
from tests.engine import texts


def storage(name: str, length: int = 4, lead: tuple[int, ...] = (), dtype: type = np.float64) -> Storage:
    cell, units, sizes = texts.cell(name)
    return Storage(cell.program, schedule(cell.program), {"inputs": 2, "units": units, **sizes}, length, lead, np.dtype(dtype))


@pytest.mark.parametrize("lead", [(), (5,)])
@pytest.mark.parametrize("name", texts.ALL)
def test_there_is_room_for_everything(name: str, lead: tuple[int, ...]) -> None:
    cell, units, sizes = texts.cell(name)
    room = storage(name, 4, lead)
    numbers = {"inputs": 2, "units": units, **sizes}
    for value in cell.program.values:
        assert room.series[value.name].shape == (4, *lead, numbers[value.size])
    for state in cell.states:
        assert room.raw(f"{state}_prev").shape == room.raw(state).shape
    for symbol, size in cell.program.inputs.items():
        assert room.series[symbol].shape == (4, *lead, numbers[size])
    for parameter in cell.program.parameters:
        assert room.still[parameter.name].shape == tuple(numbers[size] for size in parameter.shape)


@pytest.mark.parametrize("name", texts.ALL)
def test_no_two_names_share_numbers(name: str) -> None:
    room = storage(name, 3)
    values = [value.name for value in room.program.values]
    arrays = [room.series[n] for n in (*values, *room.program.inputs)] + list(room.still.values())
    for number, array in enumerate(arrays):
        array[...] = number
    for number, array in enumerate(arrays):
        assert np.all(array == number)


def test_a_state_one_step_earlier_is_the_same_array_one_row_back() -> None:
    room = storage("lstm", 4)
    room.series["c"][...] = np.arange(1, 5)[:, None]
    room.earlier["c"][0] = 9
    assert room.raw("c_prev")[:, 0].tolist() == [9, 1, 2, 3]
    assert room.raw("c")[:, 0].tolist() == [1, 2, 3, 4]


def test_a_block_lies_side_by_side_in_its_order() -> None:
    room = storage("lstm", 2)
    for number, name in enumerate(("i:in", "f:in", "o:in", "g:in")):
        room.series[name][...] = number
    assert room.series["i:in f:in o:in g:in"].tolist() == [[0] * 3 + [1] * 3 + [2] * 3 + [3] * 3] * 2
    assert room.series["i f o g"].base is room.series["o"].base


def test_parameters_that_run_as_one_lie_below_each_other() -> None:
    room = storage("lstm")
    for number, gate in enumerate("ifog"):
        room.still[f"W_{gate}"][...] = number
        room.still[f"b_{gate}"][...] = number
    matrices, biases = room.adjoining(["W_i", "W_f", "W_o", "W_g"]), room.adjoining(["b_f", "b_o"])
    assert matrices is not None
    assert biases is not None
    assert matrices[:, 0].tolist() == [0] * 3 + [1] * 3 + [2] * 3 + [3] * 3
    assert biases.tolist() == [1] * 3 + [2] * 3
    assert room.adjoining(["W_i", "W_o"]) is None
    assert room.adjoining(["W_f", "W_i"]) is None
    assert room.adjoining(["W_i", "U_f"]) is None
    assert room.adjoining(["W_i", ""]) is None


def test_a_matrix_of_two_blocks_is_stored_once() -> None:
    cell = define("tied", "a = sigmoid(U @ h_prev)\nb = tanh(V @ h_prev)\nc = tanh(U @ b_prev + a)\nh = b * c")
    room = Storage(cell.program, schedule(cell.program), {"units": 2, "inputs": 1}, 3, (), np.dtype(float))
    assert room.still["U"].shape == (2, 2)


def test_a_stretch_is_read_with_its_true_sign() -> None:
    room = storage("lstm", 3)
    room.flipped.add("i:in")
    room.series["i:in"][...] = np.arange(3)[:, None]
    room.series["g:in"][...] = np.arange(3)[:, None]
    assert room.part()["i:in"][:, 0].tolist() == [0, -1, -2]
    assert room.part(1, 3)["g:in"][:, 0].tolist() == [1, 2]
    assert room.raw("i:in")[:, 0].tolist() == [0, 1, 2]
    room.still["b_i"][...] = 7
    assert room.part(2, 3)["b_i"].tolist() == [7, 7, 7]


def test_constants_and_masks_are_there_from_the_start() -> None:
    assert storage("scrn").still["alpha"] == 0.95
    expected = np.array([[1, 1, 1, 1, 1, 1]] * 2 + [[0, 0, 1, 1, 1, 1]] * 2 + [[0, 0, 0, 0, 1, 1]] * 2)
    room = storage("clockwork", dtype=np.float32)
    (name,) = room.program.fixed
    assert room.still[name].tolist() == expected.tolist()
    assert {array.dtype for array in (*room.still.values(), *room.series.values())} == {np.dtype(np.float32)}


def test_names_of_groups_and_cuts() -> None:
    assert together(["a", "b"]) == "a b"
    assert together(["a"]) == "a "
    array = np.arange(8.0).reshape(2, 4)
    assert cut(array, 0, 4) is array
    assert cut(array, 1, 3).tolist() == [[1, 2], [5, 6]]
