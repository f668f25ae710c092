"""A lesson's document and its experiments."""

from __future__ import annotations

import json
from typing import Any

import pytest

from app.lessons import Lesson, LessonError, load_lessons


@pytest.fixture(scope="module")
def gated() -> Lesson:
    return load_lessons().lessons["gated-cell"]


def test_the_first_preset_and_variant_unless_others_are_named(gated: Lesson) -> None:
    record = gated.experiment()
    assert (record["lesson"], record["preset"], record["variant"]) == ("gated-cell", "five", "exact")
    assert (record["version"], record["step"], record["view"], record["language"]) == (1, 1, {"direction": "forward"}, None)
    assert record["network"]["parts"][0]["layers"][0]["cell"] == "memory-cell"
    assert record["sequence"]["inputs"][4] == [3, -1, 0]
    assert record["backward"] == {"of": "main.1.forward.y", "step": 4, "unit": None}
    assert record["parameters"]["seed"] == 0
    assert record["parameters"]["values"]["main.1.forward.W_i"] == [[0, 100, 0]]
    assert record["initial"] == {"main.1.forward.c": [0]}


def test_another_preset_and_variant(gated: Lesson) -> None:
    record = gated.experiment("nine", "rounded")
    assert (record["preset"], record["variant"]) == ("nine", "rounded")
    assert record["network"]["parts"][0]["layers"][0]["cell"] == "memory-cell-rounded"
    assert len(record["sequence"]["inputs"]) == 9
    assert record["backward"]["step"] == 6


def test_both_are_json_and_belong_to_the_caller(gated: Lesson) -> None:
    for make in (gated.document, gated.experiment):
        first: dict[str, Any] = make()
        assert json.loads(json.dumps(first, allow_nan=False)) == first
        first.clear()
        assert make()
    changed = gated.experiment()
    changed["parameters"]["values"]["main.1.forward.b_f"][0] = -1.0
    assert gated.experiment()["parameters"]["values"]["main.1.forward.b_f"] == [10]


@pytest.mark.parametrize(
    ("preset", "variant", "code", "message", "hint"),
    [
        ("fve", None, "unknown-preset", "the lesson 'gated-cell' has no preset 'fve'", "did you mean 'five'?"),
        (None, "soft", "unknown-variant", "the lesson 'gated-cell' has no variant 'soft'", "there are: exact, rounded"),
    ],
)
def test_a_preset_or_variant_that_is_not_there(
    gated: Lesson, preset: str | None, variant: str | None, code: str, message: str, hint: str
) -> None:
    with pytest.raises(LessonError) as caught:
        gated.experiment(preset, variant)
    [problem] = caught.value.problems
    assert (problem.code, problem.message, problem.hint) == (code, message, hint)


def test_a_lesson_with_one_sequence_and_one_cell_has_neither_presets_nor_variants() -> None:
    toy = load_lessons().lessons["linear-toy"]
    assert toy.document()["variants"] == []
    assert toy.experiment()["variant"] is None
    with pytest.raises(LessonError, match="has no variant 'exact'"):
        toy.experiment(None, "exact")


def test_the_document_has_the_fields_that_the_page_reads(gated: Lesson) -> None:
    document = gated.document()
    assert set(document) == {
        "id", "order", "title", "chapter", "summary", "introduction", "beats", "presets", "variants", "view",
    }  # fmt: skip
    assert set(document["view"]) == {"rows", "gradients", "ranges", "input_names", "wall", "note"}
    for beat in document["beats"]:
        assert set(beat) == {
            "id", "preset", "variant", "step", "direction", "spotlight", "set", "study", "title", "text", "try",
                "prediction",
        }  # fmt: skip
        if beat["prediction"]:
            assert set(beat["prediction"]) == {
                "id", "of", "gradient", "step", "unit", "curve", "count", "choices", "tolerance", "question", "why",
            }  # fmt: skip
    assert [(each["id"], each["title"]["en"]) for each in document["presets"]] == [
        ("five", "Five steps"), ("nine", "Nine steps"),
    ]  # fmt: skip
    assert [(each["id"], each["cell"], each["parameters"], each["units"]) for each in document["variants"]] == [
        ("exact", "memory-cell", 16, 1), ("rounded", "memory-cell-rounded", 16, 1),
    ]  # fmt: skip
    assert document["view"]["rows"] == [f"main.1.forward.{name}" for name in "yocfi"] + ["main.0.forward.x"]
    assert document["view"]["input_names"] == ["x₁", "x₂", "x₃"]


def test_the_question_at_step_four_offers_four_numbers(gated: Lesson) -> None:
    [beat] = [each for each in gated.document()["beats"] if each["id"] == "read"]
    question = beat["prediction"]
    assert (beat["step"], question["of"], question["step"], question["unit"]) == (4, "main.1.forward.c", 5, 0)
    assert question["choices"] == [10, 7, 4, 0]
