"""A network of many steps and units: colours instead of numbers, and the numbers beside them."""

from __future__ import annotations

import base64
import math
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.bench.networks import address
from tests.browser.explorer import Explorer
from tests.browser.test_accessibility import BY_THEME, expect_no_violations

STEPS, UNITS = 120, 20
#: at the usual zoom so many of them are in view, each so broad
SEEN, PITCH = 100, 6

# The colours of each step in the band of the input's first component, off the canvas.
PIXELS = """([canvas, name, seen, pitch]) => {
    const ratio = canvas.width / canvas.getBoundingClientRect().width;
    const row = Math.floor((Number.parseFloat(name.style.top) - 3) * ratio);
    const { data } = canvas.getContext("2d").getImageData(0, row, canvas.width, 1);
    const at = (step) => 4 * Math.floor((step + 0.5) * pitch * ratio);
    return Array.from({ length: seen }, (_, step) => [...data.slice(at(step), at(step) + 3)]);
}"""


@pytest.fixture
def wide(explorer: Explorer) -> Explorer:
    explorer.page.goto(f"{explorer.url}#{address(STEPS, UNITS)}")
    expect(explorer.wide.field).to_be_visible()
    expect(explorer.page.locator(".wide-readout")).to_contain_text(re.compile(r"\d\.\d"))
    return explorer


def test_each_step_has_the_colour_of_its_number(wide: Explorer) -> None:
    """From blue below zero to orange above it; the inputs are known."""
    root = wide.page.locator("[data-view=wide]")
    canvas = root.locator(".wide-picture").element_handle()
    name = root.locator('.wide-name[data-name="main.0.forward.x"]').element_handle()
    pixels = wide.page.evaluate(PIXELS, [canvas, name, SEEN, PITCH])
    warmth = [red - blue for red, _, blue in pixels]
    values = [round(math.sin(step / 9), 2) for step in range(SEEN)]
    by_value = [warm for _, warm in sorted(zip(values, warmth, strict=True))]
    assert by_value == sorted(by_value), "the warmer the more"
    assert by_value[0] < -50
    assert by_value[-1] > 50


def test_its_picture_is_taken_along_with_names_and_scales(wide: Explorer) -> None:
    wide.header.share.click()
    with wide.page.expect_download() as found:
        wide.share.take("strip", "SVG").click()
    text = Path(found.value.path()).read_text("utf-8")
    images = re.findall(r'<image[^>]*href="data:image/png;base64,([^"]+)"', text)
    assert len(images) == 2, "the colours, and the marks over them"
    assert all(base64.b64decode(each).startswith(b"\x89PNG") for each in images)
    assert re.findall(r'font-style="italic"[^>]*>(\w)</tspan>', text) == ["h", "c", "g", "o", "f", "i", "x"]
    assert "font/woff2;base64," in text


def test_beside_another_it_says_why_it_is_not_drawn(wide: Explorer) -> None:
    wide.compare.toggle.click()
    wide.compare.copy.click()
    told = wide.words("compare.wide", count=STEPS, units=UNITS, step=1)
    expect(wide.page.get_by_text(told, exact=True)).to_have_count(2)


@pytest.mark.parametrize("theme", ["light", "dark", "projector"])
def test_axe_finds_nothing(wide: Explorer, theme: str) -> None:
    if theme == "projector":
        wide.press("c", "Escape")
    elif theme == "dark":
        wide.press("d")
    wide.wide.unfold(1)
    expect_no_violations(wide.page, BY_THEME[theme])
    wide.transport.turn_back()
    expect_no_violations(wide.page, BY_THEME[theme])
