"""Studies: views in the cell's place. Each has a table of the settings that a lesson, and a beat over it, may give."""

from __future__ import annotations

from dataclasses import dataclass, field

from .faults import did_you_mean, listed
from .positions import Path
from .table import MAX_SIZE, MAX_STEPS, Table

#: by study and setting: an axis is a number of a parameter with its range, a word is one of several, the others are numbers
STUDIES: dict[str, dict[str, str | tuple[str, ...]]] = {
    "surface": {
        "across": "axis",
        "down": "axis",
        "across2": "axis",
        "down2": "axis",
        "target": "number",
        "until": "count",
        "rate": "positive",
        "clip": "from 0",
        "updates": "from 0",
    },
    "learning": {"rate": "positive", "clip": "from 0"},
    "powers": {
        "question": ("weight", "depth", "matrix", "gates", "others", "causes"),
        "scale": ("log", "linear"),
        "across": "axis",
        "until": "count",
        "radius": "positive",
        "gate": "number",
        "drive": "from 0",
        "gain": "positive",
        "layers": "count",
        "seed": "from 0",
    },
}
CELL = "cell"
"""What stands there where nothing else does."""


@dataclass(frozen=True, slots=True)
class Axis:
    """The number of `of` at `entry` (from 0), from `low` to `high`."""

    of: str
    entry: tuple[int, ...]
    low: float
    high: float
    path: Path


@dataclass(frozen=True, slots=True)
class Study:
    """A study's settings, as far as they are given; a clip of 0 is none."""

    name: str
    axes: dict[str, Axis] = field(default_factory=dict)
    numbers: dict[str, float] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)


def read_study(table: Table | None, name: str | None) -> Study | None:
    """The settings of a study in a table of its own, `name` being what the lesson opens with."""
    if name is None:
        if table is not None:
            table.fault("no-study", "there are settings of a study, and no study", 'write [view] study = "surface"')
            table.names()
        return None
    if name not in STUDIES:
        return None
    study = Study(name)
    if table is None:
        return study
    for key, kind in STUDIES[name].items():
        if isinstance(kind, tuple):
            word = _word(table, key, kind)
            if word is not None:
                study.words[key] = word
            continue
        if kind == "axis":
            axis = _axis(table.table(key))
            if axis is not None:
                study.axes[key] = axis
            continue
        number = _number(table, key, kind)
        if number is not None:
            study.numbers[key] = number
    table.close()
    return study


def study_named(table: Table, key: str = "study") -> str | None:
    """The study that a lesson opens with, or a beat; one that there is not is reported."""
    name = table.text(key)
    if name is not None and name not in STUDIES:
        message, hint = f"there is no study '{name[:80]}'", did_you_mean(name, STUDIES, listed(list(STUDIES)))
        table.fault("unknown-study", message, hint, key, name=name[:80])
    return name


def _word(table: Table, key: str, choices: tuple[str, ...]) -> str | None:
    found = table.text(key)
    if found is not None and found not in choices:
        message, hint = f"'{key}' cannot be '{found[:80]}'", did_you_mean(found, choices, listed(list(choices)))
        table.fault("unknown-choice", message, hint, key, key=key, given=found[:80])
        return None
    return found


def _number(table: Table, key: str, kind: str) -> float | None:
    match kind:
        case "count":
            return table.whole(key, 1, MAX_STEPS)
        case "positive":
            return table.number(key, low=0)
    found = table.number(key)
    if found is not None and found < 0 and kind == "from 0":
        table.fault("too-small", f"'{key}' is {found:g}, it must be at least 0", "", key, key=key, low=0)
        return None
    return found


def _axis(table: Table | None) -> Axis | None:
    if table is None:
        return None
    table.require("an axis", "of", "low", "high")
    of, low, high, nested = table.text("of"), table.number("low"), table.number("high"), table.nested("entry")
    table.close()
    entry = nested if isinstance(nested, list) else [] if nested is None else [nested]
    places = [int(each) - 1 for each in entry if isinstance(each, float) and 1 <= each <= MAX_SIZE]
    if of is None or low is None or high is None:
        return None
    if not low < high:
        message = f"the axis of '{of[:80]}' goes from {low:g} to {high:g}"
        table.fault("wrong-range", message, "let 'low' be less than 'high'", "low", low=low, high=high)
        return None
    return Axis(of, tuple(places), low, high, table.path)
