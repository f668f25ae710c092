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
    """Texts by language, "en" and "zh"; `about` is empty where nothing is said."""

    family: str
    title: Mapping[str, str]
    source: Mapping[str, str]
    about: Mapping[str, str]


def guide(cell: Cell) -> Guide:
    """What is said of a cell of the library: in English with the title and source of its own text, in all languages where
    nothing else is known."""
    said = _said().get(cell.name, {})
    chinese = said.get("zh", {})
    about = {"en": said.get("about", ""), "zh": chinese.get("about", "")}
    return Guide(
        said.get("family", OTHER),
        {"en": cell.title, "zh": chinese.get("title", cell.title)},
        {"en": cell.program.source, "zh": chinese.get("source", cell.program.source)},
        {language: text for language, text in about.items() if text},
    )


def in_order(names: Iterable[str]) -> list[str]:
    """Names of cells in the order in which they are shown, those that nothing is said of last."""
    order = list(_said())
    return sorted(names, key=lambda name: (order.index(name) if name in order else len(order), name))


@cache
def _said() -> Mapping[str, Mapping[str, Any]]:
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
