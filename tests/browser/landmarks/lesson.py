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
    def next(self) -> Locator:
        return self.root.get_by_role("button", name=self.words("lesson.next"), exact=True)

    @property
    def choices(self) -> Locator:
        return self.root.get_by_role("group", name=self.words("predict.choices"))

    def choose(self, answer: str) -> None:
        self.choices.get_by_role("button", name=answer, exact=True).click()

    @property
    def typing(self) -> Locator:
        """The button that gives a field for a prediction where there are choices."""
        return self.root.get_by_role("button", name=self.words("predict.type"), exact=True)

    @property
    def typed(self) -> Locator:
        return self.root.get_by_role("textbox", name=self.words("predict.type-label"))

    def answer(self, number: str) -> None:
        """Types a prediction instead of choosing one."""
        self.typing.click()
        self.typed.fill(number)
        self.typed.press("Enter")

    @property
    def curve(self) -> Locator:
        """The chart that a curve is drawn in, as long as it is asked for."""
        return self.root.get_by_role("slider", name=self.words.pattern("curve.chart"))

    @property
    def point(self) -> Locator:
        """The number at the chosen step of the curve."""
        return self.root.get_by_role("textbox", name=self.words.pattern("curve.number"))

    @property
    def show(self) -> Locator:
        return self.root.get_by_role("button", name=self.words("curve.show"), exact=True)

    def draw(self, *points: tuple[float, float]) -> None:
        """One stroke of the mouse through places of the chart, as shares of its width and height."""
        box = self.curve.bounding_box()
        assert box is not None
        mouse = self.root.page.mouse
        for index, (x, y) in enumerate(points):
            mouse.move(box["x"] + x * box["width"], box["y"] + y * box["height"], steps=1 if index == 0 else 5)
            if index == 0:
                mouse.down()
        mouse.up()

    def curve_numbers(self, key: str) -> list[str]:
        """A row of the table below the answered curve: "curve.yours" or "curve.truth"."""
        if not self.root.get_by_role("table").is_visible():
            self.root.get_by_text(self.words("curve.numbers"), exact=True).click()
        row = self.root.get_by_role("row").filter(has=self.root.page.get_by_role("rowheader", name=self.words(key), exact=True))
        return row.get_by_role("cell").all_inner_texts()

    @property
    def skip(self) -> Locator:
        return self.root.get_by_role("button", name=self.words("predict.skip"), exact=True)

    @property
    def reset(self) -> Locator:
        """Takes all changes of the lesson back."""
        return self.root.get_by_role("button", name=self.words("lesson.reset"), exact=True)
