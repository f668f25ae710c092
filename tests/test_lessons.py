"""The two lessons that come with the program: their numbers, and every number that their texts tell."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

import numpy as np
import pytest

from app.lessons import Shelf, load_lessons
from tests.lessons.claims import BOTH, CLAIMS, FIRST, FORGETFUL, GATED, SECOND, THIRD, TOY, Claim
from tests.lessons.seen import Seen, Setting


@pytest.fixture(scope="module")
def shelf() -> Shelf:
    return load_lessons()


def close(value: object, expected: object) -> None:
    np.testing.assert_allclose(np.asarray(value), np.asarray(expected), rtol=1e-12, atol=0)


# The walkthrough with exact sigmoids, IEEE doubles.
FIVE_C = [3, 7, 6.9997730106564884, 6.9995006337491068, 5.735399660523715e-39]
FIVE_Y = [
    0.00013619360610730318,
    0.00031778508091704076,
    0.00031777477608462717,
    6.9995006337491068,
    2.6037492074444242e-43,
]


def test_five_steps_with_exact_sigmoids(shelf: Shelf) -> None:
    seen = Seen(shelf, Setting("gated-cell", "five", "exact"))
    close(seen.trace["c"][:, 0], FIVE_C)
    close(seen.trace.before["c"][:, 0], [0, *FIVE_C[:-1]])
    close(seen.trace["y"][:, 0], FIVE_Y)
    close(seen.trace["i:in"][:, 0], [90, 90, -10, -10, -110])
    close(seen.trace["f:in"][:, 0], [110, 110, 10, 10, -90])
    close(seen.trace["o:in"][:, 0], [-10, -10, -10, 90, -10])
    close(seen.trace["f"][4, 0], 8.194012623990515e-40)
    close(seen.trace["i"][4, 0], 1.6889118802245324e-48)


def test_five_steps_with_rounded_gates(shelf: Shelf) -> None:
    seen = Seen(shelf, Setting("gated-cell", "five", "rounded"))
    table = {
        "z": [3, 4, 2, 1, 3],
        "i": [1, 1, 0, 0, 0],
        "f": [1, 1, 1, 1, 0],
        "o": [0, 0, 0, 1, 0],
        "c": [3, 7, 7, 7, 0],
        "y": [0, 0, 0, 7, 0],
    }
    for name, expected in table.items():
        assert seen.trace[name][:, 0].tolist() == expected
    assert seen.trace.before["c"][:, 0].tolist() == [0, 3, 7, 7, 7]


def test_gradients_of_the_walkthrough(shelf: Shelf) -> None:
    gradient = Seen(shelf, Setting("gated-cell", "five", "exact")).gradient
    f, shut = 0.9999546021312976, 4.5397868702434395e-05
    close(gradient["z"][:, 0], [f * f, f * f, shut * f, shut, 0])
    close(gradient["c"][:, 0], [f * f, f * f, f, 1, 0])
    weights = gradient.parameters
    close(weights["W_z"], [[6.999500633749107, 1.9998184126471235, 4.5397868702434395e-05]])
    close(weights["b_z"], [1.999909206323562])
    close(weights["W_i"][0, [0, 2]], [2.269707951880814e-04, 4.5395807735951673e-05])
    close(weights["b_i"], [1.3618330146201654e-04])
    close(weights["W_f"][0, [0, 2]], [9.532728058685954e-04, 3.1776034978675744e-04])
    close(weights["b_f"], [6.355165778276764e-04])
    # Saturated: what is left is below anything that could be seen.
    assert abs(weights["W_i"][0, 1]) < 1e-38
    assert abs(weights["W_f"][0, 1]) < 1e-38
    assert np.all(np.abs(weights["W_o"]) < 1e-38)
    assert np.all(np.abs(weights["b_o"]) < 1e-38)


def test_nine_columns(shelf: Shelf) -> None:
    rounded = Seen(shelf, Setting("gated-cell", "nine", "rounded"))
    assert rounded.trace.before["c"][:, 0].tolist() == [0, 0, 3, 3, 7, 7, 7, 0, 6]
    assert rounded.trace["c"][:, 0].tolist() == [0, 3, 3, 7, 7, 7, 0, 6, 6]
    assert rounded.trace["y"][:, 0].tolist() == [0, 0, 0, 0, 0, 7, 0, 0, 6]
    exact = Seen(shelf, Setting("gated-cell", "nine", "exact"))
    c = [4.5397868702e-05, 3.0000453978687, 2.9999999979390, 6.9999999979390, 6.9997730085956, 6.9995006316883,
         5.7354e-39, 6, 5.9997730106565]  # fmt: skip
    y = [2.06097e-09, 1.36196e-04, 1.36194e-04, 3.17785e-04, 3.17775e-04, 6.9995006316883, 2.60375e-43, 2.72387e-04,
         5.9997730106565]  # fmt: skip
    # These are known to the digits written here only; the ones that matter to a relative 1e-12 are computed below.
    np.testing.assert_allclose(exact.trace["c"][:, 0], c, rtol=3e-6)
    np.testing.assert_allclose(exact.trace["y"][:, 0], y, rtol=3e-6)
    close(exact.trace["c"][:, 0], by_hand([[1, 0, 0], [3, 1, 0], [2, 0, 0], [4, 1, 0], [2, 0, 0], [1, 0, 1],
                                           [3, -1, 0], [6, 1, 0], [1, 0, 1]]))  # fmt: skip


def by_hand(inputs: list[list[float]]) -> list[float]:
    """The memory cell written out once more, independently of the engine."""

    def sigmoid(a: float) -> float:
        return float(1 / (1 + np.exp(-a)) if a >= 0 else np.exp(a) / (1 + np.exp(a)))

    c, found = 0.0, []
    for x1, x2, _ in inputs:
        c = sigmoid(100 * x2 + 10) * c + sigmoid(100 * x2 - 10) * x1
        found.append(c)
    return found


@pytest.mark.parametrize(
    ("preset", "hidden", "output"),
    [
        ("one-one-two", [2, 6, 16], [4, 12, 32]),
        ("one-two-one", [2, 8, 18], [4, 16, 36]),
        ("two-one-one", [4, 10, 22], [8, 20, 44]),
    ],
)
def test_three_orders_of_the_toy(shelf: Shelf, preset: str, hidden: list[float], output: list[float]) -> None:
    seen = Seen(shelf, Setting("linear-toy", preset, more=((0, 0), (0, 0))))
    doubled = [*hidden, 2 * hidden[-1], 4 * hidden[-1]]
    close(seen.trace["h"], [[each, each] for each in doubled])
    close(seen.trace.before["h"], [[each, each] for each in [0, *doubled[:-1]]])
    close(seen.trace["y"], [[2 * each, 2 * each] for each in doubled])
    close(seen.trace["y"][:3, 0], output)


@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: f"{claim.beat} {claim.of} {claim.step}")
def test_what_a_text_says_is_so(shelf: Shelf, claim: Claim) -> None:
    """As it is shown, with two decimals; in every variant unless the text names one."""
    for variant in claim.variants:
        setting = Setting(
            claim.lesson, claim.preset, variant, claim.weights, claim.inputs, claim.more, step=claim.asked
        )
        value = Seen(shelf, setting).value(claim.of, claim.step, claim.unit)
        assert abs(value - claim.said) < 0.005, f"{variant}: {value}"


def test_every_beat_is_backed_by_a_claim(shelf: Shelf) -> None:
    beats = {beat["id"] for lesson in (GATED, TOY) for beat in shelf.lessons[lesson].document()["beats"]}
    assert beats == {claim.beat for claim in CLAIMS}


def test_which_step_changes_first_when_the_bias_falls(shelf: Shelf) -> None:
    before = Seen(shelf, Setting(GATED, "five", "exact")).trace["c"][:, 0]
    after = Seen(shelf, Setting(GATED, "five", "exact", FORGETFUL)).trace["c"][:, 0]
    assert [abs(a - b) > 0.005 for a, b in zip(before, after, strict=True)] == [False, False, True, True, False]


def test_what_exact_sigmoids_leave_of_the_memory(shelf: Shelf) -> None:
    left = Seen(shelf, Setting(GATED, "five", "exact")).value("c", 5)
    assert f"{left:.1e}" == "5.7e-39"


def test_no_weight_of_a_gate_gets_a_thousandth(shelf: Shelf) -> None:
    for variant in BOTH:
        weights = Seen(shelf, Setting(GATED, "five", variant)).gradient.parameters
        for name in ("W_i", "b_i", "W_f", "b_f", "W_o", "b_o"):
            assert np.max(np.abs(weights[name])) < 0.001


@pytest.mark.parametrize("cell", [(0, 0), (0, 1), (1, 0), (1, 1)])
def test_one_weight_of_the_toy_changes_all_steps(shelf: Shelf, cell: tuple[int, int]) -> None:
    before = Seen(shelf, Setting(TOY, FIRST)).trace["h"]
    after = Seen(shelf, Setting(TOY, FIRST, weights={("W", cell): 0})).trace["h"]
    assert np.all(np.any(before != after, axis=1))


def test_the_toy_explodes_by_its_largest_eigenvalue(shelf: Shelf) -> None:
    assert max(np.linalg.eigvals(np.ones((2, 2))).real) == pytest.approx(2)
    more = ((1.0, 1.0),) * 100
    gradient = Seen(shelf, Setting(TOY, FIRST, more=more, step=103)).gradient["h"][:, 0]
    assert gradient[2] / gradient[102] == pytest.approx(2.0**100)
    assert pytest.approx(1e30, rel=0.3) == 2.0**100


@pytest.mark.parametrize("added", [(0.0, 0.0), (2.0, 2.0)])
def test_the_top_left_weight_and_120_steps_overflow(shelf: Shelf, added: tuple[float, float]) -> None:
    seen = Seen(shelf, Setting(TOY, FIRST, weights={("U", (0, 0)): 1000}, more=(added,) * 117))
    y = seen.trace["y"][:, 0]
    assert np.flatnonzero(np.isinf(y)).tolist() == list(range(103, 120))
    assert not np.isnan(y).any()


def shown(html: str) -> str:
    return re.sub(r"<[^>]*>", "", html)


def texts(beat: dict[str, Any]) -> dict[str, dict[str, str]]:
    found = {"text": beat["text"]}
    if beat["try"]:
        found["try"] = beat["try"]
    if beat["prediction"]:
        found |= {key: beat["prediction"][key] for key in ("question", "why")}
    return found


@pytest.mark.parametrize("lesson", [GATED, TOY])
def test_both_languages_say_the_same_numbers(shelf: Shelf, lesson: str) -> None:
    for beat in shelf.lessons[lesson].document()["beats"]:
        for part, text in texts(beat).items():
            numbers = {
                language: Counter(re.findall(r"−?\d+(?:\.\d+)?", shown(html))) for language, html in text.items()
            }
            assert numbers["en"].keys() == numbers["zh"].keys(), f"{beat['id']} {part}"


@pytest.mark.parametrize("lesson", [GATED, TOY])
def test_both_languages_light_the_same_symbols(shelf: Shelf, lesson: str) -> None:
    for beat in shelf.lessons[lesson].document()["beats"]:
        for part, text in texts(beat).items():
            named = {language: set(re.findall(r'data-name="([^"]+)"', html)) for language, html in text.items()}
            assert named["en"] == named["zh"], f"{beat['id']} {part}"


@pytest.mark.parametrize("lesson", [GATED, TOY])
def test_texts_are_short(shelf: Shelf, lesson: str) -> None:
    for beat in shelf.lessons[lesson].document()["beats"]:
        for part, text in texts(beat).items():
            assert len(shown(text["en"]).split()) <= 45, f"{beat['id']} {part}"
            assert len(shown(text["zh"])) <= 90, f"{beat['id']} {part}"


@pytest.mark.parametrize("lesson", [GATED, TOY])
def test_every_step_has_one_beat_in_each_direction(shelf: Shelf, lesson: str) -> None:
    document = shelf.lessons[lesson].document()
    for preset in document["presets"]:
        steps = list(range(1, len(preset["inputs"]) + 1))
        for direction in ("forward", "backward"):
            found = [
                beat["step"]
                for beat in document["beats"]
                if beat["direction"] == direction and beat["preset"] in (None, preset["id"])
            ]
            assert found == (steps if direction == "forward" else steps[::-1])


def test_every_sequence_asks_for_predictions(shelf: Shelf) -> None:
    asked = Counter(
        (lesson, beat["preset"])
        for lesson in (GATED, TOY)
        for beat in shelf.lessons[lesson].document()["beats"]
        if beat["prediction"]
    )
    assert asked == {
        (GATED, "five"): 4,
        (GATED, "nine"): 5,
        (TOY, FIRST): 2,
        (TOY, SECOND): 2,
        (TOY, THIRD): 2,
    }


def test_no_problem_is_reported(shelf: Shelf) -> None:
    assert shelf.problems == []
    assert {TOY, GATED} <= {*shelf.lessons}
