"""A recurrent layer as a library keeps it: its own names of arrays and options, nothing yet converted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.floating[Any]]

#: how the libraries call themselves, in sentences
LIBRARY_NAMES = {"pytorch": "PyTorch", "keras": "Keras", "onnx": "ONNX"}


@dataclass(frozen=True, slots=True)
class LibraryLayer:
    """One recurrent layer (for PyTorch a whole stack, which is one module there).

    `library` is "pytorch", "keras" or "onnx"; `kind` "RNN", "LSTM" or "GRU". `arrays` have the library's own names and
    layouts: `weight_ih_l0`, `weight_hh_l0_reverse` (PyTorch); `kernel`, `recurrent_kernel`, `bias`, with the prefixes
    `forward/` and `backward/` in a Bidirectional wrapper (Keras); `W`, `R`, `B`, `P`, `initial_h`, `initial_c` (ONNX).
    `options` have the library's own names: `nonlinearity` (PyTorch); `activation`, `recurrent_activation`,
    `reset_after`, `go_backwards`, `merge_mode` (Keras); `direction`, `activations`, `activation_alpha`,
    `activation_beta`, `clip`, `linear_before_reset`, `input_forget`, `layout` (ONNX). An option that is missing is not
    known, which is not the same as the library's default. `name` tells where it was found: a prefix of keys, a layer, a
    node.
    """

    library: str
    kind: str
    name: str
    arrays: Mapping[str, Array]
    options: Mapping[str, object] = field(default_factory=dict)
