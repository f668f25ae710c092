"""The lesson's words beside the stage, and what they ask."""

from __future__ import annotations

from playwright.sync_api import Locator, Page

from tests.browser.words import Words


class Lesson:
    def __init__(self, page: Page, words: Words) -> None:
        self.words = words
        self.root = page.get_by_role("complementary", name=words("lesson.region"))

    @property
    def title(self) -> Locator:
        return self.root.get_by_role("heading", level=1)

    @property
    def choices(self) -> Locator:
        return self.root.get_by_role("group", name=self.words("predict.choices"))

    def choose(self, answer: str) -> None:
        self.choices.get_by_role("button", name=answer, exact=True).click()

    def answer(self, number: str) -> None:
        """Types a prediction instead of choosing one."""
        self.root.get_by_role("button", name=self.words("predict.type"), exact=True).click()
        field = self.root.get_by_role("textbox", name=self.words("predict.type-label"))
        field.fill(number)
        field.press("Enter")

    @property
    def skip(self) -> Locator:
        return self.root.get_by_role("button", name=self.words("predict.skip"), exact=True)

    @property
    def reset(self) -> Locator:
        """Takes all changes of the lesson back."""
        return self.root.get_by_role("button", name=self.words("lesson.reset"), exact=True)
