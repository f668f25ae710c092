"""What attempts at recipes came to, kept in files and summed up: for each network how often, how soon, how well."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from math import floor
from pathlib import Path
from statistics import median
from typing import Any

from app.engine import Problem, ProblemError

from .attempt import Attempt, key_of
from .recipe import FOLDER, Recipe, recipes

MEASURED = FOLDER / "measured"
"""Where the attempts are that come with the program: a file for each recipe, written by `unrolled recipe --keep`."""


@dataclass(frozen=True, slots=True)
class Summary:
    """Of one contender: how many attempts there were and how many reached the goal; the updates and sequences that these
    took, the middle one, the fewest and the most, or what none was enough of; then the middle loss, accuracy, accuracy
    beyond and seconds of them all."""

    contender: str
    tried: int
    reached: int
    updates: tuple[float, int, int]
    sequences: float
    loss: float | None
    accuracy: float | None
    beyond: float | None
    seconds: float


def summed_up(recipe: Recipe, attempts: Sequence[Attempt]) -> list[Summary]:
    """A summary of each contender that has tried, in the recipe's order."""
    return [
        _summary(each.name, own)
        for each in recipe.contenders
        if (own := [found for found in attempts if found.contender == each.name])
    ]


def _summary(contender: str, own: list[Attempt]) -> Summary:
    best = [each for each in own if each.reached] or own
    counts = [each.updates for each in best]
    return Summary(
        contender, len(own), sum(each.reached for each in own),
        (median(counts), min(counts), max(counts)), median(each.sequences for each in best),
        _middle(each.loss for each in own), _middle(each.accuracy for each in own), _middle(each.beyond for each in own),
        median(each.seconds for each in own),
    )  # fmt: skip


def per_cent(share: float) -> str:
    """A share in per cent, rounded down: only what is always right is 100 %."""
    return f"{floor(share * 1000 + 1e-9) / 10:.1f} %"


def _middle(numbers: Iterable[float | None]) -> float | None:
    known = [each for each in numbers if each is not None]
    return median(known) if known else None


def is_current(recipe: Recipe, found: Attempt) -> bool:
    """Whether an attempt is one at the recipe as it is now."""
    own = (each for each in recipe.contenders if each.name == found.contender)
    return any(found.key == key_of(recipe, each, found.seed) for each in own)


def read_attempts(recipe: Recipe, path: Path) -> list[Attempt]:
    """The attempts in a file, those of the recipe as it is now; none if there is no file.

    Raises ProblemError for a file that is something else.
    """
    try:
        text = path.read_text("utf-8")
    except FileNotFoundError:
        return []
    try:
        data = json.loads(text)
        found = [Attempt(**each) for each in data["attempts"]] if data["recipe"] == recipe.name else None
    except (ValueError, TypeError, KeyError, RecursionError):
        found = None
    if found is None:
        said = f"{path.name} holds no attempts at the recipe {recipe.name}"
        hint = "give a file that unrolled recipe has written, or a new name"
        raise ProblemError([Problem("not-attempts", said, {"file": path.name, "recipe": recipe.name}, hint, field="keep")])
    return [each for each in found if is_current(recipe, each)]


def attempts_text(recipe: Recipe, attempts: Iterable[Attempt]) -> str:
    """What such a file holds, one attempt in a line, in the order of contenders and seeds."""
    order = [each.name for each in recipe.contenders]
    ordered = sorted(attempts, key=lambda each: (order.index(each.contender), each.seed))
    lines = ",\n".join(json.dumps(each.to_data(), allow_nan=False) for each in ordered)
    return f'{{"recipe": "{recipe.name}", "attempts": [\n{lines}\n]}}\n'


def attempts_at(recipe: Recipe) -> list[Attempt]:
    """The attempts that come with the program."""
    return read_attempts(recipe, MEASURED / f"{recipe.name}.json")


@cache
def tried() -> list[dict[str, Any]]:
    """All recipes as data, each contender with what its attempts that come with the program came to, if there are any."""
    return [_with_results(each) for each in recipes().values()]


def _with_results(recipe: Recipe) -> dict[str, Any]:
    found = {each.contender: asdict(each) for each in summed_up(recipe, attempts_at(recipe))}
    results = {name: {key: value for key, value in each.items() if key != "contender"} for name, each in found.items()}
    contenders = [{**each.to_data(), "result": results.get(each.name)} for each in recipe.contenders]
    return {**recipe.to_data(), "contenders": contenders}
