"""Where an experiment comes from."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from app.session.origin import Origin
from tests.session.conftest import experiment


def test_one_of_the_three() -> None:
    assert Origin(lesson="gated-cell", preset="nine", variant="exact").preset == "nine"
    assert Origin(cell="gru").lesson is None
    assert Origin(experiment=experiment()).cell is None


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({}, "name a lesson or a cell, or give an experiment: one of the three"),
        ({"lesson": "a", "cell": "b"}, "name a lesson or a cell, or give an experiment: one of the three"),
        ({"cell": "b", "experiment": experiment()}, "name a lesson or a cell, or give an experiment: one of the three"),
        ({"cell": "b", "preset": "c"}, "preset and variant belong to a lesson"),
        ({"experiment": experiment(), "variant": "c"}, "preset and variant belong to a lesson"),
    ],
)
def test_what_contradicts_itself(given: dict[str, Any], message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        Origin(**given)
