"""What attempts came to: kept, read, summed up."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from app.engine import ProblemError
from app.learning import recipes
from app.learning.attempt import attempted, key_of
from app.learning.measured import MEASURED, attempts_at, attempts_text, per_cent, read_attempts, summed_up, tried
from tests.learning.tiny import RECIPE, made


def test_the_middle_is_of_those_that_reached_it() -> None:
    found = [made("keeps", 0, updates=10), made("keeps", 1, updates=30, sequences=9, loss=0.75),
             made("keeps", 2, updates=500, reached=False, loss=None, seconds=9.0)]  # fmt: skip
    (keeps,) = summed_up(RECIPE, found)
    assert (keeps.contender, keeps.tried, keeps.reached, keeps.updates) == ("keeps", 3, 2, (20, 10, 30))
    assert (keeps.sequences, keeps.loss, keeps.beyond, keeps.seconds) == (804.5, 0.5, None, 0.5)


def test_where_none_reached_it_all_updates_are_told() -> None:
    found = [made("forgets", seed, updates=20, reached=False) for seed in range(3)]
    (forgets,) = summed_up(RECIPE, [*found, made("keeps", 0)])[1:]
    assert (forgets.reached, forgets.tried, forgets.updates) == (0, 3, (20, 20, 20))


def test_what_was_written_reads_back_in_order(tmp_path: Path) -> None:
    path = tmp_path / "tiny.json"
    first, second = attempted(RECIPE, RECIPE.contenders[0], 0), attempted(RECIPE, RECIPE.contenders[1], 1)
    path.write_text(attempts_text(RECIPE, [second, first]), "utf-8")
    assert read_attempts(RECIPE, path) == [first, second]
    assert read_attempts(RECIPE, tmp_path / "none.json") == []


def test_attempts_at_a_recipe_that_was_changed_are_left_out(tmp_path: Path) -> None:
    path, (keeps, _) = tmp_path / "tiny.json", RECIPE.contenders
    own = [made("keeps", seed, key=key_of(RECIPE, keeps, seed)) for seed in range(2)]
    path.write_text(attempts_text(RECIPE, [*own, made("forgets", 0, key="of old")]), "utf-8")
    assert read_attempts(RECIPE, path) == own
    changed = replace(RECIPE, contenders=(replace(keeps, settings={**keeps.settings, "units": 9}),))
    assert read_attempts(changed, path) == []


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"recipe": "other", "attempts": []}', '{"recipe": "tiny", "attempts": [{}]}'])
def test_a_file_of_something_else_is_not_written_over(tmp_path: Path, text: str) -> None:
    path = tmp_path / "tiny.json"
    path.write_text(text, "utf-8")
    with pytest.raises(ProblemError) as error:
        read_attempts(RECIPE, path)
    assert (error.value.problems[0].code, error.value.problems[0].field) == ("not-attempts", "keep")


def test_per_cent_are_rounded_down() -> None:
    assert [per_cent(each) for each in (1.0, 0.9999, 0.29, 0.5045, 0.0)] == ["100.0 %", "99.9 %", "29.0 %", "50.4 %", "0.0 %"]


@pytest.mark.parametrize("name", recipes())
def test_what_comes_with_the_program_is_of_the_recipes_as_they_are(name: str) -> None:
    """Every stored attempt is one that anybody can make now, and none says more than its numbers."""
    recipe, found = recipes()[name], attempts_at(recipes()[name])
    text = (MEASURED / f"{name}.json").read_text("utf-8")
    assert text.count('"contender"') == len(found) > 0
    assert text == attempts_text(recipe, found)
    for each in found:
        contender = recipe.contender(each.contender)
        settings = contender.with_seed(each.seed)
        assert each.sequences == each.updates * settings.batch
        assert each.reached or each.stopped or each.updates == settings.updates
        if each.reached:
            value = each.loss if contender.goal.of == "loss" else each.accuracy
            assert value is not None
            assert (value <= contender.goal.number) if contender.goal.of == "loss" else (value >= contender.goal.number)


def test_all_recipes_as_data_have_their_results() -> None:
    data = tried()
    assert [each["name"] for each in data] == list(recipes())
    (parity,) = [each for each in data if each["name"] == "parity"]
    expected = {each.contender: each for each in summed_up(recipes()["parity"], attempts_at(recipes()["parity"]))}
    contenders = parity["contenders"]
    assert isinstance(contenders, list)
    for each in contenders:
        assert each["result"]["updates"] == expected[each["name"]].updates
        assert "contender" not in each["result"]


def test_a_quick_one_can_be_made_again() -> None:
    """Other machines may round otherwise, so the number of updates is not compared."""
    recipe = recipes()["slots"]
    stored = next(each for each in attempts_at(recipe) if each.contender == "elman" and each.seed == 0)
    again = attempted(recipe, recipe.contender("elman"), 0)
    assert (again.key, again.reached, again.stopped) == (stored.key, stored.reached, "")
