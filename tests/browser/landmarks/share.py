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

    def table_row(self, symbol: str) -> list[str]:
        """What the table of all values has for a symbol of one unit, step by step; opened where it is closed."""
        if not self.root.locator(".whole-table").is_visible():
            self.root.get_by_text(self.words("table.title"), exact=True).click()
        row = self.root.get_by_role("row").filter(has=self.root.page.get_by_role("rowheader", name=symbol, exact=True))
        row.wait_for()
        return row.get_by_role("cell").all_inner_texts()[2:]

    @property
    def said(self) -> Locator:
        """What became of the link; the sections in the dialog have their own."""
        return self.root.locator(":scope > [role=status]")
