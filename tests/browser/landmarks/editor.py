"""Where a cell is written."""

from __future__ import annotations

from playwright.sync_api import Locator, Page

from tests.browser.words import Words


class Editor:
    def __init__(self, page: Page, words: Words) -> None:
        self.words = words
        self.root = page.get_by_role("region", name=words("editor.title"))
        self.text = self.root.get_by_role("textbox", name=words("editor.text"))
        self.problems = self.root.get_by_role("listitem")
        self.offers = page.get_by_role("option").and_(page.locator(".offer"))
        self.start = self.root.get_by_role("combobox", name=words("editor.from"))

    def fix(self, text: str) -> Locator:
        """The button that writes this in the place of what is wrong."""
        return self.root.get_by_role("button", name=self.words("editor.fix", text=text))

    @property
    def underlined(self) -> Locator:
        return self.root.locator(".is-wrong")

    @property
    def runs(self) -> Locator:
        return self.root.get_by_text(self.words("editor.runs"))
