"""The inputs as a grid that can be edited."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page

from tests.browser.words import Words


class Sequence:
    def __init__(self, page: Page, words: Words) -> None:
        self.words = words
        self.tools = page.get_by_role("complementary", name=words("tools.region"))
        self.root = self.tools.get_by_role("group", name=words("sequence.title"), exact=True)

    def number(self, component: str, step: int) -> Locator:
        label = re.escape(self.words("sequence.cell", name=component, step=step))
        return self.root.get_by_role("button", name=re.compile(rf"^{label}: \S+$"))

    def head(self, step: int) -> Locator:
        return self.root.get_by_role("button", name=self.words("sequence.head", step=step), exact=True)

    @property
    def add(self) -> Locator:
        return self.tools.get_by_role("button", name=self.words("sequence.add"), exact=True)

    def remove(self, step: int) -> Locator:
        """The button that takes away the last step; with the three dots open there is another, for the step where one stands."""
        return self.tools.get_by_role("button", name=self.words("sequence.remove", step=step), exact=True)

    def type(self, component: str, step: int, text: str) -> None:
        self.number(component, step).click()
        field = self.root.get_by_role("textbox", name=self.words("sequence.cell", name=component, step=step))
        field.fill(text)
        field.press("Enter")

    @property
    def more(self) -> Locator:
        return self.tools.get_by_role("button", name=self.words("sequence.more"), exact=True)

    def started(self, label: str) -> Locator:
        """The number with which a state begins, behind the button with the three dots."""
        return self.tools.get_by_role("button", name=re.compile(rf"^{re.escape(label)}: \S+$"))

    def begin(self, label: str, text: str) -> None:
        self.started(label).click()
        field = self.tools.get_by_role("textbox", name=label, exact=True)
        field.fill(text)
        field.press("Enter")

    def choose(self, title: str) -> None:
        """A preset or a variant by its title, behind the button with the three dots."""
        if self.more.get_attribute("aria-expanded") != "true":
            self.more.click()
        self.tools.get_by_role("button", name=title, exact=True).click()
