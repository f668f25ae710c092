"""Going through time."""

from __future__ import annotations

from playwright.sync_api import Locator, Page

from tests.browser.words import Words


class Transport:
    def __init__(self, page: Page, words: Words) -> None:
        self.words = words
        self.root = page.get_by_role("contentinfo")

    def button(self, name: str) -> Locator:
        """`name` is the last part of its key: first, back, play, pause, forward, last."""
        return self.root.get_by_role("button", name=self.words(f"transport.{name}"), exact=True)

    @property
    def scrubber(self) -> Locator:
        """Its value is the step."""
        return self.root.get_by_role("slider", name=self.words("transport.scrubber"))

    def turn_back(self) -> None:
        """From the values to the gradients, which run against time."""
        self.root.get_by_role("button", name=self.words("transport.to-gradients"), exact=True).click()

    def turn_forward(self) -> None:
        self.root.get_by_role("button", name=self.words("transport.values-forward"), exact=True).click()
