"""The dialog that gives the experiment as a link."""

from __future__ import annotations

from playwright.sync_api import Locator, Page

from tests.browser.words import Words


class Share:
    def __init__(self, page: Page, words: Words) -> None:
        self.words = words
        self.root = page.get_by_role("dialog", name=words("share.title"))

    @property
    def link(self) -> str:
        return self.root.get_by_role("textbox", name=self.words("share.link")).input_value()

    @property
    def copy(self) -> Locator:
        return self.root.get_by_role("button", name=self.words("share.copy"))

    @property
    def save(self) -> Locator:
        return self.root.get_by_role("button", name=self.words("share.save"))

    @property
    def open_file(self) -> Locator:
        return self.root.get_by_role("button", name=self.words("share.open"), exact=True).first

    def take(self, what: str, kind: str) -> Locator:
        """The button that makes a file; `what` is "strip", "cell" or "trace", `kind` as the button says it."""
        name = self.words("save.as", what=self.words(f"save.{what}"), format=kind)
        return self.root.get_by_role("button", name=name, exact=True)

    @property
    def print_worksheet(self) -> Locator:
        return self.root.get_by_role("button", name=self.words("worksheet.print-what"))

    @property
    def said(self) -> Locator:
        return self.root.get_by_role("status")
