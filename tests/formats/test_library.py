"""The record of a library's layer."""

from __future__ import annotations

import numpy as np

from app.formats.conventions import LIBRARIES
from app.formats.library import LIBRARY_NAMES, LibraryLayer


def test_an_option_that_is_missing_is_not_known() -> None:
    layer = LibraryLayer("keras", "GRU", "gru", {"kernel": np.zeros((2, 3))})
    assert dict(layer.options) == {}


def test_every_library_of_the_table_has_a_name() -> None:
    assert tuple(LIBRARY_NAMES) == LIBRARIES
    assert list(LIBRARY_NAMES.values()) == ["PyTorch", "Keras", "ONNX"]
