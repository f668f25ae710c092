"""The loss of a sequence: targets and losses over the strip, targets that are changed, and the way back from the loss."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from app.lessons import load_lessons
from app.session import Limits
from app.session.report import Report, lesson_report
from tests.browser.expecting import expect_true
from tests.browser.explorer import Explorer
from tests.browser.numbers import result


def computed(name: str, preset: str | None = None) -> Report:
    return lesson_report(load_lessons().lessons[name], preset, None, gradients=True, limits=Limits())


def test_each_step_says_its_loss_and_a_new_target_changes_the_sum(explorer: Explorer) -> None:
    found = computed("back-through-time")
    explorer.open("back-through-time")
    page, words = explorer.page, explorer.words
    cell = page.get_by_role("gridcell")
    told = words("losses.at", step=3, value=result(float(found.losses["loss"][2, 0])), target="5")
    expect(cell.and_(page.get_by_label(told, exact=True))).to_be_visible()
    total = float(found.losses["loss_sum"][-1, 0])
    assert total == 1.0625
    expect(page.get_by_text(words("losses.sum", value=result(total)), exact=True)).to_be_visible()
    field = page.get_by_role("textbox", name=words("targets.at", step=2), exact=True)
    field.fill("3")
    field.press("Enter")
    # (2.5 - 3)^2 more
    expect(page.get_by_text(words("losses.sum", value=result(1.3125)), exact=True)).to_be_visible()
    expect(page).to_have_url(re.compile("loss=squared@"))
    page.reload()
    explorer.wait()
    expect(field).to_have_value("3")
    expect(page.get_by_text(words("losses.sum", value=result(1.3125)), exact=True)).to_be_visible()


def test_what_is_no_number_is_no_target_and_it_says_so(explorer: Explorer) -> None:
    explorer.open("back-through-time")
    field = explorer.page.get_by_role("textbox", name=explorer.words("targets.at", step=3), exact=True)
    for text in ("five", "1e999"):
        field.fill(text)
        field.press("Enter")
        expect(explorer.notice("notice.not-number")).to_be_visible()
        expect(field).to_have_value("5")
    field.fill("0,5")
    field.press("Enter")
    expect(field).to_have_value("0.5")
    expect(explorer.notice("notice.not-number")).to_be_hidden()


def test_a_choice_has_words_and_their_probability(explorer: Explorer) -> None:
    found = computed("sequence-loss")
    explorer.open("sequence-loss")
    page, words = explorer.page, explorer.words
    chance = float(found.losses["loss_probability"][0, 0])
    assert round(chance, 2) == 0.88
    expect(page.get_by_text(f"p {chance:.2f}", exact=True)).to_be_visible()
    first = page.get_by_role("combobox", name=words("targets.at", step=1), exact=True)
    first.select_option(label="you")
    expect(page.get_by_role("gridcell", name=words("losses.target-at", step=1, target="you"), exact=True)).to_be_visible()


def test_going_back_two_parts_arrive_and_every_step_adds_to_a_weight(explorer: Explorer) -> None:
    found = computed("back-through-time")
    assert found.gradients["h"][:, 0].tolist() == [2.125, 0.25, 0.5]
    explorer.open("back-through-time", dir="backward", step="2", beat="one-earlier")
    page, words = explorer.page, explorer.words
    explorer.lesson.skip.click()
    alone = words("origins.sum", name="∂h", here="0", next="0.25", total="0.25")
    expect(page.get_by_role("img", name=alone, exact=True)).to_be_visible()
    expect(page.get_by_text(words("shares.so-far", step=2, value=result(1.5)), exact=True)).to_be_visible()
    explorer.press("ArrowLeft")
    told = words("origins.sum", name="∂h", here="2", next="0.125", total="2.125")
    expect(page.get_by_role("img", name=told, exact=True)).to_be_visible()
    each = ". ".join(words("shares.at", step=step, value=result(value)) for step, value in enumerate((0.0, 0.25, 1.25), 1))
    expect(page.get_by_role("img", name=each, exact=True)).to_be_visible()
    assert float(found.parameters["U"][0, 0]) == 1.5


def test_what_a_step_takes_away_is_said_clear_of_the_number_of_the_step(explorer: Explorer) -> None:
    explorer.open("sequence-loss", dir="backward", step="1")
    plot = explorer.page.locator(".shares-plot")
    expect(plot.locator(".shares-number")).to_have_text(["0", "−0.0066", "0"])
    said, own = plot.locator("g").nth(1).locator(".shares-number, .shares-step").all()
    above, below = said.bounding_box(), own.bounding_box()
    assert above is not None
    assert below is not None
    # A line of letters has more room above them than below.
    assert above["y"] + above["height"] <= below["y"] + 3


def test_without_a_loss_the_gradient_of_one_weight_is_told_beside_how_it_goes_over_time(explorer: Explorer) -> None:
    explorer.open("what-goes-back", step="1", dir="backward", beat="every-step-adds")
    page, words = explorer.page, explorer.words
    expect(page.get_by_text(words("shares.whole", weight="W"), exact=True)).to_be_visible()
    expect(page.get_by_text(words("shares.all", value="1.7500"), exact=True)).to_be_visible()
    expect(page.locator("[data-view=spark]")).to_be_visible()
    expect(page.locator(".shares-plot")).to_be_hidden()
    explorer.weights.number("hidden state, weight of h before the step").focus()
    expect(page.get_by_text(words("shares.whole", weight="U"), exact=True)).to_be_visible()
    expect(page.get_by_text(words("shares.all", value="2.0000"), exact=True)).to_be_visible()


def test_of_a_long_sequence_no_number_and_no_target_is_cut(explorer: Explorer) -> None:
    """A number whose left half is hidden is another number."""
    whole = """(name) => {
        const scroll = document.querySelector(name);
        const { left } = scroll.getBoundingClientRect();
        const boxes = [...scroll.querySelectorAll("[data-step]")].map((node) => node.getBoundingClientRect());
        return scroll.scrollLeft > 0 && boxes.every((box) => box.right < left + 1 || box.left > left - 0.5);
    }"""
    explorer.page.set_viewport_size({"width": 1280, "height": 720})
    explorer.open("gone-and-left")
    expect(explorer.sequence.head(50)).to_have_attribute("aria-current", "step")
    for width in (1280, 800, 1440):
        explorer.page.set_viewport_size({"width": width, "height": 720})
        for name in (".sequence-scroll", ".targets-scroll"):
            expect_true(explorer.page, f"() => ({whole})('{name}')")
            # A finger leaves it where it likes.
            explorer.page.evaluate("(name) => document.querySelector(name).scrollBy(7, 0)", name)
            expect_true(explorer.page, f"() => ({whole})('{name}')")
