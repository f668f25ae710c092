"""Sentences that many tests end on."""

from __future__ import annotations

import re
from collections.abc import Sequence

from playwright.sync_api import Locator, expect


def expect_value(place: Locator, text: str) -> None:
    """That something says a number, at the end of its name, within the time that a busy machine needs."""
    expect(place).to_have_accessible_name(re.compile(rf"(?:: |：){re.escape(text)}$"))


def expect_values(places: Sequence[Locator], texts: Sequence[str]) -> None:
    for place, text in zip(places, texts, strict=True):
        expect_value(place, text)


def expect_step(scrubber: Locator, step: int) -> None:
    expect(scrubber).to_have_attribute("aria-valuenow", str(step))
