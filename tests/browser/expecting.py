"""Sentences that many tests end on."""

from __future__ import annotations

import re
import time
from collections.abc import Sequence

from playwright.sync_api import Locator, Page, expect

#: seconds, and milliseconds between two looks
_LONGEST, _PAUSE = 10, 20


def expect_value(place: Locator, text: str) -> None:
    """That something says a number, at the end of its name, within the time that a busy machine needs."""
    expect(place).to_have_accessible_name(re.compile(rf"(?:: |：){re.escape(text)}$"))


def expect_values(places: Sequence[Locator], texts: Sequence[str]) -> None:
    for place, text in zip(places, texts, strict=True):
        expect_value(place, text)


def expect_step(scrubber: Locator, step: int) -> None:
    expect(scrubber).to_have_attribute("aria-valuenow", str(step))


def expect_true(page: Page, expression: str) -> None:
    """That a condition comes to hold in the page.

    Asked from outside: the page's own rules forbid it to evaluate text, and Playwright's `wait_for_function` does that.
    """
    end = time.monotonic() + _LONGEST
    while not page.evaluate(expression):
        assert time.monotonic() < end, f"this does not come to hold: {expression}"
        page.wait_for_timeout(_PAUSE)
