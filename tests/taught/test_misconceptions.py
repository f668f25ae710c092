"""What beginners believe wrongly, M1 to M14: where a lesson answers it, and that the numbers to be read there are right.

A comment in a lesson.toml names the misconception above the beat that answers it.
"""

from __future__ import annotations

import math
import re
from itertools import accumulate
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from app import lessons
from app.lessons import Shelf, load_lessons
from app.lessons.answers import counts
from app.session import Limits
from app.session.experiment import Experiment
from app.session.report import report
from tests.lessons.seen import Seen, Setting

#: what is read at a step in a unit; "steps", "units" and "parameters" are counted
Reading = tuple[str, int, int]


class Answer(NamedTuple):
    misconception: str
    lesson: str
    beat: str
    read: dict[Reading, float]


def sigmoid(a: float) -> float:
    return 1 / (1 + math.exp(-a))


OPEN, SHUT = sigmoid(10), sigmoid(-10)
#: the memory of the lesson `lstm`: all is kept, and each step writes tanh(10)
WRITTEN = list(accumulate([math.tanh(10)] * 3, lambda c, g: OPEN * c + OPEN * g, initial=0.0))
STRONG = list(accumulate([5.0, 0.0, 0.0], lambda h, x: math.tanh(x + h), initial=0.0))[1:]
GENTLE = list(accumulate([0.5, 0.0, 0.0], lambda h, x: math.tanh(x + h), initial=0.0))[1:]


def passed_on(states: list[float]) -> float:
    """What three tanh in a row let through."""
    return math.prod(1 - h * h for h in states)


ANSWERS = [
    # Units are rows and steps are columns: four units are no fourth step.
    Answer("M1", "three-times", "all-changed", {("steps", 0, 0): 3, ("units", 0, 0): 1}),
    Answer("M1", "three-times", "down-and-right", {("steps", 0, 0): 3, ("units", 0, 0): 4}),
    # Three steps, two weights.
    Answer("M2", "three-times", "how-many", {("parameters", 0, 0): 2, ("steps", 0, 0): 3}),
    # One unit forgets, one keeps, one does half of each.
    Answer("M3", "layer-of-gates", "columns", {("i", 1, unit): OPEN for unit in (1, 2, 3)}),
    Answer("M3", "layer-of-gates", "one-by-one", {("f", 2, 1): SHUT, ("f", 2, 2): OPEN, ("f", 2, 3): 0.5}),
    # c goes on growing while h is shut off, and h never leaves the range of tanh.
    Answer("M4", "the-lstm", "sum", {("c", 2, 1): WRITTEN[2], ("h", 2, 1): SHUT * math.tanh(WRITTEN[2])}),
    Answer("M4", "the-lstm", "squashed", {("c", 3, 1): WRITTEN[3], ("h", 3, 1): OPEN * math.tanh(WRITTEN[3])}),
    # At 1 the forget gate keeps all.
    Answer("M5", "gated-cell", "add", {("f", 2, 1): 1, ("c_prev", 2, 1): 3, ("c", 2, 1): 7}),
    # Both gates open, so new comes to old; in the GRU the shares do add to 1.
    Answer("M6", "the-lstm", "two-states", {("f", 1, 1): OPEN, ("i", 1, 1): OPEN, ("c", 2, 1): WRITTEN[2]}),
    Answer("M6", "coupled-gates", "one-gate", {("i + f", 1, 1): 1, ("i + f", 2, 1): 1}),
    # A sequence that is read again begins with nothing.
    Answer("M7", "three-times", "a-second-time", {("h_prev", 1, 1): 0, ("h", 1, 1): 1, ("h", 3, 1): 7}),
    # What goes back is how much each number counts; the values stay.
    Answer(
        "M8",
        "what-goes-back",
        "the-question",
        {("∂h", 3, 1): 1, ("∂h", 2, 1): 0.5, ("∂h", 1, 1): 0.25, ("h", 3, 1): 1.75},
    ),
    # Hardly less than 1, but fifty times.
    Answer("M9", "vanishing", "nine-tenths", {("h", 50, 1): 0.9**50, ("∂h", 1, 1): 0.9**49}),
    # A gate at one half is a leak, forward and backward.
    Answer("M10", "forget-as-leak", "hundred-half", {("f", 20, 1): 0.5, ("c", 20, 1): 0.5**20, ("∂c", 80, 1): 0.5**20}),
    # A sum opens it: 20 · 1 − 10, and 20 · 0.5 − 10.
    Answer("M11", "the-lstm", "what-opens", {("o:in", 4, 1): 10, ("o", 4, 1): OPEN, ("o:in", 5, 1): 0, ("o", 5, 1): 0.5}),
    # Two sentences, one state at the end.
    Answer("M12", "order-matters", "a-sum", {("h", 3, 1): 6}),
    Answer("M12", "order-matters", "reversed", {("h", 3, 1): 6}),
    # Three steps or six, the same two weights.
    Answer("M13", "any-length", "read-three", {("steps", 0, 0): 3, ("parameters", 0, 0): 2}),
    Answer("M13", "any-length", "read-six", {("steps", 0, 0): 6, ("parameters", 0, 0): 2}),
    # Far out nothing comes through.
    Answer("M14", "saturation", "strong", {("h:in", 1, 1): 5, ("h", 1, 1): STRONG[0], ("∂x", 1, 1): passed_on(STRONG)}),
    Answer("M14", "saturation", "back-gentle", {("∂x", 1, 1): passed_on(GENTLE)}),
]


