"""The helper process that reads HDF5 and ONNX, made quick for tests that read many files."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from app.formats.files import apart
from tests.formats.files.driver import Driver


@pytest.fixture(scope="session")
def driver() -> Iterator[Driver]:
    """One process that copies itself for each file."""
    if not hasattr(os, "fork"):
        pytest.skip("this system cannot copy a process")
    found = Driver()
    yield found
    found.close()


@pytest.fixture
def quickly(driver: Driver, monkeypatch: pytest.MonkeyPatch) -> Driver:
    """Files are read by copies of one process and not by a new one each."""
    monkeypatch.setattr(apart, "run", driver)
    return driver
