"""With movement on: nothing is waited for, and a key switches it off."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.expecting import expect_step, expect_value
from tests.browser.explorer import Explorer
from tests.browser.truth import shown


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    return {**browser_context_args, "reduced_motion": "no-preference"}


def test_keys_faster_than_any_movement(gated: Explorer) -> None:
    gated.press("ArrowRight", "ArrowRight", "ArrowRight", "ArrowRight", "ArrowLeft")
    expect_step(gated.transport.scrubber, 4)
    expect_value(gated.strip.value("c", 4), "6.9995")
    gated.transport.turn_back()
    gated.press("ArrowLeft", "ArrowLeft", "ArrowLeft")
    expect_value(gated.strip.gradient("c", 1), shown("gated-cell", "gradients", "c")[0])


def test_a_key_switches_movement_off_and_on(gated: Explorer) -> None:
    page = gated.page.locator("html")
    expect(page).to_have_attribute("data-motion", "full")
    gated.press("r")
    expect(page).to_have_attribute("data-motion", "none")
    gated.press("r")
    expect(page).to_have_attribute("data-motion", "full")
