"""ONNX graphs: which nodes and constants are found, and what a damaged graph is told."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest
from onnx import TensorProto, helper

from app.formats.files.limits import LIMITS, Limits
from app.formats.files.onnx_graph import onnx_contents
from app.formats.files.record import Stored
from tests.formats.files.graphs import constant, model, node, saved, tensor_of
from tests.formats.files.samples import is_weights, refused, said, sample


def arrays(data: bytes) -> dict[str, Stored]:
    return {each.name: each for each in onnx_contents(data, LIMITS).arrays}


def graph(data: bytes) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(onnx_contents(data, LIMITS).metadata["graph"])
    return found


def test_a_graph_that_onnx_wrote() -> None:
    data = sample("lstm.onnx")
    (found,) = graph(data)["nodes"]
    assert (found["op"], found["name"]) == ("LSTM", "memory")
    assert found["inputs"] == ["X", "W", "R", "B", "lengths", "h", "c", "P"]
    assert found["attributes"]["direction"] == "bidirectional"
    assert found["attributes"]["clip"] == 0.4, "the shortest decimal of the float32"
    assert found["attributes"]["activation_alpha"] == [0.3, 0.9] * 2
    assert graph(data)["whole"] == {"lengths": [3, 2]}
    held = arrays(data)
    for name in ("W", "R", "B", "P", "c"):
        read = held[name].read
        assert read is not None
        assert is_weights(read(), name)
    assert held["unused"].why == "read by no recurrent node"
    assert onnx_contents(data, LIMITS).metadata["producer"] == "sample 1"
    assert onnx_contents(data, LIMITS).metadata["opset"] == "22"


def test_constants_are_followed_to_where_they_are_made() -> None:
    data = sample("stack.onnx")
    assert [each["inputs"][1:] for each in graph(data)["nodes"]] == [
        ["W1", "R1", "B1"],
        ["W1", "R1"],
        ["W3", "R3", "B3"],
    ]
    assert [each["name"] for each in graph(data)["nodes"]] == ["lower", "Y2", "upper"]
    read = arrays(data)["R1"].read
    assert read is not None
    assert is_weights(read(), "R1")


KINDS = [
    (TensorProto.FLOAT, np.float32, "F32"),
    (TensorProto.DOUBLE, np.float64, "F64"),
    (TensorProto.FLOAT16, np.float32, "F16"),
    (TensorProto.BFLOAT16, np.float32, "BF16"),
]


@pytest.mark.parametrize("raw", [False, True])
@pytest.mark.parametrize(("kind", "dtype", "word"), KINDS, ids=[word for _, _, word in KINDS])
def test_both_ways_of_holding_numbers(kind: int, dtype: type, word: str, raw: bool) -> None:
    values = [0.5, -2.0, 3.0, 1.5, -0.25, 8.0]
    made = helper.make_tensor("W", kind, (1, 2, 3), values)
    if raw and word == "BF16":
        upper = np.array(values, np.float32).view(np.uint32) >> 16
        made = helper.make_tensor("W", kind, (1, 2, 3), upper.astype("<u2").tobytes(), raw=True)
    elif raw:
        made = helper.make_tensor("W", kind, (1, 2, 3), np.array(values, f"<f{int(word[1:]) // 8}").tobytes(), raw=True)
    assert made.HasField("raw_data") is raw
    found = arrays(saved(model([node("RNN", ("X", "W", "R"))], [made], {"R": (1, 2, 2)})))["W"]
    assert found.dtype == word
    assert found.read is not None
    assert found.read().dtype == dtype
    assert found.read().tolist() == [[values[:3], values[3:]]]


def broken(name: str, change: str) -> bytes:
    made = model()
    tensor = tensor_of(made, name)
    match change:
        case "short":
            tensor.raw_data = tensor.raw_data[:-4]
        case "odd":
            tensor.raw_data = tensor.raw_data[:-1]
        case "empty":
            tensor.ClearField("raw_data")
        case "huge":
            tensor.dims[:] = [2**40, 2**40]
        case "negative":
            tensor.dims[:] = [1, -8, 3]
    return saved(made)


@pytest.mark.parametrize("change", ["short", "odd", "empty", "huge"])
def test_numbers_that_do_not_fit_their_sizes(change: str) -> None:
    read = arrays(broken("W", change))["W"].read
    assert read is not None
    assert said(refused(read)) == "the numbers of 'W' are fewer or more than its sizes say | the file is damaged"


def test_sizes_that_no_array_has() -> None:
    assert refused(arrays, broken("W", "negative")).message == "'W' has a shape that no array can have: '[1, -8, 3]'"


def test_numbers_in_another_file() -> None:
    made = model(constants=[constant("other", (2, 2))])
    for name in ("W", "other"):
        tensor = tensor_of(made, name)
        tensor.ClearField("raw_data")
        tensor.data_location = TensorProto.EXTERNAL
        tensor.external_data.add(key="location", value="/etc/passwd")
        if name == "other":
            tensor_of(made, "W").CopyFrom(constant("W", (1, 8, 3)))
            assert arrays(saved(made))["other"].why == "lies in another file"
            break
        problem = refused(arrays, saved(made))
        assert problem.code == "outside-file"
        assert (
            said(problem)
            == "the numbers of 'W' lie in another file | save the model in one file: onnx.save(model, path)"
        )


def test_names_that_are_defined_twice() -> None:
    message = "the graph defines 'W' twice"
    assert refused(arrays, saved(model(constants=[constant("W", (1, 8, 3))]))).message == message
    twice = [node(), helper.make_node("Relu", ["X"], ["W"])]
    assert refused(arrays, saved(model(twice))).message == message
    outputs = [node(), helper.make_node("Relu", ["X"], ["Y"])]
    assert refused(arrays, saved(model(outputs))).message == "the graph defines 'Y' twice"


def test_nodes_that_only_look_like_constants() -> None:
    value = constant("value", (1,))
    for other in (
        helper.make_node("ConstantOfShape", ["s"], ["V"], value=value),
        helper.make_node("Constant", [], ["V"], value=value, domain="com.example"),
    ):
        found = graph(saved(model([other, node(inputs=("X", "V", "R"))])))
        assert found["computed"] == {"V": other.op_type}
    assert graph(saved(model([helper.make_node("Constant", [], [], value=value), node()])))["computed"] == {}


def test_outputs_that_are_left_out() -> None:
    nodes = [helper.make_node("LSTM", ["X", "W", "R"], ["", end]) for end in ("h1", "h2")]
    assert [each["name"] for each in graph(saved(model(nodes)))["nodes"]] == ["h1", "h2"]


def test_circles_of_nodes_that_pass_on() -> None:
    nodes = [
        node(inputs=("X", "a", "R")),
        helper.make_node("Identity", ["b"], ["a"]),
        helper.make_node("Identity", ["a"], ["b"]),
    ]
    assert set(graph(saved(model(nodes)))["computed"].values()) == {"Identity"}


def test_nodes_within_nodes_and_in_functions() -> None:
    inner = helper.make_graph([node("GRU")], "inner", [], [])
    branch = helper.make_node("If", ["c"], ["out"], then_branch=inner, else_branch=inner)
    made = model([branch])
    function = made.functions.add()
    function.name = "f"
    function.node.add(op_type="RNN", name="deep")
    found = graph(saved(made))
    assert found["nodes"] == []
    assert found["inside"] == ["deep", "layer", "layer"]


def test_nodes_of_other_makers() -> None:
    made = model([helper.make_node("LSTM", ["X", "W", "R"], ["Y"], domain="com.example")])
    assert graph(saved(made))["nodes"] == []


def test_attributes_of_kinds_that_recurrent_nodes_do_not_have() -> None:
    found = graph(saved(model([node(clip=float("inf"), odd=constant("t", (1,)), bytes=b"\xff")])))["nodes"][0][
        "attributes"
    ]
    assert found == {"clip": None, "odd": None, "bytes": "\ufffd"}


def test_no_graph_and_too_much_of_one() -> None:
    assert said(refused(arrays, b"")) == "the file holds no graph | the file is damaged, or is no ONNX model"
    problem = refused(onnx_contents, saved(model()), Limits(operations=3))
    assert problem.message == "the file is made of 4 parts: the limit is 3"
    assert refused(onnx_contents, saved(model()), Limits(arrays=2)).code == "over-limit"


def test_whole_numbers_that_do_not_fit() -> None:
    lengths = helper.make_tensor("n", TensorProto.INT32, (2,), [3, 2])
    made = model([node(inputs=("X", "W", "R", "", "n"))], [lengths])
    assert graph(saved(made))["whole"] == {"n": [3, 2]}
    tensor_of(made, "n").dims[:] = [3]
    assert refused(arrays, saved(made)).message == "the numbers of 'n' are fewer or more than its sizes say"
    many = helper.make_tensor("n", TensorProto.INT64, (100_001,), bytes(8 * 100_001), raw=True)
    assert refused(arrays, saved(model([node(inputs=("X", "W", "R", "", "n"))], [many]))).code == "bad-onnx"
    tensor_of(made, "n").ClearField("int32_data")
    tensor_of(made, "n").raw_data = b"123"
    assert refused(arrays, saved(made)).message == "the numbers of 'n' are fewer or more than its sizes say"
