"""The lessons on learning: networks that have learnt answer as the texts say, and links to trainings can be followed."""

from __future__ import annotations

import json
import re
from typing import Any

import numpy as np
import pytest

from app.cells import load
from app.engine import Network
from app.learning import read_settings
from app.lessons import Shelf, load_lessons
from app.session.numbers import Floats
from tests.session.conftest import Talk

LINK = re.compile(r'href=\\?"#train=([^"\\]+)')


@pytest.fixture(scope="module")
def shelf() -> Shelf:
    return load_lessons()


def read(shelf: Shelf, preset: str, variant: str, symbol: str) -> Floats:
    """What `symbol` is at each step, a row a step."""
    record = shelf.lessons["does-it-learn"].experiment(preset, variant)
    network = Network.from_description(record["network"], load)
    parameters = {name: np.array(value, float) for name, value in record["parameters"]["values"].items()}
    return network.run(parameters, np.array(record["sequence"]["inputs"], float))[symbol]


def answer(shelf: Shelf, preset: str, variant: str) -> float:
    return float(read(shelf, preset, variant, "readout.y")[-1, 0])


@pytest.mark.parametrize(("preset", "wanted"), [("small", 0.41), ("large", 1.74)])
def test_gates_keep_two_numbers_for_thirty_steps_and_the_simple_network_none(
    shelf: Shelf, preset: str, wanted: float
) -> None:
    inputs = np.array(shelf.lessons["does-it-learn"].experiment(preset, "rnn")["sequence"]["inputs"])
    assert inputs[:, 0] @ inputs[:, 1] == pytest.approx(wanted)
    assert answer(shelf, preset, "rnn") == pytest.approx(1, abs=0.05)
    for variant in ("lstm", "gru"):
        assert answer(shelf, preset, variant) == pytest.approx(wanted, abs=0.02)


@pytest.mark.parametrize(
    ("preset", "variant", "symbol", "marks"), [("large", "gru", "h", [11, 22]), ("small", "lstm", "c", [6, 20])]
)
def test_the_unit_that_is_followed_changes_at_the_marks_and_then_holds(
    shelf: Shelf, preset: str, variant: str, symbol: str, marks: list[int]
) -> None:
    lesson = shelf.lessons["does-it-learn"]
    inputs = np.array(lesson.experiment(preset, variant)["sequence"]["inputs"])
    assert [int(step) + 1 for step in np.flatnonzero(inputs[:, 1])] == marks
    unit = int(lesson.experiment(preset, variant)["view"]["unit"])
    changes = np.diff(read(shelf, preset, variant, symbol)[:, unit])
    at_marks = changes[np.array(marks) - 2]
    between = np.delete(changes, np.array(marks) - 2)[marks[0] - 2 :]
    assert np.abs(at_marks).min() > 5 * np.abs(between).max()
    if variant == "lstm":
        assert at_marks.max() < 0, "down at both, as the words say"


def after_ten(shelf: Shelf, preset: str) -> dict[str, Floats]:
    """The weights that ten updates make of the lesson's own."""
    talk = Talk(shelf)
    talk.say("open", lesson="sequence-loss", preset=preset)
    *_, last, done = talk.say("update", rate=0.5, updates=10)
    assert done.type == "done"
    return {name.removeprefix("now:"): array for name, array in last.arrays.items() if name.startswith("now:")}


def after_you_see(shelf: Shelf, parameters: dict[str, Floats]) -> list[float]:
    """The probabilities of I, see and you."""
    record = shelf.lessons["sequence-loss"].experiment("turned")
    network = Network.from_description(record["network"], load)
    return [
        float(each) for each in network.run(parameters, np.array(record["sequence"]["inputs"], float))["readout.y"][1]
    ]


def test_a_shuffled_order_is_learned_by_heart_and_who_sees_whom_is_lost(shelf: Shelf) -> None:
    lesson = shelf.lessons["sequence-loss"]
    first = {
        name: np.array(value, float) for name, value in lesson.experiment("turned")["parameters"]["values"].items()
    }
    fresh, learned = (
        {name: np.array(value, float) for name, value in beat["set"].items()}
        for beat in lesson.document()["beats"][-2:]
    )
    shuffled, ordered = after_ten(shelf, "shuffled"), after_ten(shelf, "in-order")
    assert set(first) == set(fresh) == set(learned) == set(shuffled)
    for name, value in first.items():
        assert np.array_equal(fresh[name], value), "what came before is not kept"
        assert np.array_equal(learned[name], np.round(shuffled[name], 3) + 0.0)
    assert after_you_see(shelf, first)[0] == pytest.approx(0.98, abs=0.005)
    assert after_you_see(shelf, ordered)[0] == pytest.approx(0.89, abs=0.005)
    assert after_you_see(shelf, learned)[::2] == pytest.approx([0.13, 0.82], abs=0.005)


def settings(link: str) -> list[dict[str, Any]]:
    """The settings of each run in a link, as static/state/training/link.js reads them."""
    head, *others = link.split(";")
    task, *first = head.split(",")
    plain = dict(each.split(":") for each in first)
    runs = []
    for other in ("", *others):
        own = {**plain, **dict(each.split(":") for each in other.split(",") if each)}
        data: dict[str, Any] = {"task": task, "options": {}, "tuning": {}}
        for name, text in own.items():
            try:
                value = json.loads(text)
            except ValueError:
                value = text
            table = {".": "options", "~": "tuning"}.get(name[0])
            (data[table] if table else data)[name.lstrip(".~")] = value
        runs.append(data)
    return runs


def test_links_to_trainings_can_be_followed(shelf: Shelf) -> None:
    found = [link for lesson in shelf.lessons.values() for link in LINK.findall(json.dumps(lesson.document()))]
    assert found
    for link in found:
        for run in settings(link):
            assert read_settings(run).task == run["task"]


def test_a_link_is_read_as_the_page_does() -> None:
    (first, second) = settings("adding,.length:30,cell:gru,~decay:0.5;cell:lstm")
    assert first == {"task": "adding", "options": {"length": 30}, "tuning": {"decay": 0.5}, "cell": "gru"}
    assert second == {**first, "cell": "lstm"}
