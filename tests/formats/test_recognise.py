"""Cells are known by what they compute, and what is no library's layer is said with the line that is not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.cells import load, names
from app.engine import define
from app.formats.activations import LINEAR, RELU, SIGMOID, TANH, Activation
from app.formats.recognise import Unlike, recognise
from app.formats.texts import written
from app.formats.variant import AFTER, BEFORE, GRU, LSTM, RNN, Variant, usual

SHIPPED = {
    "simple-rnn": usual(RNN),
    "simple-rnn-wh-wx": usual(RNN),
    "relu-rnn": Variant(RNN, (RELU,)),
    "linear-rnn": Variant(RNN, (LINEAR,), biases=False),
    "lstm": usual(LSTM),
    "lstm-long-short": usual(LSTM),
    "lstm-peephole": replace(usual(LSTM), peepholes=True),
    "lstm-coupled": replace(usual(LSTM), coupled=True),
    "gru": usual(GRU, BEFORE),
    "gru-reset-after": usual(GRU, AFTER),
}
UNLIKE = {
    "elman": "'y' leaves the cell but is not its state: a library's layer gives its state",
    "simple-rnn-uwv": "'y' leaves the cell but is not its state: a library's layer gives its state",
    "feed-forward": "'h' leaves the cell but is not its state: a library's layer gives its state",
    "memory-cell": "'y' leaves the cell but is not its state: a library's layer gives its state",
    "memory-cell-rounded": "'y' leaves the cell but is not its state: a library's layer gives its state",
    "jordan": "'y' is neither an activation of W @ x + U @ y_prev + b nor z * y_prev + (1 - z) * n",
    "clockwork-rnn": "'h' is not z * h_prev + (1 - z) * n",
    "gru-flipped": "'h' has its update gate the other way round: libraries multiply it with h_prev",
    "minimal-gated": "'h' has its update gate the other way round: libraries multiply it with h_prev",
    "lstm-no-forget": "'c' keeps all that was in the state before: libraries have a forget gate",
    "lstm-1997": "'c' keeps all that was in the state before: libraries have a forget gate",
    "lstm-full-peephole": "'f' is neither an activation of W @ x + U @ h_prev + b nor one minus the input gate",
    "lstm-use-gate": "'h' is not o * tanh(c) with an output gate o that is an activation of W @ x + U @ h_prev + b",
    "scrn": "'alpha' is neither an activation of W @ x + U @ h_prev + b nor one minus the input gate",
}


@pytest.mark.parametrize("name", names())
def test_every_shipped_cell_is_known_or_refused_with_its_reason(name: str) -> None:
    if name in UNLIKE:
        with pytest.raises(Unlike) as caught:
            recognise(load(name).program)
        assert caught.value.why == str(caught.value) == UNLIKE[name]
    else:
        assert recognise(load(name).program)[0].variant == SHIPPED[name]


REASONS = {
    "h = tanh(W @ x + U @ h_prev + V @ h_prev)": (
        "'h' is neither an activation of W @ x + U @ h_prev + b nor z * h_prev + (1 - z) * n"
    ),
    "z = sigmoid(W_z @ x + U_z @ h_prev)\nr = sigmoid(W_r @ x)\nn = tanh(W @ x + U @ (r * h_prev))\n"
    "h = z * h_prev + (1 - z) * n": "'r' is not an activation of W @ x + U @ h_prev + b",
    "z = sigmoid(W_z @ x + U_z @ h_prev)\nn = tanh(W @ x + U @ h_prev)\nh = z * h_prev + (1 - z) * n": (
        "'n' is not an activation of W @ x + U @ (r * h_prev) + b, or of W @ x + r * (U @ h_prev + d) + b"
    ),
    "z = sigmoid(W_z @ x + U_z @ h_prev)\nr = tanh(W_r @ x + U_r @ h_prev)\nn = tanh(W @ x + U @ (r * h_prev))\n"
    "h = z * h_prev + (1 - z) * n": "'h' has gates with different activations, or clipped differently",
    "z = sigmoid(W_z @ x)\nn = tanh(W @ x + U @ (z * h_prev))\nh = z * h_prev + (1 - z) * n": (
        "'z' is not an activation of W @ x + U @ h_prev + b"
    ),
    "h = 0.5 * h_prev + 0.2 * (W @ x)": "'h' is not z * h_prev + (1 - z) * n",
    "a = a_prev + W @ x\nb = b_prev + a\nh = h_prev + b": "it has 3 states, where libraries have one, or two in an LSTM",
    "i = sigmoid(W_i @ x + U_i @ h_prev)\nc = i * c_prev + 1\nh = i * tanh(c)": "'c' is not f * c_prev + i * g",
    "i = sigmoid(W_i @ x + U_i @ h_prev)\nf = sigmoid(W_f @ x + U_f @ h_prev)\ng = tanh(W_g @ x)\n"
    "o = sigmoid(W_o @ x + U_o @ h_prev)\nc = f * c_prev + i * g\nh = o * tanh(c)": (
        "'g' is not an activation of W @ x + U @ h_prev + b"
    ),
    "i = sigmoid(W_i @ x + U_i @ h_prev)\nf = tanh(W_f @ x + U_f @ h_prev)\ng = tanh(W_g @ x + U_g @ h_prev)\n"
    "o = sigmoid(W_o @ x + U_o @ h_prev)\nc = f * c_prev + i * g\nh = o * tanh(c)": (
        "'h' has gates with different activations, or clipped differently"
    ),
    "f = sigmoid(W_f @ x + U_f @ h_prev)\nc = f * c_prev + W @ x\nh = f * tanh(c)": "'c' is not f * c_prev + i * g",
    "i = sigmoid(W_i @ x + U_i @ h_prev)\ng = tanh(W_g @ x + U_g @ h_prev)\nc = (1 - i) * c_prev + i * g\nh = i * c_prev": (
        "'h' is not o * tanh(c) with an output gate o that is an activation of W @ x + U @ h_prev + b"
    ),
}


@pytest.mark.parametrize("text", REASONS)
def test_reasons(text: str) -> None:
    with pytest.raises(Unlike) as caught:
        recognise(define("cell", text).program)
    assert caught.value.why == REASONS[text]


def test_a_cell_without_end() -> None:
    text = "a0 = tanh(W @ x)\n" + "\n".join(f"a{n + 1} = a{n} * tanh(a{n})" for n in range(60)) + "\nh = a60 + h_prev"
    with pytest.raises(Unlike, match="it is larger than any layer that a library has"):
        recognise(define("cell", text).program)


def test_names_of_its_own() -> None:
    text = (
        "keep = sigmoid(A @ x + B @ y_prev + bias_keep)\n"
        "look = sigmoid(bias_look + C @ x + D @ y_prev)\n"
        "seen = look * y_prev\n"
        "fresh = tanh(E @ x + F @ seen + bias_fresh)\n"
        "y = keep * y_prev + (1 - keep) * fresh\n"
    )
    (found,) = recognise(define("mine", text).program)
    assert found.variant == usual(GRU, BEFORE)
    assert dict(found.names) == {
        "W_r": "C", "U_r": "D", "b_r": "bias_look",
        "W_z": "A", "U_z": "B", "b_z": "bias_keep",
        "W_n": "E", "U_n": "F", "b_n": "bias_fresh",
    }  # fmt: skip


def test_gates_that_could_be_exchanged_keep_their_letters() -> None:
    """i and g are the same but for their parameters' names where their activations are."""
    cell = written(Variant(LSTM, (SIGMOID, SIGMOID, TANH)), "keras")
    first, second = recognise(cell.program)
    assert dict(first.names)["W_i"] == "W_i"
    assert dict(second.names)["W_i"] == "W_g"


