"""What the page says: a folder for each language, in it a file for each part of the page.

What the first picture needs comes with the page. The words of a view that is loaded later are fetched together with it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

#: the language of whoever asks for none that there is
FIRST = "en"
#: parts of the page whose words come with it
EARLY = (
    "cell", "header", "label", "lesson", "notice", "page", "predict", "problem", "sequence", "shared", "strip", "tools",
    "transport", "weights",
)  # fmt: skip
Words = Mapping[str, Mapping[str, str]]


def read_words(static: Path, parts: Sequence[str] = EARLY) -> Words:
    """The words of each language, by their keys, those that come with the page unless others are named.

    A language is a folder that is there.
    """
    found = sorted((path for path in (static / "i18n").iterdir() if path.is_dir()), key=lambda path: path.name)
    return {path.name: _merged(path, parts) for path in sorted(found, key=lambda path: path.name != FIRST)}


def packed(words: Words) -> dict[str, object]:
    """The keys once, and what each language says for them in their order, which is shorter on its way.

    A key that a language has not is said in the first language.
    """
    first = words[FIRST]
    return {"keys": list(first), "said": {name: [own.get(key, first[key]) for key in first] for name, own in words.items()}}


def in_each(texts: Mapping[str, Mapping[str, str]], languages: Sequence[str]) -> Words:
    """The words of each language, from texts that each know their languages.

    A text that has not been written in a language is said in the first, or else in one that it has.
    """
    return {
        name: {key: own.get(name) or own.get(FIRST) or next(filter(None, own.values()), "") for key, own in texts.items()}
        for name in languages
    }


def _merged(folder: Path, parts: Sequence[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for part in parts:
        found |= json.loads((folder / f"{part}.json").read_text("utf-8"))
    return found
