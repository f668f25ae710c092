"""The files of the repository as the house tests see them: everything but what is made or installed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NOT_OURS = {".git", ".venv", "node_modules", "dist", "build", "test-results"}


def files(folder: str = "", *endings: str) -> list[Path]:
    """Files below a folder, relative to the repository, in order; `endings` such as ".py"."""
    return [path for path in sorted(_below(ROOT / folder)) if not endings or path.suffix in endings]


def _below(folder: Path) -> Iterator[Path]:
    if not folder.is_dir():
        return
    for entry in folder.iterdir():
        name = entry.name
        if name in NOT_OURS or name.endswith((".egg-info", "_cache")) or name in {"__pycache__", ".hypothesis"}:
            continue
        if entry.is_dir():
            yield from _below(entry)
        else:
            yield entry.relative_to(ROOT)


def read(path: Path) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


def without_comments(text: str, *, line: str | None = "//") -> str:
    """Text of a script or a style sheet with its comments blanked out, line numbers kept."""
    text = re.sub(r"/\*.*?\*/", lambda found: re.sub(r"[^\n]", " ", found[0]), text, flags=re.DOTALL)
    return re.sub(rf"(?<![:\"'`]){line}[^\n]*", "", text) if line else text


def faults(path: Path, text: str, pattern: str, *, flags: int = 0) -> list[str]:
    """`file:line: what was found` for every place where a pattern occurs."""
    return [
        f"{path}:{text.count(chr(10), 0, found.start()) + 1}: {found[0].strip()}"
        for found in re.finditer(pattern, text, flags)
    ]


def nothing(found: list[str]) -> None:
    """Fails with one fault a line."""
    assert not found, "\n" + "\n".join(found)


def cycle(imports: dict[str, set[str]]) -> list[str] | None:
    """Some circle of imports as a path that ends where it began, or None."""
    done: set[str] = set()

    def visit(name: str, path: list[str]) -> list[str] | None:
        if name in path:
            return [*path[path.index(name) :], name]
        if name in done:
            return None
        for other in sorted(imports.get(name, ())):
            if found := visit(other, [*path, name]):
                return found
        done.add(name)
        return None

    return next((found for name in sorted(imports) if (found := visit(name, []))), None)
