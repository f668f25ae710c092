"""What is said of a cell beside its equations: the group that it belongs to, its name in Chinese, what is special about it."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from app.engine import Cell

OTHER = "other"
"""The group of a cell that nothing is said of."""


@dataclass(frozen=True, slots=True)
class Guide:
    """Texts by language, "en" and every other that one of them is said in; `about` is empty where nothing is said."""

    family: str
    title: Mapping[str, str]
    source: Mapping[str, str]
    about: Mapping[str, str]


def guide(cell: Cell) -> Guide:
    """What is said of a cell of the library: in English with the title and source of its own text, in all languages where
    nothing else is known."""
    said = _said().get(cell.name, {})
    own = {"title": cell.title, "source": cell.program.source, "about": said.get("about", "")}
    others = {language: texts for language, texts in said.items() if isinstance(texts, dict)}
    others.setdefault("zh", {})
    texts = {"en": own} | {language: own | {"about": ""} | each for language, each in others.items()}
    return Guide(
        said.get("family", OTHER),
        {language: each["title"] for language, each in texts.items()},
        {language: each["source"] for language, each in texts.items()},
        {language: each["about"] for language, each in texts.items() if each["about"]},
    )


def in_order(names: Iterable[str]) -> list[str]:
    """Names of cells in the order in which they are shown, those that nothing is said of last."""
    order = list(_said())
    return sorted(names, key=lambda name: (order.index(name) if name in order else len(order), name))


@cache
def _said() -> Mapping[str, Mapping[str, Any]]:
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
