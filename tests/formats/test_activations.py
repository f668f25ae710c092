"""Every activation's text computes what the library's function of that name does, and has one name again on the way back."""

from __future__ import annotations

import numpy as np
import pytest

from app.engine import Layer, Network, define
from app.formats import activations
from app.formats.activations import FORMULAS, KERAS, KERAS_UNWRITTEN, LINEAR, ONNX, RELU, TANH, Activation
from tests.formats import layers

POINTS = np.linspace(-6.3, 6.4, 400)


def computed(activation: Activation, inner: str = "x") -> np.ndarray:
    """The text of an activation, run at POINTS, on three units side by side."""
    cell = define("activation", f"v[inputs] = {inner}\nh[inputs] = {activation.text('v')}")
    network = Network([Layer(cell, 1)], inputs=3)
    xs = np.stack([POINTS, POINTS + 0.01, POINTS + 0.02], axis=1)
    return network.run({}, xs)["h"]


def expected(function: layers.Function) -> np.ndarray:
    xs = np.stack([POINTS, POINTS + 0.01, POINTS + 0.02], axis=1)
    return np.array([function(row) for row in xs])


@pytest.mark.parametrize("name", KERAS)
def test_keras(name: str) -> None:
    np.testing.assert_allclose(computed(KERAS[name]), expected(layers.KERAS[name]), rtol=1e-12, atol=1e-14)


def test_all_that_keras_knows_is_written_or_refused_with_a_reason() -> None:
    # keras/src/activations/__init__.py of 3.15, ALL_OBJECTS_DICT
    known = (
        "celu elu exponential gelu glu hard_shrink hard_sigmoid hard_silu hard_swish hard_tanh leaky_relu linear log_sigmoid "
        "log_softmax mish relu relu6 selu sigmoid silu soft_shrink softmax softplus softsign sparse_plus sparse_sigmoid "
        "sparsemax squareplus swish tanh tanh_shrink threshold"
    )
    assert sorted([*KERAS, *KERAS_UNWRITTEN]) == known.split()


@pytest.mark.parametrize("name", ONNX)
def test_onnx(name: str) -> None:
    function, takes = layers.ONNX[name]
    assert takes == ONNX[name].takes
    numbers = (0.7, -0.3)[:takes]
    activation = Activation(ONNX[name].name, numbers)
    np.testing.assert_allclose(computed(activation), expected(lambda v: function(v, *numbers)), rtol=1e-12, atol=1e-14)


@pytest.mark.parametrize("name", [name for name, row in ONNX.items() if row.defaults])
def test_defaults_of_onnx(name: str) -> None:
    activation = Activation(ONNX[name].name, ONNX[name].defaults)
    np.testing.assert_allclose(computed(activation), expected(layers.ONNX[name][0]), rtol=1e-12, atol=1e-14)


@pytest.mark.parametrize("name", FORMULAS)
def test_ends(name: str) -> None:
    """Nothing becomes NaN where the function has a value."""
    activation = Activation(name, (0.5, 0.25)[: sum(f"{{{letter}}}" in FORMULAS[name] for letter in "ab")])
    cell = define("ends", f"h[inputs] = {activation.text('x')}")
    far = Network([Layer(cell, 1)], inputs=1).run({}, [[-800.0], [800.0]])["h"]
    assert not np.isnan(far).any()


@pytest.mark.parametrize(
    ("activation", "text"),
    [
        (Activation("affine", (2.0, 0.5)), "2.0 * v + 0.5"),
        (Activation("affine", (1.0, -0.5)), "v - 0.5"),
        (Activation("affine", (-2.0, 0.0)), "(-2.0) * v"),
        (Activation("elu", (1.0,)), "relu(v) + (exp(-relu(-v)) - 1)"),
        (Activation("scaled_tanh", (1.0, 0.3)), "tanh(0.3 * v)"),
        (Activation("hard_sigmoid", (1.0, 0.0)), "clip(v, 0, 1)"),
        (Activation("thresholded_relu", (-0.5,)), "v * step(v - (-0.5))"),
    ],
    ids=str,
)
def test_numbers_that_change_nothing_are_left_out(activation: Activation, text: str) -> None:
    assert activation.text("v") == text


def test_what_is_not_a_name_stands_in_parentheses() -> None:
    assert TANH.text("a + b") == "tanh((a + b))"
    assert Activation("silu").text("-a") == "(-a) * sigmoid((-a))"


def test_what_repeats_its_argument() -> None:
    assert Activation("silu").repeats
    assert not Activation("hard_sigmoid", (0.2, 0.5)).repeats


def test_names() -> None:
    assert str(Activation("hard_sigmoid", (1 / 6, 0.5))) == "hard_sigmoid(0.166667, 0.5)"
    assert str(TANH) == "tanh"


def test_the_simplest_name() -> None:
    assert Activation("affine", (1.0, 0.0)).plain() == LINEAR
    assert Activation("scaled_tanh", (1.0, 1.0)).plain() == TANH
    assert Activation("leaky_relu", (0.0,)).plain() == RELU
    assert Activation("leaky_relu", (1.0,)).plain() == LINEAR
    assert Activation("affine", (1.0, 1.0)).plain() == Activation("affine", (1.0, 1.0))


@pytest.mark.parametrize("name", KERAS)
def test_back_to_keras(name: str) -> None:
    back = activations.keras_name(KERAS[name])
    assert KERAS[back] == KERAS[name]
    assert (back == name) == (name not in ("celu", "swish", "hard_swish"))


def test_what_keras_does_not_have() -> None:
    assert activations.keras_name(Activation("hard_sigmoid", (0.2, 0.5))) is None
    assert activations.keras_name(Activation("affine", (2.0, 0.0))) is None


@pytest.mark.parametrize("name", ONNX)
def test_back_to_onnx(name: str) -> None:
    numbers = (0.7, -0.3)[: ONNX[name].takes]
    assert activations.onnx_name(Activation(ONNX[name].name, numbers)) == (name, numbers)


def test_linear_is_affine_in_onnx() -> None:
    assert activations.onnx_name(LINEAR) == ("Affine", (1.0, 0.0))
    assert activations.onnx_name(Activation("silu")) is None
