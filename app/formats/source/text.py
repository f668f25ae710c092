"""The text of source code: comments that stay comments, numbers, lists that are broken into lines."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from textwrap import indent

import numpy as np

from ..library import Array

WIDTH = 100
INDENT = "    "


def comment(text: str) -> str:
    """A person's text for a comment: what is not printed (line ends, marks that turn the direction) becomes a space."""
    return " ".join(_printable(text).split())


def header(text: str) -> list[str]:
    """A cell's text as comments, its columns kept."""
    kept = [line for line in (_printable(line).rstrip() for line in text.split("\n")) if line]
    titles = [line for line in kept if line.startswith("#")]
    equations = [f"#     {line}" for line in kept if not line.startswith("#")]
    return [*titles, *(["#"] if titles else []), *equations]


def _printable(text: str) -> str:
    return "".join(sign if sign.isprintable() else " " for sign in text)


def quoted(name: str) -> str:
    """A name as a string of Python, in double quotes."""
    return json.dumps(name)


def number(value: float) -> str:
    """A number in its shortest exact form."""
    if not np.isfinite(value):
        return f'float("{value}")'
    return str(int(value)) if value == int(value) and abs(value) < 1e15 else repr(float(value))


def literal(value: Array, depth: int = 0) -> str:
    """An array as nested lists, exact; rows in lines of their own where one line is too short. `depth` is its indent."""
    line = _line(value)
    room = WIDTH - len(INDENT) * (depth + 1)
    if len(line) <= room - 20 or value.ndim == 0:
        return line
    rows = [_line(each) for each in value] if value.ndim == 1 else [literal(each, depth + 1) for each in value]
    inside = listed(rows, room) if value.ndim == 1 else "\n".join(f"{row}," for row in rows)
    return f"[\n{indent(inside, INDENT)}\n]"


def _line(value: Array) -> str:
    if value.ndim == 0:
        # a point in every number, so that an array of them holds no integers; the digits are those of its own type
        found = float(str(value[()]))
        return repr(found) if np.isfinite(found) else number(found)
    return f"[{', '.join(_line(each) for each in value)}]"


def block(lines: Iterable[str], depth: int = 1) -> str:
    """Lines, indented; one entry may be several of them."""
    return indent("\n".join(lines), INDENT * depth)


def listed(items: Sequence[str], room: int) -> str:
    """Items in lines of at most `room` characters, with a comma after each."""
    lines: list[str] = []
    for item in items:
        if lines and len(lines[-1]) + len(item) + 2 <= room:
            lines[-1] += f" {item},"
        else:
            lines.append(f"{item},")
    return "\n".join(lines)


def enclosed(before: str, items: Sequence[str], after: str, depth: int = 0) -> str:
    """`before` items `after` in one line, or the items in lines of their own if it is too long; `depth` is its indent."""
    line = f"{before}{', '.join(items)}{after}"
    if len(line) + len(INDENT) * depth <= WIDTH:
        return line
    return f"{before}\n{indent(listed(items, WIDTH - len(INDENT) * (depth + 1)), INDENT)}\n{after}"


def assigned(names: Sequence[str], values: Sequence[str], depth: int = 0) -> str:
    """`a, b = x, y` in one line, or the values in lines of their own; `depth` is its indent."""
    line = f"{', '.join(names)} = {', '.join(values)}"
    if len(line) + len(INDENT) * depth <= WIDTH or len(values) == 1:
        return line
    return enclosed(f"{', '.join(names)} = (", values, ")", depth)


def table(name: str, items: Mapping[str, str]) -> str:
    """`name = {...}`, an entry in a line."""
    entries = [indent(f"{quoted(key)}: {value},", INDENT) for key, value in items.items()]
    return "\n".join([f"{name} = {{", *entries, "}"]) if entries else f"{name} = {{}}"


def aligned(lines: Sequence[tuple[str, str]]) -> list[str]:
    """Pieces of code with their remarks, which stand in one column unless a line is long."""
    width = max((len(code) for code, said in lines if said and len(code) <= WIDTH - 40), default=0)
    return [_remarked(code, said, width) for code, said in lines]


def _remarked(code: str, said: str, width: int) -> str:
    if not said:
        return code
    line = f"{code:<{width}}  # {said}"
    return f"# {said}\n{code}" if "\n" in code or len(line) > WIDTH else line
