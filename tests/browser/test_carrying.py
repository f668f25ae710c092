"""The same sequence again: it begins with nothing, or where the last reading ended."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.expecting import expect_values
from tests.browser.explorer import Explorer


def test_the_second_reading_begins_where_the_first_one_ended(explorer: Explorer) -> None:
    explorer.open("three-times", beat="starts-empty", preset="again", step="3")
    states = [explorer.strip.value("h", step) for step in (1, 2, 3)]
    expect_values(states, ["1.0000", "3.0000", "7.0000"])
    explorer.page.get_by_role("button", name=explorer.words("sequence.more")).click()
    start = explorer.page.get_by_role("group", name="start", exact=True)
    start.get_by_role("button", name="where the last reading ended").click()
    expect(start.get_by_role("status")).to_have_text("Reading 1 left h = 7.")
    expect_values(states, ["15.000", "31.000", "63.000"])
    start.get_by_role("button", name="read on").click()
    expect(start.get_by_role("status")).to_have_text("Reading 2 left h = 63.")
    expect(explorer.page).to_have_url(re.compile("again=2"))
    explorer.page.reload()
    explorer.wait()
    expect_values(states, ["127.00", "255.00", "511.00"])
    explorer.transport.turn_back()
    expect(explorer.page.locator(".flow-sentence")).to_contain_text("None reaches reading 2.")


def test_what_reads_backward_cannot_go_on(explorer: Explorer) -> None:
    explorer.open("both-directions", variant="both")
    explorer.page.get_by_role("button", name=explorer.words("sequence.more")).click()
    start = explorer.page.get_by_role("group", name="start", exact=True)
    expect(start.get_by_role("button", name="where the last reading ended")).to_be_disabled()
    expect(start.get_by_role("status")).to_contain_text("A layer reads from the end to the start")
