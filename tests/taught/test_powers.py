"""The lessons on many steps: what they tell of the networks that are drawn from a seed, measured again.

Numbers in texts that the engine computes need no test; those that are read in the study's picture have theirs here.
"""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pytest

from app.lessons import Shelf, load_lessons
from app.session.samples import Draw, reaching, reaching_afresh, through_layers
from tests.lessons.seen import Seen, Setting

MINE = ("thousand-times", "two-causes", "lstm-changes", "other-answers")


@pytest.fixture(scope="module")
def shelf() -> Shelf:
    return load_lessons()


def study(shelf: Shelf, lesson: str, beat: str) -> dict[str, Any]:
    found: dict[str, Any] = next(each["study"] for each in shelf.lessons[lesson].document()["beats"] if each["id"] == beat)
    return found


def draw(shelf: Shelf, lesson: str, beat: str, steps: int = 1000, **changed: float) -> Draw:
    own = {**study(shelf, lesson, beat), **changed}
    return Draw(int(own["seed"]), own["radius"], steps, own["drive"], own.get("gate", 0))


def rate(name: str, draw: Draw, *, fresh: bool = False) -> float:
    lags, norms = (reaching_afresh if fresh else reaching)(name, draw)
    return round(float(norms[-1] ** (1 / lags[-1])), 2)


def left(name: str, draw: Draw, lag: int) -> float:
    lags, norms = reaching(name, draw)
    return float(norms[lags.tolist().index(lag)])


def test_no_lesson_has_a_fault(shelf: Shelf) -> None:
    assert [problem for problem in shelf.problems if problem.file.split("/")[0] in MINE] == []
    assert set(MINE) < shelf.lessons.keys()


def test_one_weight_a_thousand_times(shelf: Shelf) -> None:
    def at(weight: float) -> Seen:
        return Seen(shelf, Setting("thousand-times", None, weights={("U", ()): weight}))

    assert at(1.01).trace["h"][-1, 0] == pytest.approx(20751.639245360059, rel=1e-12)
    assert f"{at(1.01).value('∂U', 0):,.0f}" == "20,525,631"
    assert f"{at(0.9).trace['h'][-1, 0]:.60f}".startswith("0." + "0" * 45 + "1")
    with np.errstate(over="ignore"):
        assert np.isfinite(np.float64(1.1) ** 7447)
        assert np.isinf(np.float64(1.1) ** 7448)
        assert np.isinf(at(2.1).trace["h"][-1, 0])


def test_error_over_depth(shelf: Shelf) -> None:
    def first(beat: str, name: str) -> float:
        own = study(shelf, "thousand-times", beat)
        return float(through_layers(name, own["layers"], own["gain"], int(own["seed"]))["shares"][0])

    assert first("depth", "sigmoid") < 0.01
    assert min(first("depth", "tanh"), first("depth", "relu")) > 30 * first("depth", "sigmoid")
    assert first("depth-scaled", "relu") > 1
    assert first("depth-scaled", "sigmoid") < 0.5


def test_two_causes(shelf: Shelf) -> None:
    def near(beat: str, **changed: float) -> Draw:
        return draw(shelf, "two-causes", beat, 100, **changed)

    assert rate("linear", near("no-activation")) == 0.9
    assert rate("linear", near("only-activation")) == 1
    assert rate("tanh", near("only-activation")) < 0.8
    assert rate("tanh", near("at-rest")) == rate("linear", near("at-rest")) == 1
    assert rate("sigmoid", near("at-rest")) <= 0.25
    assert [rate(name, near("at-best-a-quarter")) for name in ("linear", "sigmoid")] == [1.5, 0.22]
    assert rate("linear", near("fresh"), fresh=True) == 0.9
    assert [rate("linear", near("aligned"), fresh=fresh) for fresh in (False, True)] == [1.2, 1.09]
    assert [rate(name, near("product")) for name in ("linear", "tanh")] == [1.5, 0.9]
    assert rate("tanh", near("product", drive=0)) == 1.5, "what the try asks for"


@pytest.mark.parametrize("seed", range(5))
def test_what_is_said_of_causes_holds_for_other_seeds(shelf: Shelf, seed: int) -> None:
    own = draw(shelf, "two-causes", "only-activation", 100, seed=seed)
    assert rate("linear", own) == pytest.approx(1, abs=0.015)
    assert rate("linear", own, fresh=True) < rate("linear", own)
    assert rate("tanh", own) < 0.9
    assert rate("sigmoid", own) <= 0.25


def test_what_lstm_changes_and_what_not(shelf: Shelf) -> None:
    assert (1 / (1 + np.exp(-1))) ** 99 < 1e-13
    assert left("lstm", draw(shelf, "lstm-changes", "half-open"), 100) < 1e-20
    opened = draw(shelf, "lstm-changes", "open")
    assert left("lstm", opened, 100) > 1e10 * left("tanh", opened, 100)
    assert left("gru", draw(shelf, "lstm-changes", "the-gru-too"), 100) > 0.5
    assert left("lstm", draw(shelf, "lstm-changes", "explosion"), 100) > 1e9
    assert left("lstm", draw(shelf, "lstm-changes", "explosion", gate=1), 1000) < 1, "what the try asks for"
    under = draw(shelf, "lstm-changes", "under-load")
    assert max(reaching("lstm", under)[1]) < 100


def test_other_answers(shelf: Shelf) -> None:
    own = draw(shelf, "other-answers", "all-or-nothing")
    assert [left("identity", own, lag) for lag in (100, 1000)] == [1, 0]
    assert left("identity", draw(shelf, "other-answers", "all-or-nothing", seed=4), 1000) == 1, "what the try asks for"
    assert left("identity", draw(shelf, "other-answers", "a-ridge"), 1000) > 1e21
    assert 1000 // 128 == 7
    assert round(left("context", own, 100), 4) == 0.0059
    others = {name: (left(name, own, 100), left(name, own, 1000)) for name in ("identity", "clockwork", "context", "tanh")}
    assert min(others[name][0] for name in ("identity", "clockwork", "context")) > 1e9 * others["tanh"][0]
    assert others["clockwork"][1] > 1e-3 > 1e-20 > max(others[name][1] for name in ("identity", "context", "tanh"))


def shown(html: str) -> str:
    return re.sub(r"<[^>]+>", "", html).strip()


def parts(beat: dict[str, Any]) -> dict[str, dict[str, str]]:
    return {name: beat[name] for name in ("text", "try") if beat[name]}


@pytest.mark.parametrize("lesson", MINE)
def test_both_languages_say_the_same_in_few_words(shelf: Shelf, lesson: str) -> None:
    beats = shelf.lessons[lesson].document()["beats"]
    for beat in beats:
        for part, text in parts(beat).items():
            assert len(shown(text["en"]).split()) <= 35, f"{beat['id']} {part}"
            assert len(shown(text["zh"])) <= 80, f"{beat['id']} {part}"
            found = {language: {*re.findall(r'data-name="([^"]+)"', html)} for language, html in text.items()}
            assert found["en"] == found["zh"], f"{beat['id']} {part}"
            decimals = {language: {*re.findall(r"−?\d+\.\d+", shown(html))} for language, html in text.items()}
            assert decimals["en"] == decimals["zh"], f"{beat['id']} {part}"
    assert any(beat["try"] for beat in beats)
    assert len(shelf.lessons[lesson].summary["en"]) <= 75
