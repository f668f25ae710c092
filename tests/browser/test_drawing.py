"""A whole curve is predicted: drawn by hand or by keys, and then seen beside the engine's."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.expecting import expect_value, expect_values
from tests.browser.explorer import Explorer

#: c = f c + i g of the LSTM's lesson, its gates at sigmoid(10): as the page writes computed numbers
TRUE = ["0.99995", "1.9999", "2.9997", "2.9996", "1.9995"]


def test_a_curve_by_keys(explorer: Explorer) -> None:
    explorer.open("the-lstm")
    lesson, words = explorer.lesson, explorer.words
    hidden = words("strip.hidden")
    expect_values([explorer.strip.value("c", step) for step in (2, 3, 4, 5)], [hidden] * 4)
    expect(lesson.show).to_be_disabled()
    lesson.curve.focus()
    expect(lesson.curve).to_have_attribute("aria-valuetext", words("curve.point", step=2, value=words("curve.none")))
    # From the given 1 upward, 5 % of the chart's height at a time.
    explorer.press("ArrowUp", "ArrowUp", "ArrowDown")
    expect(lesson.curve).to_have_attribute("aria-valuetext", words("curve.point", step=2, value="1.2"))
    explorer.press("2")
    expect(lesson.point).to_be_focused()
    explorer.press("Enter", "3", "Enter", "3", "Enter", "4", "Enter")
    expect(lesson.curve).to_have_attribute("aria-valuetext", words("curve.point", step=5, value="4"))
    explorer.press("ArrowLeft")
    expect(lesson.curve).to_have_attribute("aria-valuetext", words("curve.point", step=4, value="3"))
    expect_value(explorer.strip.value("c", 5), hidden)
    lesson.show.click()
    expect(lesson.root).to_contain_text(words("curve.difference", difference="2", step=5, own="4", truth="2"))
    assert lesson.curve_numbers("curve.yours") == ["–", "2", "3", "3", "4"]
    assert lesson.curve_numbers("curve.truth") == TRUE
    expect_values([explorer.strip.value("c", step) for step in (1, 2, 3, 4, 5)], TRUE)


def test_what_is_no_number_is_told_until_one_is_typed(explorer: Explorer) -> None:
    explorer.open("the-lstm")
    point = explorer.lesson.point
    point.fill("about 2")
    point.press("Enter")
    expect(explorer.notice("notice.type-number")).to_be_visible()
    point.fill("2")
    point.press("Enter")
    expect(explorer.notice("notice.type-number")).to_be_hidden()


def test_a_number_beyond_the_chart_stays_what_was_typed(explorer: Explorer) -> None:
    explorer.open("the-lstm")
    lesson, words = explorer.lesson, explorer.words
    lesson.point.fill("700")
    lesson.point.press("Enter")
    lesson.curve.focus()
    explorer.press("ArrowLeft")
    expect(lesson.curve).to_have_attribute("aria-valuetext", words("curve.point", step=2, value="700"))


def test_a_curve_by_one_stroke_survives_a_reload(explorer: Explorer) -> None:
    explorer.open("the-lstm")
    lesson = explorer.lesson
    expect(lesson.curve).to_be_visible()
    lesson.draw((0.22, 0.5), (0.6, 0.5))
    left = explorer.words("curve.left", count=2)
    expect(lesson.root).to_contain_text(left)
    explorer.page.reload()
    explorer.wait()
    expect(lesson.root).to_contain_text(left)
    expect(lesson.show).to_be_disabled()
    lesson.draw((0.6, 0.5), (0.97, 0.5))
    expect(lesson.show).to_be_enabled()
    middle = lesson.curve.get_attribute("aria-valuenow")
    lesson.show.click()
    drawn = lesson.curve_numbers("curve.yours")
    assert drawn == ["–", *[middle] * 4]
    explorer.page.reload()
    explorer.wait()
    assert lesson.curve_numbers("curve.yours") == drawn
    assert lesson.curve_numbers("curve.truth") == TRUE


@pytest.mark.parametrize("language", ["en", "zh"])
def test_on_a_wall_the_number_that_is_drawn_is_whole_and_what_is_left_is_said(explorer: Explorer, language: str) -> None:
    explorer = explorer.speaking(language)
    explorer.page.set_viewport_size({"width": 1280, "height": 720})
    explorer.open("clockwork", lang=language)
    explorer.press("c")
    lesson = explorer.lesson
    lesson.draw((0.22, 0.6), (0.6, 0.6))
    expect(lesson.point).not_to_have_value("")
    assert lesson.point.evaluate("(field) => field.scrollWidth <= field.clientWidth")
    expect(lesson.root.get_by_text(explorer.words.pattern("curve.left"))).to_be_visible()
    expect(lesson.show).to_be_disabled()


def test_a_curve_that_is_skipped_is_shown(explorer: Explorer) -> None:
    explorer.open("clockwork")
    expect(explorer.lesson.curve).to_be_visible()
    explorer.press("ArrowRight")
    expect(explorer.lesson.root).to_contain_text(explorer.words("predict.skipped"))
    stairs = explorer.lesson.curve_numbers("curve.truth")
    assert stairs[:4] == ["0.76159"] * 4
    assert len(set(stairs[4:8])) == 1


def test_a_gradient_is_hidden_until_it_is_answered(explorer: Explorer) -> None:
    explorer.open("what-goes-back", preset="ones", dir="backward", step="2")
    hidden = explorer.words("strip.hidden")
    expect_values([explorer.strip.gradient("h", step) for step in (3, 2, 1)], ["1.0000", "0.50000", hidden])
    expect_value(explorer.strip.gradient("x", 1), hidden)
    expect_value(explorer.strip.value("h", 1), "1.0000")
    expect(explorer.strip.said("gradients.arrives", share="25 %", symbol="h")).to_be_hidden()
    explorer.lesson.choose("0.25")
    expect(explorer.lesson.root).to_contain_text(explorer.words("predict.right"))
    expect_value(explorer.strip.gradient("h", 1), "0.25000")
    expect_value(explorer.strip.gradient("x", 1), "0.25000")


def test_a_gradient_s_curve_is_drawn_from_the_right(explorer: Explorer) -> None:
    explorer.open("forgetting", variant="cell-state", dir="backward", step="12")
    lesson = explorer.lesson
    lesson.curve.focus()
    explorer.press("1", "Enter")
    none = explorer.words("curve.none")
    expect(lesson.curve).to_have_attribute("aria-valuetext", explorer.words("curve.point", step=10, value=none))
    expect_value(explorer.strip.gradient("c", 11), explorer.words("strip.hidden"))
    expect_value(explorer.strip.gradient("c", 12), "0.42029")
    lesson.skip.click()
    expect_value(explorer.strip.gradient("c", 1), "0.42008")


def test_the_mark_of_what_is_asked_stands_beside_the_point_of_the_present_step(explorer: Explorer) -> None:
    explorer.open("plains-and-walls")
    explorer.press("PageDown", "PageDown", "PageDown")
    mark = explorer.page.locator(".spark-question")
    expect(mark).to_be_visible()
    point = explorer.page.locator("circle.spark-point").bounding_box()
    box = mark.bounding_box()
    assert point
    assert box
    assert box["x"] >= point["x"] + point["width"]
