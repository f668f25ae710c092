"""Inside the cell: one step's diagram."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page

from tests.browser.words import Words


class Cell:
    def __init__(self, page: Page, words: Words) -> None:
        self.page, self.words = page, words

    def figure(self, step: int) -> Locator:
        named = self.words.pattern("cell.figure", step=step).pattern.removesuffix("$")
        # Where there are several layers it says which one it is.
        return self.page.get_by_role("group", name=re.compile(f"{named}(, .*)?$"))

    def symbol(self, step: int, name: str) -> Locator:
        """What stands for a symbol in the drawing of a step; its name says label and value."""
        return self.figure(step).get_by_role("button", name=self.words.pattern("cell.value", name=name))

    @property
    def fold(self) -> Locator:
        """Its name, which shuts it so that the strip stands alone, and opens it again."""
        return self.page.get_by_role("button", name=self.words("cell.title"), exact=True)

    def draw(self, drawing: str) -> None:
        """`drawing` is overview, valves, conveyor, operations or formulas, as far as the cell has them."""
        group = self.page.get_by_role("group", name=self.words("cell.drawing"), exact=True)
        group.get_by_role("button", name=self.words(f"cell.{drawing}"), exact=True).click()

    def layer(self, name: str) -> Locator:
        """Whose inside can be shown, by its full name."""
        group = self.page.get_by_role("group", name=self.words("layers.title"), exact=True)
        return group.get_by_role("button", name=name, exact=True)

    def drawings(self) -> list[str]:
        """What can be chosen, in the order of the buttons."""
        group = self.page.get_by_role("group", name=self.words("cell.drawing"), exact=True)
        known = {
            self.words(f"cell.{name}"): name for name in ("overview", "valves", "conveyor", "operations", "formulas")
        }
        return [known[text] for text in group.get_by_role("button").all_inner_texts()]

    def formulas(self, step: int) -> Locator:
        """The equations with the numbers of a step in them."""
        return self.page.get_by_role("list", name=self.words("formulas.title", step=step), exact=True)
