"""README's table of what recipes came to, from the attempts that come with the program.

    unrolled recipe adding --keep app/learning/recipes/measured/adding.json
    python -m tests.recipes.table

The first makes the attempts that are not there yet, the second writes the table between its marks in README.md.
"""

from __future__ import annotations

import sys
from pathlib import Path

from app.learning import Contender, Recipe, Summary, attempts_at, per_cent, recipes, summed_up

ROOT = Path(__file__).resolve().parents[2]
BEGIN, END = "<!-- recipes: begin -->", "<!-- recipes: end -->"
HEAD = (
    "| | network | published | reached | after updates | sequences | at the end | seconds |\n|---|---|---|---|---|---|---|---|"
)


def rows(recipe: Recipe) -> list[str]:
    """A recipe's lines: what it is and what was published, then each network."""
    found = {each.contender: each for each in summed_up(recipe, attempts_at(recipe))}
    name = f"**{recipe.title['en']}** (`{recipe.name}`). {recipe.source}: {recipe.published['en']}."
    return [f"| {name} | | | | | | | |", *(row(recipe, each, found.get(each.name)) for each in recipe.contenders)]


def row(recipe: Recipe, contender: Contender, found: Summary | None) -> str:
    """A network's line, even if it has not been tried."""
    start = [contender.goal.said(), contender.title["en"], contender.published.get("en", "")]
    if found is None:
        return f"| {' | '.join([*start, 'not tried'])} | | | | |".replace("|  |", "| |")
    middle, fewest, most = found.updates
    updates = f"{middle:,.0f} ({fewest:,} to {most:,})" if found.reached else f"not in {most:,}"
    end = [f"loss {found.loss:.4f}" if found.loss is not None else ""]
    end += [f"{per_cent(found.accuracy)} right" if found.accuracy is not None else ""]
    end += [f"{per_cent(found.beyond)} at {_options(recipe)}" if found.beyond is not None else ""]
    cells = [
        *start, f"{found.reached} of {found.tried}", updates, f"{found.sequences:,.0f}", ", ".join(filter(None, end)),
        f"{found.seconds:.1f}",
    ]  # fmt: skip
    return f"| {' | '.join(cells)} |".replace("|  |", "| |")


def _options(recipe: Recipe) -> str:
    return ", ".join(f"{name} {value}" for name, value in recipe.beyond.items())


def table() -> str:
    """What stands between the marks."""
    return "\n".join([HEAD, *(line for each in recipes().values() for line in rows(each))])


def with_table(text: str) -> str:
    """README with the table as it is now."""
    before, _, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    assert end, f"README.md has no {BEGIN} ... {END}"
    return f"{before}{BEGIN}\n{table()}\n{END}{after}"


def main() -> int:
    readme = ROOT / "README.md"
    readme.write_text(with_table(readme.read_text("utf-8")), "utf-8")
    for recipe in recipes().values():
        found = attempts_at(recipe)
        print(f"{recipe.name}: {len(found)} attempts, {sum(each.reached for each in found)} reached the goal")
    return 0


if __name__ == "__main__":
    sys.exit(main())
