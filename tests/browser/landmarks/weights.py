"""The weights: numbers that can be dragged, typed, or moved with the slider beneath them."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Locator, Page

from tests.browser.words import Words


class Weights:
    def __init__(self, page: Page, words: Words) -> None:
        self.page, self.words = page, words
        self.root = page.get_by_role("complementary", name=words("tools.region"))

    def number(self, label: str) -> Locator:
        """A weight's button by what the weight is called: "forget gate, bias"."""
        return self.root.get_by_role("button", name=re.compile(rf"^{re.escape(label)}: \S+$"))

    @property
    def ties(self) -> Locator:
        """A line for each two that are one."""
        return self.root.get_by_role("group", name=self.words("ties.title"), exact=True)

    def slider(self, label: str) -> Locator:
        return self.root.get_by_role("slider", name=label, exact=True)

    def type(self, label: str, text: str) -> None:
        self.number(label).click()
        field = self.root.get_by_role("textbox", name=label, exact=True)
        field.fill(text)
        field.press("Enter")

    def drag(self, label: str, pixels: float, then: Callable[[], None] | None = None) -> None:
        """Holds a number and draws it sideways, in several moves as a hand does; `then`: before it is let go, and moves on."""
        self._draw(self.number(label), pixels, then)

    def drag_slider(self, label: str, pixels: float, then: Callable[[], None] | None = None) -> None:
        """The slider's middle, which is 0; `then` as for a number."""
        self._draw(self.slider(label), pixels, then)

    def _draw(self, node: Locator, pixels: float, then: Callable[[], None] | None) -> None:
        box = node.bounding_box()
        assert box is not None
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        self.page.mouse.move(x, y)
        self.page.mouse.down()
        self.page.mouse.move(x + pixels, y, steps=8)
        if then:
            then()
            self.page.mouse.move(x + pixels / 2, y, steps=4)
        self.page.mouse.up()

    @property
    def undo(self) -> Locator:
        return self.root.get_by_role("button", name=self.words("weights.undo"), exact=True)

    @property
    def redo(self) -> Locator:
        return self.root.get_by_role("button", name=self.words("weights.redo"), exact=True)

    @property
    def reset(self) -> Locator:
        return self.root.get_by_role("button", name=self.words("weights.reset"), exact=True)