def test_biases_that_are_missing_are_zero() -> None:
    text = load("lstm").text.replace(" + b_o", "").replace(" + b_g", "")
    (found,) = recognise(define("mine", text.replace("start b_f = 1\n", "")).program)
    assert found.variant.biases
    assert {symbol for symbol, _ in found.names if symbol[0] == "b"} == {"b_i", "b_f"}


def test_the_reset_gate_after_the_matrix_with_one_bias() -> None:
    text = (
        load("gru-reset-after")
        .text.replace(" + d_r", "")
        .replace(" + d_z", "")
        .replace("(U_n @ h_prev + d_n)", "(U_n @ h_prev)")
    )
    (found,) = recognise(define("mine", text).program)
    assert found.variant == usual(GRU, AFTER)
    assert not [symbol for symbol, _ in found.names if symbol[0] == "d"]


@pytest.mark.parametrize("biases", [False, True])
@pytest.mark.parametrize(
    "variant",
    [
        *SHIPPED.values(),
        Variant(LSTM, (Activation("hard_sigmoid", (0.2, 0.5)), Activation("silu"), Activation("affine", (0.5, 0.25)))),
        Variant(
            LSTM, (Activation("softsign"), Activation("elu", (1.0,)), LINEAR), coupled=True, peepholes=True, clip=3.0
        ),
        Variant(LSTM, (SIGMOID, Activation("selu"), Activation("scaled_tanh", (0.5, 2.0))), projected=True),
        Variant(LSTM, (Activation("selu"),) * 3),
        Variant(
            GRU, (Activation("hard_sigmoid", (1 / 6, 0.5)), Activation("leaky_relu", (0.2,))), reset=AFTER, clip=0.5
        ),
        Variant(GRU, (SIGMOID, Activation("thresholded_relu", (0.5,))), reset=BEFORE),
        Variant(RNN, (Activation("affine", (-2.0, 1.0)),), clip=2.0),
    ],
    ids=lambda variant: f"{variant.kind}-{'-'.join(map(str, variant.activations))}",
)
def test_what_a_variant_is_written_as_is_that_variant(variant: Variant, biases: bool) -> None:
    variant = replace(variant, biases=biases)
    found = recognise(written(variant, "onnx").program)
    assert found[0].variant == variant
    assert all(symbol == used for symbol, used in found[0].names)
