"""ONNX files: the recurrent nodes of the graph and the constants that they read.

Runs in the helper process (`apart`). Protocol: https://github.com/onnx/onnx/blob/main/onnx/onnx.proto.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from ..library import Array
from .limits import Limits
from .numbers import BITS, count, decode, shape_of, why_not
from .problems import FormatError, quoted, refusal
from .record import Contents, Stored

RECURRENT = ("RNN", "GRU", "LSTM")
#: TensorProto.DataType -> the same kinds as safetensors calls them
_KINDS = {
    1: "F32", 2: "U8", 3: "I8", 4: "U16", 5: "I16", 6: "I32", 7: "I64", 9: "BOOL", 10: "F16", 11: "F64", 12: "U32",
    13: "U64", 14: "C64", 15: "C128", 16: "BF16",
}  # fmt: skip
_WHOLE = {"I32": "<i4", "I64": "<i8"}
_OURS = ("", "ai.onnx")
_EXTERNAL = 1
_MOST_WHOLE = 100_000


def onnx_contents(data: bytes, limits: Limits) -> Contents:
    """The arrays of a graph, and as metadata "graph" in JSON: its nodes, what computes their inputs, whole numbers.

    Only constants that recurrent nodes read have numbers; the others are listed.
    Raises FormatError for external data, names that are defined twice, and arrays that do not fit their sizes, and
    whatever onnx raises at a damaged file.
    """
    import onnx

    model = onnx.ModelProto()
    model.ParseFromString(data)
    if not model.HasField("graph"):
        raise refusal("bad-onnx", "the file holds no graph", "the file is damaged, or is no ONNX model")
    graph = model.graph
    limits.check("operations", len(graph.node) + len(graph.initializer) + len(graph.input))
    constants = _constants(graph, limits)
    limits.check("arrays", len(constants))
    makers = _makers(graph, constants)
    nodes = [node for node in graph.node if node.op_type in RECURRENT and node.domain in _OURS]
    wanted = {origin for node in nodes for each in node.input[1:] if (origin := _origin(each, makers)) in constants}
    arrays = [_stored(name, tensor, name in wanted, limits) for name, tensor in constants.items()]
    described = {
        "nodes": [_node(node, makers) for node in nodes],
        "computed": {each: makers[each].op_type for node in nodes for each in _computed(node, makers, constants)},
        "inside": sorted(_inside(model)),
        "whole": {name: _whole(name, constants[name], limits) for name in wanted if _kind(constants[name]) in _WHOLE},
    }
    opset = max((each.version for each in model.opset_import if each.domain in _OURS), default=0)
    metadata = {"graph": json.dumps(described), "opset": str(opset)}
    if model.producer_name:
        metadata["producer"] = f"{model.producer_name} {model.producer_version}".strip()[:80]
    return Contents(tuple(arrays), metadata)


def _constants(graph: Any, limits: Limits) -> dict[str, Any]:
    """Every tensor that the file holds, by name: initializers and Constant nodes."""
    found: dict[str, Any] = {}
    pairs = [(tensor.name, tensor) for tensor in graph.initializer]
    pairs += [(node.output[0], tensor) for node in graph.node if (tensor := _constant(node)) is not None]
    for name, tensor in pairs:
        if name in found:
            raise _twice(name)
        found[name] = tensor
    return found


def _constant(node: Any) -> Any:
    if node.op_type != "Constant" or node.domain not in _OURS or len(node.output) != 1:
        return None
    return next((each.t for each in node.attribute if each.name == "value" and each.HasField("t")), None)


def _makers(graph: Any, constants: dict[str, Any]) -> dict[str, Any]:
    """Which node computes a value, by the value's name."""
    found: dict[str, Any] = {}
    for node in graph.node:
        for output in node.output:
            if output and (output in found or (output in constants and _constant(node) is None)):
                raise _twice(output)
            found[output] = node
    return found


def _twice(name: str) -> FormatError:
    return refusal(
        "duplicate-key", f"the graph defines {quoted(name)} twice", "the file is damaged or was made by hand"
    )


def _origin(name: str, makers: dict[str, Any]) -> str:
    """The name that a value has where it is defined: Identity nodes only pass it on."""
    for _ in range(len(makers)):
        node = makers.get(name)
        if node is None or node.op_type != "Identity" or not node.input:
            break
        name = node.input[0]
    return name


