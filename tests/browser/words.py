"""What the page calls things, from its own catalogue: a test survives another wording and works in both languages."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path

CATALOGUES = Path(__file__).resolve().parents[2] / "static" / "i18n"
HAN = re.compile(r"[\u3400-\u9fff]")
HOLE = re.compile(rf"({HAN.pattern}?)\{{(\w+)\}}")


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
        return HOLE.sub(lambda found: self._filled(found, str(args[found[2]])), catalogue(self.language)[key])

    @staticmethod
    def _filled(found: re.Match[str], value: str) -> str:
        """Letters stand apart from the Chinese characters beside them."""
        before, after = found[1], found.string[found.end() : found.end() + 1]
        left = " " if before and re.match(r"[a-z∂]", value, re.IGNORECASE) else ""
        right = " " if HAN.match(after) and re.search(r"[a-z₀-₉]$", value, re.IGNORECASE) else ""
        return f"{before}{left}{value}{right}"

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
