"""A cell written in the page: mistakes under the words, mended by a press, then every number that the engine computes."""

from __future__ import annotations

import re

import numpy as np
import pytest
from numpy.typing import ArrayLike
from playwright.sync_api import expect

from app import cells
from app.engine import Layer, Network, define
from tests.browser.expecting import expect_value
from tests.browser.explorer import Explorer
from tests.browser.numbers import result
from tests.browser.test_accessibility import expect_no_violations
from tests.browser.truth import report

FAULTY = "# Leaky memory\nf = sigmod(W_f @ x + b_f) : forget gate\nc = f * c_prev + W_z @ x : memory\ny = q_prev + c : output"
RIGHT = FAULTY.replace("sigmod", "sigmoid").replace("q_prev", "c_prev")
INPUTS = np.array([[3, 1, 0], [4, 1, 0], [2, 0, 0], [1, 0, 1], [3, -1, 0]], dtype=float)
WEIGHTS: dict[str, ArrayLike] = {"W_f": [[0, 100, 0]], "b_f": [10], "W_z": [[1, 0, 0]]}


def expected(symbol: str) -> list[str]:
    run = Network([Layer(define("mine", RIGHT), 1)], 3).run(WEIGHTS, INPUTS)
    return [result(float(value)) for value in run[symbol][:, 0]]


def write(explorer: Explorer, text: str) -> None:
    explorer.press("e")
    expect(explorer.editor.text).to_be_focused()
    explorer.editor.text.fill(text)


def test_a_mistake_is_underlined_and_mended_by_a_press(gated: Explorer) -> None:
    write(gated, FAULTY)
    expect(gated.editor.problems).to_have_count(2)
    expect(gated.editor.underlined).to_have_text(["sigmod", "q_prev"])
    expect(gated.editor.problems.first).to_contain_text(gated.words("language.unknown-function", name="sigmod"))
    # the last cell that worked stays in the picture
    expect_value(gated.strip.value("c", 1), "3.0000")
    gated.editor.fix("sigmoid").click()
    expect(gated.editor.text).to_have_value(FAULTY.replace("sigmod", "sigmoid"))
    expect(gated.editor.problems).to_have_count(1)
    gated.editor.text.fill(RIGHT)
    expect(gated.editor.runs).to_be_visible()
    for step in range(1, 6):
        expect_value(gated.strip.value("c", step), expected("c")[step - 1])
        expect_value(gated.strip.value("y", step), expected("y")[step - 1])
    expect_no_violations(gated.page)


def test_the_cell_is_in_the_address_and_undo_brings_the_lesson_back(gated: Explorer) -> None:
    title = gated.lesson.title.text_content()
    write(gated, RIGHT)
    expect(gated.editor.runs).to_be_visible()
    expect_value(gated.strip.value("y", 2), expected("y")[1])
    gated.page.wait_for_url("**/#e=*")
    gated.page.reload()
    gated.wait()
    expect(gated.editor.text).to_have_value(RIGHT)
    expect_value(gated.strip.value("y", 2), expected("y")[1])
    gated.page.go_back()
    gated.page.wait_for_url("**/#lesson=gated-cell*")
    expect_value(gated.strip.value("y", 1), result(report("gated-cell")["steps"][0]["values"]["y"][0]))
    gated.editor.text.fill(RIGHT)
    expect_value(gated.strip.value("y", 2), expected("y")[1])
    gated.press("Escape", "u", "e")
    expect(gated.lesson.title).to_have_text(title or "")
    expect_value(gated.strip.value("y", 1), result(report("gated-cell")["steps"][0]["values"]["y"][0]))


def test_in_chinese_and_from_a_library_cell(gated: Explorer) -> None:
    gated.header.choose_language("中文")
    chinese = gated.speaking("zh")
    chinese.press("e")
    chinese.editor.start.select_option("gru")
    expect(chinese.editor.text).to_have_value(cells.load("gru").text)
    expect(chinese.editor.runs).to_be_visible()
    chinese.editor.text.fill("h = sigmod(x)")
    expect(chinese.editor.problems.first).to_contain_text("没有名为“sigmod”的函数")
    expect_no_violations(chinese.page)


