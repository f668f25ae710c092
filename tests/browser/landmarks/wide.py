"""The long or broad network, drawn as colours: its table has the numbers of one step."""

from __future__ import annotations

from playwright.sync_api import Locator, Page

from tests.browser.words import Words


class Wide:
    def __init__(self, page: Page, words: Words) -> None:
        self.page, self.words = page, words
        self.field = page.get_by_role("application", name=words("wide.title"))

    def unfold(self, step: int) -> None:
        """Opens the table, which then follows the step."""
        self.page.get_by_text(self.words("wide.numbers", step=step), exact=True).first.click()

    def value(self, symbol: str, step: int, unit: int) -> Locator:
        """A number in the table; `unit` counts from 1."""
        table = self.page.get_by_role("table", name=self.words("wide.numbers", step=step))
        table.get_by_role("columnheader", name=symbol, exact=True).wait_for()
        head = table.get_by_role("columnheader").all_inner_texts()
        return table.get_by_role("row").nth(unit).get_by_role("cell").nth(head.index(symbol) - 1)
