"""What many steps make of a number, in the cell's place."""

from __future__ import annotations

from playwright.sync_api import Locator, Page

from tests.browser.words import Words


class Powers:
    def __init__(self, page: Page, words: Words) -> None:
        self.page, self.words = page, words
        self.title = page.get_by_role("heading", name=words("powers.title"), exact=True)
        self.root = page.locator("section").filter(has=self.title)
        self.reading = self.root.get_by_role("status")
        self.picture = self.root.get_by_role("img")

    def button(self, name: str) -> Locator:
        return self.root.get_by_role("button", name=name, exact=True)

    def ask(self, question: str) -> None:
        self.button(self.words(f"powers.question-{question}")).click()

    def type(self, name: str, text: str) -> None:
        box = self.root.get_by_role("textbox", name=name, exact=True)
        box.fill(text)
        box.press("Enter")

    def row(self, name: str) -> Locator:
        """A row of the numbers beside the picture, or of the table under it."""
        return self.root.get_by_role("row").filter(has=self.page.get_by_role("rowheader", name=name, exact=True))

    def open_table(self) -> None:
        self.root.get_by_text(self.words("powers.table"), exact=True).click()
