"""The line of every key and value in a TOML text, which Python's reader does not tell."""

from __future__ import annotations

import re
import tomllib
from contextlib import suppress

Key = str | int
Path = tuple[Key, ...]

_BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_STRING = re.compile(
    r'"""(?:[^\\]|\\.)*?"""("{0,2})|\'\'\'.*?\'\'\'(\'{0,2})|"(?:[^"\\\n]|\\.)*"|\'[^\'\n]*\'', re.DOTALL
)
_SCALAR = re.compile(r"[^,\]}#\n]+")


class Positions:
    """Looks up lines by path: ("presets", 0, "inputs", 2) is the third row of the first preset's inputs."""

    def __init__(self, lines: dict[Path, int], opens_line: frozenset[Path] = frozenset()) -> None:
        self._lines = lines
        self._opens_line = opens_line

    def line(self, *path: Key) -> int:
        """The line of a path, or of the nearest table around it when it is not written itself."""
        while path and path not in self._lines:
            path = path[:-1]
        return self._lines.get(path, 1)

    def first_line(self, *path: Key) -> int:
        """Where a text's own first line stands: the line below the quotes when these end theirs."""
        return self.line(*path) + (1 if path in self._opens_line else 0)


def locate(text: str) -> Positions:
    """The positions in a text that tomllib has accepted; in any other text they mean nothing, but it never raises."""
    scanner = _Scanner(text)
    with suppress(_Unexpected, RecursionError):
        scanner.document()
    return Positions(scanner.lines, frozenset(scanner.opens_line))


class _Unexpected(Exception):
    """The text is not TOML; tomllib says so better."""


class _Scanner:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.lines: dict[Path, int] = {}
        self.opens_line: set[Path] = set()
        self._counts: dict[Path, int] = {}
        self._line = 1
        self._counted = 0

    def document(self) -> None:
        around: Path = ()
        while self.blank():
            if self.text.startswith("[[", self.at):
                self.at += 2
                around = self.element(self.key())
                self.lines[around] = self.line()
                self.expect("]]")
            elif self.text[self.at] == "[":
                self.at += 1
                around = self.inside(self.key())
                self.lines[around] = self.line()
                self.expect("]")
            else:
                self.pair(around)

    def pair(self, around: Path) -> None:
        line = self.line()
        path = (*around, *self.key())
        for length in range(len(around) + 1, len(path) + 1):
            self.lines.setdefault(path[:length], line)
        self.expect("=")
        self.value(path)

    def value(self, path: Path) -> None:
        self.blank()
        self.lines.setdefault(path, self.line())
        match self.text[self.at : self.at + 1]:
            case "[":
                self.at += 1
                index = 0
                while self.more("]"):
                    self.value((*path, index))
                    index += 1
                    self.separator("]")
            case "{":
                self.at += 1
                while self.more("}"):
                    self.pair(path)
                    self.separator("}")
            case '"' | "'":
                # TOML drops a line break right after three quotes.
                if self.text[self.at : self.at + 4] in ('"""\n', "'''\n"):
                    self.opens_line.add(path)
                self.skip(_STRING)
            case _:
                self.skip(_SCALAR)

    def key(self) -> Path:
        parts: list[Key] = []
        while True:
            self.blank()
            if self.text[self.at : self.at + 1] in ('"', "'"):
                start = self.at
                self.skip(_STRING)
                parts.append(_unquoted(self.text[start : self.at]))
            else:
                start = self.at
                self.skip(_BARE)
                parts.append(self.text[start : self.at])
            self.blank()
            if self.text[self.at : self.at + 1] != ".":
                return tuple(parts)
            self.at += 1

    def inside(self, key: Path) -> Path:
        """A written key as a path: within an array of tables its last element is meant."""
        path: Path = ()
        for part in key:
            path = (*path, part)
            if path in self._counts:
                path = (*path, self._counts[path] - 1)
        return path

    def element(self, key: Path) -> Path:
        path = (*self.inside(key[:-1]), key[-1])
        self.lines.setdefault(path, self.line())
        self._counts[path] = self._counts.get(path, 0) + 1
        return (*path, self._counts[path] - 1)

    def more(self, end: str) -> bool:
        if not self.blank():
            raise _Unexpected
        if self.text[self.at] == end:
            self.at += 1
            return False
        return True

    def separator(self, end: str) -> None:
        if not self.blank():
            raise _Unexpected
        if self.text[self.at] == ",":
            self.at += 1
        elif self.text[self.at] != end:
            raise _Unexpected

    def expect(self, sign: str) -> None:
        self.blank()
        if not self.text.startswith(sign, self.at):
            raise _Unexpected
        self.at += len(sign)

    def skip(self, pattern: re.Pattern[str]) -> None:
        found = pattern.match(self.text, self.at)
        if not found:
            raise _Unexpected
        self.at = found.end()

    def blank(self) -> bool:
        """Passes blanks and comments; False at the end of the text."""
        found = _BLANK.match(self.text, self.at)
        self.at = found.end() if found else self.at
        return self.at < len(self.text)

    def line(self) -> int:
        self._line += self.text.count("\n", self._counted, self.at)
        self._counted = self.at
        return self._line


def _unquoted(key: str) -> str:
    try:
        return str(tomllib.loads(f"key = {key}")["key"])
    except ValueError:
        raise _Unexpected from None
