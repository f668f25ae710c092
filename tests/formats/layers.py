"""Layers of libraries with distinct random numbers, and what each library computes, written by hand from its documentation."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from app.engine import Problem, ProblemError
from app.formats.library import LibraryLayer

Array = NDArray[np.float64]
Function = Callable[[Any], Any]
BLOCKS = {"RNN": 1, "GRU": 3, "LSTM": 4}


def problems(call: Callable[..., Any], *args: Any, **given: Any) -> list[Problem]:
    """The problems that a call is refused with."""
    with pytest.raises(ProblemError) as caught:
        call(*args, **given)
    return list(caught.value.problems)


def said(call: Callable[..., Any], *args: Any, **given: Any) -> str:
    """The one problem that a call is refused with, as its code, its message and its hint."""
    (problem,) = problems(call, *args, **given)
    return f"{problem.code}: {problem.message}: {problem.hint}"


def index(where: str) -> tuple[Any, ...]:
    """A slice as `Placed` writes it, `[0, 4:8]`, as what NumPy takes."""
    pieces = [piece.strip().partition(":") for piece in where.strip("[]").split(",") if piece]
    return (
        *(slice(*(int(end) if end else None for end in (a, b))) if colon else int(a) for a, colon, b in pieces),
        ...,
    )


class Numbers:
    """Arrays of which no two numbers are equal."""

    def __init__(self, seed: int = 0) -> None:
        self.random = np.random.default_rng(seed)

    def __call__(self, *shape: int) -> Array:
        return self.random.normal(size=shape) * 0.6


def pytorch(
    kind: str, *, inputs: int = 3, units: int = 4, layers: int = 1, both: bool = False, bias: bool = True, projection: int = 0,
    seed: int = 0, cell: bool = False, **options: object,
) -> LibraryLayer:  # fmt: skip
    """A module; an nn.RNN is told to be a tanh network unless it is told otherwise, or `nonlinearity` is None."""
    numbers, rows, leaving = Numbers(seed), BLOCKS[kind] * units, projection or units
    arrays: dict[str, Array] = {}
    for number in range(layers):
        for way in ("", "_reverse") if both else ("",):
            tag = way if cell else f"_l{number}{way}"
            arrays[f"weight_ih{tag}"] = numbers(rows, inputs if number == 0 else leaving * (2 if both else 1))
            arrays[f"weight_hh{tag}"] = numbers(rows, leaving)
            if bias:
                arrays[f"bias_ih{tag}"], arrays[f"bias_hh{tag}"] = numbers(rows), numbers(rows)
            if projection:
                arrays[f"weight_hr{tag}"] = numbers(projection, units)
    if kind == "RNN":
        options.setdefault("nonlinearity", "tanh")
    return LibraryLayer("pytorch", kind, "m", arrays, {k: v for k, v in options.items() if v is not None})


def keras(
    kind: str, *, inputs: int = 3, units: int = 4, both: bool = False, bias: bool = True, seed: int = 0, name: str = "k",
    **options: object,
) -> LibraryLayer:  # fmt: skip
    """A layer with all options that its configuration tells."""
    numbers, columns = Numbers(seed), BLOCKS[kind] * units
    told: dict[str, object] = {"activation": "tanh", "go_backwards": False, "use_bias": bias}
    told |= {"recurrent_activation": "sigmoid"} if kind != "RNN" else {}
    told |= {"reset_after": True} if kind == "GRU" else {}
    told |= {"merge_mode": "concat"} if both else {}
    told |= options
    arrays: dict[str, Array] = {}
    for way in ("forward/", "backward/") if both else ("",):
        arrays[f"{way}kernel"] = numbers(inputs, columns)
        arrays[f"{way}recurrent_kernel"] = numbers(units, columns)
        if bias:
            arrays[f"{way}bias"] = numbers(2, columns) if told.get("reset_after") else numbers(columns)
    return LibraryLayer("keras", kind, name, arrays, told)


def onnx(
    kind: str, *, inputs: int = 3, units: int = 4, bias: bool = True, peepholes: bool = False, batch: int = 0, seed: int = 0,
    name: str = "n", **options: object,
) -> LibraryLayer:  # fmt: skip
    """A node; with `batch` it has starting states."""
    numbers, rows = Numbers(seed), BLOCKS[kind] * units
    count = 2 if options.get("direction") == "bidirectional" else 1
    arrays: dict[str, Array] = {"W": numbers(count, rows, inputs), "R": numbers(count, rows, units)}
    if bias:
        arrays["B"] = numbers(count, 2 * rows)
    if peepholes:
        arrays["P"] = numbers(count, 3 * units)
    for state in ("initial_h", "initial_c")[: (2 if kind == "LSTM" else 1) if batch else 0]:
        arrays[state] = numbers(count, batch, units)
    return LibraryLayer("onnx", kind, name, arrays, options)


# what the libraries compute


def sigmoid(v: Any) -> Any:
    with np.errstate(over="ignore"):
        return 1 / (1 + np.exp(-v))


KERAS: Mapping[str, Function] = {
    "linear": lambda v: v,
    "sigmoid": sigmoid,
    "tanh": np.tanh,
    "relu": lambda v: np.maximum(v, 0),
    "exponential": np.exp,
    "softplus": lambda v: np.log1p(np.exp(v)),
    "softsign": lambda v: v / (1 + np.abs(v)),
    "softmax": lambda v: np.exp(v) / np.exp(v).sum(),
    "hard_tanh": lambda v: np.minimum(np.maximum(v, -1), 1),
    "relu6": lambda v: np.minimum(np.maximum(v, 0), 6),
    "selu": lambda v: 1.0507009873554805 * np.where(v > 0, v, 1.6732632423543772 * np.expm1(v)),
    "silu": lambda v: v * sigmoid(v),
    "swish": lambda v: v * sigmoid(v),
    "hard_silu": lambda v: v * np.minimum(np.maximum(v + 3, 0), 6) / 6,
    "hard_swish": lambda v: v * np.minimum(np.maximum(v + 3, 0), 6) / 6,
    "mish": lambda v: v * np.tanh(np.log1p(np.exp(v))),
    "log_sigmoid": lambda v: np.log(sigmoid(v)),
    "tanh_shrink": lambda v: v - np.tanh(v),
    "soft_shrink": lambda v: np.where(v > 0.5, v - 0.5, np.where(v < -0.5, v + 0.5, 0)),
    "hard_shrink": lambda v: np.where(np.abs(v) > 0.5, v, 0),
    "sparse_plus": lambda v: np.where(v <= -1, 0, np.where(v < 1, 0.25 * (v + 1) ** 2, v)),
    "hard_sigmoid": lambda v: np.minimum(np.maximum(v + 3, 0), 6) / 6,
    "sparse_sigmoid": lambda v: np.where(v <= -1, 0, np.where(v < 1, 0.5 * (v + 1), 1)),
    "leaky_relu": lambda v: np.where(v >= 0, v, 0.2 * v),
    "elu": lambda v: np.where(v > 0, v, np.expm1(v)),
    "celu": lambda v: np.where(v > 0, v, np.expm1(v)),
}
#: name -> the function of v, alpha and beta, and how many of these two it takes
ONNX: Mapping[str, tuple[Callable[..., Any], int]] = {
    "Relu": (lambda v: np.maximum(v, 0), 0),
    "Tanh": (np.tanh, 0),
    "Sigmoid": (sigmoid, 0),
    "Affine": (lambda v, alpha, beta: alpha * v + beta, 2),
    "LeakyRelu": (lambda v, alpha=0.01: np.where(v >= 0, v, alpha * v), 1),
    "ThresholdedRelu": (lambda v, alpha: np.where(v > alpha, v, 0), 1),
    "ScaledTanh": (lambda v, alpha, beta: alpha * np.tanh(beta * v), 2),
    "HardSigmoid": (lambda v, alpha=0.2, beta=0.5: np.minimum(np.maximum(alpha * v + beta, 0), 1), 2),
    "Elu": (lambda v, alpha=1.0: np.where(v >= 0, v, alpha * np.expm1(v)), 1),
    "Softsign": (lambda v: v / (1 + np.abs(v)), 0),
    "Softplus": (lambda v: np.log1p(np.exp(v)), 0),
}


def run(layer: LibraryLayer, xs: Array) -> Array:
    """The outputs of one layer or module at every step, (T, outputs), in the order in which the library gives them."""
    return {"pytorch": _pytorch, "keras": _keras, "onnx": _onnx}[layer.library](layer, xs)


def _pytorch(layer: LibraryLayer, xs: Array) -> Array:
    """torch.nn.RNN, GRU, LSTM: the formulas of their documentation, rows of the matrices in the order given there."""
    both = any(name.endswith("_reverse") for name in layer.arrays)
    for number in range(sum(name.startswith("weight_ih") for name in layer.arrays) // (2 if both else 1)):
        outputs = [_pytorch_way(layer, number, "", xs)]
        if both:
            outputs.append(_pytorch_way(layer, number, "_reverse", xs[::-1])[::-1])
        xs = np.concatenate(outputs, axis=1)
    return xs


def _pytorch_way(layer: LibraryLayer, number: int, way: str, xs: Array) -> Array:
    a, tag = layer.arrays, f"_l{number}{way}" if "weight_ih_l0" in layer.arrays else ""
    w_i, w_h = a[f"weight_ih{tag}"], a[f"weight_hh{tag}"]
    b_i, b_h = a.get(f"bias_ih{tag}", np.zeros(len(w_i))), a.get(f"bias_hh{tag}", np.zeros(len(w_i)))
    hr = a.get(f"weight_hr{tag}")
    h, c = np.zeros(w_h.shape[1]), np.zeros(len(w_i) // BLOCKS[layer.kind])
    outputs = []
    for x in xs:
        of_x, of_h = w_i @ x + b_i, w_h @ h + b_h
        if layer.kind == "RNN":
            h = np.tanh(of_x + of_h) if layer.options["nonlinearity"] == "tanh" else np.maximum(of_x + of_h, 0)
        elif layer.kind == "LSTM":
            i, f, g, o = np.split(of_x + of_h, 4)
            c = sigmoid(f) * c + sigmoid(i) * np.tanh(g)
            h = sigmoid(o) * np.tanh(c) if hr is None else hr @ (sigmoid(o) * np.tanh(c))
        else:
            (x_r, x_z, x_n), (h_r, h_z, h_n) = np.split(of_x, 3), np.split(of_h, 3)
            r, z = sigmoid(x_r + h_r), sigmoid(x_z + h_z)
            n = np.tanh(x_n + r * h_n)
            h = (1 - z) * n + z * h
        outputs.append(h)
    return np.array(outputs)


def _keras(layer: LibraryLayer, xs: Array) -> Array:
    """keras.layers.SimpleRNN, LSTM, GRU and Bidirectional."""
    if "forward/kernel" in layer.arrays:
        return np.concatenate(
            [_keras_way(layer, "forward/", xs), _keras_way(layer, "backward/", xs[::-1])[::-1]], axis=1
        )
    return _keras_way(layer, "", xs[::-1] if layer.options["go_backwards"] else xs)


def _keras_way(layer: LibraryLayer, way: str, xs: Array) -> Array:
    kernel, recurrent = layer.arrays[f"{way}kernel"], layer.arrays[f"{way}recurrent_kernel"]
    bias = layer.arrays.get(f"{way}bias", np.zeros(kernel.shape[1]))
    act = KERAS[str(layer.options["activation"])]
    gate = KERAS[str(layer.options.get("recurrent_activation", "sigmoid"))]
    h = c = np.zeros(len(recurrent))
    outputs = []
    for x in xs:
        if layer.kind == "RNN":
            h = act(x @ kernel + bias + h @ recurrent)
        elif layer.kind == "LSTM":
            i, f, g, o = np.split(x @ kernel + h @ recurrent + bias, 4)
            c = gate(f) * c + gate(i) * act(g)
            h = gate(o) * act(c)
        else:
            after = bool(layer.options["reset_after"])
            b_x, b_h = bias if bias.ndim == 2 else (bias, np.zeros(len(bias)))
            x_z, x_r, x_h = np.split(x @ kernel + b_x, 3)
            h_z, h_r, h_h = np.split(h @ recurrent + b_h, 3)
            z, r = gate(x_z + h_z), gate(x_r + h_r)
            inner = r * h_h if after else (r * h) @ np.split(recurrent, 3, axis=1)[2]
            h = z * h + (1 - z) * act(x_h + inner)
        outputs.append(h)
    return np.array(outputs)


def _onnx(layer: LibraryLayer, xs: Array) -> Array:
    """The operators RNN, GRU and LSTM; starting states of the first sequence of a batch."""
    direction = layer.options.get("direction", "forward")
    if direction == "bidirectional":
        return np.concatenate([_onnx_way(layer, 0, xs), _onnx_way(layer, 1, xs[::-1])[::-1]], axis=1)
    return _onnx_way(layer, 0, xs[::-1])[::-1] if direction == "reverse" else _onnx_way(layer, 0, xs)


def _onnx_way(layer: LibraryLayer, way: int, xs: Array) -> Array:
    a, options = {name: array[way] for name, array in layer.arrays.items()}, layer.options
    units, blocks = a["R"].shape[1], BLOCKS[layer.kind]
    w, r = a["W"], a["R"]
    wb, rb = np.split(a.get("B", np.zeros(2 * blocks * units)), 2)
    p_i, p_o, p_f = np.split(a.get("P", np.zeros(3 * units)), 3)
    functions = _onnx_functions(layer)[way]
    limit = options.get("clip", np.inf)

    def clip(v: Any) -> Any:
        return np.minimum(np.maximum(v, -limit), limit)  # type: ignore[operator]

    h = a["initial_h"][0] if "initial_h" in a else np.zeros(units)
    c = a["initial_c"][0] if "initial_c" in a else np.zeros(units)
    outputs = []
    for x in xs:
        if layer.kind == "RNN":
            (f,) = functions
            h = f(clip(w @ x + r @ h + wb + rb))
        elif layer.kind == "LSTM":
            f, g, out = functions
            i_in, o_in, f_in, c_in = np.split(w @ x + r @ h + wb + rb, 4)
            i = f(clip(i_in + p_i * c))
            forget = 1 - i if options.get("input_forget") else f(clip(f_in + p_f * c))
            c = forget * c + i * g(clip(c_in))
            h = f(clip(o_in + p_o * c)) * out(c)
        else:
            f, g = functions
            (w_z, w_r, w_h), (r_z, r_r, r_h) = np.split(w, 3), np.split(r, 3)
            (wb_z, wb_r, wb_h), (rb_z, rb_r, rb_h) = np.split(wb, 3), np.split(rb, 3)
            z, reset = f(clip(w_z @ x + r_z @ h + wb_z + rb_z)), f(clip(w_r @ x + r_r @ h + wb_r + rb_r))
            if options.get("linear_before_reset"):
                inner = w_h @ x + reset * (r_h @ h + rb_h) + wb_h
            else:
                inner = w_h @ x + r_h @ (reset * h) + rb_h + wb_h
            h = (1 - z) * g(clip(inner)) + z * h
        outputs.append(h)
    return np.array(outputs)


def _onnx_functions(layer: LibraryLayer) -> list[list[Function]]:
    """The activations of each direction with their numbers, which are taken in order."""
    usual = {"RNN": ["Tanh"], "GRU": ["Sigmoid", "Tanh"], "LSTM": ["Sigmoid", "Tanh", "Tanh"]}[layer.kind]
    names: Any = layer.options.get("activations", usual * 2)
    alphas: Any = list(layer.options.get("activation_alpha", ()))  # type: ignore[call-overload]
    betas: Any = list(layer.options.get("activation_beta", ()))  # type: ignore[call-overload]
    found: list[Function] = []
    for name in names:
        function, takes = ONNX[name]
        numbers = [given.pop(0) for given in (alphas, betas)[:takes] if given]
        found.append(lambda v, function=function, numbers=numbers: function(v, *numbers))
    return [found[: len(usual)], found[len(usual) :]]
