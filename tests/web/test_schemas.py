"""Bodies of the API."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from app.session.experiment import BackwardRecord
from app.web.schemas import GradientsRequest, TraceRequest


def test_a_lesson_or_an_experiment() -> None:
    assert TraceRequest(lesson="gated-cell").experiment is None
    with pytest.raises(ValidationError, match="name a lesson or a cell, or give an experiment: one of the three"):
        TraceRequest()


def test_what_is_differentiated() -> None:
    assert GradientsRequest(lesson="gated-cell").asked() is None
    assert GradientsRequest(lesson="a", of="y", step=4, unit=0).asked() == BackwardRecord(of="y", step=4, unit=0)
    with pytest.raises(ValidationError, match=r"name the value \(of\) and its step together"):
        GradientsRequest(lesson="a", of="y")
