from __future__ import annotations

import ast
import json
import re
import shutil
from pathlib import Path

import pytest

from app.engine import Problem, vocabulary
from app.web.files import STATIC
from app.web.words import EARLY, FIRST, in_each, packed, read_words
from tests.cells.test_mistakes import MISTAKES
from tests.engine.mistakes import problems

LANGUAGES = ("en", "zh")


def test_every_language_has_a_folder_and_every_part_a_file_in_it() -> None:
    folders = {path.name: {file.stem for file in path.glob("*.json")} for path in (STATIC / "i18n").iterdir()}
    assert set(folders) == set(LANGUAGES)
    for parts in folders.values():
        assert set(EARLY) < parts


def test_another_language_is_another_folder(tmp_path: Path) -> None:
    shutil.copytree(STATIC / "i18n", tmp_path / "i18n")
    shutil.copytree(STATIC / "i18n" / FIRST, tmp_path / "i18n" / "de")
    assert list(read_words(tmp_path)) == [FIRST, "de", "zh"]


def test_keys_are_packed_once_and_what_a_language_has_not_is_said_in_the_first() -> None:
    assert packed({"en": {"a": "one", "b": "two"}, "zh": {"b": "二"}}) == {
        "keys": ["a", "b"],
        "said": {"en": ["one", "two"], "zh": ["one", "二"]},
    }


def test_texts_of_their_own_are_said_in_each_language_or_in_one_that_they_have() -> None:
    texts = {"a": {"en": "one", "zh": "一"}, "b": {"en": "", "zh": "二"}, "c": {"en": "three"}, "d": {}}
    assert in_each(texts, ["en", "zh"]) == {
        "en": {"a": "one", "b": "二", "c": "three", "d": ""},
        "zh": {"a": "一", "b": "二", "c": "three", "d": ""},
    }


def test_only_early_words_come_with_the_page() -> None:
    words = read_words(STATIC)
    for language in LANGUAGES:
        assert {key.split(".")[0] for key in words[language]} == set(EARLY)
        page = json.loads((STATIC / "i18n" / language / "page.json").read_text("utf-8"))
        assert words[language].items() >= page.items()


def words(language: str) -> dict[str, str]:
    """All words of a language, of whatever part."""
    return {key: text for path in (STATIC / "i18n" / language).glob("*.json") for key, text in json.loads(path.read_text()).items()}


def sentence(known: dict[str, str], problem: Problem) -> str | None:
    """As static/state/words.js finds it."""
    empty = [".empty"] if "" in (problem.args.get("text"), problem.args.get("rest")) else []
    keys = [f"{part}.{problem.code}{end}" for part in ("problem", "language", "training") for end in (*empty, "")]
    return next((known[key] for key in keys if key in known), None)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_mistake_in_a_cells_text_is_said_in_every_language(language: str) -> None:
    known = words(language)
    for mistake in MISTAKES:
        for problem in problems(mistake.text):
            said = sentence(known, problem)
            assert said, problem.code
            assert set(re.findall(r"\{(\w+)\}", said)) <= set(problem.args), (problem, said)
            hint = known[f"language.{problem.code}.hint"]
            assert set(re.findall(r"\{(\w+)\}", hint)) <= set(problem.args), (problem, hint)


# What looks at a network, an experiment or a message, on behalf of a page.
REACHABLE = (
    "engine/syntax", "engine/arithmetic", "engine/rules", "engine/shapes", "engine/cell", "engine/sizes", "engine/stack",
    "engine/layer",
    "session/checks", "session/prepared", "session/limits", "session/rewriting", "session/weights", "session/session",
    "session/updating", "session/surfaces", "engine/overflow", "engine/losses/objective", "engine/losses/logits",
    "tasks/task", "tasks/table", "learning/settings", "learning/record", "learning/pupil", "web/weights", "web/body",
    "learning/worker", "session/trainings", "web/trainee", "web/trainers",
)  # fmt: skip


def codes(module: str) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse((STATIC.parent / "app" / f"{module}.py").read_text("utf-8"))):
        if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if called in ("problem", "Problem", "_say", "_problem", "_refused", "_stopped"):
                found.add(str(node.args[0].value))
    return found


@pytest.mark.parametrize("module", REACHABLE)
def test_whatever_a_page_can_be_told_has_its_words(module: str) -> None:
    found = codes(module)
    assert found
    for language in LANGUAGES:
        known = words(language)
        bare = {key.split(".")[1] for key in known if key.startswith(("problem.", "language.", "training."))}
        assert found <= bare, f"{language}: {sorted(found - bare)}"
        assert {f"unknown-{what}" for what in ("parameter", "state", "value", "symbol")} <= bare


def test_the_list_of_the_language_says_something_of_each_entry() -> None:
    table = vocabulary()
    entries = {f"language.function.{each['name']}" for each in table["functions"]}
    entries |= {f"language.sign.{sign}" for sign in table["signs"]}
    for language in LANGUAGES:
        known = {key for key in words(language) if key.startswith(("language.function.", "language.sign."))}
        assert known == entries
