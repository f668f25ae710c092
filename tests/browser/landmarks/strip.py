"""The network unrolled over its sequence: one grid cell for each symbol and step."""

from __future__ import annotations

from playwright.sync_api import Locator, Page

from tests.browser.words import Words


class Strip:
    def __init__(self, page: Page, words: Words) -> None:
        self.words = words
        self.root = page.get_by_role("grid", name=words("strip.title"))

    def value(self, symbol: str, step: int) -> Locator:
        name = self.words.pattern("strip.value-at", name=symbol, step=step)
        return self.root.get_by_role("gridcell", name=name)

    def gradient(self, symbol: str, step: int) -> Locator:
        name = self.words.pattern("strip.gradient-at", name=symbol, step=step)
        return self.root.get_by_role("gridcell", name=name)

    def values(self, symbol: str) -> Locator:
        """A symbol's cells in the order of the steps."""
        return self.root.get_by_role("gridcell", name=self.words.pattern("strip.value-at", name=symbol))

    def gradients(self, symbol: str) -> Locator:
        return self.root.get_by_role("gridcell", name=self.words.pattern("strip.gradient-at", name=symbol))
