"""Sample files of ONNX: graphs with RNN, GRU and LSTM nodes, and one that PyTorch exported.

    python -m tests.oracles.file_onnx

Needs onnx, and PyTorch for the last; writes tests/oracles/data/file_*.onnx.
"""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper

from tests.oracles.file_torch import weigh
from tests.oracles.file_weights import weights

DATA = Path(__file__).parent / "data"
OPSET, IR = 22, 10


def constant(name: str, *shape: int, dtype: type = np.float32) -> Any:
    return numpy_helper.from_array(weights(name, shape, dtype), name)


def save(
    name: str, nodes: list[Any], constants: list[Any], given: Mapping[str, Any], kind: int = TensorProto.FLOAT
) -> None:
    ends = [helper.make_tensor_value_info(nodes[-1].output[0], kind, [None] * 4)]
    starts = [helper.make_tensor_value_info(each, kind, shape) for each, shape in given.items()]
    graph = helper.make_graph(nodes, "sample", starts, ends, constants)
    model = helper.make_model(
        graph,
        opset_imports=[helper.make_opsetid("", OPSET)],
        ir_version=IR,
        producer_name="sample",
        producer_version="1",
    )
    onnx.checker.check_model(model)
    onnx.save(model, DATA / f"file_{name}.onnx")


def lstm() -> None:
    """Both directions, peepholes, clipping, lengths and a starting memory in the file, a starting state from outside."""
    nodes = [
        helper.make_node(
            "LSTM", ["X", "W", "R", "B", "lengths", "h", "c", "P"], ["Y"], name="memory", hidden_size=2,
            direction="bidirectional", clip=0.4,
            activations=["HardSigmoid", "Softsign", "Affine"] * 2, activation_alpha=[0.3, 0.9] * 2,
            activation_beta=[0.4, 0.1] * 2,
        )
    ]  # fmt: skip
    constants = [
        constant("W", 2, 8, 3), constant("R", 2, 8, 2), constant("B", 2, 16), constant("P", 2, 6), constant("c", 2, 2, 2),
        numpy_helper.from_array(np.array([3, 2], np.int32), "lengths"), constant("unused", 2, 2),
    ]  # fmt: skip
    save("lstm", nodes, constants, {"X": [3, 2, 3], "h": [2, 2, 2]})


def stack() -> None:
    """A GRU whose weights are Constant nodes, an unnamed one that shares them, and an RNN in reverse."""
    nodes = [
        helper.make_node("Constant", [], ["W1"], value=constant("W1", 1, 6, 2)),
        helper.make_node("Constant", [], ["R1"], value=constant("R1", 1, 6, 2)),
        helper.make_node("Identity", ["W1"], ["W1 again"]),
        helper.make_node("GRU", ["X", "W1", "R1", "B1"], ["Y1"], name="lower", hidden_size=2, linear_before_reset=1),
        helper.make_node("Squeeze", ["Y1", "axis"], ["S1"]),
        helper.make_node("GRU", ["S1", "W1 again", "R1"], ["Y2"], hidden_size=2),
        helper.make_node("Squeeze", ["Y2", "axis"], ["S2"]),
        helper.make_node(
            "RNN",
            ["S2", "W3", "R3", "B3"],
            ["Y3"],
            name="upper",
            hidden_size=3,
            direction="reverse",
            activations=["Relu"],
        ),
    ]
    constants = [constant("B1", 1, 12), constant("W3", 1, 3, 2), constant("R3", 1, 3, 3), constant("B3", 1, 6)]
    constants.append(numpy_helper.from_array(np.array([1], np.int64), "axis"))
    save("stack", nodes, constants, {"X": [3, 1, 2]})


def doubled() -> None:
    """An RNN in float64."""
    constants = [constant("W", 1, 2, 2, dtype=np.float64), constant("R", 1, 2, 2, dtype=np.float64)]
    node = helper.make_node("RNN", ["X", "W", "R"], ["Y"], hidden_size=2)
    save("double", [node], constants, {"X": [3, 1, 2]}, TensorProto.DOUBLE)


def exported() -> None:
    """What PyTorch exports of a stack of two LSTMs."""
    module = weigh(torch.nn.LSTM(3, 2, num_layers=2), torch.float32)
    torch.onnx.export(module, (torch.zeros(4, 1, 3),), DATA / "file_exported.onnx", dynamo=False, opset_version=18)


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    lstm()
    stack()
    doubled()
    exported()
