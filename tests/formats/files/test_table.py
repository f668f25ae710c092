"""An inspected file as a person reads it."""

from __future__ import annotations

import numpy as np
import pytest

from app.formats.files.inspect import inspect
from app.formats.files.npz import write_npz
from app.formats.files.read import read
from app.formats.files.table import table
from tests.formats.files.driver import Driver
from tests.formats.files.samples import sample


@pytest.fixture(autouse=True)
def _quick(quickly: Driver) -> None:
    """No test here needs a process of its own."""


def shown(data: bytes, name: str, width: int = 100) -> str:
    return table(inspect(read(data, name)), width)


def test_a_file_of_pytorch() -> None:
    lines = shown(sample("half.pt"), "half.pt").splitlines()
    assert lines[:10] == [
        "half.pt: PyTorch, 3,497 bytes",
        "",
        "half: PyTorch GRU",
        "  layer  cell             direction  inputs  units",
        "  1      gru-reset-after  forward    2       2",
        "",
        "  array              sizes  gates  goes to",
        "  half.weight_ih_l0  6 x 2  r z n  W_r W_z W_n",
        "  half.weight_hh_l0  6 x 2  r z n  U_r U_z U_n",
        "  half.bias_ih_l0    6      r z n  b_r b_z b_n",
    ]


def test_stacks_both_directions_projections_and_the_rest() -> None:
    text = shown(sample("torch.pt"), "torch.pt")
    assert "  2      lstm  both ways  4       2\n" in text
    assert "  encoder.bias_hh_l1_reverse    8      i f g o  added into 2.backward.b_i b_f b_g b_o\n" in text
    assert "  projected.weight_hr_l0  2 x 3            P\n" in text
    assert "  not told by the file: whether 'rnn' is a tanh or a relu network" in text
    assert text.endswith(
        "Not recurrent\n"
        "  head.weight  F64  1 x 3  no part of a recurrent layer\n"
        "  head.bias    F64  1      no part of a recurrent layer"
    )


def test_a_file_of_keras() -> None:
    text = shown(sample("keras_grus.keras"), "grus.keras")
    assert text.startswith("grus.keras: Keras, 26,937 bytes, keras 3.15.1\n")
    assert "zebra: Keras GRU; apple: Keras GRU; plain: Keras LSTM\n" in text
    assert "  layers/gru_1/cell/vars/0  3 x 6  z r h    2.W_z W_r W_n, transposed\n" in text
    assert "  layers/gru/cell/vars/2    2 x 9  z r h    1.b_z b_r b_n d_z d_r d_n\n" in text


def test_a_file_of_onnx() -> None:
    text = shown(sample("lstm.onnx"), "lstm.onnx")
    assert "\nnote: 'memory' is run on sequences of the lengths 3, 2\n" in text
    assert "  W[0]   8 x 3  i o f c  1.forward.W_i W_o W_f W_g\n" in text
    assert "  P[1]   6      i o f    1.backward.p_i p_o p_f\n" in text
    assert "  c[1]   2 x 2           1.backward.c\n" in text


def test_tensors_of_which_nothing_is_known() -> None:
    lines = shown(sample("checkpoint.pt"), "checkpoint.pt").splitlines()
    (tiny,) = [line for line in lines if line.startswith("  tiny")]
    assert tiny.split(maxsplit=1) == ["tiny", "a kind of numbers that is not read"]
    (steps,) = [line for line in lines if line.startswith("  steps")]
    assert steps.split(maxsplit=3) == ["steps", "I64", "3", "whole numbers, no weights"]


def test_layers_that_are_no_networks() -> None:
    data = write_npz({"bad.weight_ih_l0": np.ones((3, 3)), "bad.weight_hh_l0": np.ones((2, 2))})
    assert "bad: PyTorch RNN, which is no network here\n  bad.weight_hh_l0  2 x 2\n  bad.weight_ih_l0  3 x 3" in shown(
        data, "a.npz"
    )


def test_files_without_layers() -> None:
    assert shown(write_npz({"a": np.ones(2)}), "a.npz").splitlines()[1:] == [
        "", "There is no recurrent layer in this file.", "", "Not recurrent",
        "  a  float64  2  no part of a recurrent layer",
    ]  # fmt: skip
    ours = shown(write_npz({"main.1.forward.W": np.ones((2, 3)), "main.1.forward.s": np.array(1.0)}), "ours.npz")
    assert ours.splitlines()[1:] == [
        "", "Parameters by address", "  main.1.forward.W  2 x 3", "  main.1.forward.s  1 number",
    ]  # fmt: skip


def test_long_lists_are_cut() -> None:
    lines = shown(write_npz({f"a{number:03}": np.ones(1) for number in range(25)}), "a.npz").splitlines()
    assert lines[-1] == "  ... and 5 more; --format json lists all"
    assert lines[-2].startswith("  a019 ")


def test_names_that_a_terminal_would_obey() -> None:
    data = write_npz(
        {"\x1b[31m.weight_ih_l0": np.ones((2, 3)), "\x1b[31m.weight_hh_l0": np.ones((2, 2)), "\x07": np.ones(1)}
    )
    text = shown(data, "\x1b[2Ja.npz")
    assert text.replace("\n", "").isprintable()
    assert "?[31m: PyTorch RNN" in text


def test_sentences_are_wrapped_to_the_width() -> None:
    for width in (60, 140):
        notes = [line for line in shown(sample("torch.pt"), "a.pt", width).splitlines() if line.startswith("  note")]
        assert all(len(line) <= width for line in notes)
    assert len(shown(sample("torch.pt"), "a.pt", 60)) > len(shown(sample("torch.pt"), "a.pt", 140)) - 400
