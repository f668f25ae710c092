"""README's table of recipes is what their attempts came to."""

from __future__ import annotations

import pytest

from app.learning import recipes
from app.learning.measured import summed_up
from tests.learning.tiny import RECIPE, made
from tests.recipes.table import BEGIN, END, HEAD, ROOT, row, rows, with_table


def test_readme_has_what_the_attempts_came_to() -> None:
    """`python -m tests.recipes.table` writes it; nothing in it is touched by hand."""
    text = (ROOT / "README.md").read_text("utf-8")
    assert with_table(text) == text


def test_the_table_stands_between_its_marks() -> None:
    written = with_table(f"before\n{BEGIN}\nold\n{END}\nafter")
    first = next(iter(recipes().values()))
    assert written.startswith(f"before\n{BEGIN}\n{HEAD}\n| **{first.title['en']}** (`{first.name}`). ")
    assert written.endswith(f" |\n{END}\nafter")
    with pytest.raises(AssertionError, match=r"README\.md has no"):
        with_table("before")


def test_a_line_tells_successes_and_failures_alike() -> None:
    found = [made("keeps", 0, updates=10), made("keeps", 1, updates=40, accuracy=0.9999, beyond=0.5, reached=True),
             made("forgets", 0, reached=False, updates=20, loss=None, accuracy=None)]  # fmt: skip
    keeps, forgets = summed_up(RECIPE, found)
    assert row(RECIPE, RECIPE.contenders[0], keeps) == (
        "| 100% right | GRU | 12 | 2 of 2 | 25 (10 to 40) | 1,600 | loss 0.2500, 99.9 % right, 50.0 % at length 6 | 0.5 |"
    )
    assert row(RECIPE, RECIPE.contenders[1], forgets) == "| 100% right | feed-forward | | 0 of 1 | not in 20 | 1,600 | | 0.5 |"
    assert row(RECIPE, RECIPE.contenders[1], None) == "| 100% right | feed-forward | | not tried | | | | |"


@pytest.mark.parametrize("name", recipes())
def test_every_contender_has_a_line(name: str) -> None:
    assert len(rows(recipes()[name])) == 1 + len(recipes()[name].contenders)
