"""What the page calls things, from its own catalogue: a test survives another wording and works in both languages."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path

CATALOGUES = Path(__file__).resolve().parents[2] / "static" / "i18n"


@cache
def catalogue(language: str) -> dict[str, str]:
    entries: dict[str, str] = {}
    for file in sorted((CATALOGUES / language).glob("*.json")):
        entries |= json.loads(file.read_text(encoding="utf-8"))
    return entries


class Words:
    """The catalogue of one language, as the page's `say` reads it."""

    def __init__(self, language: str) -> None:
        self.language = language

    def __call__(self, key: str, **args: object) -> str:
        text = catalogue(self.language)[key]
        return re.sub(r"\{(\w+)\}", lambda found: str(args[found[1]]), text)

    def pattern(self, key: str, **args: object) -> re.Pattern[str]:
        """A whole sentence where everything that is not given may be anything."""
        return re.compile(f"^{self._expression(key, args)}$")

    def inside(self, key: str, **args: object) -> re.Pattern[str]:
        """The same anywhere in a text."""
        return re.compile(self._expression(key, args))

    def _expression(self, key: str, args: dict[str, object]) -> str:
        parts = re.split(r"\{(\w+)\}", catalogue(self.language)[key])
        return "".join(
            re.escape(part) if place % 2 == 0 else re.escape(str(args[part])) if part in args else ".*?"
            for place, part in enumerate(parts)
        )
