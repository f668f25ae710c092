"""ONNX graphs for tests, each part of which can be made wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import onnx
from onnx import helper, numpy_helper

SHAPES = {"W": (1, 8, 3), "R": (1, 8, 2), "B": (1, 16)}


def constant(name: str, shape: Sequence[int], dtype: type = np.float32) -> Any:
    """A tensor with the numbers 0, 0.5, 1, ..."""
    count = int(np.prod(shape))
    return numpy_helper.from_array((np.arange(count) / 2).reshape(shape).astype(dtype), name)


def node(kind: str = "LSTM", inputs: Sequence[str] = ("X", "W", "R", "B"), **attributes: Any) -> Any:
    return helper.make_node(kind, list(inputs), ["Y"], name="layer", **attributes)


def model(
    nodes: Sequence[Any] | None = None, constants: Sequence[Any] = (), shapes: Mapping[str, Sequence[int]] = SHAPES
) -> Any:
    """A model of an LSTM node, or of other nodes; `constants` are further ones than those of `shapes`."""
    held = [constant(name, shape) for name, shape in shapes.items()]
    graph = helper.make_graph([node()] if nodes is None else list(nodes), "test", [], [], [*held, *constants])
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 22)], ir_version=10)


def saved(made: Any) -> bytes:
    data: bytes = made.SerializeToString()
    return data


def tensor_of(made: Any, name: str) -> Any:
    """The tensor of a model that has that name."""
    return next(each for each in made.graph.initializer if each.name == name)


__all__ = ["constant", "model", "node", "onnx", "saved", "tensor_of"]
