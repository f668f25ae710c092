"""One number, worked out."""

from __future__ import annotations

from playwright.sync_api import Locator, Page

from tests.browser.words import Words


class Arithmetic:
    def __init__(self, page: Page, words: Words) -> None:
        self.page, self.words = page, words

    def of(self, label: str, step: int) -> Locator:
        """The note on a value, once it is open."""
        return self.page.get_by_role("dialog", name=self.words("arithmetic.title", label=label, step=step), exact=True)

    @property
    def close(self) -> Locator:
        return self.page.get_by_role("dialog").get_by_role("button", name=self.words("arithmetic.close"), exact=True)

    @property
    def back(self) -> Locator:
        """To the value that this one was reached from."""
        return self.page.get_by_role("dialog").get_by_role("button", name=self.words("arithmetic.back"), exact=True)

    def link(self, name: str) -> Locator:
        """To a value that this one depends on, or that depends on it."""
        return self.page.get_by_role("dialog").get_by_role("button", name=name, exact=True)

    @property
    def parts(self) -> Locator:
        """What adds up to the value, the largest first."""
        return self.page.get_by_role("dialog").get_by_role("region", name=self.words("arithmetic.parts"), exact=True)
