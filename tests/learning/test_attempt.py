"""One network tries with one seed: it ends where the goal is reached, and is the training that anybody can make."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from app.engine import ProblemError
from app.learning import Progress, Training
from app.learning.attempt import SEQUENCES, attempted, key_of, planned
from app.learning.batches import Batches
from app.learning.recipe import LOSS, Goal, recipes
from app.learning.settings import read_settings
from tests.learning.tiny import RECIPE

KEEPS, FORGETS = RECIPE.contenders


def test_it_ends_when_held_out_sequences_first_say_so() -> None:
    seen: list[Progress] = []
    found = attempted(RECIPE, KEEPS, 1, seen.append)
    assert found.reached
    assert found.updates == len(seen) < 200
    assert found.sequences == 16 * found.updates
    measured = [each.held_out for each in seen if each.held_out]
    assert [KEEPS.goal.is_reached(each) for each in measured] == [False] * (len(measured) - 1) + [True]
    assert (found.loss, found.accuracy) == (round(measured[-1].loss, 6), 1.0)


def test_it_is_the_training_of_these_settings_bit_for_bit() -> None:
    found, training = attempted(RECIPE, KEEPS, 2), Training(KEEPS.with_seed(2))
    for _ in range(found.updates):
        training.step()
    assert round(training.history.held_out[-1].loss, 6) == found.loss
    assert replace(attempted(RECIPE, KEEPS, 2), seconds=0) == replace(found, seconds=0)


def test_one_that_does_not_reach_it_makes_all_its_updates() -> None:
    found = attempted(RECIPE, FORGETS, 0)
    assert (found.reached, found.updates, found.stopped, found.beyond) == (False, 20, "", None)
    assert found.accuracy is not None
    assert 0.2 < found.accuracy < 0.8


def test_beyond_is_asked_of_longer_sequences() -> None:
    found, training = attempted(RECIPE, KEEPS, 1), Training(KEEPS.with_seed(1))
    for _ in range(found.updates):
        training.step()
    longer = read_settings({**KEEPS.settings, "seed": 1, "options": {"length": 6}, "test": SEQUENCES})
    batch = Batches(longer).held_out
    assert batch.inputs.shape[:2] == (6, SEQUENCES)
    answers = training.pupil.answers(training.parameters, batch.inputs)
    assert found.beyond == pytest.approx(np.mean((answers[-1] > 0) == (batch.targets[-1] > 0.5)))


def test_numbers_that_overflow_are_an_answer_too() -> None:
    far = {"cell": "relu-rnn", "task": "adding", "options": {"length": 40}, "optimiser": "sgd", "rate": 1000.0, "clip": "none"}
    wild = replace(FORGETS, settings={**FORGETS.settings, **far, "updates": 300, "every": 300})
    found = attempted(RECIPE, wild, 0)
    assert not found.reached
    assert found.stopped
    assert found.updates < 300
    assert found.loss is found.accuracy is None


def test_all_contenders_try_with_all_seeds() -> None:
    assert [(each.name, seed) for each, seed in planned(RECIPE, 2)] == [
        ("keeps", 0), ("keeps", 1), ("forgets", 0), ("forgets", 1),
    ]  # fmt: skip
    assert [(each.name, seed) for each, seed in planned(RECIPE, 1, "forgets")] == [("forgets", 0)]
    with pytest.raises(ProblemError):
        planned(RECIPE, 1, "remembers")


def test_a_key_changes_with_all_that_changes_the_run() -> None:
    own = key_of(RECIPE, KEEPS, 0)
    assert own == key_of(RECIPE, replace(KEEPS, name="other", published={}), 0)
    changed = [
        key_of(RECIPE, KEEPS, 1), key_of(replace(RECIPE, beyond={"length": 7}), KEEPS, 0),
        key_of(RECIPE, replace(KEEPS, goal=Goal(LOSS, 1.0)), 0),
        *(key_of(RECIPE, replace(KEEPS, settings={**KEEPS.settings, **new}), 0)
          for new in ({"units": 9}, {"options": {"length": 4}}, {"truncation": 2}, {"tuning": {"decay": 0.8}})),
    ]  # fmt: skip
    assert len({own, *changed}) == 1 + len(changed)
    # what is off is no part of it
    assert own == key_of(RECIPE, replace(KEEPS, settings={**KEEPS.settings, "truncation": 0, "equations": ""}), 0)
    # nor is what there was not when attempts were first kept
    plain = {"direction": "forward", "readout": "task"}
    assert own == key_of(RECIPE, replace(KEEPS, settings={**KEEPS.settings, **plain}), 0)
    assert own != key_of(RECIPE, replace(KEEPS, settings={**KEEPS.settings, "readout": "every"}), 0)


def test_no_two_attempts_of_all_recipes_have_the_same_key() -> None:
    keys = [key_of(recipe, each, seed) for recipe in recipes().values() for each, seed in planned(recipe, 3)]
    assert len(set(keys)) == len(keys)
