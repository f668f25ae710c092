"""The wire as the page's scripts know it: the record types in static/net/contract.js, read as text."""

from __future__ import annotations

import re
from pathlib import Path

CONTRACT = Path(__file__).resolve().parents[2] / "static/net/contract.js"


def records() -> dict[str, dict[str, bool]]:
    """The fields of every record type by its name, and whether each must be there."""
    text = CONTRACT.read_text("utf-8")
    found: dict[str, dict[str, bool]] = {}
    for inside, name in re.findall(r"@typedef \{\{(.*?)\}\} (\w+)", text):
        found[name] = _fields(inside)
    for name, properties in re.findall(r"@typedef \{object\} (\w+)\n(.*?)\*/", text, re.DOTALL):
        names = re.findall(r"@property \{.*\} (\[?)(\w+)", properties)
        found[name] = {field: bracket == "" for bracket, field in names}
    return found


def _fields(inside: str) -> dict[str, bool]:
    """`a: string, b?: {c: number}` as {"a": True, "b": False}: what stands inside other brackets is skipped."""
    fields = {}
    depth, start = 0, 0
    for at, char in enumerate(inside + ","):
        depth += (char in "{[<(") - (char in "}]>)")
        if char == "," and depth == 0:
            name = inside[start:at].partition(":")[0].strip()
            fields[name.rstrip("?")] = not name.endswith("?")
            start = at + 1
    return fields
