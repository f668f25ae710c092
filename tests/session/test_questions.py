"""Questions: what they may ask, and that the page asks with the same words."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from app.session.questions import Causes, Depth, Place, Product, Sweep, Update, Weight
from app.session.records import Record
from tests.session import jsdoc


@pytest.mark.parametrize(
    ("model", "name"),
    [
        (Place, "Place"),
        (Sweep, "Sweep"),
        (Weight, "Weight"),
        (Depth, "Depth"),
        (Product, "Product"),
        (Causes, "Causes"),
    ],
)
def test_the_page_keeps_the_same_records(model: type[Record], name: str) -> None:
    """A page gives every field, also where the server has a default for it."""
    assert set(jsdoc.records()[name]) == set(model.model_fields)


@pytest.mark.parametrize(("low", "high"), [(1.0, 1.0), (2.0, 1.0)])
def test_a_sweep_rises(low: float, high: float) -> None:
    with pytest.raises(ValidationError, match="let 'low' be less than 'high'"):
        Sweep(address="a", index=[0], low=low, high=high, count=2)


def test_an_update_has_a_rate_above_zero() -> None:
    assert Update(id=1, type="update", rate=0.1).rule == "sgd"
    with pytest.raises(ValidationError):
        Update(id=1, type="update", rate=0)
