"""PyTorch's hundred updates, as tests/oracles/optimise.py has stored them."""

from __future__ import annotations

import json
from typing import Any

from tests.oracles.case import DATA


def golden(kind: str) -> list[dict[str, Any]]:
    """The cases of one kind: rule, schedule or clip."""
    cases: list[dict[str, Any]] = json.loads((DATA / "optimise.json").read_text("utf-8"))["cases"]
    return [case for case in cases if case["kind"] == kind]


def called(*names: str) -> list[dict[str, Any]]:
    """The cases of some optimisers."""
    return [case for case in golden("rule") if case["name"] in names]
