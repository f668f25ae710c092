"""The lessons on a memory over time: their exact numbers, and that each can be read, foretold and tried."""

from __future__ import annotations

import math
import re
from itertools import accumulate
from typing import Any

import numpy as np
import pytest

from app.cells import load
from app.engine import Network, Trace
from app.lessons import Shelf, load_lessons

MEMORY = (
    "one-of-n", "why-memory", "three-times", "order-matters", "any-length", "two-notations", "elman-jordan", "stacked",
    "both-directions", "forgetting", "long-sentence",
)  # fmt: skip


@pytest.fixture(scope="module")
def shelf() -> Shelf:
    return load_lessons()


def run(shelf: Shelf, lesson: str, preset: str | None = None, variant: str | None = None, **weights: float) -> Trace:
    """A lesson's run; weights may be set by name, the dots of an address written as two lines."""
    record = shelf.lessons[lesson].experiment(preset, variant)
    network = Network.from_description(record["network"], load)
    parameters = {name: np.array(value, float) for name, value in record["parameters"]["values"].items()}
    for name, value in weights.items():
        parameters[network.full(name.replace("__", "."))][...] = value
    initial = {name: np.array(value, float) for name, value in record["initial"].items()}
    return network.run(parameters, np.array(record["sequence"]["inputs"], float), initial=initial)


def column(trace: Trace, name: str, unit: int = 1) -> list[float]:
    return [float(value) for value in trace[name][:, unit - 1]]


def test_no_lesson_has_a_fault(shelf: Shelf) -> None:
    assert [problem for problem in shelf.problems if problem.file.split("/")[0] in MEMORY] == []
    assert set(MEMORY) < shelf.lessons.keys()


def test_a_word_is_a_column_and_unknown_words_are_alike(shelf: Shelf) -> None:
    trace = run(shelf, "one-of-n")
    assert trace["h"].tolist() == [[1, 0], [0, 4], [0.5, 2], [0.5, 2], [1, 0]]
    assert run(shelf, "one-of-n", W=0)["h"].tolist() == [[0, 0]] * 5


def test_one_word_after_two_others(shelf: Shelf) -> None:
    without = [run(shelf, "why-memory", preset, "without")["y"][1].tolist() for preset in ("leave", "arrive")]
    assert without[0] == without[1]
    assert run(shelf, "why-memory", "leave", "with")["y"][1, 1] > 0.99
    assert run(shelf, "why-memory", "arrive", "with")["y"][1, 2] > 0.99
    no_memory = [run(shelf, "why-memory", preset, "with", U=0)["y"][1].tolist() for preset in ("leave", "arrive")]
    assert no_memory[0] == no_memory[1]


def test_one_network_at_three_times(shelf: Shelf) -> None:
    assert column(run(shelf, "three-times", "first", "one"), "h") == [1, 3, 7]
    assert column(run(shelf, "three-times", "again", "one"), "h") == [1, 3, 7]
    assert column(run(shelf, "three-times", "first", "heavier"), "h") == [2, 6, 14]
    assert run(shelf, "three-times", "first", "four")["h"].T.tolist() == [[1, 3, 7], [1, 2, 3], [1, 1, 1], [1, 0, 1]]


@pytest.mark.parametrize(
    ("preset", "variant", "memory"),
    [
        ("man-first", "adding", [1, 3, 6]),
        ("dog-first", "adding", [3, 5, 6]),
        ("man-first", "doubling", [1, 4, 11]),
        ("dog-first", "doubling", [3, 8, 17]),
    ],
)
def test_three_words_in_two_orders(shelf: Shelf, preset: str, variant: str, memory: list[float]) -> None:
    assert column(run(shelf, "order-matters", preset, variant), "h") == memory


@pytest.mark.parametrize(("preset", "memory"), [("three", [2, 3, 6]), ("six", [2, 3, 6, 7, 8, 10]), ("one", [5])])
def test_sequences_of_any_length(shelf: Shelf, preset: str, memory: list[float]) -> None:
    assert column(run(shelf, "any-length", preset), "h") == memory


def test_three_notations_are_one_network(shelf: Shelf) -> None:
    one, two, three = (run(shelf, "two-notations", None, variant) for variant in ("by-reader", "u-v-w", "w-u"))
    for value, other in (("h", two["s"]), ("h", three["h"]), ("y", two["y"]), ("y", three["y"])):
        np.testing.assert_allclose(one[value], other, rtol=1e-15)
    first = math.tanh(1)
    np.testing.assert_allclose(
        one["h"], [[first, 0], [0, math.tanh(first)], [math.tanh(math.tanh(first)), math.tanh(2)]], rtol=1e-15
    )


