"""The lessons on memory with gates, on other memories and on going backward: their numbers against those of the sources.

Numbers in texts that the engine computes need no test; those that are written out, and what a "try" promises, have theirs here.
"""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pytest

from app.lessons import Shelf, load_lessons
from tests.lessons.seen import Seen, Setting

MINE = (
    "layer-of-gates", "the-lstm", "feedback-and-peepholes", "long-and-short-term", "without-forget-gate", "coupled-gates",
    "the-gru", "forget-as-leak", "clockwork", "context-units", "identity-relu", "what-goes-back", "vanishing", "saturation",
)  # fmt: skip


@pytest.fixture(scope="module")
def shelf() -> Shelf:
    return load_lessons()


def column(shelf: Shelf, lesson: str, name: str, unit: int = 0, **setting: Any) -> list[float]:
    seen = Seen(shelf, Setting(lesson, setting.pop("preset", None), **setting))
    return [float(value) for value in seen.trace[name][:, unit]]


def close(found: list[float], *expected: float, rel: float = 1e-12) -> None:
    np.testing.assert_allclose(found, expected, rtol=rel, atol=0)


# Hand-sized, of one unit: PyTorch and ONNX Runtime agree with the first, second and fourth.
@pytest.mark.parametrize(
    ("lesson", "variant", "h"),
    [
        ("feedback-and-peepholes", "feedback", [0.208873635171377, -0.0315150823610712, 0.0784382326489]),
        ("feedback-and-peepholes", "peephole", [0.226447223996358, -0.0458920723313828, 0.0732498187460674]),
        ("long-and-short-term", "standard", [0.208873635171377, -0.0315150823610712, 0.0784382326489]),
        ("the-gru", "after", [0.45150169378761, 0.0346782794741252, 0.239005071192874]),
        ("the-gru", "cho", [0.478862001105114, 0.0879924840690415, 0.302620779248633]),
    ],
)
def test_numbers_of_the_libraries(shelf: Shelf, lesson: str, variant: str, h: list[float]) -> None:
    close(column(shelf, lesson, "h", variant=variant), *h)


def test_the_use_gate_as_printed(shelf: Shelf) -> None:
    h = column(shelf, "long-and-short-term", "h", variant="printed")
    assert h[0] == 0
    close(h[1:], 0.110196119750166, -0.0129822461568217)


def test_gates_of_the_lstm_as_the_texts_round_them(shelf: Shelf) -> None:
    assert np.round(column(shelf, "the-lstm", "c"), 2).tolist() == [1, 2, 3, 3, 2]
    assert np.round(column(shelf, "the-lstm", "h"), 2).tolist() == [0, 0, 1, 1, 0.48]


def test_three_fates_in_one_step(shelf: Shelf) -> None:
    trace = Seen(shelf, Setting("layer-of-gates", None, "lstm")).trace
    assert np.round(trace["f"][1], 2).tolist() == [0, 1, 0.5]
    kept = Seen(shelf, Setting("layer-of-gates", None, "lstm", {("W_f", (0, 1)): 0})).trace["c"]
    np.testing.assert_allclose(kept[1, 0], trace["c"][0, 0], rtol=1e-4)
    np.testing.assert_array_equal(kept[:, 1:], trace["c"][:, 1:])


def test_who_hears_h_changes_after_the_first_step(shelf: Shelf) -> None:
    lesson = "feedback-and-peepholes"
    before = column(shelf, lesson, "c", variant="feedback")
    after = column(shelf, lesson, "c", variant="feedback", weights={("U_f", (0, 0)): 0})
    assert [a == b for a, b in zip(before, after, strict=True)] == [True, False, False]


def test_a_silent_short_term_memory(shelf: Shelf) -> None:
    h = column(shelf, "long-and-short-term", "h", variant="standard", weights={("b_o", (0,)): -10})
    c = column(shelf, "long-and-short-term", "c", variant="standard", weights={("b_o", (0,)): -10})
    assert max(map(abs, h)) < 1e-4
    assert c[0] == column(shelf, "long-and-short-term", "c", variant="standard")[0]


