"""Which experiment is meant."""

from __future__ import annotations

import json

import pytest

from app.engine import ProblemError
from app.lessons import Shelf
from app.session import Limits
from app.session.experiment import Experiment
from app.session.opening import complete, find
from app.session.origin import Origin
from app.session.prepared import prepare
from tests.session.conftest import experiment


def test_a_lesson_with_its_presets_and_variants(shelf: Shelf) -> None:
    found, lesson = find(shelf, Origin(lesson="gated-cell", preset="nine"))
    assert lesson is shelf.lessons["gated-cell"]
    assert (found.preset, len(found.sequence.inputs)) == ("nine", 9)


@pytest.mark.parametrize(
    ("lesson", "preset", "variant", "message"),
    [
        ("gated", None, None, "there is no lesson 'gated'"),
        ("gated-cell", "ten", None, "the lesson 'gated-cell' has no preset 'ten'"),
        ("gated-cell", None, "soft", "the lesson 'gated-cell' has no variant 'soft'"),
    ],
)
def test_what_is_not_there(shelf: Shelf, lesson: str, preset: str | None, variant: str | None, message: str) -> None:
    with pytest.raises(ProblemError) as caught:
        find(shelf, Origin(lesson=lesson, preset=preset, variant=variant))
    assert [each.message for each in caught.value.problems] == [message]


def test_an_experiment_may_belong_to_a_lesson_or_not(shelf: Shelf) -> None:
    assert find(shelf, Origin(experiment=experiment()))[1] is None
    assert find(shelf, Origin(experiment=experiment(lesson="linear-toy")))[1] is shelf.lessons["linear-toy"]
    assert find(shelf, Origin(experiment=experiment(lesson="of-another-server")))[1] is None


def test_a_cell_of_the_library_belongs_to_no_lesson(shelf: Shelf) -> None:
    found, lesson = find(shelf, Origin(cell="gru"))
    assert (found.cell, found.lesson, lesson) == ("gru", None, None)
    with pytest.raises(ProblemError, match="unknown cell 'gur'"):
        find(shelf, Origin(cell="gur"))


def test_the_completed_record_opens_the_same_again() -> None:
    given = experiment(
        units=2, parameters={"seed": 5}, initial={"c": [1.0, 2.0]}, backward={"of": "y", "step": 2, "unit": 1}
    )
    first = complete(given, prepare(given, Limits()))
    assert set(first["parameters"]["values"]) == set(prepare(given, Limits()).network.parameters)
    assert first["initial"] == {"main.1.forward.c": [1.0, 2.0]}
    assert first["backward"] == {"of": "main.1.forward.y", "step": 2, "unit": 1}
    again = Experiment.model_validate_json(json.dumps(first))
    assert complete(again, prepare(again, Limits())) == first


def test_ties_are_said_by_full_addresses() -> None:
    record = json.loads(experiment(units=2).model_dump_json())
    record["network"]["tied"] = {"W_f": "W_z"}
    given = Experiment.model_validate(record)
    first = complete(given, prepare(given, Limits()))
    assert first["network"]["tied"] == {"main.1.forward.W_f": "main.1.forward.W_z"}
    assert "main.1.forward.W_f" not in first["parameters"]["values"]
    again = Experiment.model_validate_json(json.dumps(first))
    assert complete(again, prepare(again, Limits())) == first
