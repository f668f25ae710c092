"""A lesson leads through its beats: from one sentence to the other, from one network to the other, and back."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.expecting import expect_value
from tests.browser.explorer import Explorer
from tests.browser.truth import shown


def test_a_remote_leads_through_both_sentences_and_both_networks(explorer: Explorer) -> None:
    explorer.open("why-memory")
    answers = {
        (preset, variant): shown("why-memory", "values", "readout.y", "--preset", preset, "--variant", variant)[1]
        for preset in ("leave", "arrive")
        for variant in ("without", "with")
    }
    assert answers["leave", "without"] == answers["arrive", "without"]
    for preset, variant in (("leave", "without"), ("arrive", "without"), ("leave", "with"), ("arrive", "with")):
        expect(explorer.page).to_have_url(re.compile(f"preset={preset}&variant={variant}"))
        explorer.press("PageDown")
        expect_value(explorer.strip.value("y", 2), answers[preset, variant])
        explorer.press("PageDown")
    expect(explorer.page).to_have_url(re.compile("dir=backward"))
    for page in range(8, 0, -1):
        explorer.press("PageUp")
        expect(explorer.page.get_by_text(f"{page} of 10", exact=True)).to_be_visible()
    expect(explorer.lesson.title).to_have_text("Which Taipei?")
    expect(explorer.page).to_have_url(re.compile("preset=leave&variant=without$"))


def test_words_stand_below_the_steps_and_beside_the_inputs(explorer: Explorer) -> None:
    explorer.open("one-of-n")
    for step, word in enumerate(("cat", "bus", "cow", "tram", "cat"), 1):
        expect(explorer.page.get_by_role("columnheader").nth(step - 1)).to_have_text(f"{step} · {word}")
    explorer.press("End")
    expect_value(explorer.strip.value("h", 3), "0.50000, 2.0000")
