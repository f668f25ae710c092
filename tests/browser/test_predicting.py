"""Predict first: what is asked stays hidden until it is answered, and the answer is compared with the engine's."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.expecting import expect_step, expect_value
from tests.browser.explorer import Explorer


def test_a_right_choice(gated: Explorer) -> None:
    hidden = gated.words("strip.hidden")
    expect_value(gated.strip.value("c", 2), hidden)
    expect_value(gated.strip.value("c", 1), "3.0000")
    gated.lesson.choose("7")
    expect(gated.lesson.root).to_contain_text(gated.words("predict.right"))
    expect_value(gated.strip.value("c", 2), "7.0000")


def test_a_wrong_choice_is_told_what_is_true(toy: Explorer) -> None:
    toy.lesson.choose("12")
    expect(toy.lesson.root).to_contain_text(toy.words("predict.wrong"))
    # A whole number, as the choices are.
    expect(toy.lesson.root.locator(".predict-answer b")).to_have_text(["12", "6"])


def test_a_typed_number(gated: Explorer) -> None:
    gated.press("ArrowRight", "ArrowRight", "ArrowRight")
    expect_step(gated.transport.scrubber, 4)
    gated.lesson.answer("0")
    expect(gated.lesson.root).to_contain_text(gated.words("predict.right"))
    expect_value(gated.strip.value("c", 5), "5.7·10⁻³⁹")


def test_what_is_no_number_is_no_answer_and_told_so(gated: Explorer) -> None:
    gated.lesson.answer("about 7")
    expect(gated.notice("notice.type-number")).to_be_visible()
    expect_value(gated.strip.value("c", 2), gated.words("strip.hidden"))
    gated.lesson.answer("７")
    expect(gated.lesson.root).to_contain_text(gated.words("predict.right"))
    expect(gated.notice("notice.type-number")).to_be_hidden()


def test_skipping_reveals(gated: Explorer) -> None:
    gated.lesson.skip.click()
    expect(gated.lesson.root).to_contain_text(gated.words("predict.skipped"))
    expect_value(gated.strip.value("c", 5), "5.7·10⁻³⁹")


def test_stepping_on_reveals_what_was_asked(gated: Explorer) -> None:
    gated.press("ArrowRight")
    expect_value(gated.strip.value("c", 2), "7.0000")
    # The next question hides the next step.
    expect_value(gated.strip.value("c", 3), gated.words("strip.hidden"))


def test_the_way_to_a_step_far_away_is_hidden_with_it(explorer: Explorer) -> None:
    explorer.open("vanishing")
    hidden = explorer.words("strip.hidden")
    points = explorer.page.locator("[data-view=spark] .spark-line").first
    expect_value(explorer.strip.value("h", 1), "0.90000")
    expect_value(explorer.strip.value("h", 2), hidden)
    expect_value(explorer.strip.value("h", 10), hidden)
    assert "L" not in (points.get_attribute("d") or "")
    explorer.lesson.skip.click()
    expect_value(explorer.strip.value("h", 2), "0.81000")
    expect(points).to_have_attribute("d", re.compile(r"(L[^L]+){49}$"))


def test_a_lessons_own_picture_waits_for_the_answer(explorer: Explorer) -> None:
    explorer.open("why-the-loss-jumps")
    surface = explorer.page.locator("[data-view=surface]")
    expect(surface.locator(".surface-field")).to_be_visible()
    explorer.press("PageDown")
    expect(surface).to_contain_text(explorer.words("strip.hidden"))
    expect(surface.locator(".surface-field")).to_be_hidden()
    expect(surface.locator(".surface-reading")).to_be_hidden()
    explorer.lesson.choose("0.12")
    expect(explorer.lesson.root).to_contain_text(explorer.words("predict.right"))
    expect(surface.locator(".surface-reading")).to_contain_text("loss 0.33642")


def test_a_gradient_of_the_loss_is_asked_for(explorer: Explorer) -> None:
    explorer.open("back-through-time")
    explorer.press("PageDown", "PageDown")
    explorer.lesson.choose("2.125")
    expect(explorer.lesson.root).to_contain_text(explorer.words("predict.right"))
    expect(explorer.lesson.root).to_contain_text("2.125: twice the distance")


def test_an_answer_about_a_step_far_away_is_told_again_after_a_reload(explorer: Explorer) -> None:
    """Of a thousand steps the one that is asked about comes with the picture of them, after what is near."""
    explorer.open("thousand-times", w="main.1.forward.U.0.0:0.9", step="11")
    explorer.lesson.choose("0.1")
    answer = explorer.lesson.root.locator(".predict-answer b")
    expect(answer).to_have_text(["0.1", "0.00003"])
    explorer.page.reload()
    expect(answer).to_have_text(["0.1", "0.00003"])


def test_a_gate_that_is_asked_for_is_marked_in_the_strip_and_in_the_cell(explorer: Explorer) -> None:
    explorer.open("feedback-and-peepholes", variant="peephole", step="1")
    asked = explorer.strip.value("i", 1)
    expect_value(asked, explorer.words("strip.hidden"))
    expect(asked).to_have_text("?")
    valves = explorer.page.locator("[data-view=cell] .place-valve:has(.ring)")
    expect(valves).to_have_text(["?", "?", "?"])
    explorer.lesson.skip.click()
    expect(valves).to_have_text(["", "", ""])


def test_what_a_coupled_gate_lets_through_is_not_seen_while_it_is_asked_for(explorer: Explorer) -> None:
    explorer.open("the-gru", variant="chung", step="1")
    gate = explorer.page.locator("[data-view=cell] .place-valve:has(.rest)")
    expect(gate).to_have_text("?")
    expect(gate.locator(".rest")).to_be_hidden()
    explorer.lesson.skip.click()
    expect(gate.locator(".rest")).to_be_visible()
