"""The list of lessons that the page begins with."""

from __future__ import annotations

from playwright.sync_api import Locator, Page

from tests.browser.words import Words


class Home:
    def __init__(self, page: Page, words: Words) -> None:
        self.words = words
        self.root = page.get_by_role("main").filter(has=page.get_by_role("heading", name=words("home.title")))

    @property
    def chapters(self) -> Locator:
        return self.root.get_by_role("heading", level=2)

    def lesson(self, title: str) -> Locator:
        """The link to a lesson, picture and summary included."""
        return (
            self.root.get_by_role("listitem")
            .get_by_role("link")
            .filter(has=self.root.page.get_by_role("heading", name=title))
        )

    def picture(self, title: str) -> Locator:
        return self.lesson(title).locator("svg.miniature")

    @property
    def shown(self) -> Locator:
        """The large picture beside the title."""
        return self.root.locator(".home-link")

    def cell(self, title: str) -> Locator:
        """One of the library, by its whole title."""
        return self.root.get_by_role("link", name=title, exact=True)

    @property
    def onward(self) -> Locator:
        """The button that leads to the first lesson that is not done."""
        return self.root.get_by_role("link", name=self.words.pattern("home.begin")).or_(
            self.root.get_by_role("link", name=self.words.pattern("home.continue"))
        )
