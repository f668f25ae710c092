"""A press as a hand makes it: what it is made on may change before it ends."""

from __future__ import annotations

from playwright.sync_api import Locator


def press_slowly(target: Locator) -> None:
    """The first movement over a page, and a press that lasts until everything that this fetches has come."""
    page = target.page
    target.hover()
    page.mouse.down()
    page.wait_for_load_state("networkidle")
    page.wait_for_function("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(true))))")
    page.mouse.up()
