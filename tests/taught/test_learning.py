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

LINK = re.compile(r'href=\\?"#train=([^"\\]+)')


@pytest.fixture(scope="module")
def shelf() -> Shelf:
    return load_lessons()


def answer(shelf: Shelf, preset: str, variant: str) -> float:
    record = shelf.lessons["does-it-learn"].experiment(preset, variant)
    network = Network.from_description(record["network"], load)
    parameters = {name: np.array(value, float) for name, value in record["parameters"]["values"].items()}
    return float(network.run(parameters, np.array(record["sequence"]["inputs"], float))["readout.y"][-1, 0])


@pytest.mark.parametrize(("preset", "wanted"), [("small", 0.41), ("large", 1.74)])
def test_gates_keep_two_numbers_for_thirty_steps_and_the_simple_network_none(
    shelf: Shelf, preset: str, wanted: float
) -> None:
    inputs = np.array(shelf.lessons["does-it-learn"].experiment(preset, "rnn")["sequence"]["inputs"])
    assert inputs[:, 0] @ inputs[:, 1] == pytest.approx(wanted)
    assert answer(shelf, preset, "rnn") == pytest.approx(1, abs=0.05)
    for variant in ("lstm", "gru"):
        assert answer(shelf, preset, variant) == pytest.approx(wanted, abs=0.02)


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
