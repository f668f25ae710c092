"""The table against what the libraries' own documentation says, written out; and the walk over it, both ways."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.formats.conventions import (
    BACKWARD,
    FORWARD,
    LIBRARIES,
    TABLE,
    VERSIONS,
    Convention,
    Extent,
    Slot,
    convention,
    gather,
    scatter,
    slots,
)
from app.formats.variant import AFTER, BEFORE, GRU, LSTM, RNN, usual
from tests.formats.layers import said

#: (library, kind, form) -> the gates of ours in the order of the library's blocks
ORDERS = {
    ("pytorch", RNN, ""): [""],
    ("pytorch", LSTM, ""): ["i", "f", "g", "o"],
    ("pytorch", GRU, AFTER): ["r", "z", "n"],
    ("keras", RNN, ""): [""],
    ("keras", LSTM, ""): ["i", "f", "g", "o"],
    ("keras", GRU, AFTER): ["z", "r", "n"],
    ("keras", GRU, BEFORE): ["z", "r", "n"],
    ("onnx", RNN, ""): [""],
    ("onnx", LSTM, ""): ["i", "o", "f", "g"],
    ("onnx", GRU, AFTER): ["z", "r", "n"],
    ("onnx", GRU, BEFORE): ["z", "r", "n"],
}
ROWS = pytest.mark.parametrize("row", TABLE, ids=lambda row: f"{row.library}-{row.kind}-{row.reset}")
EXTENT = Extent(3, 2)


def walked(row: Convention, *, direction: str = FORWARD, both: bool = False, **of: bool) -> list[Slot]:
    variant = replace(usual(row.kind, row.reset), **of)
    return list(slots(row, variant, EXTENT, direction, both=both, layer="_l1" if row.library == "pytorch" else ""))


def test_the_table_has_every_library_and_kind() -> None:
    assert {(row.library, row.kind, row.reset): [ours for _, ours in row.gates] for row in TABLE} == ORDERS
    assert LIBRARIES == ("pytorch", "keras", "onnx")
    assert VERSIONS == {"pytorch": "2.13", "keras": "3.15", "onnx": "opset 22"}


def test_the_letters_of_the_libraries() -> None:
    letters = {(row.library, row.kind): "".join(theirs for theirs, _ in row.gates) for row in TABLE}
    assert letters["pytorch", LSTM] == "ifgo"
    assert letters["keras", LSTM] == "ifco"
    assert letters["onnx", LSTM] == "iofc"
    assert letters["pytorch", GRU] == "rzn"
    assert letters["keras", GRU] == letters["onnx", GRU] == "zrh"


@ROWS
def test_a_row_is_found(row: Convention) -> None:
    assert convention(row.library, row.kind, row.reset) is row


def test_what_the_table_does_not_have() -> None:
    assert said(convention, "pytorch", GRU, BEFORE) == (
        "no-convention: a GRU of pytorch with its reset gate before the matrix is not known: known are pytorch, keras, onnx"
    )
    assert said(convention, "mxnet", LSTM).startswith("no-convention: a LSTM of mxnet is not known")


@ROWS
def test_names_and_shapes_of_the_arrays(row: Convention) -> None:
    blocks = len(row.gates) * 2
    found = {slot.array: slot.of for slot in walked(row)}
    match row.library:
        case "pytorch":
            wanted = {
                "weight_ih_l1": (blocks, 3), "weight_hh_l1": (blocks, 2), "bias_ih_l1": (blocks,), "bias_hh_l1": (blocks,),
            }  # fmt: skip
        case "keras":
            bias = (2, blocks) if row.reset == AFTER else (blocks,)
            wanted = {"kernel": (3, blocks), "recurrent_kernel": (2, blocks), "bias": bias}
        case _:
            wanted = {"W": (1, blocks, 3), "R": (1, blocks, 2), "B": (1, 2 * blocks)}
    assert found == wanted


@ROWS
def test_both_directions(row: Convention) -> None:
    arrays = [{slot.array for slot in walked(row, direction=way, both=True)} for way in (FORWARD, BACKWARD)]
    match row.library:
        case "pytorch":
            assert arrays[1] == {f"{name}_reverse" for name in arrays[0]}
        case "keras":
            assert arrays == [
                {f"{way}/{name}" for name in ("kernel", "recurrent_kernel", "bias")} for way in ("forward", "backward")
            ]
        case _:
            assert arrays[0] == arrays[1] == {"W", "R", "B"}
            indices = [{slot.index[0] for slot in walked(row, direction=way, both=True)} for way in (FORWARD, BACKWARD)]
            assert indices == [{0}, {1}]


@ROWS
@pytest.mark.parametrize("both", [False, True])
def test_every_number_of_every_array_has_exactly_one_place(row: Convention, both: bool) -> None:
    seen: dict[str, np.ndarray] = {}
    for way in (FORWARD, BACKWARD) if both else (FORWARD,):
        for slot in walked(row, direction=way, both=both, peepholes=row.peephole != "", projected=row.projection != ""):
            seen.setdefault(slot.array, np.zeros(slot.of))[slot.index] += 1
    assert seen
    assert all((array == 1).all() for array in seen.values())


def test_peepholes_of_onnx_stand_in_an_order_of_their_own() -> None:
    found = [
        (slot.symbol, slot.index) for slot in walked(convention("onnx", LSTM), peepholes=True) if slot.array == "P"
    ]
    assert found == [("p_i", (0, slice(0, 2))), ("p_o", (0, slice(2, 4))), ("p_f", (0, slice(4, 6)))]


def test_one_minus_the_input_gate_leaves_blocks_without_use() -> None:
    found = walked(convention("onnx", LSTM), coupled=True, peepholes=True)
    assert [(slot.array, slot.gate) for slot in found if not slot.symbol] == [
        ("W", "f"), ("R", "f"), ("B", "f"), ("B", "f"), ("P", "f"),
    ]  # fmt: skip


def test_a_projection() -> None:
    found = list(
        slots(
            convention("pytorch", LSTM),
            replace(usual(LSTM), projected=True),
            Extent(3, 4, 2),
            FORWARD,
            both=False,
            layer="_l0",
        )
    )
    assert found[-1] == Slot("weight_hr_l0", (2, 4), (), "", "P")
    assert {slot.of for slot in found if slot.array == "weight_hh_l0"} == {(16, 2)}


@ROWS
def test_second_biases(row: Convention) -> None:
    added = {slot.symbol for slot in walked(row) if slot.added}
    apart = {slot.symbol for slot in walked(row) if slot.symbol[:1] == "d"}
    gates = [ours for _, ours in row.gates]
    if row.reset == AFTER:  # the candidate's cannot be added, so none is
        assert (added, apart) == (set(), {"d_r", "d_z", "d_n"})
    elif row.library == "keras":  # there is one only
        assert (added, apart) == (set(), set())
    else:
        assert (added, apart) == ({f"b_{gate}" if gate else "b" for gate in gates}, set())


@ROWS
def test_without_biases_there_are_none(row: Convention) -> None:
    assert not [slot for slot in walked(row, biases=False) if slot.symbol[:1] in ("b", "d")]


@ROWS
@given(inputs=st.integers(1, 5), units=st.integers(1, 5), seed=st.integers(0, 9), both=st.booleans())
def test_ours_to_a_library_and_back_is_the_identity(
    row: Convention, inputs: int, units: int, seed: int, both: bool
) -> None:
    variant, extent = usual(row.kind, row.reset), Extent(inputs, units)
    random = np.random.default_rng(seed)
    arrays: dict[str, np.ndarray] = {}
    ours = {}
    ways = (FORWARD, BACKWARD) if both else (FORWARD,)
    for way in ways:
        found = list(slots(row, variant, extent, way, both=both))
        sizes = {"W": (units, inputs), "U": (units, units)}
        ours[way] = {slot.symbol: random.normal(size=sizes.get(slot.symbol[0], (units,))) for slot in found}
        scatter(found, ours[way], arrays)
    for way in ways:
        back = gather(list(slots(row, variant, extent, way, both=both)), arrays)
        assert back.keys() == ours[way].keys()
        assert all(np.array_equal(back[symbol], ours[way][symbol]) for symbol in back)
        assert all(array.dtype == np.float64 and array.flags.c_contiguous for array in back.values())


@ROWS
def test_a_library_to_ours_and_back_adds_biases_and_nothing_else(row: Convention) -> None:
    found = walked(row)
    random = np.random.default_rng(1)
    arrays = {slot.array: random.normal(size=slot.of) for slot in found}
    back: dict[str, np.ndarray] = {}
    scatter(found, gather(found, arrays), back)
    for slot in found:
        first = next(each for each in found if each.symbol == slot.symbol)
        if slot.added:
            assert not back[slot.array][slot.index].any()
            sums = arrays[first.array][first.index] + arrays[slot.array][slot.index]
            assert np.array_equal(back[first.array][first.index], sums)
        elif not any(each.added and each.symbol == slot.symbol for each in found):
            assert np.array_equal(back[slot.array][slot.index], arrays[slot.array][slot.index])


def test_numbers_are_widened() -> None:
    found = walked(convention("keras", RNN))
    arrays = {slot.array: np.full(slot.of, 0.1, np.float16) for slot in found}
    assert {array.dtype for array in gather(found, arrays).values()} == {np.dtype(np.float64)}


def test_what_leaves_a_layer() -> None:
    assert Extent(3, 4).leaving == 4
    assert Extent(3, 4, 2).leaving == 2
