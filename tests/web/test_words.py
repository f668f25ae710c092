from __future__ import annotations

import json

from app.web.files import STATIC
from app.web.words import EARLY, LANGUAGES, read_words


def test_every_language_has_a_folder_and_every_part_a_file_in_it() -> None:
    folders = {path.name: {file.stem for file in path.glob("*.json")} for path in (STATIC / "i18n").iterdir()}
    assert set(folders) == set(LANGUAGES)
    for parts in folders.values():
        assert set(EARLY) < parts


def test_only_early_words_come_with_the_page() -> None:
    words = read_words(STATIC)
    for language in LANGUAGES:
        assert {key.split(".")[0] for key in words[language]} == set(EARLY)
        page = json.loads((STATIC / "i18n" / language / "page.json").read_text("utf-8"))
        assert words[language].items() >= page.items()
