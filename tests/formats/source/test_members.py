"""The list of what modules and layers have themselves is that of the libraries, where they are installed."""

from __future__ import annotations

import importlib
from typing import Any

import pytest

from app.formats.source.members import MEMBERS


def public(thing: Any) -> set[str]:
    return {name for name in dir(thing) if not name.startswith("_")}


def test_pytorchs_modules() -> None:
    torch = pytest.importorskip("torch", reason="torch is not installed: pip install .[oracles]")
    assert public(torch.nn.Module()) <= MEMBERS


@pytest.mark.filterwarnings("default")
def test_keras_layers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KERAS_BACKEND", "torch")
    pytest.importorskip("torch", reason="torch is not installed: pip install .[oracles]")
    pytest.importorskip("keras", reason="keras is not installed: pip install .[oracles]")
    keras = importlib.import_module("keras")
    assert public(keras.layers.Layer()) <= MEMBERS
    # what the written cells define
    assert {"state_size", "output_size", "get_initial_state", "call", "built"} <= MEMBERS


def test_it_is_in_order() -> None:
    assert all(name.isidentifier() and not name.startswith("_") for name in MEMBERS)
