"""What the page costs to load, and that its first picture waits for nothing large."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route

from tests.browser.conftest import Watch
from tests.browser.expecting import expect_true, expect_value
from tests.browser.explorer import Explorer

#: compressed, without Plotly and fonts: until the first picture, and with all that is loaded before somebody opens a tool
FIRST_BYTES = 150_000
ALL_BYTES = 250_000

#: Whether something has come that is loaded once the first picture is there.
LATER = """() => performance.getEntriesByType("resource").some(({ name }) => name.includes("/views/arithmetic.js"))"""
# The sign in the browser's tab comes when the browser likes, and no picture waits for it.
SIZES = """() => {
    const [first] = performance.getEntriesByName("first-picture");
    return performance.getEntries()
        .filter(({ entryType, name }) => ["navigation", "resource"].includes(entryType) && !/[.]woff2$|[/]icon[.]svg$/.test(name))
        .map(({ name, startTime, encodedBodySize }) => [name, startTime <= first.startTime, encodedBodySize]);
}"""


@pytest.fixture
def context(browser: Browser, browser_context_args: dict[str, Any]) -> Iterator[BrowserContext]:
    """That of somebody who has never been here: nothing is kept from an earlier visit."""
    context = browser.new_context(**browser_context_args)
    yield context
    context.close()


def heaviest(found: list[tuple[str, bool, int]]) -> list[tuple[str, bool, int]]:
    return sorted(found, key=lambda one: -one[2])[:12]


def test_the_first_picture_waits_for_little(gated: Explorer) -> None:
    found = [one for one in gated.page.evaluate(SIZES) if one[1]]
    assert {"/static/main.js", "/static/views/strip.js"} <= {
        name.removeprefix(gated.url.rstrip("/")) for name, _, _ in found
    }
    assert sum(size for _, _, size in found) <= FIRST_BYTES, heaviest(found)


def test_the_page_without_plotly_and_fonts_is_light(gated: Explorer) -> None:
    gated.page.mouse.move(300, 300)
    expect_true(gated.page, LATER)
    gated.page.wait_for_load_state("networkidle")
    found = gated.page.evaluate(SIZES)
    assert not [name for name, _, _ in found if "/vendor/" in name]
    assert sum(size for _, _, size in found) <= ALL_BYTES, heaviest(found)


def test_the_first_picture_needs_no_plotly(explorer: Explorer) -> None:
    explorer.page.route("**/vendor/**", lambda route: never(route))
    explorer.open("gated-cell")
    explorer.press("ArrowRight")
    expect_value(explorer.strip.value("c", 2), "7.0000")


def never(route: Route) -> None:
    raise AssertionError(f"asked for {route.request.url}")


def test_everything_comes_from_the_server_of_the_page(gated: Explorer, page: Page) -> None:
    """The watch of every test looks for strangers; here also the names in the document."""
    found = page.evaluate(
        """() => [...document.querySelectorAll("[src], link[href]")]
            .map((node) => node.src ?? node.href).filter((url) => url && !url.startsWith(location.origin))"""
    )
    assert found == []


def test_a_page_opened_again_uses_the_fonts_that_it_preloads(explorer: Explorer, watch: Watch, context: BrowserContext) -> None:
    """Chromium tells of a font preloaded and not taken up five seconds after the page is there; the watch hears it."""
    home = context.new_page()
    watch.on(home)
    home.goto(explorer.url)
    explorer.open("gated-cell")
    for page in (home, explorer.page):
        page.reload()
    explorer.wait()
    explorer.page.wait_for_timeout(7000)
