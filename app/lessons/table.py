"""One table of a lesson.toml: values asked for by name and kind, everything wrong reported with its line."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field

from .faults import Report, did_you_mean, listed
from .positions import Key, Path, Positions

FILE = "lesson.toml"
MAX_DEPTH = 4
MAX_STEPS = 1_000
MAX_SIZE = 256

#: a number, or rows of numbers
Nested = float | list["Nested"]

# Ids stand in links, so they are plain.
_IDENTIFIER = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,59}\Z")


@dataclass(slots=True)
class Table:
    """`data` at `path` in the file. Whatever is asked for is known; `close` reports the keys that nobody asked for."""

    data: dict[str, object]
    path: Path
    positions: Positions
    report: Report
    _asked: list[str] = field(default_factory=list)

    def line(self, *key: Key) -> int:
        return self.positions.line(*self.path, *key)

    def fault(self, code: str, message: str, hint: str = "", /, *key: Key, **args: str | int | float) -> None:
        self.report.fault(FILE, self.line(*key), code, message, hint, **args)

    def has(self, key: str) -> bool:
        return key in self.data

    def text(self, key: str) -> str | None:
        value = self._get(key)
        if value is None or (isinstance(value, str) and value.strip()):
            return value
        self.wrong(key, "a text in quotes")
        return None

    def identifier(self, key: str) -> str | None:
        """A short name that other places refer to."""
        value = self.text(key)
        if value is not None and not _IDENTIFIER.match(value):
            self.fault(
                "bad-id", f"'{value[:80]}' cannot be an id", "use the letters a to z, digits and '-' only", key, id=value[:80]
            )
            return None
        return value

    def whole(self, key: str, low: int, high: int) -> int | None:
        value = self._get(key)
        if value is None:
            return None
        if not isinstance(value, int) or isinstance(value, bool):
            self.wrong(key, "a whole number")
            return None
        if not low <= value <= high:
            said = str(value) if abs(value) < 10**15 else "the number"
            self.fault(
                "not-between",
                f"'{key}' is {said}, it must lie from {low} to {high}",
                "",
                key,
                key=key,
                low=low,
                high=high,
            )
            return None
        return value

    def number(self, key: str, low: float = -math.inf) -> float | None:
        """A finite number above `low`."""
        value = self._get(key)
        if value is None:
            return None
        number = finite(value)
        if number is None:
            self.wrong(key, "a number")
            return None
        if number <= low:
            self.fault("too-small", f"'{key}' is {number:g}, it must be more than {low:g}", "", key, key=key, low=low)
            return None
        return number

    def words(self, key: str) -> tuple[str, ...] | None:
        value = self._get(key)
        if value is None:
            return None
        if isinstance(value, list) and all(isinstance(each, str) and each.strip() for each in value):
            return tuple(value)
        self.wrong(key, "a list of texts in quotes")
        return None

    def nested(self, key: str) -> Nested | None:
        """A number, or lists of numbers in lists; what is not a finite number is named with its line."""
        value = self._get(key)
        return None if value is None else self._nested(value, (key,))

    def table(self, key: str) -> Table | None:
        value = self._get(key)
        if value is None:
            return None
        if isinstance(value, dict):
            return Table(value, (*self.path, key), self.positions, self.report)
        self.wrong(key, "a table of its own")
        return None

    def tables(self, key: str) -> list[Table]:
        value = self._get(key)
        if value is None:
            return []
        if isinstance(value, list) and all(isinstance(each, dict) for each in value):
            return [
                Table(each, (*self.path, key, index), self.positions, self.report) for index, each in enumerate(value)
            ]
        self.wrong(key, "a list of tables")
        return []

    def require(self, what: str, *keys: str) -> bool:
        """Whether all keys are written; each that is not is reported. `what` is the table in a sentence."""
        missing = [key for key in keys if key not in self.data]
        for key in missing:
            self.fault("missing-key", f"{what} has no '{key}'", f"add a line: {key} = ...", key=key, what=what)
        return not missing

    def names(self) -> list[str]:
        """All keys, for tables whose keys are names of the lesson's own; all count as asked for."""
        self._asked += self.data
        return list(self.data)

    def flattened(self) -> Table:
        """Dotted names as one key: `readout.V = 1` reads as a table within a table."""
        flat: dict[str, object] = {}
        lines: dict[Path, int] = {}

        def walk(data: dict[str, object], name: tuple[str, ...]) -> None:
            for key, value in data.items():
                inner = (*name, key)
                if isinstance(value, dict) and len(inner) < MAX_DEPTH:
                    walk(value, inner)
                else:
                    dotted = ".".join(inner)
                    flat[dotted] = value
                    lines[(dotted,)] = self.line(*inner)
                    for index in range(len(value) if isinstance(value, list) else 0):
                        lines[(dotted, index)] = self.line(*inner, index)

        walk(self.data, ())
        return Table(flat, (), Positions(lines), self.report)

    def close(self) -> None:
        for key in self.data:
            if key not in self._asked:
                known = [each for each in self._asked if each not in self.data]
                hint = did_you_mean(key, known, listed(self._asked))
                self.fault("unknown-key", f"nothing in a lesson is called '{key[:80]}' here", hint, key, key=key[:80])

    def _get(self, key: str) -> object:
        if key not in self._asked:
            self._asked.append(key)
        return self.data.get(key)

    def wrong(self, key: str, kind: str) -> None:
        """Reports that a value is not of the kind that it has to be."""
        self.fault("wrong-kind", f"'{key}' must be {kind}", "", key, key=key, kind=kind)

    def _nested(self, value: object, key: tuple[Key, ...], depth: int = 0) -> Nested | None:
        if isinstance(value, list) and depth < MAX_DEPTH:
            parts = [self._nested(each, (*key, index), depth + 1) for index, each in enumerate(value)]
            return None if any(part is None for part in parts) else [part for part in parts if part is not None]
        number = finite(value)
        if number is None:
            kind = "holds something that is not a number" if depth else "must be a number or a list of numbers"
            hint = "only finite numbers and lists of them can stand here"
            self.fault("not-a-number", f"'{key[0]}' {kind}", hint, *key, key=str(key[0]))
        return number


def named_numbers(around: Table, key: str) -> dict[str, Nested]:
    """A table of numbers by names that are not fixed, such as [weights]; nested tables give dotted names."""
    table = around.table(key)
    if table is None:
        return {}
    flat = table.flattened()
    values = {name: flat.nested(name) for name in flat.names()}
    return {name: value for name, value in values.items() if value is not None}


def unique(table: Table, id: str | None, earlier: list[str | None], what: str) -> None:
    """Reports an id that another table of the same kind has already."""
    if id is not None and id in earlier:
        message, hint = f"two {what}s have the id '{id}'", "give one of them another"
        table.fault("duplicate-id", message, hint, "id", id=id, what=what)


def finite(value: object) -> float | None:
    """A finite number, or None."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        number = float(value)
    except OverflowError:
        return None
    return number if math.isfinite(number) else None