@pytest.fixture(scope="module")
def shelf() -> Shelf:
    return load_lessons()


def short(address: str) -> str:
    return address.split(".")[-1]


def beats(shelf: Shelf, lesson: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = shelf.lessons[lesson].document()["beats"]
    return found


def named() -> dict[str, set[tuple[str, str]]]:
    """The beats that are said to answer each."""
    found: dict[str, set[tuple[str, str]]] = {}
    for file in Path(lessons.__file__).parent.glob("*/lesson.toml"):
        for misconception, beat in re.findall(
            r'^# (M\d+): .*\n\[\[beats\]\]\nid = "(.*)"', file.read_text("utf-8"), re.MULTILINE
        ):
            found.setdefault(misconception, set()).add((file.parent.name, beat))
    return found


def test_each_misconception_has_an_answer_in_a_lesson() -> None:
    found = named()
    assert set(found) == {f"M{number}" for number in range(1, 15)} == {answer.misconception for answer in ANSWERS}
    for misconception, places in found.items():
        assert places & {(answer.lesson, answer.beat) for answer in ANSWERS if answer.misconception == misconception}


def test_each_is_asked_before_it_is_told(shelf: Shelf) -> None:
    for misconception, places in named().items():
        told = [(beats(shelf, lesson), beat) for lesson, beat in places]
        until = [all_of[: [each["id"] for each in all_of].index(beat) + 1] for all_of, beat in told]
        assert any(each["prediction"] for some in until for each in some), misconception


def test_a_memory_is_carried_over_only_where_it_is_handed_on(shelf: Shelf) -> None:
    """M7: the second reading is as the first one, unless it begins where that one ended, as `starts-empty` says."""
    beat = next(each for each in beats(shelf, "three-times") if each["id"] == "starts-empty")
    assert all(beat["try"].values())
    assert all("15" in text for text in beat["text"].values())
    record = shelf.lessons["three-times"].experiment(beat["preset"], beat["variant"])

    def states(carried: int) -> tuple[list[float], list[float]]:
        found = report(Experiment.model_validate({**record, "carried": carried}), False, Limits())
        return found.before["h"][:, 0].tolist(), found.values["h"][:, 0].tolist()

    assert states(0) == ([0, 1, 3], [1, 3, 7])
    assert states(1) == ([7, 15, 31], [15, 31, 63])


@pytest.mark.parametrize("answer", ANSWERS, ids=lambda answer: f"{answer.misconception}-{answer.beat}")
def test_the_numbers_there_are_right(shelf: Shelf, answer: Answer) -> None:
    beat = next(each for each in beats(shelf, answer.lesson) if each["id"] == answer.beat)
    seen = Seen(shelf, Setting(answer.lesson, beat["preset"], beat["variant"]))
    record = shelf.lessons[answer.lesson].experiment(beat["preset"], beat["variant"])
    counted = counts(seen.network) | {"steps": len(record["sequence"]["inputs"])}
    for (name, step, unit), expected in answer.read.items():
        found = counted[name] if step == 0 else sum(seen.value(each, step, unit) for each in name.split(" + "))
        assert found == pytest.approx(expected, rel=1e-9, abs=1e-12), (name, step, unit)
    # What is read is on the screen: a row of the strip, or what the beat lights with what goes into it.
    view = shelf.lessons[answer.lesson].document()["view"]
    lit = {short(address) for address in beat["spotlight"]}
    shown = lit | {f"{each}:in" for each in lit} | {short(address) for address in view["rows"]}
    shown |= {f"∂{short(address)}" for address in view["gradients"]}
    read = {each for name, step, _ in answer.read if step for each in name.split(" + ")}
    assert {each.removesuffix("_prev") for each in read} <= shown
