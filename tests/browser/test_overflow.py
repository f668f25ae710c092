"""A number that becomes too large is shown as that, in a sentence, and undo brings everything back."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.explorer import Explorer


def test_a_recurrent_weight_of_a_thousand_over_120_steps(explorer: Explorer) -> None:
    explorer.open("linear-toy", x=";".join(["1,1"] * 118))
    explorer.press("End")
    for steps in (119, 120):
        explorer.sequence.add.click()
        expect(explorer.transport.scrubber).to_have_attribute("aria-valuemax", str(steps))
    explorer.press("End")
    explorer.wide.unfold(120)
    for unit in (1, 2):
        expect(explorer.wide.value("h", 120, unit)).to_have_text(re.compile(r"^\d"))
    weight = explorer.words(
        "weights.weight", label=explorer.words("weights.unit", label="hidden state", unit=1), of="h₁ before the step"
    )
    explorer.weights.type(weight, "1000")

    notice = explorer.notice("notice.overflow")
    expect(notice).to_be_visible()
    for unit in (1, 2):
        expect(explorer.wide.value("h", 120, unit)).to_have_text("∞")
    # Below the border of float64 the numbers are still numbers.
    explorer.transport.scrubber.focus()
    explorer.press(*["ArrowLeft"] * 20)
    expect(explorer.wide.value("h", 100, 1)).to_have_text(re.compile(r"·10"))

    explorer.press("End")
    notice.get_by_role("button", name=explorer.words("weights.undo")).click()
    expect(notice).to_be_hidden()
    expect(explorer.wide.value("h", 120, 1)).not_to_have_text("∞")