def test_elman_keeps_the_verb_and_jordan_does_not(shelf: Shelf) -> None:
    elman, jordan = (
        [run(shelf, "elman-jordan", preset, cell) for preset in ("leave", "arrive")] for cell in ("elman", "jordan")
    )
    assert elman[0]["y"][1, 1] > 0.99
    assert elman[1]["y"][1, 2] > 0.99
    np.testing.assert_allclose(jordan[0]["y"], jordan[1]["y"], atol=1e-4)


def test_sums_of_sums(shelf: Shelf) -> None:
    trace = run(shelf, "stacked", None, "two")
    assert column(trace, "1.h") == [1, 2, 3, 4]
    assert column(trace, "2.h") == [1, 3, 6, 10]
    lower, upper = run(shelf, "stacked", None, "two", **{"1__U": 0}), run(shelf, "stacked", None, "two", **{"2__U": 0})
    assert column(lower, "2.h") == column(upper, "2.h") == [1, 2, 3, 4]


def test_two_passes(shelf: Shelf) -> None:
    trace = run(shelf, "both-directions", "one-two-three", "both")
    assert column(trace, "1.forward.h") == [1, 3, 6]
    assert column(trace, "1.backward.h") == [6, 5, 3]
    assert column(trace, "y") == [7, 8, 9]
    assert column(run(shelf, "both-directions", "ends-in-nine", "both"), "y")[0] == 13
    assert column(run(shelf, "both-directions", "one-two-three", "one-way"), "y") == [1, 3, 6]


def squashed(weight: float, first: float, steps: int) -> list[float]:
    """tanh after tanh, without the engine."""
    return list(accumulate(range(1, steps), lambda h, _: math.tanh(weight * h), initial=math.tanh(first)))


def test_what_is_left_of_an_early_input(shelf: Shelf) -> None:
    for variant, weight in (("half", 0.5), ("tanh", 1.0)):
        np.testing.assert_allclose(
            column(run(shelf, "forgetting", None, variant), "h"), squashed(weight, 1, 12), rtol=1e-12
        )
    assert column(run(shelf, "forgetting", None, "linear"), "h") == [1] * 12
    keep = 0.9999546021312976
    np.testing.assert_allclose(column(run(shelf, "forgetting", None, "cell-state"), "c")[-1], keep**11, rtol=1e-12)
    # Text: with a bias of 1 the gate is 0.73, and 3 % are left.
    trace = run(shelf, "forgetting", None, "cell-state", b_f=1)
    assert f"{trace['f'][0, 0]:.2f}" == "0.73"
    assert f"{trace['c'][-1, 0]:.0%}" == "3%"


def test_a_unit_that_fades_and_one_that_locks(shelf: Shelf) -> None:
    np.testing.assert_allclose(
        column(run(shelf, "long-sentence", "long", "fading"), "h"), squashed(0.5, 2, 9), rtol=1e-12
    )
    locked = column(run(shelf, "long-sentence", "long", "locking"), "h")
    assert locked[-1] == pytest.approx(math.tanh(2 * locked[-1]), rel=1e-6)
    assert locked == column(run(shelf, "long-sentence", "otherwise", "locking"), "h")
    assert locked == pytest.approx(
        [-value for value in column(run(shelf, "long-sentence", "long-arrive", "locking"), "h")]
    )


def shown(html: str) -> str:
    return re.sub(r"<[^>]*>", "", html)


def parts(beat: dict[str, Any]) -> dict[str, dict[str, str]]:
    found = {"text": beat["text"]} | ({"try": beat["try"]} if beat["try"] else {})
    return found | ({key: beat["prediction"][key] for key in ("question", "why")} if beat["prediction"] else {})


@pytest.mark.parametrize("lesson", MEMORY)
def test_texts_say_the_same_in_both_languages_and_are_short(shelf: Shelf, lesson: str) -> None:
    for beat in shelf.lessons[lesson].document()["beats"]:
        for part, text in parts(beat).items():
            place = f"{beat['id']} {part}"
            numbers = {language: set(re.findall(r"−?\d+(?:\.\d+)?", shown(html))) for language, html in text.items()}
            assert numbers["en"] == numbers["zh"], place
            named = {language: set(re.findall(r'data-name="([^"]+)"', html)) for language, html in text.items()}
            assert named["en"] == named["zh"], place
            assert len([word for word in shown(text["en"]).split() if re.search("[A-Za-z]", word)]) <= 25, place
            assert len(shown(text["zh"])) <= 75, place


@pytest.mark.parametrize("lesson", MEMORY)
def test_each_lesson_asks_for_a_prediction_and_for_a_try(shelf: Shelf, lesson: str) -> None:
    document = shelf.lessons[lesson].document()
    assert any(beat["prediction"] for beat in document["beats"])
    assert any(beat["try"] for beat in document["beats"])
    assert document["chapter"] == {"en": "A memory over time", "zh": "时间中的记忆"}
