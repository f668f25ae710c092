"""The trained weights of the lessons: made again by the script to the last digit, and as good as the texts say."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from app.lessons import training
from app.lessons.training import END, OTHER, RECIPES, START, Recipe, answer, train

FOLDER = Path(training.__file__).parent
WITHOUT, WITH, ELMAN, JORDAN = RECIPES


def stored(recipe: Recipe) -> dict[str, training.Array]:
    data = json.loads((FOLDER / recipe.file).read_text("utf-8"))
    return {name: np.array(value) for name, value in data.items()}


@pytest.mark.parametrize("recipe", RECIPES, ids=lambda recipe: recipe.file)
def test_the_script_makes_the_files_again(recipe: Recipe) -> None:
    made, kept = train(recipe), stored(recipe)
    assert made.keys() == kept.keys()
    for name, array in made.items():
        np.testing.assert_array_equal(array, kept[name])


def test_without_memory_the_verb_makes_no_difference() -> None:
    leave, arrive = (answer(WITHOUT, stored(WITHOUT), f"{verb} Taipei") for verb in ("leave", "arrive"))
    assert leave.tolist() == arrive.tolist()
    assert 0.49 < leave[START] < 0.51
    assert 0.49 < leave[END] < 0.51


@pytest.mark.parametrize("recipe", [WITH, ELMAN], ids=lambda recipe: recipe.cell)
def test_with_memory_it_does(recipe: Recipe) -> None:
    for verb, right in training.JOURNEYS.items():
        for pattern in training.PATTERNS:
            said = answer(recipe, stored(recipe), pattern.format(verb))
            assert said[right] > 0.99, pattern
            assert said.argmax() == right
        assert answer(recipe, stored(recipe), verb).argmax() == OTHER


@pytest.mark.parametrize(("seed", "learned"), [(1, False), (3, True)])
def test_elman_learns_it_from_most_starts_and_jordan_from_none(seed: int, learned: bool) -> None:
    for recipe, learns in ((ELMAN, learned), (JORDAN, False)):
        weights = train(recipe, seed=seed)
        for verb, right in training.JOURNEYS.items():
            said = answer(recipe, weights, f"{verb} Taipei")
            assert said[right] > 0.99 if learns else abs(said[right] - 0.5) < 0.02
