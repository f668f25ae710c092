"""What the page costs to load, and that its first picture waits for nothing large."""

from __future__ import annotations

from playwright.sync_api import Page, Response, Route

from tests.browser.expecting import expect_value
from tests.browser.explorer import Explorer

MOST_BYTES = 150_000


def test_the_page_without_plotly_and_fonts_is_light(explorer: Explorer) -> None:
    sizes: dict[str, int] = {}

    def weigh(response: Response) -> None:
        # Compressed files have a length; what has none is the page itself or empty, and is measured whole.
        length = response.headers.get("content-length")
        sizes[response.url.removeprefix(explorer.url)] = int(length) if length else len(response.body())

    explorer.page.on("response", weigh)
    explorer.open("gated-cell")
    counted = {name: size for name, size in sizes.items() if not name.endswith(".woff2")}
    assert not [name for name in counted if name.startswith("vendor/")]
    assert sum(counted.values()) <= MOST_BYTES, sorted(counted.items(), key=lambda item: -item[1])[:12]


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
