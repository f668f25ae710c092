"""The cell of each variant: shipped where it is exactly that, else a text that says what differs."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.cells import load
from app.engine import define
from app.formats.activations import LINEAR, RELU, SIGMOID, TANH, Activation
from app.formats.texts import Chosen, chosen, differences, shipped, written
from app.formats.variant import AFTER, BEFORE, GRU, LSTM, RNN, Variant, usual

SHIPPED = {
    "simple-rnn": usual(RNN),
    "relu-rnn": Variant(RNN, (RELU,)),
    "linear-rnn": Variant(RNN, (LINEAR,), biases=False),
    "lstm": usual(LSTM),
    "lstm-peephole": replace(usual(LSTM), peepholes=True),
    "lstm-coupled": replace(usual(LSTM), coupled=True),
    "gru": usual(GRU, BEFORE),
    "gru-reset-after": usual(GRU, AFTER),
}


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_cell(name: str) -> None:
    for library in ("pytorch", "keras", "onnx"):
        assert chosen(SHIPPED[name], library) == Chosen(name, None)


def test_none_is_shipped_of_a_cell_that_is_as_large_as_cells_can_be() -> None:
    assert shipped(define("mine", "h = tanh(W @ x + U @ h_prev + 2 * b)")) is None


def test_a_shipped_cell_is_known_by_its_equations_alone() -> None:
    text = load("gru").text.replace("r = ", "reset = ").replace("(r *", "(reset *")
    assert shipped(define("mine", text)) == "gru"
    assert shipped(define("mine", text.replace("b_z", "bias"))) is None


def test_everything_at_once() -> None:
    variant = Variant(
        LSTM,
        (Activation("hard_sigmoid", (0.2, 0.5)), Activation("elu", (1.0,)), Activation("affine", (2.0, -1.0))),
        peepholes=True,
        coupled=True,
        clip=3.0,
    )
    found = chosen(variant, "onnx")
    assert found.name == "onnx-lstm"
    assert found.text == (
        "# Long short-term memory, a form that ONNX has\n"
        "# The gates are hard_sigmoid(0.2, 0.5) instead of sigmoid.\n"
        "# The candidate is elu(1) instead of tanh.\n"
        "# The cell state leaves as affine(2, -1) instead of tanh.\n"
        "# The gates see the cell state: peepholes.\n"
        "# The forget gate is one minus the input gate.\n"
        "# The arguments of gates and candidate are kept between -3 and 3.\n"
        "i = clip(0.2 * clip(W_i @ x + U_i @ h_prev + p_i * c_prev + b_i, -3, 3) + 0.5, 0, 1)  : input gate\n"
        "f = 1 - i                                                                             : forget gate\n"
        "a_g = clip(W_g @ x + U_g @ h_prev + b_g, -3, 3)                                       : argument of g\n"
        "g = relu(a_g) + (exp(-relu(-a_g)) - 1)                                                : candidate\n"
        "c = f * c_prev + i * g                                                                : cell state\n"
        "o = clip(0.2 * clip(W_o @ x + U_o @ h_prev + p_o * c + b_o, -3, 3) + 0.5, 0, 1)       : output gate\n"
        "h = o * (2 * c - 1)                                                                   : hidden state\n"
    )


def test_a_projection_without_biases() -> None:
    found = chosen(replace(usual(LSTM), projected=True, biases=False), "pytorch")
    assert found.text == (
        "# Long short-term memory, a form that PyTorch has\n"
        "# What leaves is a projection of the memory.\n"
        "# There are no biases.\n"
        "i = sigmoid(W_i @ x + U_i @ h_prev)  : input gate\n"
        "f = sigmoid(W_f @ x + U_f @ h_prev)  : forget gate\n"
        "o = sigmoid(W_o @ x + U_o @ h_prev)  : output gate\n"
        "g = tanh(W_g @ x + U_g @ h_prev)     : candidate\n"
        "c = f * c_prev + i * g               : cell state\n"
        "h[projection] = P @ (o * tanh(c))    : hidden state\n"
    )


@pytest.mark.parametrize(
    ("reset", "line"),
    [
        (AFTER, "n = relu(W_n @ x + r * (U_n @ h_prev + d_n) + b_n)"),
        (BEFORE, "n = relu(W_n @ x + U_n @ (r * h_prev) + b_n)"),
    ],
)
def test_both_forms_of_the_reset_gate(reset: str, line: str) -> None:
    found = chosen(Variant(GRU, (SIGMOID, RELU), reset=reset), "keras")
    assert found.name == "keras-gru"
    assert f"# The reset gate acts {reset} the recurrent matrix.\n# The candidate is relu instead of tanh.\n" in str(
        found.text
    )
    assert line in str(found.text)


def test_a_simple_network() -> None:
    found = chosen(Variant(RNN, (Activation("silu"),)), "keras")
    assert str(found.text).endswith(
        "# The hidden state is silu instead of tanh.\n"
        "a_h = W @ x + U @ h_prev + b  : argument of h\n"
        "h = a_h * sigmoid(a_h)        : hidden state\n"
    )


def test_the_usual_form_differs_in_nothing() -> None:
    assert differences(usual(LSTM)) == []
    assert differences(usual(GRU, AFTER)) == ["The reset gate acts after the recurrent matrix."]


def test_the_text_is_in_its_canonical_form() -> None:
    cell = written(Variant(RNN, (TANH,), biases=False), "keras")
    assert define(cell.name, cell.text).text == cell.text
    assert cell.title == "Simple recurrent network, a form that Keras has"
    assert cell.program.source == "There are no biases."
