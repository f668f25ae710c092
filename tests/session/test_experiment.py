"""The experiment record."""

from __future__ import annotations

import json

import pytest

from app.lessons import Shelf
from app.session.experiment import Experiment


@pytest.mark.parametrize("lesson", ["linear-toy", "gated-cell"])
def test_every_lessons_record_is_one(shelf: Shelf, lesson: str) -> None:
    record = shelf.lessons[lesson].experiment()
    found = Experiment.model_validate(record)
    assert found.lesson == lesson
    assert json.loads(found.model_dump_json(exclude_unset=True)) == json.loads(json.dumps(record))


def test_what_is_left_out_has_a_default() -> None:
    text = '{"network":{"parts":[{"name":"main","inputs":1,"layers":[{"cell":"a","units":1}]}]},"sequence":{"inputs":[[0]]}}'
    found = Experiment.model_validate_json(text)
    assert (found.version, found.step, found.backward, found.language) == (1, 1, None, None)
    assert found.parameters.seed == 0
    assert found.network.parts[0].layers[0].direction == "forward"
    assert Experiment.model_validate_json(found.model_dump_json()) == found
