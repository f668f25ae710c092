"""ONNX layers: what the file says, what it leaves out, and what it cannot say."""

from __future__ import annotations

import numpy as np
import pytest
from onnx import TensorProto, helper

from app.formats.files.onnx import read_onnx
from app.formats.files.record import Reading
from tests.formats.files.driver import Driver
from tests.formats.files.graphs import constant, model, node, saved
from tests.formats.files.samples import is_weights, refused, said, sample

HINT = "export the trained network with its weights in the file, and with constant folding"


@pytest.fixture(autouse=True)
def _quick(quickly: Driver) -> None:
    """No test here needs a process of its own."""


def test_everything_that_a_node_can_say() -> None:
    found = read_onnx(sample("lstm.onnx"))
    (layer,) = found.layers
    assert (layer.library, layer.kind, layer.name) == ("onnx", "LSTM", "memory")
    assert layer.options == {
        "direction": "bidirectional", "layout": 0, "input_forget": 0, "clip": 0.4,
        "activations": ["HardSigmoid", "Softsign", "Affine"] * 2,
        "activation_alpha": [0.3, 0.9] * 2, "activation_beta": [0.4, 0.1] * 2,
    }  # fmt: skip
    assert set(layer.arrays) == {"W", "R", "B", "P", "initial_c"}
    names = {"initial_c": "c"}
    assert all(is_weights(array, names.get(key, key)) for key, array in layer.arrays.items())
    assert found.places[("memory", "initial_c")] == "c"
    assert [each.message for each in found.notes] == [
        "'memory' is run on sequences of the lengths 3, 2",
        "initial_h of 'memory' is not in the file: the caller gives it when the graph runs",
    ]
    assert {each.name: each.why for each in found.rest} == {
        "lengths": "whole numbers, no weights", "unused": "read by no recurrent node",
    }  # fmt: skip


def test_what_is_left_out_has_the_meaning_that_onnx_gives_it() -> None:
    lower, middle, upper = read_onnx(sample("stack.onnx")).layers
    assert lower.options == {
        "direction": "forward", "layout": 0, "linear_before_reset": 1, "activations": ["Sigmoid", "Tanh"]
    }  # fmt: skip
    assert middle.options == {**lower.options, "linear_before_reset": 0}
    assert set(middle.arrays) == {"W", "R"}
    assert np.array_equal(middle.arrays["W"], lower.arrays["W"])
    assert upper.options == {"direction": "reverse", "layout": 0, "activations": ["Relu"]}
    (wide,) = read_onnx(sample("double.onnx")).layers
    assert is_weights(wide.arrays["W"], "W", np.float64)


def test_what_pytorch_exports() -> None:
    found = read_onnx(sample("exported.onnx"))
    assert [(each.kind, each.arrays["W"].shape) for each in found.layers] == [("LSTM", (1, 8, 3)), ("LSTM", (1, 8, 2))]
    assert found.metadata == {"opset": "18", "producer": "pytorch 2.13.0"}
    assert found.notes[0].message == "initial_h of '/LSTM' is not in the file: Expand computes it when the graph runs"


def test_nodes_of_the_same_name_are_told_apart() -> None:
    second = helper.make_node("LSTM", ["Y", "W", "R"], ["Z"], name="layer")
    assert [each.name for each in read_onnx(saved(model([node(), second]))).layers] == ["layer", "layer_2"]


def computed() -> bytes:
    nodes = [helper.make_node("Transpose", ["raw"], ["W2"]), node(inputs=("X", "W2", "R"))]
    return saved(model(nodes, [constant("raw", (1, 3, 8))]))


WHOLE = helper.make_tensor("B8", TensorProto.INT8, (1, 16), [0] * 16)
UNSURE = "so the file does not hold the weights themselves"
REFUSED = [
    (computed(), "not-constant", f"W of 'layer' is computed by Transpose, {UNSURE} | {HINT}"),
    (
        saved(model([node(inputs=("X", "V", "R"))])),
        "not-constant",
        f"W of 'layer' is given to the graph from outside, {UNSURE} | {HINT}",
    ),
    (
        saved(model([node(inputs=("X", "W", "R", "B8"))], [WHOLE])),
        "not-constant",
        f"B of 'layer' holds whole numbers, no weights, {UNSURE} | {HINT}",
    ),
    (saved(model([node(inputs=("X", "W"))])), "missing-array", "'layer' has no R | the file is damaged"),
    (saved(model([node(inputs=("X", "", "R"))])), "missing-array", "'layer' has no W | the file is damaged"),
    (
        saved(model([node(inputs=("X", "W", "R", *[""] * 6))])),
        "bad-onnx",
        "'layer' has more inputs than LSTM nodes have | the file is damaged",
    ),
    (
        saved(model([node("GRU", inputs=("X", "W", "R", "", "", "", "B"))])),
        "bad-onnx",
        "'layer' has more inputs than GRU nodes have | the file is damaged",
    ),
    (
        saved(model([node(hidden_size=3)])),
        "wrong-shape",
        "'layer' has hidden_size 3, and R of the sizes (1, 8, 2) | the last size of R is that of the layer",
    ),
    (
        saved(model([node(linear_before_reset=1)])),
        "unknown-attribute",
        "'layer' has an attribute 'linear_before_reset' that LSTM nodes do not have | the file is damaged, or newer than",
    ),
    (
        saved(model([node(activation_alpha=[float("nan")])])),
        "unknown-attribute",
        "'layer' has an attribute 'activation_alpha' that LSTM nodes do not have | the file is damaged, or newer than",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("data", "code", "message"), REFUSED, ids=[str(number) for number in range(len(REFUSED))])
def test_what_is_refused(data: bytes, code: str, message: str) -> None:
    problem = refused(read_onnx, data)
    assert problem.code == code
    assert said(problem).startswith(message)
    assert problem.field == "layer"


def test_all_problems_are_told_at_once() -> None:
    with pytest.raises(ValueError, match="W of 'layer' is given") as caught:
        read_onnx(saved(model([node(inputs=("X", "V", "U"), odd=1)])))
    assert [each.code for each in caught.value.problems] == ["not-constant", "not-constant", "unknown-attribute"]  # type: ignore[attr-defined]


def test_layers_in_branches_are_mentioned() -> None:
    inner = helper.make_graph([node("GRU")], "inner", [], [])
    found: Reading = read_onnx(
        saved(model([helper.make_node("If", ["c"], ["out"], then_branch=inner, else_branch=inner)]))
    )
    assert found.layers == ()
    assert [each.message for each in found.notes] == [
        "2 recurrent nodes stand in functions, branches or loops of the graph and are not read"
    ]


def test_weights_that_are_not_finite() -> None:
    made = model()
    made.graph.initializer[0].raw_data = np.full(24, np.nan, "<f4").tobytes()
    assert refused(read_onnx, saved(made)).message == "'W' holds 24 numbers that are infinite or NaN"
