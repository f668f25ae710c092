"""The chart loads its library when it is opened, from here, and has no button that sends anything away."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.expecting import expect_step
from tests.browser.explorer import Explorer
from tests.browser.truth import shown


def test_memory_and_gates_over_time(gated: Explorer) -> None:
    asked: list[str] = []
    gated.page.on("request", lambda request: asked.append(request.url))
    gated.press("End")
    gated.chart.open()
    expect(gated.chart.title).to_be_visible()
    figure = gated.chart.figure
    # One line for each value: c, y and z above, the three gates below.
    expect(figure.locator(".scatterlayer .trace").first).to_be_visible()
    assert [url for url in asked if "plotly" in url]
    drawn = figure.evaluate("(node) => node.data.map((line) => [line.name, Array.from(line.y)])")
    lines = {re.split(r"[ ,]", name)[0]: [float(value) for value in values] for name, values in drawn}
    assert [round(value, 3) for value in lines["c"]] == [3, 7, 7, 7, 0]
    assert {"c", "y", "i", "f", "o"} <= set(lines)


def test_no_button_leads_to_the_cloud(gated: Explorer) -> None:
    gated.press("End")
    gated.chart.open()
    expect(gated.chart.figure.locator(".scatterlayer .trace").first).to_be_visible()
    gated.chart.figure.hover()
    names = gated.chart.figure.evaluate(
        """(node) => [...node.querySelectorAll(".modebar-btn")].map(
            (one) => one.getAttribute("aria-label") ?? one.dataset.title ?? one.title)"""
    )
    assert names
    assert not [name for name in names if re.search("cloud|share|studio|produced", name or "", re.IGNORECASE)]


def test_the_same_numbers_as_a_table(gated: Explorer) -> None:
    gated.press("End")
    gated.chart.open()
    gated.chart.open_table()
    memory = shown("gated-cell", "values", "c")
    rows = gated.chart.table.get_by_role("row")
    expect(rows).to_have_count(6)
    for step, value in enumerate(memory, 1):
        expect(rows.nth(step)).to_contain_text(value)


def test_a_point_leads_to_its_step(gated: Explorer) -> None:
    gated.press("End")
    gated.chart.open()
    expect(gated.chart.figure.locator(".scatterlayer .trace").first).to_be_visible()
    gated.chart.figure.evaluate("(node) => node.emit('plotly_click', { points: [{ x: 2 }] })")
    expect_step(gated.transport.scrubber, 2)