def test_a_one_stays_for_ever_without_a_forget_gate(shelf: Shelf) -> None:
    lesson = "without-forget-gate"
    assert np.round(column(shelf, lesson, "c", variant="without"), 2).tolist() == [1, 1, 1, 1, 2, 2]
    assert np.round(column(shelf, lesson, "c", variant="with"), 2).tolist() == [1, 1, 1, 0, 1, 1]
    taken = column(shelf, lesson, "c", variant="without", inputs={(4, 1): -1})
    assert abs(taken[3]) < 1e-12
    assert Seen(shelf, Setting(lesson, None, "without")).gradient["c"][:, 0].tolist() == [1] * 6


def test_coupled_gates_take_a_mean(shelf: Shelf) -> None:
    assert np.round(column(shelf, "coupled-gates", "c", variant="coupled"), 2).tolist() == [1, 1, 0, -0.5, -1, -1]
    assert np.round(column(shelf, "coupled-gates", "f", variant="coupled"), 2).tolist() == [0, 1, 0.5, 0.5, 0, 0]
    assert np.round(column(shelf, "coupled-gates", "c", variant="independent"), 2).tolist() == [1, 1, 0.5, 0, -1, -2]
    more = column(shelf, "coupled-gates", "i", variant="coupled", inputs={(3, 2): 0.6})[2]
    less = column(shelf, "coupled-gates", "f", variant="coupled", inputs={(3, 2): 0.6})[2]
    assert more > 0.5
    assert more + less == 1


def test_what_a_bias_does_to_the_update_gate(shelf: Shelf) -> None:
    for bias, kept in ((10, 0.2), (-10, None)):
        h = column(shelf, "the-gru", "h", variant="cho", weights={("b_z", (0,)): bias})
        n = column(shelf, "the-gru", "n", variant="cho", weights={("b_z", (0,)): bias})
        np.testing.assert_allclose(h, [kept] * 3 if kept else n, atol=2e-3)


def test_two_forms_of_the_reset_differ_by_a_bias_alone(shelf: Shelf) -> None:
    after = column(shelf, "the-gru", "h", variant="after", weights={("d_n", (0,)): 0, ("b_n", (0,)): 0.2})
    close(after, *column(shelf, "the-gru", "h", variant="cho"))


@pytest.mark.parametrize(
    ("preset", "variant", "left"),
    [
        ("ten", "half", 0.5**10),
        ("hundred", "keras", 2.5e-14),
        ("hundred", "open", 0.99547),
        ("thousand", "open", 0.95562),
    ],
)
def test_what_a_leak_leaves(shelf: Shelf, preset: str, variant: str, left: float) -> None:
    assert column(shelf, "forget-as-leak", "c", preset=preset, variant=variant)[-1] == pytest.approx(left, rel=0.01)


def test_clocks_strike_when_they_should(shelf: Shelf) -> None:
    active = Seen(shelf, Setting("clockwork", None)).trace["m"]
    assert [[int(at) for at in np.flatnonzero(row)] for row in active] == [
        [0, 1, 2], [0], [0, 1], [0], [0, 1, 2], [0], [0, 1], [0], [0, 1, 2],
    ]  # fmt: skip
    h = Seen(shelf, Setting("clockwork", None)).trace["h"]
    assert len(set(h[:4, 2])) == 1
    masked = Seen(shelf, Setting("clockwork", None, weights={("U", (2, 0)): 9})).trace["h"]
    np.testing.assert_array_equal(masked, h)
    heard = Seen(shelf, Setting("clockwork", None, weights={("U", (0, 2)): 9})).trace["h"]
    assert not np.array_equal(heard, h)


