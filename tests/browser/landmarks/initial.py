"""Whole matrices at once: rule, seed, size."""

from __future__ import annotations

from playwright.sync_api import Locator, Page

from tests.browser.words import Words


class Initial:
    def __init__(self, page: Page, words: Words) -> None:
        self.page, self.words = page, words
        self.root = page.get_by_role("group", name=words("initial.title"), exact=True)

    def open(self) -> None:
        self.page.get_by_role("button", name=self.words("weights.more"), exact=True).click()
        self.root.wait_for()

    def matrix(self, label: str) -> Locator:
        """What a matrix is called: "forget gate, weight of h before the step"; or "all"."""
        return self.root.get_by_role("button", name=label, exact=True)

    def rule(self, kind: str) -> Locator:
        return self.root.get_by_role("button", name=self.words(f"initial.kind.{kind}"), exact=True)

    def act(self, key: str) -> Locator:
        return self.root.get_by_role("button", name=self.words(f"initial.{key}"), exact=True)

    @property
    def seed(self) -> Locator:
        return self.root.get_by_label(self.words("initial.seed"), exact=True)

    @property
    def size(self) -> Locator:
        return self.root.get_by_role("slider")

    @property
    def tie(self) -> Locator:
        """The list of what a matrix can be one with; its options are addresses."""
        return self.root.get_by_label(self.words("initial.tie"), exact=True)
