"""What all tests share: how long Hypothesis may search, and browser tests last."""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, settings

# Two busy cores: no example is at fault for being slow. The same examples every time, unless somebody goes looking.
settings.register_profile("usual", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("search", settings.get_profile("usual"), derandomize=False, max_examples=2000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "usual"))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    # Playwright leaves an event loop running in its process; tests that start their own must have run by then.
    items.sort(key=lambda item: "tests/browser/" in item.path.as_posix())
