"""The banner: which lesson or cell, which language, which theme, share and help."""

from __future__ import annotations

from playwright.sync_api import Locator, Page

from tests.browser.words import Words


class Header:
    def __init__(self, page: Page, words: Words) -> None:
        self.words = words
        self.root = page.get_by_role("banner")

    @property
    def brand(self) -> Locator:
        """The link to the list of lessons."""
        return self.root.get_by_role("link", name=self.words("header.home"))

    @property
    def lessons(self) -> Locator:
        """The button that names the lesson or the cell and opens the list."""
        return self.root.get_by_role("navigation", name=self.words("header.lessons")).get_by_role("button").first

    def open_lesson(self, title: str) -> None:
        self.lessons.click()
        self.root.get_by_role("region", name=self.words("menu.lessons")).get_by_role("button").filter(
            has_text=title
        ).click()

    @property
    def cells(self) -> Locator:
        """Every cell in the open list."""
        return self.root.get_by_role("region", name=self.words("header.cells"), exact=True).get_by_role("button")

    @property
    def own(self) -> Locator:
        """What a person brings, below the library in the open list."""
        return self.root.get_by_role("region", name=self.words("menu.own"), exact=True).get_by_role("button")

    def cell(self, title: str) -> Locator:
        cells = self.root.get_by_role("region", name=self.words("header.cells"), exact=True)
        return cells.get_by_role("button", name=title, exact=True)

    def open_cell(self, title: str) -> None:
        """One of the library, by its whole title."""
        self.lessons.click()
        self.cell(title).click()

    def choose_language(self, name: str) -> None:
        """`name` as the button says it: EN or 中文."""
        self.root.get_by_role("button", name=name, exact=True).click()

    @property
    def darken(self) -> Locator:
        return self.root.get_by_role("button", name=self.words("header.dark"))

    @property
    def lighten(self) -> Locator:
        return self.root.get_by_role("button", name=self.words("header.light"))

    @property
    def share(self) -> Locator:
        return self.root.get_by_role("button", name=self.words("header.share"))

    @property
    def help(self) -> Locator:
        return self.root.get_by_role("button", name=self.words("header.help"))
