"""A study in the cell's place: the settings that a lesson and its beats give it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from app.lessons import load_lessons

TOML = """
cell = "simple-rnn"
[sizes]
inputs = 2
units = 2
[sequence]
inputs = [[1, 0], [0, 1]]
[view]
study = "surface"
[study]
across = { of = "b", low = -2, high = 2.5 }
down = { of = "U", entry = [2, 1], low = 0, high = 1 }
rate = 0.1
clip = 0
[[beats]]
id = "one"
step = 1
[[beats]]
id = "two"
step = 2
study = { clip = 1, updates = 20 }
"""
TEXT = "# T\n\nS\n\n## One {#one}\n\nA\n\n## Two {#two}\n\nB\n\n## Names {names}\n\n- chapter: C\n"


def load(folder: Path, toml: str) -> Any:
    own = folder / "own"
    own.mkdir(exist_ok=True)
    (own / "lesson.toml").write_text(toml, "utf-8")
    (own / "en.md").write_text(TEXT, "utf-8")
    (own / "zh.md").write_text(TEXT, "utf-8")
    return load_lessons(folder)


def test_a_beat_lies_over_the_lesson(tmp_path: Path) -> None:
    lesson = load(tmp_path, TOML).lesson("own")
    common = {
        "study": "surface", "rate": 0.1, "across": "main.1.forward.b.0:-2:2.5", "down": "main.1.forward.U.1.0:0:1",
    }  # fmt: skip
    first, second = (beat["study"] for beat in lesson.document()["beats"])
    assert first == {**common, "clip": 0}
    assert second == {**common, "clip": 1, "updates": 20}
    assert lesson.experiment()["view"] == {"direction": "forward", **first}


def test_a_beat_may_have_a_study_of_its_own_and_the_others_have_the_cell(tmp_path: Path) -> None:
    plain = TOML[: TOML.index("[view]")] + TOML[TOML.index("[[beats]]") :]
    own = load(tmp_path, plain.replace("clip = 1, updates = 20", 'name = "learning", rate = 0.5, clip = 1')).lesson("own")
    first, second = (beat["study"] for beat in own.document()["beats"])
    assert first == {"study": "cell", "rate": 0.5, "clip": 1}, "opened by hand, it has the settings of the lesson"
    assert second == {"study": "learning", "rate": 0.5, "clip": 1}
    both = load(tmp_path, TOML.replace("clip = 1, updates = 20", 'name = "learning"')).lesson("own")
    first, second = (beat["study"] for beat in both.document()["beats"])
    assert first["study"] == "surface"
    assert second == {"study": "learning"}, "settings of the lesson's study are not those of another"


def test_a_lesson_without_a_study_says_nothing_of_it(tmp_path: Path) -> None:
    plain = TOML[: TOML.index("[view]")] + TOML[TOML.index("[[beats]]") : TOML.index("study = { clip")]
    lesson = load(tmp_path, plain).lesson("own")
    assert [beat["study"] for beat in lesson.document()["beats"]] == [{}, {}]
    assert lesson.experiment()["view"] == {"direction": "forward"}


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('study = "surface"', 'study = "surfaces"', "unknown-study"),
        ('[view]\nstudy = "surface"\n', "", "no-study"),
        ("rate = 0.1", "rate = 0", "too-small"),
        ("clip = 0", "clip = -1", "too-small"),
        ("updates = 20", "update = 20", "unknown-key"),
        ("low = -2, high", "low = 3, high", "wrong-range"),
        ("low = -2, high", "high", "missing-key"),
        ('of = "b"', 'of = "h"', "wrong-kind-of-symbol"),
        ("entry = [2, 1]", "entry = [3, 1]", "no-entry"),
        ("entry = [2, 1]", "entry = 2", "no-entry"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(tmp_path: Path, old: str, new: str, code: str) -> None:
    assert old in TOML
    shelf = load(tmp_path, TOML.replace(old, new, 1))
    assert code in {each.code for each in shelf.faults["own"]}
    assert all(each.line for each in shelf.faults["own"])


BESIDE = """
[sizes]
inputs = 2
units = 2
[sequence]
inputs = [[1, 0], [0, 1]]
[[variants]]
id = "gated"
cell = "lstm"
[[variants]]
id = "plain"
cell = "simple-rnn"
[variants.weights]
U = 2
[view]
study = "surface"
beside = "plain"
[study]
across = { of = "b_f", low = -2, high = 2 }
across2 = { of = "U", entry = [2, 1], low = 0, high = 1 }
[[beats]]
id = "one"
variant = "gated"
step = 1
[[beats]]
id = "two"
variant = "gated"
step = 2
"""
NAMED = TEXT + "- variant gated: G\n- variant plain: P\n"


def beside(folder: Path, toml: str) -> Any:
    own = folder / "own"
    own.mkdir()
    for name, text in (("lesson.toml", toml), ("en.md", NAMED), ("zh.md", NAMED)):
        (own / name).write_text(text, "utf-8")
    return load_lessons(folder)


def test_another_variant_beside_the_first_with_an_axis_of_its_own(tmp_path: Path) -> None:
    experiment = beside(tmp_path, BESIDE).lesson("own").experiment()
    (lane,) = experiment["lanes"]
    assert lane["cell"] == "simple-rnn"
    assert lane["network"]["parts"][0]["layers"][0]["cell"] == "simple-rnn"
    assert lane["parameters"]["values"]["main.1.forward.U"] == [[2, 2], [2, 2]]
    assert experiment["view"]["across"] == "main.1.forward.b_f.0:-2:2"
    assert experiment["view"]["across2"] == "main.1.forward.U.1.0:0:1"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('beside = "plain"', 'beside = "plan"', "the lesson has no variant 'plan'"),
        ('across2 = { of = "U", entry = [2, 1]', 'across2 = { of = "b_f"', "nothing here is called 'b_f'"),
        ('across = { of = "b_f"', 'across = { of = "b"', "'b'"),
    ],
)
def test_what_stands_beside_has_to_be_there(tmp_path: Path, old: str, new: str, said: str) -> None:
    assert old in BESIDE
    faults = beside(tmp_path, BESIDE.replace(old, new)).faults["own"]
    assert any(said in each.message for each in faults), faults


POWERS = """
[view]
study = "powers"
[study]
question = "gates"
scale = "linear"
gate = -2
radius = 1.5
across = { of = "U", entry = [2, 1], low = 0, high = 1 }
"""


def test_words_are_chosen_among_those_there_are(tmp_path: Path) -> None:
    head, beats = TOML[: TOML.index("[view]")], TOML[TOML.index("[[beats]]") : TOML.index("study = { clip")]
    lesson = load(tmp_path, head + POWERS + beats + 'study = { question = "depth" }\n').lesson("own")
    first, second = (beat["study"] for beat in lesson.document()["beats"])
    axis = "main.1.forward.U.1.0:0:1"
    assert first == {
        "study": "powers", "question": "gates", "scale": "linear", "gate": -2, "radius": 1.5, "across": axis,
    }  # fmt: skip
    assert second == {**first, "question": "depth"}
    wrong = load(tmp_path, head + POWERS.replace('"gates"', '"gate"') + beats)
    (fault,) = wrong.faults["own"]
    assert fault.code == "unknown-choice"
    assert fault.message == "'question' cannot be 'gate'"
    assert "gates" in fault.hint
