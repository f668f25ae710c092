"""What the API tells of training has the shapes that its description shows."""

from __future__ import annotations

from app.learning import offered, tried
from app.web.training_schemas import RecipeList, TrainingOffer, TrainingSettings


def test_only_the_task_has_to_be_named() -> None:
    assert TrainingSettings(settings={"task": "adding"}).settings == {"task": "adding"}


def test_the_offer_is_as_described() -> None:
    assert TrainingOffer.model_validate(offered()).model_dump() == offered()


def test_papers_results_are_as_described() -> None:
    told = [dict(recipe) for recipe in tried()]
    assert [recipe.name for recipe in RecipeList.model_validate({"recipes": told}).recipes] == [one["name"] for one in told]
