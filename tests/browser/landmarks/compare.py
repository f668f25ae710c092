"""Several networks side by side, in the place of strip and cell."""

from __future__ import annotations

from playwright.sync_api import Locator, Page

from tests.browser.words import Words


class Compare:
    def __init__(self, page: Page, words: Words) -> None:
        self.page, self.words = page, words
        self.root = page.locator("[data-view=compare]")

    @property
    def toggle(self) -> Locator:
        return self.page.get_by_role("banner").get_by_role("button", name=self.words("header.compare"), exact=True)

    @property
    def copy(self) -> Locator:
        return self.root.get_by_role("button", name=self.words("compare.copy-add"))

    @property
    def cells(self) -> Locator:
        return self.root.get_by_role("combobox", name=self.words("compare.cell"))

    @property
    def difference(self) -> Locator:
        return self.root.get_by_role("button", name=self.words("compare.difference"))

    @property
    def lanes(self) -> Locator:
        """The names of the networks, from top to bottom."""
        return self.root.get_by_role("heading", level=3)

    def lane(self, name: str) -> Locator:
        return self.root.get_by_role("region", name=name, exact=True)

    def show_numbers(self) -> None:
        self.root.locator("summary").click()

    def numbers(self, symbol: str) -> Locator:
        """A symbol's numbers at the present step: of each lane, and from the second on minus the first."""
        row = self.root.get_by_role("row").filter(has=self.page.get_by_role("rowheader", name=symbol, exact=True))
        return row.get_by_role("cell")
