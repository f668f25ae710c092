"""From the strip into the cell, from the cell into the arithmetic of one number, and out again."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.expecting import expect_true, expect_value
from tests.browser.explorer import Explorer
from tests.browser.truth import report, shown


def test_enter_opens_the_arithmetic_of_the_memory_and_escape_closes_it(gated: Explorer) -> None:
    gated.press("End", "ArrowLeft", "Enter")
    note = gated.arithmetic.of("cell state", 4)
    expect(note).to_be_visible()
    exact = report("gated-cell")["steps"][3]["values"]["c"][0]
    assert exact == 6.999500633749107
    expect(note).to_contain_text(str(exact))
    gated.press("Escape")
    expect(note).to_be_hidden()


def test_a_number_of_the_strip_is_worked_out(gated: Explorer) -> None:
    gated.press("End")
    gated.strip.value("f", 2).click()
    note = gated.arithmetic.of("forget gate", 2)
    # 0·4 + 100·1 + 0·0 + 10, and its sigmoid
    for part in ("100", "110", "1.0000"):
        expect(note).to_contain_text(part)
    gated.arithmetic.close.click()
    expect(note).to_be_hidden()


def test_a_number_that_somebody_chose_is_written_as_it_was_chosen(gated: Explorer) -> None:
    gated.press("End")
    gated.strip.value("x", 1).click()
    expect(gated.page.get_by_role("dialog").locator(".callout-line-result")).to_have_text("= 1")


def test_the_weights_that_have_a_part_in_a_number_are_marked_while_it_is_open(gated: Explorer) -> None:
    gated.press("End")
    gated.strip.value("f", 2).click()
    marked = gated.page.locator(".field.has-part")
    expect(marked).to_have_count(4)
    for label in ("forget gate, weight of x₂", "forget gate, bias"):
        expect(gated.weights.number(label)).to_have_class(re.compile("has-part"))
    gated.arithmetic.close.click()
    expect(marked).to_have_count(0)


def test_the_numbers_of_an_open_note_follow_a_weight(gated: Explorer) -> None:
    gated.press("End")
    gated.strip.value("f", 2).click()
    note = gated.arithmetic.of("forget gate", 2)
    expect(note).to_contain_text("110")
    gated.weights.type("forget gate, bias", "-98")
    expect(note).to_contain_text("0.88080")


def test_the_cell_shows_the_values_of_the_step(gated: Explorer) -> None:
    gated.press("End", "ArrowLeft")
    for symbol, text in (("c", "6.9995, after"), ("f", "0.99995, open: keep"), ("i", "0.00005, shut"), ("z", "1.0000")):
        expect_value(gated.cell.symbol(4, symbol), text)


def test_who_has_no_keys_gets_out_to_the_strip_and_in_again(gated: Explorer) -> None:
    gated.press("End", "ArrowLeft")
    gated.cell.fold.click()
    expect(gated.cell.figure(4)).to_be_hidden()
    expect(gated.cell.fold).to_have_attribute("aria-expanded", "false")
    gated.press("ArrowLeft")
    gated.cell.fold.click()
    expect_value(gated.cell.symbol(3, "c"), shown("gated-cell", "values", "c")[2] + ", after")
    gated.press("Escape")
    gated.cell.fold.click()
    expect(gated.cell.figure(3)).to_be_visible()


def test_what_comes_when_the_pointer_moves_leaves_the_cell_where_it_is(gated: Explorer) -> None:
    sheet = "[...document.styleSheets].some(({ href }) => href?.endsWith('/arithmetic.css'))"
    before = gated.page.locator("[data-view=cell]").bounding_box()
    assert not gated.page.evaluate(sheet)
    gated.page.mouse.move(300, 300)
    expect_true(gated.page, sheet)
    assert gated.page.locator("[data-view=cell]").bounding_box() == before


def test_formulas_hold_the_numbers_of_the_step(gated: Explorer) -> None:
    gated.press("End", "ArrowLeft")
    gated.cell.draw("formulas")
    formulas = gated.cell.formulas(4)
    expect(formulas.get_by_role("listitem")).to_have_count(6)
    expect(formulas).to_contain_text("6.9995")
    gated.cell.draw("operations")
    expect(gated.cell.figure(4)).to_be_visible()
    expect(formulas).to_be_hidden()


def test_backward_a_note_says_through_what_the_gradient_came(gated: Explorer) -> None:
    gated.press("End")
    gated.transport.turn_back()
    gated.press("ArrowLeft", "Enter")
    note = gated.arithmetic.of("cell state", 3)
    expect(note).to_contain_text(f"dL/dc = {shown('gated-cell', 'gradients', 'c')[2]}")
    expect(note).to_contain_text(gated.words("arithmetic.through-next", name="c"))


def test_nothing_moves_for_those_who_asked_for_stillness(gated: Explorer) -> None:
    for key in ("ArrowRight", "ArrowDown", "ArrowLeft", "End"):
        gated.press(key)
        assert gated.page.evaluate("document.getAnimations().filter((one) => one.playState === 'running').length") == 0


def test_with_a_link_what_a_value_is_worked_out_from_stands_at_the_cell_that_comes_later(explorer: Explorer) -> None:
    page = explorer.page
    page.goto(f"{explorer.url}#cell=gru&step=6&dir=backward&draw=operations&at=main.1.forward.h@6@0")
    explorer.wait()
    expect(page.get_by_role("dialog")).to_be_visible()
    expect(page.locator('[data-view="cell"] .is-pinned')).to_be_visible()
    expect(page.locator('[data-view="strip"] .is-pinned')).to_have_count(0)
