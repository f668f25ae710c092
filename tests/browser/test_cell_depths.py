"""The cell's drawings, what moves in them, and the way from value to value."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.expecting import expect_value
from tests.browser.explorer import Explorer
from tests.browser.numbers import result
from tests.browser.truth import cell_report


def test_the_lstm_as_valves_and_on_the_conveyor(explorer: Explorer) -> None:
    explorer.open_cell("lstm", step="3")
    assert explorer.cell.drawings() == ["valves", "conveyor", "operations", "formulas"]
    for drawing in ("valves", "conveyor"):
        explorer.cell.draw(drawing)
        expect_value(explorer.cell.symbol(3, "c"), f"{result(float(cell_report('lstm').values['c'][2][0]))}, after")
        expect(explorer.page).to_have_url(re.compile(f"draw={drawing}$"))
        expect(explorer.cell.symbol(3, "f")).to_contain_text("= keep")


def test_a_gate_says_the_sum_that_opens_it_and_backward_its_slope(gated: Explorer) -> None:
    gated.press("End", "ArrowLeft")
    gate = gated.cell.symbol(4, "f")
    expect(gate).to_contain_text("σ(10)")
    gated.transport.turn_back()
    # σ(10)·(1 − σ(10)) = 4.54·10⁻⁵: next to nothing
    expect(gate).to_contain_text("σ′ 0.00005")
    expect(gated.cell.figure(4)).to_contain_text("×7")


def test_few_operations_leave_the_strip_its_digits(explorer: Explorer) -> None:
    explorer.page.set_viewport_size({"width": 1280, "height": 720})
    explorer.open("stacked", variant="two", step="4")
    explorer.transport.turn_back()
    explorer.cell.draw("operations")
    for layer in (1, 2):
        expect(explorer.strip.gradient(explorer.strip.name("h", layer), 4)).to_have_text(re.compile(r"^1(\.00)?$"))
    expect(explorer.cell.figure(4)).to_be_visible()


def test_a_gru_shares_between_old_and_new(explorer: Explorer) -> None:
    explorer.open_cell("gru", step="3")
    kept = round(100 * float(cell_report("gru").values["z"][2][0]))
    # A narrow place breaks the words into two lines.
    expect(explorer.cell.symbol(3, "z")).to_contain_text(re.compile(rf"{kept} % old, ?{100 - kept} % new"))


def test_a_note_leads_to_what_a_value_depends_on_and_back(gated: Explorer) -> None:
    gated.press("End", "ArrowLeft", "Enter")
    memory = gated.arithmetic.of("cell state", 4)
    expect(memory).to_be_visible()
    gated.arithmetic.link("f").click()
    gate = gated.arithmetic.of("forget gate", 4)
    expect(gate).to_contain_text("0.99995")
    gated.arithmetic.back.click()
    expect(memory).to_contain_text("6.9995")
    gated.arithmetic.link("f").click()
    expect(gate).to_be_visible()
    gated.press("Escape")
    expect(memory).to_be_visible()
    gated.press("Escape")
    expect(memory).to_be_hidden()


def test_a_note_leads_to_what_reads_a_memory_at_the_next_step_and_an_output_above(explorer: Explorer) -> None:
    explorer.open("vanishing", step="1")
    explorer.strip.value("h", 1).click()
    note = explorer.page.get_by_role("dialog")
    expect(note).to_contain_text(explorer.words("arithmetic.to-next", step=2))
    explorer.open("linear-toy", step="3")
    # above the middle of the column: the first unit
    explorer.strip.value("h", 3).click(position={"x": 20, "y": 8})
    # The last step is followed by none; what is read out of it stands at the same step.
    expect(note).not_to_contain_text(explorer.words("arithmetic.to-next", step=4))
    expect(note).to_contain_text(explorer.words("arithmetic.to"))
    explorer.arithmetic.link("y").click()
    expect(note).to_contain_text("y")


def test_of_many_terms_the_largest_are_listed_and_the_slope_below_them(explorer: Explorer) -> None:
    explorer.open_cell("lstm", step="3")
    # in the middle of the column: the second unit
    explorer.strip.value("f", 3).click()
    parts = explorer.arithmetic.parts
    numbers = [abs(float(text.replace("−", "-"))) for text in parts.locator(".callout-number").all_inner_texts()[:4]]
    assert numbers == sorted(numbers, reverse=True)
    expect(parts.locator("details")).to_contain_text("2 more")
    gate = float(cell_report("lstm").values["f"][2][1])
    slope = explorer.words("arithmetic.slope", name="σ′", value=result(gate * (1 - gate)))
    expect(explorer.page.get_by_role("dialog")).to_contain_text(slope)


def test_one_equation_moves_its_numbers_and_then_stands_still(gated: Explorer) -> None:
    gated.page.emulate_media(reduced_motion="no-preference")
    # They move for a fraction of a second: noted as they come, since a slow machine may look too late.
    gated.page.evaluate(
        """() => new MutationObserver((changes) => {
            const added = changes.flatMap(({ addedNodes }) => [...addedNodes]);
            const found = added.some((node) => node.matches?.(".bead") || node.querySelector?.(".bead"));
            if (found) document.documentElement.dataset.beads = "seen";
        }).observe(document.body, { childList: true, subtree: true })"""
    )
    gated.press("End", "ArrowLeft", "ArrowDown")
    gated.press(*["ArrowDown"] * 4)
    # What moves them is fetched at the first key: until it is there an equation is only shown, so the last one is taken again.
    root = gated.page.locator(":root")
    for _ in range(40):
        if root.get_attribute("data-beads"):
            break
        gated.page.wait_for_timeout(250)
        gated.press("ArrowUp", "ArrowDown")
    expect(root).to_have_attribute("data-beads", "seen")
    expect(gated.page.locator(".bead")).to_have_count(0)
    expect_value(gated.cell.symbol(4, "c"), "6.9995, after")
