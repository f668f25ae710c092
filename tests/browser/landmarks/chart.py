"""The chart over time, drawn by Plotly, with its twin as a table."""

from __future__ import annotations

from playwright.sync_api import Locator, Page

from tests.browser.words import Words


class Chart:
    def __init__(self, page: Page, words: Words) -> None:
        self.page, self.words = page, words
        self.tools = page.get_by_role("complementary", name=words("tools.region"))

    def open(self) -> None:
        self.tools.get_by_role("button", name=self.words("spark.chart"), exact=True).click()

    @property
    def title(self) -> Locator:
        return self.page.get_by_role("heading", name=self.words("chart.title"), exact=True)

    @property
    def figure(self) -> Locator:
        return self.page.get_by_label(self.words("chart.figure"), exact=True)

    @property
    def table(self) -> Locator:
        head = self.page.get_by_role("columnheader", name=self.words("chart.time"), exact=True)
        return self.page.get_by_role("table").filter(has=head)

    def open_table(self) -> None:
        self.page.get_by_text(self.words("chart.table"), exact=True).last.click()
