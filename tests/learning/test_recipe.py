"""Recipes: what their files say can be run, in both languages."""

from __future__ import annotations

import json
import tomllib

import pytest

from app.engine import ProblemError
from app.learning import HeldOut, Training, read_settings
from app.learning.recipe import ACCURACY, FOLDER, LOSS, Goal, recipe_named, recipes
from app.tasks import task_named


def test_all_that_the_issue_names_are_there_in_their_order() -> None:
    assert list(recipes()) == ["adding", "order", "clipping", "reber", "recall", "parity", "slots", "wave", "plain"]


@pytest.mark.parametrize("name", recipes())
def test_every_contender_can_be_trained(name: str) -> None:
    """Its settings are accepted and fit its task; a second seed is another run."""
    found = recipes()[name]
    assert len({each.name for each in found.contenders}) == len(found.contenders) > 1
    for each in found.contenders:
        settings = each.with_seed(3)
        assert settings.seed == 3
        assert "seed" not in each.settings
        Training(settings)
        task_named(settings.task).complete(found.beyond)
        # it is looked at often enough to see when the goal is reached
        assert settings.updates >= 4 * settings.every


@pytest.mark.parametrize("name", recipes())
def test_its_words_are_there_in_both_languages(name: str) -> None:
    found = recipes()[name]
    assert found.source
    texts = [found.title, found.published, found.about, *(each.title for each in found.contenders)]
    texts += [each.published for each in found.contenders if each.published]
    for each in texts:
        assert set(each) == {"en", "zh"}
        assert all(each.values())
    assert len({each.title["zh"] for each in found.contenders}) == len(found.contenders)


@pytest.mark.parametrize("name", recipes())
def test_a_goal_is_better_than_having_no_memory(name: str) -> None:
    for each in recipes()[name].contenders:
        settings = each.with_seed(0)
        baseline = task_named(settings.task).baseline(settings.options)
        assert not each.goal.is_reached(HeldOut(1, baseline.loss, baseline.accuracy))


@pytest.mark.parametrize("name", recipes())
def test_the_json_form_holds_settings_that_a_page_can_train_with(name: str) -> None:
    found = recipes()[name]
    data = json.loads(json.dumps(found.to_data()))
    assert data["name"] == name
    for each, contender in zip(data["contenders"], found.contenders, strict=True):
        assert read_settings({**each["settings"], "seed": 2}) == contender.with_seed(2)
        assert each["goal"] == {"of": contender.goal.of, "number": contender.goal.number}


def test_no_field_of_a_file_is_without_effect() -> None:
    whole = {"order", "source", "seconds", "title", "published", "about", "goal", "beyond", "settings", "contenders"}
    own = {"name", "title", "published", "settings", "goal"}
    for path in FOLDER.glob("*.toml"):
        data = tomllib.loads(path.read_text("utf-8"))
        assert data.keys() <= whole, path.name
        assert all(each.keys() <= own for each in data["contenders"]), path.name


def test_a_goal_is_a_loss_of_at_most_or_an_accuracy_of_at_least() -> None:
    assert [Goal(LOSS, 0.1).is_reached(HeldOut(1, loss, 0.0)) for loss in (0.09, 0.1, 0.11)] == [True, True, False]
    assert [Goal(ACCURACY, 0.9).is_reached(HeldOut(1, 9.0, share)) for share in (0.89, 0.9, 1.0)] == [False, True, True]
    assert [Goal(LOSS, 0.01).said(), Goal(ACCURACY, 1.0).said()] == ["loss at most 0.01", "100% right"]


def test_what_a_contender_says_goes_before_what_all_have_in_common() -> None:
    wave = recipe_named("wave")
    assert [each.with_seed(0).units for each in wave.contenders] == [24, 12, 24]
    assert {each.with_seed(0).batch for each in wave.contenders} == {1}
    assert {each.goal for each in wave.contenders} == {Goal(LOSS, 0.01)}


def test_names_that_are_not_known_are_told() -> None:
    with pytest.raises(ProblemError) as error:
        recipe_named("partiy")
    assert error.value.problems[0].code == "unknown-recipe"
    assert error.value.problems[0].hint == "did you mean 'parity'?"
    with pytest.raises(ProblemError) as error:
        recipe_named("parity").contender("transformer")
    assert error.value.problems[0].code == "unknown-contender"
    assert "lstm" in error.value.problems[0].hint
