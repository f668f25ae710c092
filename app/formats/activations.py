"""The table of activations: how each is written in the language of cells, and what each library calls it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

#: name -> its text; {v} is what it is taken of, {a} and {b} are numbers of its own
FORMULAS: Mapping[str, str] = {
    "linear": "{v}",
    "sigmoid": "sigmoid({v})",
    "tanh": "tanh({v})",
    "relu": "relu({v})",
    "exponential": "exp({v})",
    "softplus": "softplus({v})",
    "softsign": "softsign({v})",
    "softmax": "softmax({v})",
    "affine": "{a} * {v} + {b}",
    "scaled_tanh": "{a} * tanh({b} * {v})",
    "hard_sigmoid": "clip({a} * {v} + {b}, 0, 1)",
    "hard_tanh": "clip({v}, -1, 1)",
    "relu6": "clip({v}, 0, 6)",
    "leaky_relu": "relu({v}) - {a} * relu(-{v})",
    "thresholded_relu": "{v} * step({v} - {a})",
    # exp is taken of what is not positive, so nothing overflows
    "elu": "relu({v}) + {a} * (exp(-relu(-{v})) - 1)",
    "selu": "1.0507009873554805 * (relu({v}) + 1.6732632423543772 * (exp(-relu(-{v})) - 1))",
    "silu": "{v} * sigmoid({v})",
    "hard_silu": "{v} * clip(0.16666666666666666 * {v} + 0.5, 0, 1)",
    "mish": "{v} * tanh(softplus({v}))",
    "log_sigmoid": "-softplus(-{v})",
    "tanh_shrink": "{v} - tanh({v})",
    "soft_shrink": "{v} - clip({v}, -0.5, 0.5)",
    "hard_shrink": "{v} * (step({v} - 0.5) + step(-{v} - 0.5))",
    "sparse_plus": "0.25 * clip({v} + 1, 0, 2) * clip({v} + 1, 0, 2) + relu({v} - 1)",
}


@dataclass(frozen=True, slots=True)
class Activation:
    """An activation by its name in FORMULAS, with its numbers `a` and `b` where it has some."""

    name: str
    numbers: tuple[float, ...] = ()

    def __str__(self) -> str:
        numbers = ", ".join(f"{each:g}" for each in self.numbers)
        return f"{self.name}({numbers})" if numbers else self.name

    @property
    def repeats(self) -> bool:
        """Whether its text has what it is taken of more than once, so that this needs a line of its own."""
        return FORMULAS[self.name].count("{v}") > 1

    def text(self, inner: str) -> str:
        """The activation of `inner`, a text of any kind; numbers that change nothing are left out."""
        formula = FORMULAS[self.name]
        for letter, value in zip("ab", self.numbers, strict=False):
            if value == 1:
                formula = formula.replace(f"{{{letter}}} * ", "")
            elif value == 0:
                formula = formula.replace(f" + {{{letter}}}", "")
            elif value < 0:
                formula = formula.replace(f" + {{{letter}}}", f" - {-value!r}").replace(f"{{{letter}}}", f"({value!r})")
            formula = formula.replace(f"{{{letter}}}", repr(value))
        return formula.format(v=inner if inner.isidentifier() else f"({inner})")

    def plain(self) -> Activation:
        """The same under its simplest name: affine(1, 0) is linear."""
        return _SAME.get((self.name, self.numbers), self)


LINEAR, SIGMOID, TANH, RELU = Activation("linear"), Activation("sigmoid"), Activation("tanh"), Activation("relu")
#: (name, numbers) -> the same by another name
_SAME = {
    ("affine", (1.0, 0.0)): LINEAR,
    ("scaled_tanh", (1.0, 1.0)): TANH,
    ("leaky_relu", (0.0,)): RELU,
    ("leaky_relu", (1.0,)): LINEAR,
}

#: Keras 3.15, keras/src/activations/activations.py, with the numbers that these functions have when only named
KERAS: Mapping[str, Activation] = {
    **{
        name: Activation(name)
        for name in (
            "linear", "sigmoid", "tanh", "relu", "exponential", "softplus", "softsign", "softmax", "hard_tanh", "relu6",
            "selu", "silu", "hard_silu", "mish", "log_sigmoid", "tanh_shrink", "soft_shrink", "hard_shrink", "sparse_plus",
        )
    },
    "hard_sigmoid": Activation("hard_sigmoid", (1 / 6, 0.5)),
    "sparse_sigmoid": Activation("hard_sigmoid", (0.5, 0.5)),
    "leaky_relu": Activation("leaky_relu", (0.2,)),
    "elu": Activation("elu", (1.0,)),
    "celu": Activation("elu", (1.0,)),
    "swish": Activation("silu"),
    "hard_swish": Activation("hard_silu"),
}  # fmt: skip
#: why the language has no text for the others that Keras knows
KERAS_UNWRITTEN: Mapping[str, str] = {
    "gelu": "it needs the error function",
    "glu": "it halves the number of units",
    "log_softmax": "it needs a logarithm",
    "sparsemax": "it sorts its units",
    "squareplus": "it needs a square root",
    "threshold": "it needs numbers that a name alone does not give",
}


@dataclass(frozen=True, slots=True)
class OnnxActivation:
    """A row of ONNX' table: our name, how many numbers it takes (alpha, then beta), and what they are when not given.

    `defaults` is empty where the operators' texts and ONNX Runtime do not agree on them.
    """

    name: str
    takes: int = 0
    defaults: tuple[float, ...] = ()


#: ONNX opset 22, operators RNN, GRU and LSTM; defaults as of the operators of the same name, and of ONNX Runtime 1.31
ONNX: Mapping[str, OnnxActivation] = {
    "Relu": OnnxActivation("relu"),
    "Tanh": OnnxActivation("tanh"),
    "Sigmoid": OnnxActivation("sigmoid"),
    "Affine": OnnxActivation("affine", 2),
    "LeakyRelu": OnnxActivation("leaky_relu", 1, (0.01,)),
    "ThresholdedRelu": OnnxActivation("thresholded_relu", 1),
    "ScaledTanh": OnnxActivation("scaled_tanh", 2),
    "HardSigmoid": OnnxActivation("hard_sigmoid", 2, (0.2, 0.5)),
    "Elu": OnnxActivation("elu", 1, (1.0,)),
    "Softsign": OnnxActivation("softsign"),
    "Softplus": OnnxActivation("softplus"),
}


def keras_name(activation: Activation) -> str | None:
    """What Keras calls it, None if it has no name for it."""
    return next((name for name, each in KERAS.items() if each == activation), None)


def onnx_name(activation: Activation) -> tuple[str, Sequence[float]] | None:
    """What ONNX calls it, with its alpha and beta; None if it has no name for it."""
    if activation == LINEAR:
        return "Affine", (1.0, 0.0)
    found = next((name for name, each in ONNX.items() if each.name == activation.name), None)
    return None if found is None else (found, activation.numbers)
