"""Losses against PyTorch's in float64: what the table says of them. Their own tests ask for more (tests/engine)."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from app.engine import Loss, binary_cross_entropy, cross_entropy, ctc_loss_batch, squared_error
from tests.oracles.case import DATA, difference
from tests.oracles.recorder import Measured, record

LOSSES: dict[str, tuple[Callable[..., Loss], str]] = {
    "classes": (cross_entropy, "cross-entropy of symbols"),
    "rows": (cross_entropy, "of distributions"),
    "binary": (binary_cross_entropy, "binary"),
    "squared": (squared_error, "squared error"),
}


def stored(name: str) -> tuple[str, list[dict[str, Any]]]:
    """The version of PyTorch and the cases."""
    data = json.loads((DATA / f"{name}.json").read_text("utf-8"))
    return f"PyTorch {data['versions']['torch'].partition('+')[0]}, float64", data["cases"]


def compared(other: str, what: str, group: str, found: tuple[Any, Any], expected: tuple[Any, Any]) -> None:
    values, gradients = ({"": np.asarray(each, float)} for each in found)
    wanted, slopes = ({"": np.asarray(each, float)} for each in expected)
    far = difference(values, wanted), difference(gradients, slopes)
    assert max(far) <= 1e-12
    record(Measured(other, what, (group,), *far))


@pytest.mark.measures
@pytest.mark.parametrize("case", stored("losses")[1], ids=lambda case: f"{case['name']}-{case['mean']}")
def test_losses(case: dict[str, Any]) -> None:
    function, group = LOSSES[case["name"]]
    found = function(case["given"], case["targets"], mean=case["mean"])
    mine, theirs = (found.total, found.gradient), (case["total"], case["gradient"])
    compared(stored("losses")[0], "losses", group, mine, theirs)


@pytest.mark.measures
@pytest.mark.parametrize("case", stored("ctc")[1], ids=lambda case: str(case["name"]))
def test_ctc(case: dict[str, Any]) -> None:
    found = ctc_loss_batch(np.array(case["logits"]), case["labels"], blank=case["blank"], lengths=case["lengths"])
    mine, theirs = (found.totals, found.gradient), (case["totals"], case["gradient"])
    compared(stored("ctc")[0], "CTC", "batches, any blank, repeats, lengths", mine, theirs)
