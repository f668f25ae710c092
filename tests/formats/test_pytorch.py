"""PyTorch's modules: found in a state dict by names and shapes, and what has to be said of them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.formats.convert import convert
from app.formats.library import LibraryLayer
from app.formats.pytorch import pytorch_layers
from tests.formats.layers import Numbers, problems, pytorch, said

DAMAGED = "the file is damaged, or its parts do not belong together"


def state_dict(**modules: LibraryLayer) -> dict[str, np.ndarray]:
    named = {
        f"{prefix}.{name}" if prefix else name: array
        for prefix, layer in modules.items()
        for name, array in layer.arrays.items()
    }
    return {name.replace("__", "."): array for name, array in named.items()}


def without(layer: LibraryLayer, *names: str, **arrays: np.ndarray) -> LibraryLayer:
    kept = {name: array for name, array in layer.arrays.items() if name not in names}
    return replace(layer, arrays={**kept, **arrays})


@pytest.mark.parametrize("both", [False, True])
@pytest.mark.parametrize("kind", ["RNN", "LSTM", "GRU"])
def test_the_kind_shows_in_the_shapes(kind: str, both: bool) -> None:
    layer = pytorch(kind, layers=2, both=both)
    (found,) = pytorch_layers(state_dict(encoder__rnn=layer))
    assert (found.library, found.kind, found.name, dict(found.options)) == ("pytorch", kind, "encoder.rnn", {})
    assert found.arrays.keys() == layer.arrays.keys()


@given(units=st.integers(1, 6), kind=st.sampled_from(["RNN", "LSTM", "GRU"]), inputs=st.integers(1, 6))
def test_the_kind_of_any_size(units: int, kind: str, inputs: int) -> None:
    (found,) = pytorch_layers(state_dict(m=pytorch(kind, units=units, inputs=inputs)))
    assert found.kind == kind


def test_several_modules_among_other_arrays() -> None:
    arrays = {
        **state_dict(encoder=pytorch("LSTM"), decoder__gru=pytorch("GRU"), cell=pytorch("RNN", cell=True)),
        "embedding.weight": Numbers()(10, 3),
        "linear.weight_ih": Numbers()(10, 3),
        "linear.bias": Numbers()(10),
    }
    assert [(each.name, each.kind) for each in pytorch_layers(arrays)] == [
        ("encoder", "LSTM"), ("decoder.gru", "GRU"), ("cell", "RNN"),
    ]  # fmt: skip


def test_a_module_without_a_prefix() -> None:
    (found,) = pytorch_layers(dict(pytorch("GRU").arrays))
    assert found.name == ""
    assert convert([found]).description["parts"][0]["layers"][0]["cell"] == "gru-reset-after"


def test_a_projection_is_an_lstm_whatever_its_ratio() -> None:
    layer = pytorch("LSTM", units=3, projection=4)
    assert [each.kind for each in pytorch_layers(dict(layer.arrays))] == ["LSTM"]


@pytest.mark.parametrize("shape", [(8, 4), (20, 4), (6, 4), (16,), (16, 4, 1), (0, 4), (4, 0), ()])
def test_what_has_the_name_but_not_the_shape_is_no_module(shape: tuple[int, ...]) -> None:
    assert pytorch_layers({"a.weight_hh_l0": np.zeros(shape), "a.weight_ih_l0": np.zeros(shape)}) == []


@pytest.mark.parametrize(
    "name", ["weight_hh_l00", "weight_hh_l1000", "weight_hh_l-1", "weight_hh_l٣", "weight_hh_l0_x", "xweight_hh_l0"]
)
def test_names_that_pytorch_does_not_give(name: str) -> None:
    assert pytorch_layers({f"a.{name}": np.zeros((4, 4))}) == []


def test_options_go_to_those_that_take_them() -> None:
    found = pytorch_layers(state_dict(a=pytorch("RNN"), b=pytorch("LSTM")), {"nonlinearity": "relu"})
    assert [dict(each.options) for each in found] == [{"nonlinearity": "relu"}, {}]


def test_a_network_of_which_nothing_tells_whether_it_is_tanh_or_relu() -> None:
    found = convert([pytorch("RNN", nonlinearity=None)])
    (choice,) = found.choices
    assert choice.to_data() == {
        "layer": "m",
        "option": "nonlinearity",
        "taken": "tanh",
        "message": "whether 'm' is a tanh or a relu network is not in the file; tanh is taken, give nonlinearity=relu to change it",
    }
    assert convert([pytorch("RNN")]).choices == convert([pytorch("LSTM")]).choices == ()


def test_an_unknown_nonlinearity() -> None:
    assert said(convert, [pytorch("RNN", nonlinearity="elu")]) == (
        "unknown-activation: 'm' has the nonlinearity 'elu', which PyTorch does not have: it is tanh or relu"
    )


def test_notes() -> None:
    layer = pytorch(
        "LSTM", layers=2, both=True, batch_first=True, dropout=0.5, num_layers=2, hidden_size=4, device="cpu"
    )
    found = convert([layer])
    assert [(each.code, each.message) for each in found.notes] == [
        ("data-layout", "'m' has the batch in front of time in its data; here time is in front"),
        ("training-only", "the dropout of 'm' acts in training only"),
        (
            "last-state",
            "'m' reads both ways: its last state is that of the last step in the forward half, and that of the first step in "
            "the backward half; at the last step the backward half has read one step only",
        ),
        (
            "bias-added",
            "the second bias of 'm' ('bias_hh_l0', 'bias_hh_l0_reverse', 'bias_hh_l1', 'bias_hh_l1_reverse') is added into the "
            "first, since only their sum matters; written back, the first holds the sum and the second 0",
        ),
    ]
    assert convert([pytorch("GRU", batch_first=False, dropout=0.0)]).notes == ()


def test_a_second_bias_of_zeros_is_not_worth_a_word() -> None:
    layer = pytorch("LSTM")
    assert convert([without(layer, bias_hh_l0=np.zeros(16))]).notes == ()


def test_an_option_that_is_not_known() -> None:
    (note,) = convert([pytorch("GRU", flavour="new")]).notes
    assert (note.code, note.message) == (
        "unknown-option", "'m' has an option 'flavour' ('new'), which is not known and not used",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"num_layers": 3}, "'m' has num_layers 3, but its arrays are those of 1 layers"),
        ({"bidirectional": True}, "'m' has bidirectional True, but its arrays are those of one direction"),
        ({"bias": False}, "'m' has bias False, but its arrays are those of a module with biases"),
        ({"hidden_size": 5}, "'m' has hidden_size 5, but its arrays are those of 4 units"),
        ({"input_size": 5}, "'m' has input_size 5, but its arrays are those of 3 inputs"),
        ({"proj_size": 2}, "'m' has proj_size 2, but its arrays are those of a projection of 0"),
    ],
)
def test_options_that_the_arrays_contradict(options: dict, message: str) -> None:
    assert said(convert, [replace(pytorch("LSTM"), options=options)]) == f"options-disagree: {message}: {DAMAGED}"


@pytest.mark.parametrize("name", ["weight_ih_l0", "weight_hh_l1", "bias_ih_l1", "bias_hh_l0", "weight_ih_l1_reverse"])
def test_an_array_that_is_missing(name: str) -> None:
    layer = pytorch("GRU", layers=2, both=True)
    assert said(convert, [without(layer, name)]) == f"missing-array: '{name}' of 'm' is missing: {DAMAGED}"


def test_a_layer_that_is_missing() -> None:
    layer = pytorch("GRU", layers=3)
    gone = [name for name in layer.arrays if "_l1" in name]
    assert said(convert, [without(layer, *gone)]) == f"missing-array: 'weight_ih_l1' of 'm' is missing: {DAMAGED}"


def test_a_projection_that_is_missing_in_one_layer() -> None:
    layer = pytorch("LSTM", layers=2, projection=2)
    assert (
        said(convert, [without(layer, "weight_hr_l1")]) == f"missing-array: 'weight_hr_l1' of 'm' is missing: {DAMAGED}"
    )


def test_nothing_at_all() -> None:
    found = problems(convert, [LibraryLayer("pytorch", "LSTM", "", {})])
    assert [each.message for each in found] == ["'weight_ih_l0' is missing", "'weight_hh_l0' is missing"]


def test_an_array_of_another_module() -> None:
    layer = pytorch("LSTM", units=2)
    assert said(convert, [without(layer, weight_ih=Numbers()(8, 3))]) == (
        "unknown-array: 'weight_ih' of 'm' is no array of a PyTorch LSTM like this one: its arrays are weight_ih_l0, "
        "weight_hh_l0, bias_ih_l0, bias_hh_l0"
    )
    assert problems(convert, [without(pytorch("GRU"), weight_hr_l0=Numbers()(2, 4))])[0].code == "unknown-array"


def test_the_size_between_layers() -> None:
    layer = pytorch("LSTM", layers=2, both=True)
    assert said(convert, [without(layer, weight_ih_l1=Numbers()(16, 4))]) == (
        f"bad-shape: 'weight_ih_l1' of 'm' has the shape (16, 4), not (16, 8): {DAMAGED}"
    )


def test_a_module_of_another_kind() -> None:
    layer = replace(pytorch("LSTM", units=3), kind="GRU")
    assert said(convert, [layer]) == f"bad-shape: 'weight_hh_l0' of 'm' has the shape (12, 3), not (12, 4): {DAMAGED}"
