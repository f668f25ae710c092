"""What the page costs to load, and that its first picture waits for nothing large."""

from __future__ import annotations

from playwright.sync_api import Page, Response, Route

from tests.browser.expecting import expect_value
from tests.browser.explorer import Explorer

MOST_BYTES = 150_000


def test_the_page_without_plotly_and_fonts_is_light(explorer: Explorer) -> None:
    sizes: dict[str, int] = {}
    explorer.page.on("response", lambda response: weigh(explorer, sizes, response))
    explorer.open("gated-cell")
    assert not [name for name in sizes if name.startswith("vendor/")]
    assert sum(sizes.values()) <= MOST_BYTES, sorted(sizes.items(), key=lambda item: -item[1])[:12]


def weigh(explorer: Explorer, sizes: dict[str, int], response: Response) -> None:
    """Adds what was sent, fonts excepted, under its name."""
    # Compressed files have a length; what has none is the page itself or empty, and is measured whole.
    length = response.headers.get("content-length")
    name = response.url.removeprefix(explorer.url)
    if not name.endswith(".woff2"):
        sizes[name] = int(length) if length else len(response.body())


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
