"""On a phone: one column, nothing wider than the screen, everything still there."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.expecting import expect_step, expect_value
from tests.browser.explorer import Explorer
from tests.browser.test_accessibility import expect_no_violations


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    return {**browser_context_args, "viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


def test_nothing_is_wider_than_the_screen(gated: Explorer) -> None:
    assert gated.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    gated.header.choose_language("中文")
    expect(gated.speaking("zh").strip.root).to_be_visible()
    assert gated.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_it_can_be_stepped_by_touch(gated: Explorer) -> None:
    gated.transport.button("forward").tap()
    expect_step(gated.transport.scrubber, 2)
    expect_value(gated.strip.value("c", 2), "7.0000")


def test_axe_finds_nothing(gated: Explorer) -> None:
    # On a screen as long as the page, since the bar at its foot lies over whatever is just being scrolled past.
    gated.page.set_viewport_size({"width": 390, "height": gated.page.evaluate("document.documentElement.scrollHeight")})
    expect_no_violations(gated.page)
