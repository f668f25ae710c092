"""The libraries themselves, where they are installed: a new run gives what is stored."""

from __future__ import annotations

import importlib
import importlib.metadata
from types import ModuleType

import pytest

from tests.oracles.case import from_text, load, to_text
from tests.oracles.script import changes

#: what each script needs, and whose version its file names first
NEEDS = {"pytorch": ("torch",), "keras": ("keras", "torch"), "onnx": ("onnxruntime", "onnx")}


def script(library: str) -> ModuleType:
    """The library's script; skips where something that it needs is missing, or is of another version than what is stored."""
    for need in NEEDS[library]:
        try:
            version = importlib.metadata.version(need)
        except importlib.metadata.PackageNotFoundError:
            pytest.skip(f"{need} is not installed: pip install .[oracles]")
        if version.partition("+")[0] not in load(library).versions.values():
            pytest.skip(f"{need} {version} is installed, the cases are of {dict(load(library).versions)}")
    return importlib.import_module(f"tests.oracles.{library}")


@pytest.mark.filterwarnings("default")
@pytest.mark.parametrize("library", list(NEEDS))
def test_a_new_run_gives_what_is_stored(library: str) -> None:
    golden = from_text(to_text(script(library).make()))
    assert changes(golden, load(library)) == []
