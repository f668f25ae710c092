"""The error surface in the cell's place."""

from __future__ import annotations

from playwright.sync_api import Locator, Page

from tests.browser.words import Words


class Surface:
    def __init__(self, page: Page, words: Words) -> None:
        self.page, self.words = page, words
        self.title = page.get_by_role("heading", name=words("surface.title"), exact=True)
        self.root = page.locator("section").filter(has=self.title)
        self.fields = self.root.get_by_role("application")
        self.field = self.fields.first
        self.unknown = self.root.locator(".surface-picture.is-empty")
        self.readings = self.root.locator(".surface-reading")
        self.reading = self.readings.first
        self.ribbons = self.root.locator(".surface-ribbon")
        self.names = self.root.locator(".surface-name")
        self.beside = self.root.get_by_label(words("surface.beside"), exact=True)
        self.legend = self.root.get_by_role("group", name=words("surface.legend"), exact=True)
        self.told = self.root.get_by_role("status")

    def button(self, key: str, **args: object) -> Locator:
        return self.root.get_by_role("button", name=self.words(key, **args), exact=True)

    def open_table(self) -> None:
        self.root.get_by_text(self.words("surface.table"), exact=True).click()

    def row(self, name: str) -> Locator:
        """A row of the table by its value of the weight upward."""
        return self.root.get_by_role("row").filter(has=self.page.get_by_role("rowheader", name=name, exact=True))

    def click(self, across: float, up: float, field: Locator | None = None) -> None:
        """A place of the picture, as shares from its lower left corner."""
        field = field or self.field
        box = field.bounding_box()
        assert box is not None
        field.click(position={"x": across * (box["width"] - 1), "y": (1 - up) * (box["height"] - 1)})

    def hover(self, field: Locator, across: float, up: float) -> None:
        box = field.bounding_box()
        assert box is not None
        field.hover(position={"x": across * (box["width"] - 1), "y": (1 - up) * (box["height"] - 1)})

    def type(self, key: str, text: str) -> None:
        box = self.root.get_by_label(self.words(key), exact=True)
        box.fill(text)
        box.press("Enter")
