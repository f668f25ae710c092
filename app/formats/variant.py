"""Which of the many forms of a layer one is: what tells an RNN, an LSTM or a GRU from others of its kind."""

from __future__ import annotations

from dataclasses import dataclass

from .activations import SIGMOID, TANH, Activation

RNN, LSTM, GRU = "RNN", "LSTM", "GRU"
KINDS = (RNN, LSTM, GRU)
#: blocks of a layer's matrices
BLOCKS = {RNN: 1, GRU: 3, LSTM: 4}
AFTER, BEFORE = "after", "before"
#: what the activations of a kind are of: the hidden state; gates and candidate; and what c passes on its way out
USUAL = {RNN: (TANH,), GRU: (SIGMOID, TANH), LSTM: (SIGMOID, TANH, TANH)}


@dataclass(frozen=True, slots=True)
class Variant:
    """One form of a layer, the same for all libraries.

    `activations` are those of the hidden state (RNN), of gates and candidate (GRU), or of gates, candidate and output
    (LSTM). `reset` tells whether a GRU's reset gate acts before the recurrent matrix or after it; then every gate has
    two biases, since those of the candidate cannot be added. `clip` is how far the arguments of the gates and of the
    candidate may be from 0. `coupled`: the forget gate is one minus the input gate. `projected`: h is a matrix times
    what leaves the memory.
    """

    kind: str
    activations: tuple[Activation, ...]
    biases: bool = True
    reset: str = ""
    peepholes: bool = False
    coupled: bool = False
    projected: bool = False
    clip: float | None = None


def usual(kind: str, reset: str = "") -> Variant:
    """The form that a kind has unless something else is said."""
    return Variant(kind, USUAL[kind], reset=reset)
