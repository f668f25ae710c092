"""Paper results as experiments: each a file of `recipes`, with what was published and the networks that try for it.

A recipe says when a network has done it; whether it does is found by running (`attempt.py`), and never written here.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from app.engine import Problem, ProblemError, suggestion

from .settings import Settings, read_settings
from .training import HeldOut

FOLDER = Path(__file__).parent / "recipes"
LOSS, ACCURACY = "loss", "accuracy"
#: a text in each language
Words = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Goal:
    """What held-out sequences have to say: a `loss` of at most, or an `accuracy` of at least, `number`."""

    of: str
    number: float

    def is_reached(self, found: HeldOut) -> bool:
        """Whether they say it."""
        return found.loss <= self.number if self.of == LOSS else found.accuracy >= self.number

    def said(self) -> str:
        """It in words."""
        return f"loss at most {self.number:g}" if self.of == LOSS else f"{self.number:.0%} right"

    def to_data(self) -> dict[str, object]:
        """The JSON form."""
        return {"of": self.of, "number": self.number}


@dataclass(frozen=True, slots=True)
class Contender:
    """A network that tries for its `goal`. `settings` is the JSON form of a training's, what is usual left out, without a
    seed. `published` is what the source says of it, or nothing.
    """

    name: str
    title: Words
    settings: Mapping[str, Any]
    goal: Goal
    published: Words

    def with_seed(self, seed: int) -> Settings:
        """The settings of one run, complete.

        Raises ProblemError for a seed that cannot be.
        """
        return read_settings({**self.settings, "seed": seed})

    def to_data(self) -> dict[str, object]:
        """The JSON form."""
        return {
            "name": self.name, "title": self.title, "settings": self.settings, "published": self.published,
            "goal": self.goal.to_data(),
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Recipe:
    """A result of a paper. `published` is what the source says, `about` what to look at; `seconds` is the processor time
    of its longest run, about.

    With `beyond` a network that has reached the goal is asked once more, with these settings of its task.
    """

    name: str
    title: Words
    source: str
    published: Words
    about: Words
    contenders: tuple[Contender, ...]
    seconds: float
    beyond: Mapping[str, int]

    def contender(self, name: str) -> Contender:
        """The contender of that name.

        Raises ProblemError if there is none.
        """
        for each in self.contenders:
            if each.name == name:
                return each
        raise _unknown("contender", name, [each.name for each in self.contenders])

    def to_data(self) -> dict[str, object]:
        """The JSON form."""
        return {
            "name": self.name, "title": self.title, "source": self.source, "published": self.published,
            "about": self.about, "seconds": self.seconds, "beyond": self.beyond,
            "contenders": [each.to_data() for each in self.contenders],
        }  # fmt: skip


@cache
def recipes() -> Mapping[str, Recipe]:
    """All recipes by name, in their order."""
    texts = {path.stem: tomllib.loads(path.read_text("utf-8")) for path in FOLDER.glob("*.toml")}
    return {name: _read(name, data) for name, data in sorted(texts.items(), key=lambda each: each[1]["order"])}


def recipe_named(name: str) -> Recipe:
    """The recipe of that name.

    Raises ProblemError if there is none.
    """
    if name not in recipes():
        raise _unknown("recipe", name, list(recipes()))
    return recipes()[name]


def _read(name: str, data: Mapping[str, Any]) -> Recipe:
    return Recipe(
        name, data["title"], data["source"], data["published"], data["about"],
        tuple(_contender(each, data) for each in data["contenders"]), data["seconds"], data.get("beyond", {}),
    )  # fmt: skip


def _contender(own: Mapping[str, Any], common: Mapping[str, Any]) -> Contender:
    """What stands at a contender goes before what all have in common."""
    goal = own.get("goal", common.get("goal"))
    of = LOSS if LOSS in goal else ACCURACY
    settings = {**common["settings"], **own.get("settings", {})}
    return Contender(own["name"], own["title"], settings, Goal(of, goal[of]), own.get("published", {}))


def _unknown(what: str, name: str, known: list[str]) -> ProblemError:
    near = suggestion(name, known)
    hint = f"did you mean '{near}'?" if near else f"there are {', '.join(known)}"
    args: dict[str, str | int | float] = {"name": name[:40], "suggestion": near}
    return ProblemError([Problem(f"unknown-{what}", f"there is no {what} '{name[:40]}'", args, hint, field=what)])
