"""What the network is made of."""

from __future__ import annotations

from playwright.sync_api import Locator, Page

from tests.browser.words import Words


class Network:
    def __init__(self, page: Page, words: Words) -> None:
        self.page, self.words = page, words
        self.root = page.get_by_role("complementary", name=words("tools.region"))

    def open(self) -> None:
        self.root.get_by_role("button", name=self.words("network.title")).click()
        self.act("add").wait_for()

    def act(self, key: str, **args: object) -> Locator:
        return self.root.get_by_role("button", name=self.words(f"network.{key}", **args), exact=True)

    def layer(self, number: int) -> Locator:
        return self.root.get_by_role("group", name=self.words("network.layer", number=number), exact=True)

    def direction(self, number: int, name: str) -> Locator:
        return self.layer(number).get_by_role("button", name=self.words(f"network.{name}"), exact=True)

    def cell(self, number: int) -> Locator:
        return self.root.get_by_label(self.words("network.cell", number=number), exact=True)

    def units(self, number: int) -> Locator:
        return self.root.get_by_label(self.words("network.units-of", number=number), exact=True)