def test_the_context_rises_and_halves(shelf: Shelf) -> None:
    s = column(shelf, "context-units", "s")
    close(s[:5], 0.05, 0.0975, 0.142625, 0.18549375, 0.2262190625)
    assert s[17] > s[4] / 2 > s[18]


def test_the_rectified_sum(shelf: Shelf) -> None:
    assert column(shelf, "identity-relu", "h", variant="one") == [3, 4, 4, 2, 2, 0, 2]
    assert column(shelf, "identity-relu", "h", variant="half")[2] == 3 * 0.5**2 + 0.5


def test_halves_and_quarters_come_back(shelf: Shelf) -> None:
    seen = Seen(shelf, Setting("what-goes-back", "ones"))
    assert seen.trace["h"][:, 0].tolist() == [1, 1.5, 1.75]
    assert seen.gradient["h"][:, 0].tolist() == [0.25, 0.5, 1]
    assert (seen.value("∂W", 0), seen.value("∂U", 0)) == (1.75, 2)
    without = Seen(shelf, Setting("what-goes-back", "ones", inputs={(1, 1): 0}))
    assert without.value("∂W", 0) == 1.75 - 0.25


@pytest.mark.parametrize(("variant", "left"), [("less", 0.00515378), ("one", 1), ("more", 117.3909)])
def test_one_weight_fifty_times(shelf: Shelf, variant: str, left: float) -> None:
    assert column(shelf, "vanishing", "h", variant=variant)[-1] == pytest.approx(left, rel=1e-6)


def test_half_lives_as_they_are_told() -> None:
    assert 0.9**7 < 0.5 < 0.9**6
    assert 0.9**14 < 0.25 < 0.9**13
    assert 1.1**7 < 2 < 1.1**8
    assert np.isfinite(1.1**1000)


def test_the_surest_value_learns_least(shelf: Shelf) -> None:
    gentle = Seen(shelf, Setting("saturation", "gentle"))
    strong = Seen(shelf, Setting("saturation", "strong"))
    assert strong.trace["h"][0, 0] > 0.9999
    assert gentle.gradient.inputs[0, 0] > 1e4 * strong.gradient.inputs[0, 0]
    far = Seen(shelf, Setting("saturation", "strong", inputs={(1, 1): 50}))
    assert abs(far.trace["h"][2, 0] - strong.trace["h"][2, 0]) < 1e-4


def shown(html: str) -> str:
    return re.sub(r"<[^>]*>", "", html)


def parts(beat: dict[str, Any]) -> dict[str, dict[str, str]]:
    asked = {key: beat["prediction"][key] for key in ("question", "why")} if beat["prediction"] else {}
    return {"text": beat["text"], **({"try": beat["try"]} if beat["try"] else {}), **asked}


@pytest.mark.parametrize("lesson", MINE)
def test_both_languages_say_the_same(shelf: Shelf, lesson: str) -> None:
    for beat in shelf.lessons[lesson].document()["beats"]:
        for part, text in parts(beat).items():
            found = {language: {*re.findall(r'data-name="([^"]+)"', html)} for language, html in text.items()}
            assert found["en"] == found["zh"], f"{beat['id']} {part}"
            decimals = {language: {*re.findall(r"−?\d+\.\d+", shown(html))} for language, html in text.items()}
            assert decimals["en"] == decimals["zh"], f"{beat['id']} {part}"


@pytest.mark.parametrize("lesson", MINE)
def test_texts_are_short_and_something_is_asked_and_tried(shelf: Shelf, lesson: str) -> None:
    beats = shelf.lessons[lesson].document()["beats"]
    for beat in beats:
        for part, text in parts(beat).items():
            assert len(shown(text["en"]).split()) <= 35, f"{beat['id']} {part}"
            assert len(shown(text["zh"])) <= 80, f"{beat['id']} {part}"
    assert any(beat["prediction"] for beat in beats)
    assert any(beat["try"] for beat in beats)
    assert len(shelf.lessons[lesson].summary["en"]) <= 75
