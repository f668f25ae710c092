"""Learning in the cell's place: the loss, the next update, and what makes it."""

from __future__ import annotations

from playwright.sync_api import Locator, Page

from tests.browser.words import Words


class Learning:
    def __init__(self, page: Page, words: Words) -> None:
        self.page, self.words = page, words
        self.title = page.get_by_role("heading", name=words("learning.title"), exact=True)
        self.root = page.locator("section").filter(has=self.title).last
        self.loss = self.root.locator(".learning-loss")
        self.now = self.root.locator(".learning-after")
        self.update = self.root.locator(".learning-update")
        self.curve = self.root.get_by_role("img")
        self.others = self.root.locator(".learning-others").get_by_role("listitem")
        self.told = self.root.locator(".learning-told")
        self.spoken = self.root.get_by_role("status")

    def button(self, key: str) -> Locator:
        return self.root.get_by_role("button", name=self.words(key), exact=True)

    def type(self, key: str, text: str) -> None:
        box = self.root.get_by_role("textbox", name=self.words(key), exact=True)
        box.fill(text)
        box.press("Enter")
