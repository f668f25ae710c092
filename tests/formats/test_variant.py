"""The usual forms."""

from __future__ import annotations

from app.formats.activations import SIGMOID, TANH
from app.formats.variant import AFTER, BLOCKS, GRU, KINDS, LSTM, RNN, USUAL, Variant, usual


def test_the_usual_forms() -> None:
    assert usual(RNN) == Variant(RNN, (TANH,))
    assert usual(LSTM) == Variant(LSTM, (SIGMOID, TANH, TANH))
    assert usual(GRU, AFTER) == Variant(GRU, (SIGMOID, TANH), reset=AFTER)


def test_every_kind_has_its_blocks() -> None:
    assert {kind: (BLOCKS[kind], len(USUAL[kind])) for kind in KINDS} == {"RNN": (1, 1), "LSTM": (4, 3), "GRU": (3, 2)}
