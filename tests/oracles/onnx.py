"""Golden cases of ONNX Runtime in float32: RNN, LSTM and GRU nodes with the options that no published case covers.

    python -m tests.oracles.onnx [--check]

The node cases that the ONNX project publishes have constant weights, so they cannot tell one gate from another.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np
import onnx
import onnxruntime
from onnx import TensorProto, helper, numpy_helper

from app.formats.library import LibraryLayer
from tests.oracles.case import Array, Case, Golden
from tests.oracles.script import Numbers, main

#: of each kind of node the number of gates, and the activations that it has by itself in one direction
KINDS: dict[str, tuple[str, int, tuple[str, ...]]] = {
    "RNN": ("RNN", 1, ("Tanh",)),
    "LSTM": ("LSTM", 4, ("Sigmoid", "Tanh", "Tanh")),
    "GRU, reset before": ("GRU", 3, ("Sigmoid", "Tanh")),
    "GRU, reset after": ("GRU", 3, ("Sigmoid", "Tanh")),
}
RESET = {"GRU, reset before": {"linear_before_reset": 0}, "GRU, reset after": {"linear_before_reset": 1}}
INPUTS, UNITS, STEPS = 3, 4, 5
OPSET, IR = 22, 10


@dataclass(frozen=True)
class Setting:
    """What a node is run with; `activations` are those of one direction, with their alpha and beta."""

    groups: tuple[str, ...]
    direction: str = "forward"
    biases: bool = True
    start: bool = False
    peepholes: bool = False
    lengths: tuple[int, ...] | None = None
    activations: tuple[str, ...] | None = None
    alpha: tuple[float, ...] = ()
    beta: tuple[float, ...] = ()
    options: Mapping[str, object] = field(default_factory=dict)

    def __post_init__(self) -> None:
        assert self.direction in self.groups or self.direction == "forward", "a case is what its group says"
        assert not {"reverse", "bidirectional"} & {*self.groups} - {self.direction}, "a case is what its group says"

    @property
    def directions(self) -> int:
        return 2 if self.direction == "bidirectional" else 1


COMMON: dict[str, Setting] = {
    "one": Setting(("forward", "two biases")),
    "no-bias": Setting(("forward", "no bias"), biases=False),
    "start": Setting(("forward", "two biases", "starting states"), start=True),
    "lengths": Setting(("forward", "two biases", "sequence_lens"), lengths=(5, 2, 4)),
    "reverse": Setting(("reverse", "two biases"), "reverse"),
    "reverse-lengths": Setting(
        ("reverse", "two biases", "sequence_lens", "starting states"), "reverse", start=True, lengths=(3, 5)
    ),
    "both": Setting(("bidirectional", "two biases"), "bidirectional"),
    "both-lengths": Setting(
        ("bidirectional", "two biases", "sequence_lens", "starting states"), "bidirectional", start=True, lengths=(2, 5, 4)
    ),
    "clip": Setting(("forward", "two biases", "clip"), start=True, options={"clip": 0.4}),
    "both-clip": Setting(("bidirectional", "two biases", "clip"), "bidirectional", options={"clip": 0.3}),
}
FURTHER: dict[str, dict[str, Setting]] = {
    "RNN": {
        "relu": Setting(("forward", "other activations"), activations=("Relu",)),
        "affine": Setting(("forward", "Affine"), activations=("Affine",), alpha=(0.7,), beta=(0.2,)),
        "hard": Setting(("forward", "HardSigmoid"), activations=("HardSigmoid",), alpha=(0.3,), beta=(0.4,)),
        "softsign": Setting(("bidirectional", "other activations"), "bidirectional", activations=("Softsign",) * 2),
        "softplus": Setting(("forward", "other activations"), activations=("Softplus",)),
        "scaled": Setting(("forward", "other activations"), activations=("ScaledTanh",), alpha=(1.3,), beta=(0.6,)),
        "leaky-relu": Setting(("forward", "other activations"), activations=("LeakyRelu",), alpha=(0.2,)),
    },
    "LSTM": {
        "peepholes": Setting(("forward", "peepholes"), peepholes=True),
        "both-peepholes": Setting(
            ("bidirectional", "peepholes", "starting states", "sequence_lens"), "bidirectional", start=True, peepholes=True,
            lengths=(5, 3),
        ),
        "coupled": Setting(("forward", "input_forget"), start=True, options={"input_forget": 1}),
        "coupled-peepholes": Setting(
            ("reverse", "input_forget", "peepholes"), "reverse", start=True, peepholes=True, options={"input_forget": 1}
        ),
        "clip-peepholes": Setting(("forward", "clip", "peepholes"), start=True, peepholes=True, options={"clip": 0.5}),
        "affine": Setting(
            ("forward", "Affine"), activations=("Sigmoid", "Affine", "Affine"), alpha=(0.8, 1.2), beta=(0.1, -0.2)
        ),
        "hard": Setting(
            ("forward", "HardSigmoid"), activations=("HardSigmoid", "Tanh", "Softsign"), alpha=(0.3,), beta=(0.4,)
        ),
        "both-hard": Setting(
            ("bidirectional", "HardSigmoid", "Affine"), "bidirectional", activations=("HardSigmoid", "Tanh", "Affine") * 2,
            alpha=(0.25, 0.9) * 2, beta=(0.45, 0.1) * 2,
        ),
    },
    "GRU, reset before": {
        "affine": Setting(("forward", "Affine"), activations=("Sigmoid", "Affine"), alpha=(0.8,), beta=(0.1,)),
        "hard": Setting(("forward", "HardSigmoid"), activations=("HardSigmoid", "Softsign"), alpha=(0.3,), beta=(0.4,)),
    },
    "GRU, reset after": {
        "affine": Setting(("forward", "Affine"), activations=("Sigmoid", "Affine"), alpha=(0.8,), beta=(0.1,)),
        "hard": Setting(("reverse", "HardSigmoid"), "reverse", activations=("HardSigmoid", "Tanh"), alpha=(0.3,), beta=(0.4,)),
    },
}  # fmt: skip


def cases() -> Iterator[Case]:
    for kind in KINDS:
        start = kind.lower().replace(", ", "-").replace(" ", "-")
        for name, setting in {**COMMON, **FURTHER[kind]}.items():
            yield one(f"{start}-{name}", kind, setting)


def one(name: str, kind: str, setting: Setting) -> Case:
    operator, gates, own = KINDS[kind]
    numbers = Numbers(name, np.float32)
    count, batch = setting.directions, len(setting.lengths or (0, 0))
    given = {"X": numbers(STEPS, batch, INPUTS, scale=1.0)}
    arrays = {"W": numbers(count, gates * UNITS, INPUTS), "R": numbers(count, gates * UNITS, UNITS)}
    if setting.biases:
        arrays["B"] = numbers(count, 2 * gates * UNITS)
    if setting.peepholes:
        arrays["P"] = numbers(count, 3 * UNITS)
    if setting.start:
        states = ("initial_h", "initial_c") if operator == "LSTM" else ("initial_h",)
        given |= {state: numbers(count, batch, UNITS, scale=1.0) for state in states}
    activations = setting.activations or own * count
    options: dict[str, object] = {"direction": setting.direction, "activations": list(activations), "layout": 0}
    options |= {"activation_alpha": list(setting.alpha)} if setting.alpha else {}
    options |= {"activation_beta": list(setting.beta)} if setting.beta else {}
    options |= {**RESET.get(kind, {}), **({"input_forget": 0} if operator == "LSTM" else {}), **setting.options}
    layer = LibraryLayer("onnx", operator, "node", arrays, options)
    return Case(name, kind, setting.groups, (layer,), given, run(layer, given, setting.lengths), lengths=setting.lengths)


def run(layer: LibraryLayer, given: Mapping[str, Array], lengths: tuple[int, ...] | None) -> dict[str, Array]:
    """A graph of the one node, run."""
    fed = dict(given)
    if lengths:
        fed["sequence_lens"] = np.array(lengths, np.int32)
    known = {**layer.arrays, **fed}
    inputs = ["X", "W", "R", "B", "sequence_lens", "initial_h", *(["initial_c", "P"] if layer.kind == "LSTM" else [])]
    outputs = {"Y": 4, "Y_h": 3, **({"Y_c": 3} if layer.kind == "LSTM" else {})}
    node = helper.make_node(
        layer.kind, [each if each in known else "" for each in inputs], list(outputs), hidden_size=UNITS, **layer.options
    )  # fmt: skip
    kinds = {"sequence_lens": TensorProto.INT32}
    graph = helper.make_graph(
        [node],
        layer.name,
        [helper.make_tensor_value_info(key, kinds.get(key, TensorProto.FLOAT), array.shape) for key, array in fed.items()],
        [helper.make_tensor_value_info(each, TensorProto.FLOAT, [None] * axes) for each, axes in outputs.items()],
        [numpy_helper.from_array(array, key) for key, array in layer.arrays.items()],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=IR)
    onnx.checker.check_model(model)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(model.SerializeToString(), options, providers=["CPUExecutionProvider"])
    return dict(zip(outputs, session.run(list(outputs), fed), strict=True))


def make() -> Golden:
    versions = {"ONNX Runtime": onnxruntime.__version__, "onnx": onnx.__version__}
    return Golden("onnx", versions, "float32", tuple(cases()))


if __name__ == "__main__":
    sys.exit(main(make))