@pytest.mark.parametrize("start", ["gru", ":blank"])
def test_what_was_written_before_another_text_was_begun_comes_back_by_the_keys_of_undo(gated: Explorer, start: str) -> None:
    write(gated, FAULTY)
    expect(gated.editor.problems).to_have_count(2)
    gated.editor.start.select_option(start)
    expect(gated.editor.text).not_to_have_value(FAULTY)
    expect(gated.editor.runs).to_be_visible()
    gated.press("Control+z")
    expect(gated.editor.text).to_have_value(FAULTY)
    expect(gated.editor.problems).to_have_count(2)


def test_an_unfinished_text_outlives_a_reload(gated: Explorer) -> None:
    write(gated, FAULTY)
    expect(gated.editor.problems).to_have_count(2)
    gated.page.reload()
    gated.wait()
    expect(gated.editor.text).to_have_value(FAULTY)
    expect(gated.editor.problems).to_have_count(2)


def test_names_are_offered_right_of_the_sign_of_equality(gated: Explorer) -> None:
    """Typed as a person types: arrows choose, Tab and Enter take, Esc closes the list and not the editor."""
    page, editor = gated.page, gated.editor
    write(gated, "")
    page.keyboard.type("# s\nc = si")
    expect(editor.offers).to_have_count(1)
    expect(editor.offers.first).to_have_text(f"sigmoid{gated.words('editor.offer.function')}")
    expect(editor.text).to_have_attribute("aria-activedescendant", "editor-offers-0")
    expect_no_violations(page)
    page.keyboard.press("Enter")
    # The parentheses are there already: who types them has them once.
    page.keyboard.type("(W_c @ x + c")
    expect(editor.text).to_have_value("# s\nc = sigmoid(W_c @ x + c)")
    page.keyboard.press("Tab")
    expect(editor.text).to_have_value("# s\nc = sigmoid(W_c @ x + c_prev)")
    page.keyboard.type(") : si")
    expect(editor.text).to_have_value("# s\nc = sigmoid(W_c @ x + c_prev) : si")
    expect(editor.offers).to_have_count(0)
    page.keyboard.type("\ny = t")
    expect(editor.offers.first).to_be_visible()
    page.keyboard.press("Escape")
    expect(editor.offers).to_have_count(0)
    expect(editor.text).to_be_focused()
    # Nothing is chosen after one letter: Enter ends the line.
    page.keyboard.press("Backspace")
    page.keyboard.type("c")
    expect(editor.offers.first).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(editor.text).to_have_attribute("aria-activedescendant", "editor-offers-1")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    expect(editor.text).to_have_value("# s\nc = sigmoid(W_c @ x + c_prev) : si\ny = c")
    expect(editor.runs).to_be_visible()
    page.keyboard.type("\nstart W_c = id")
    editor.offers.first.click()
    expect(editor.text).to_have_value(re.compile("start W_c = identity$"))


def test_a_drawing_that_nobody_made_by_hand_has_room_for_all_of_it(gated: Explorer) -> None:
    write(
        gated,
        "# Two speeds\nz = sigmoid(W_z @ x + U_z @ h_prev) : gate\nn = tanh(W_n @ x + U_n @ h_prev) : new value\n"
        "s = 0.9 * s_prev + 0.1 * n : slow memory\nh = z * h_prev + (1 - z) * n + 0.5 * s : hidden state",
    )
    expect(gated.editor.runs).to_be_visible()
    expect(gated.page.get_by_text(gated.words("cell.more"), exact=True)).to_be_hidden()


def test_on_a_wall_what_is_written_its_mistakes_and_the_picture_are_seen_together(gated: Explorer) -> None:
    page = gated.page
    page.set_viewport_size({"width": 1280, "height": 720})
    gated.press("c")
    expect(gated.header.root).to_be_hidden()
    write(gated, FAULTY)
    expect(gated.editor.problems.last).to_be_in_viewport(ratio=1)
    page.wait_for_timeout(300)
    field, picture = page.locator(".editor-field").bounding_box(), page.locator(".cell-figure").bounding_box()
    below = page.locator("[data-view=transport]").bounding_box()
    assert field
    assert picture
    assert below
    assert field["x"] + field["width"] <= picture["x"] + 1
    assert picture["y"] + picture["height"] <= below["y"]
    assert gated.editor.text.evaluate("(node) => parseFloat(getComputedStyle(node).fontSize)") >= 16