def _computed(node: Any, makers: dict[str, Any], constants: dict[str, Any]) -> Iterator[str]:
    for each in node.input[1:]:
        origin = _origin(each, makers)
        if origin in makers and origin not in constants:
            yield origin


def _node(node: Any, makers: dict[str, Any]) -> dict[str, object]:
    return {
        "op": node.op_type,
        "name": node.name or next((output for output in node.output if output), node.op_type),
        "inputs": [_origin(each, makers) for each in node.input],
        "attributes": {each.name: _attribute(each) for each in node.attribute},
    }


def _attribute(attribute: Any) -> object:
    """The value of an attribute of a recurrent node, None in it for what is none that these have."""
    match attribute.type:
        case 1:
            return _short(attribute.f)
        case 2:
            return int(attribute.i)
        case 3:
            return str(attribute.s.decode("utf-8", "replace"))
        case 6:
            return [_short(each) for each in attribute.floats]
        case 8:
            return [each.decode("utf-8", "replace") for each in attribute.strings]
    return None


def _short(number: float) -> float | None:
    """A float32 as the shortest decimal that stands for it: what was meant by whoever wrote it."""
    return float(str(np.float32(number))) if np.isfinite(number) else None


def _inside(model: Any) -> Iterator[str]:
    """Names of recurrent nodes in graphs within nodes, and in functions. Protocol buffers bound how deep these nest."""
    waiting = [each.g for node in model.graph.node for each in node.attribute if each.HasField("g")]
    nodes = [node for function in model.functions for node in function.node]
    while waiting or nodes:
        for node in nodes:
            if node.op_type in RECURRENT:
                yield node.name or node.op_type
            waiting += [each.g for each in node.attribute if each.HasField("g")]
        nodes = list(waiting.pop().node) if waiting else []


def _kind(tensor: Any) -> str:
    return _KINDS.get(tensor.data_type, "")


def _stored(name: str, tensor: Any, wanted: bool, limits: Limits) -> Stored:
    shape = shape_of([int(size) for size in tensor.dims], name, limits)
    kind = _kind(tensor)
    external = tensor.data_location == _EXTERNAL
    if wanted and external:
        message = f"the numbers of {quoted(name)} lie in another file"
        raise refusal("outside-file", message, "save the model in one file: onnx.save(model, path)", where=name)
    why = "lies in another file" if external else why_not(kind) or ("" if wanted else "read by no recurrent node")
    if why:
        return Stored(name, kind, shape, None, why)
    return Stored(name, kind, shape, lambda: _numbers(name, tensor, kind, shape))


def _numbers(name: str, tensor: Any, kind: str, shape: Sequence[int]) -> Array:
    if tensor.HasField("raw_data"):
        if len(tensor.raw_data) * 8 != count(shape) * BITS[kind]:
            raise _unfit(name)
        return decode(tensor.raw_data, kind, shape)
    values = {"F32": tensor.float_data, "F64": tensor.double_data}.get(kind, tensor.int32_data)
    if len(values) != count(shape):
        raise _unfit(name)
    if kind in ("F16", "BF16"):
        return decode((np.array(values, np.int64) & 0xFFFF).astype("<u2").tobytes(), kind, shape)
    numbers: Array = np.array(values, np.float64 if kind == "F64" else np.float32)
    return numbers.reshape(shape)


def _whole(name: str, tensor: Any, limits: Limits) -> list[int]:
    shape = shape_of([int(size) for size in tensor.dims], name, limits)
    form = _WHOLE[_kind(tensor)]
    if tensor.HasField("raw_data"):
        values = np.frombuffer(tensor.raw_data, form) if len(tensor.raw_data) % int(form[2]) == 0 else np.zeros(0)
    else:
        values = np.array(tensor.int32_data if form == "<i4" else tensor.int64_data)
    if len(values) != count(shape) or len(values) > _MOST_WHOLE:
        raise _unfit(name)
    return [int(each) for each in values]


def _unfit(name: str) -> FormatError:
    message = f"the numbers of {quoted(name)} are fewer or more than its sizes say"
    return refusal("bad-onnx", message, "the file is damaged", where=name)
