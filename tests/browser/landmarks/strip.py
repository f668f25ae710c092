"""The network unrolled over its sequence: one grid cell for each symbol and step, and what is said beneath it."""

from __future__ import annotations

from playwright.sync_api import Locator, Page

from tests.browser.words import Words


class Strip:
    def __init__(self, page: Page, words: Words) -> None:
        self.page, self.words = page, words
        self.root = page.get_by_role("grid", name=words("strip.title"))

    def name(self, symbol: str, layer: int | None = None, direction: str | None = None) -> str:
        """What a symbol is called; of which layer, where there are several."""
        if layer is None:
            return symbol
        key = f"strip.layer-{direction}" if direction else "strip.layer"
        return self.words("strip.of-layer", name=symbol, layer=self.words(key, layer=layer))

    def value(self, symbol: str, step: int) -> Locator:
        name = self.words.pattern("strip.value-at", name=symbol, step=step)
        return self.root.get_by_role("gridcell", name=name)

    def gradient(self, symbol: str, step: int) -> Locator:
        name = self.words.pattern("gradients.at", name=symbol, step=step)
        return self.root.get_by_role("gridcell", name=name)

    def values(self, symbol: str) -> Locator:
        """A symbol's cells in the order of the steps."""
        return self.root.get_by_role("gridcell", name=self.words.pattern("strip.value-at", name=symbol))

    def gradients(self, symbol: str) -> Locator:
        return self.root.get_by_role("gridcell", name=self.words.pattern("gradients.at", name=symbol))

    def reach(self, symbol: str, step: int) -> Locator:
        """How much of a gradient is left at a step."""
        return self.root.get_by_role("gridcell", name=self.words.pattern("gradients.reach-at", name=symbol, step=step))

    def loss_at(self, step: int) -> Locator:
        """The place that makes a step the one at which the error enters, or says that it is."""
        keys = ("gradients.loss-at", "gradients.loss-here")
        first, second = (self.root.get_by_role("gridcell", name=self.words.pattern(key, step=step)) for key in keys)
        return first.or_(second)

    def follow(self, symbol: str) -> Locator:
        """The button that follows another symbol's gradient."""
        group = self.page.get_by_role("group", name=self.words("gradients.reach"), exact=True)
        return group.get_by_role("button", name=symbol, exact=True)

    def said(self, key: str, **args: object) -> Locator:
        """A sentence under the strip."""
        return self.page.get_by_text(self.words.pattern(key, **args))

    def unfold(self, layer: int) -> Locator:
        return self._head("strip.unfold", layer)

    def fold(self, layer: int) -> Locator:
        return self._head("strip.fold", layer)

    def _head(self, key: str, layer: int) -> Locator:
        name = self.words(key, layer=self.words("strip.layer", layer=layer))
        return self.page.get_by_role("button", name=name, exact=True)

    def threads(self, parameter: str) -> int:
        """At how many steps a parameter, by its full address, is drawn as acting."""
        found = self.page.locator(f'.thread[data-name="{parameter}"]').get_attribute("d")
        return (found or "").count("M")
