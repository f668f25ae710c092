"""Thrown on a wall: large letters, strong contrast, nothing but the stage; one key there and back."""

from __future__ import annotations

import math
import re

import pytest
from playwright.sync_api import Page, expect

from tests.bench.networks import address
from tests.browser.expecting import expect_true
from tests.browser.explorer import Explorer

#: Whether a canvas has a pixel for each that it covers, but for rounding.
SHARP = "(node) => !node.offsetWidth || node.width + 2 >= node.getBoundingClientRect().width * devicePixelRatio"
#: Whether nothing of the stage lies below its edge.
WHOLE = "() => document.querySelector('.stage').scrollHeight <= document.querySelector('.stage').clientHeight"
LEAST = 24  # pixels, at 1280 x 720
SMALL = """() => {
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const parent = node.parentElement;
    const range = document.createRange();
    range.selectNode(node);
    const box = range.getBoundingClientRect();
    const seen = node.data.trim() && parent.checkVisibility({ visibilityProperty: true }) && box.width > 1 && box.top < innerHeight;
    if (!seen || parent.closest(".unseen, .skip, .sub")) continue; // an index is smaller than its letter
    const scale = parent.ownerSVGElement ? Math.abs(parent.getScreenCTM().d) : parent.currentCSSZoom;
    found.push([parseFloat(getComputedStyle(parent).fontSize) * scale, node.data]);
  }
  return found;
}"""


def letters(page: Page) -> list[tuple[float, str]]:
    return [(size, text) for size, text in page.evaluate(SMALL)]


@pytest.mark.parametrize("lesson", ["gated-cell", "linear-toy"])
def test_every_letter_can_be_read_from_the_back(explorer: Explorer, lesson: str) -> None:
    page = explorer.page
    page.set_viewport_size({"width": 1280, "height": 720})
    explorer.open(lesson)
    explorer.press("c")
    expect(explorer.header.root).to_be_hidden()
    for key in ("End", "Escape"):
        explorer.press(key)
        page.wait_for_timeout(300)
        found = letters(page)
        assert len(found) > 8
        assert [each for each in found if each[0] < LEAST - 0.5] == []


@pytest.mark.parametrize("language", ["en", "zh"])
def test_where_a_gradient_comes_from_and_what_a_picture_answers_are_read_from_the_back(explorer: Explorer, language: str) -> None:
    explorer, page = explorer.speaking(language), explorer.page
    page.set_viewport_size({"width": 1280, "height": 720})
    explorer.open("back-through-time", step="1", dir="backward", lang=language)
    explorer.press("c")
    expect(explorer.header.root).to_be_hidden()
    parts = page.locator(".origin-meeting :is(b, span)")
    expect(parts).to_have_count(5)
    assert all(parts.nth(at).evaluate("(node) => parseFloat(getComputedStyle(node).fontSize)") >= LEAST for at in range(5))
    explorer.open("linear-toy", step="3", dir="backward", depth="strip", lang=language)
    parts = page.locator(".origins .eyebrow, .origin :is(dt, dd)")
    expect(parts).to_have_count(7)
    assert all(parts.nth(at).evaluate("(node) => parseFloat(getComputedStyle(node).fontSize)") >= LEAST for at in range(7))
    explorer.open("does-it-learn", variant="lstm", step="30", lang=language)
    answer = page.locator(".wide-readout")
    expect(answer).to_contain_text("0.39719")
    assert answer.evaluate("(node) => node.scrollWidth <= node.clientWidth")


def test_the_word_for_targets_is_whole(explorer: Explorer) -> None:
    page = explorer.page
    page.set_viewport_size({"width": 1280, "height": 720})
    explorer.open("back-through-time")
    explorer.press("c", "Escape")
    word = page.locator(".strip-names .name-note").filter(has_text=explorer.words("losses.aim"))
    expect(word).to_be_visible()
    assert word.evaluate("(node) => node.getBBox().x >= 0")


def test_it_is_remembered_and_the_same_key_comes_back(gated: Explorer) -> None:
    root = gated.page.locator(":root")
    gated.press("d", "c")
    expect(root).to_have_attribute("data-theme", "projector")
    gated.page.reload()
    gated.page.wait_for_selector("[data-state=ready]")
    expect(root).to_have_attribute("data-theme", "projector")
    expect(gated.header.root).to_be_hidden()
    gated.press("c")
    expect(root).to_have_attribute("data-theme", "dark")
    expect(gated.header.root).to_be_visible()


def test_a_short_text_is_read_from_the_back_and_a_long_one_leaves_the_stage_its_room(explorer: Explorer) -> None:
    explorer.open("why-memory", step="2")
    explorer.press("c")
    expect(explorer.header.root).to_be_hidden()
    text = explorer.page.locator(".lesson-title + .lesson-text")
    expect(text).to_be_visible()
    assert text.evaluate("(node) => parseFloat(getComputedStyle(node).fontSize)") >= 20
    lines = text.evaluate(
        "(node) => node.getBoundingClientRect().height / parseFloat(getComputedStyle(node).lineHeight)"
    )
    assert lines <= 2.5
    text.evaluate("(node) => node.classList.remove('is-brief')")
    expect(text).to_be_hidden()


def test_the_words_of_a_beat_come_when_a_question_is_behind(explorer: Explorer) -> None:
    explorer.open("linear-toy")
    explorer.press("c")
    question = explorer.page.locator(".predict")
    text = explorer.page.locator(".lesson-title + .lesson-text")
    expect(question).to_be_visible()
    expect(text).to_be_hidden()
    explorer.press("End")
    expect(question).to_be_hidden()
    expect(text).to_be_visible()


def test_what_a_value_is_worked_out_from_stands_whole_on_the_wall(explorer: Explorer) -> None:
    explorer.page.set_viewport_size({"width": 1280, "height": 720})
    explorer.open("linear-toy")
    explorer.press("c", "Enter")
    note = explorer.page.get_by_role("dialog")
    expect(note).to_be_in_viewport(ratio=1)
    expect_true(
        explorer.page,
        """() => document.querySelector(".callout").getBoundingClientRect().bottom
        <= document.querySelector("[data-view=transport]").getBoundingClientRect().top""",
    )


def test_the_line_of_what_a_value_is_worked_out_from_ends_at_its_box(explorer: Explorer) -> None:
    page = explorer.page
    page.set_viewport_size({"width": 1280, "height": 720})
    page.goto(f"{explorer.url}#cell=lstm")
    explorer.wait()
    explorer.press("c", "ArrowRight", "ArrowDown", "ArrowDown", "Enter")
    expect(page.get_by_role("dialog")).to_be_visible()
    expect_true(
        page,
        """() => {
            const line = document.querySelector(".callout-line").getBoundingClientRect();
            const box = document.querySelector(".is-pinned > .shell").getBoundingClientRect();
            return line.width > 0 && Math.abs(line.left - box.right) < 4;
        }""",
    )


def test_an_answer_is_told_with_the_truth_and_why_until_the_words_go_on(explorer: Explorer) -> None:
    page = explorer.page
    page.set_viewport_size({"width": 1280, "height": 720})
    explorer.open("linear-toy")
    explorer.press("c")
    question = page.locator(".predict")
    question.get_by_role("button", name="2", exact=True).click()
    expect(question).to_contain_text(explorer.words("predict.yours"))
    expect(question.get_by_text(explorer.words("predict.wrong"), exact=True)).to_be_visible()
    expect(question.locator(".predict-why")).to_be_visible()
    expect(question.locator(".predict-question")).to_be_hidden()
    text = page.locator(".lesson-title + .lesson-text")
    expect(text).to_be_hidden()
    expect_true(page, WHOLE)
    explorer.press("End")
    expect(question).to_be_hidden()
    explorer.press("Home")
    expect(text).to_be_visible()
    expect(question).to_be_hidden()


#: The words of a beat end before where the meeting of two gradients begins.
BESIDE = """() => {
    const box = (name) => document.querySelector(name).getBoundingClientRect();
    return box(".lesson-title + .lesson-text").right <= box(".origins").left;
}"""


def test_backward_the_words_come_before_where_a_gradient_comes_from_and_beside_where_two_parts_meet(explorer: Explorer) -> None:
    page = explorer.page
    page.set_viewport_size({"width": 1280, "height": 720})
    explorer.open("what-goes-back", step="1", dir="backward", beat="a-quarter")
    explorer.press("c")
    text, origins = page.locator(".lesson-title + .lesson-text"), page.locator(".origins")
    expect(text).to_be_visible()
    expect(origins).to_be_hidden()
    for lesson, beat in [("back-through-time", "two-arrows"), ("sequence-loss", "pulled")]:
        page.goto(f"{explorer.url}#lesson={lesson}&step=1&dir=backward&beat={beat}")
        expect(page.locator(".origin-meeting")).to_be_visible()
        expect(text).to_be_visible()
        expect_true(page, BESIDE)
        expect_true(page, WHOLE)


def test_backward_a_long_strip_of_single_units_is_whole_with_what_is_said_below_it(explorer: Explorer) -> None:
    explorer.page.set_viewport_size({"width": 1280, "height": 720})
    explorer.open("long-sentence", variant="locking", preset="long", step="9", dir="backward")
    explorer.press("c")
    said = explorer.strip.said("gradients.vanished", symbol="h", step=3, low="10⁻⁶")
    expect(said).to_be_in_viewport(ratio=1)
    expect_true(explorer.page, WHOLE)


@pytest.mark.parametrize(
    "at",
    [
        {"lesson": "gated-cell"},
        {"lesson": "layer-of-gates"},
        {"lesson": "coupled-gates"},
        {"lesson": "back-through-time"},
        {"lesson": "sequence-loss"},
        {"lesson": "sequence-loss", "dir": "backward"},
        {"lesson": "both-directions", "variant": "both", "step": "3"},
        {"lesson": "both-directions", "variant": "both", "dir": "backward"},
        {"lesson": "does-it-learn", "variant": "rnn", "dir": "backward"},
    ],
    ids=lambda at: "-".join(at.values()),
)
def test_the_strip_alone_is_whole(explorer: Explorer, at: dict[str, str]) -> None:
    explorer.page.set_viewport_size({"width": 1280, "height": 720})
    explorer.open(depth="strip", **at)
    explorer.press("c")
    expect(explorer.header.root).to_be_hidden()
    expect_true(explorer.page, WHOLE)


def test_a_study_is_all_that_is_seen_also_of_a_strip_that_goes_backward(explorer: Explorer) -> None:
    page = explorer.page
    page.set_viewport_size({"width": 1280, "height": 720})
    explorer.open("thousand-times", depth="strip", dir="backward")
    explorer.press("c")
    expect(page.locator(".powers")).to_be_in_viewport(ratio=1)
    for other in ("wide", "strip", "origins"):
        expect(page.locator(f"[data-view={other}]").first).to_be_hidden()
    expect_true(page, WHOLE)


@pytest.mark.parametrize("direction", ["forward", "backward"])
@pytest.mark.parametrize("lesson", ["the-lstm", "sequence-loss"])
def test_networks_below_each_other_are_all_seen(explorer: Explorer, lesson: str, direction: str) -> None:
    page = explorer.page
    page.set_viewport_size({"width": 1280, "height": 720})
    explorer.open(lesson, step="3", dir=direction)
    explorer.compare.toggle.click()
    explorer.compare.copy.click()
    explorer.press("c")
    expect(page.locator(".lane").nth(1)).to_be_in_viewport(ratio=1)
    expect_true(page, WHOLE)
    explorer.press("c")
    explorer.compare.cells.select_option("gru")
    explorer.press("c")
    expect(page.locator(".lane").nth(2).locator(".strip-frame")).to_be_in_viewport(ratio=1)
    expect_true(page, WHOLE)


def test_words_beside_compared_networks_have_their_width(explorer: Explorer) -> None:
    page = explorer.page
    page.set_viewport_size({"width": 1280, "height": 720})
    explorer.open("sequence-loss", step="1", dir="backward", beat="pulled")
    explorer.compare.toggle.click()
    explorer.compare.copy.click()
    explorer.press("c")
    expect(explorer.header.root).to_be_hidden()
    below = """() => {
        const names = [".lesson-title", ".lesson-title + .lesson-text"];
        const [title, text] = names.map((one) => document.querySelector(one).getBoundingClientRect());
        return text.top >= title.bottom - 1 && text.width > innerWidth / 2;
    }"""
    expect_true(page, below)


def test_what_is_subtracted_has_its_digits_and_is_seen(explorer: Explorer) -> None:
    page = explorer.page
    page.set_viewport_size({"width": 1280, "height": 720})
    explorer.open("the-gru", step="2")
    explorer.compare.toggle.click()
    explorer.compare.cells.select_option("memory-cell")
    explorer.compare.copy.click()
    expect(explorer.compare.lanes).to_have_count(3)
    explorer.compare.difference.click()
    explorer.press("c")
    # A gate minus a gate leaves like a gate.
    expect(page.locator(".lane").nth(2).locator(".slot-memory").nth(1)).to_have_text("0.00")
    expect(page.locator(".lane").nth(2).locator(".strip-frame")).to_be_in_viewport(ratio=1)
    expect_true(page, WHOLE)


def test_on_a_telephone_compared_networks_keep_their_gates(explorer: Explorer) -> None:
    page = explorer.page
    page.set_viewport_size({"width": 390, "height": 844})
    explorer.open("the-lstm", step="3")
    explorer.compare.toggle.click()
    explorer.compare.copy.click()
    gates = page.locator(".lane .row-gate")
    expect(gates).to_have_count(6)
    explorer.press("c")
    expect(page.locator("html")).to_have_attribute("data-theme", "projector")
    expect(explorer.header.root).to_be_visible()
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    expect(gates).to_have_count(6)


def test_an_answer_that_lies_far_ahead_is_told_though_the_strip_is_not_seen(explorer: Explorer) -> None:
    explorer.open("thousand-times", step="11", w="main.1.forward.U.0.0:0.9")
    explorer.press("c")
    question = explorer.page.locator(".predict")
    question.get_by_role("button", name="0.1", exact=True).click()
    expect(question.locator(".predict-answer").last).to_contain_text("0.00003")


def test_the_list_that_a_lesson_is_left_for_has_its_header_whole_and_larger_letters(gated: Explorer) -> None:
    page = gated.page
    page.set_viewport_size({"width": 1280, "height": 720})
    gated.press("c")
    page.evaluate("() => { location.hash = '' }")
    expect(gated.home.root).to_be_visible()
    header, home = gated.header.root.bounding_box(), gated.home.root.bounding_box()
    assert header
    assert home
    assert header["y"] == 0
    for text in ("EN", "Unrolled"):
        box = gated.header.root.get_by_text(text, exact=True).first.bounding_box()
        assert box
        assert box["y"] >= 0
        assert box["y"] + box["height"] <= home["y"]
    assert [each for each in letters(page) if each[0] < LEAST * 0.7] == []


def test_what_goes_backward_is_seen_without_scrolling_where_the_strip_has_the_wall(explorer: Explorer) -> None:
    page = explorer.page
    page.set_viewport_size({"width": 1280, "height": 720})
    explorer.open("why-memory", variant="with", preset="arrive", dir="backward", step="1")
    explorer.press("c")
    expect(explorer.header.root).to_be_hidden()
    page.wait_for_timeout(300)
    foot = page.locator("[data-view=transport]").evaluate("(node) => node.getBoundingClientRect().top")
    assert page.locator(".strip-plot").evaluate("(node) => node.getBoundingClientRect().bottom") < foot


@pytest.mark.parametrize(
    ("lesson", "key"), [("thousand-times", ""), ("plains-and-walls", ""), ("back-through-time", "l"), ("does-it-learn", "")]
)
def test_what_is_painted_is_as_sharp_as_what_is_written(explorer: Explorer, lesson: str, key: str) -> None:
    """The stage is magnified: a canvas of fewer pixels than it covers is seen to be blurred."""
    explorer.open(lesson)
    explorer.press("c", *key)
    canvases = explorer.page.locator("main canvas:visible")
    expect(canvases.first).to_be_visible()
    expect_true(explorer.page, f"() => [...document.querySelectorAll('main canvas')].every({SHARP})")


def test_on_a_magnified_stage_the_pointer_takes_the_weight_below_it(explorer: Explorer) -> None:
    page = explorer.page
    page.set_viewport_size({"width": 1280, "height": 720})
    explorer.open("thousand-times")
    explorer.press("c")
    expect(explorer.header.root).to_be_hidden()
    picture = page.locator(".powers-picture")
    box = picture.bounding_box()
    assert box is not None
    picture.click(position={"x": box["width"] * 0.9, "y": box["height"] * 0.6})
    expect(page.locator(".powers-reading")).to_contain_text(re.compile(r"U = 1\.0[5-9]"))


def test_on_a_magnified_stage_the_pointer_names_the_number_below_it(explorer: Explorer) -> None:
    page = explorer.page
    page.set_viewport_size({"width": 1280, "height": 720})
    page.goto(f"{explorer.url}#{address(120, 20)}")
    readout = page.locator(".wide-readout")
    expect(readout).to_contain_text(re.compile(r"\d\.\d"))
    explorer.press("c", "Escape")
    field = page.locator(".wide-field")
    expect(field).to_be_visible()
    corner = field.bounding_box()
    name = page.locator('.wide-name[data-name="main.0.forward.x"]').first.bounding_box()
    assert corner is not None
    assert name is not None
    pitch = 6 * field.evaluate("(node) => node.currentCSSZoom")
    page.mouse.move(corner["x"] + 20.5 * pitch, name["y"] + name["height"] / 2)
    expect(readout).to_contain_text("step 21")
    expect(readout).to_contain_text(f"{math.sin(20 / 9):.2f}")


def test_more_points_make_no_smaller_letters(explorer: Explorer) -> None:
    """A wall is as large with 1080 lines as with 720: what stands on it keeps its share of the height."""
    explorer.open("gated-cell")
    explorer.press("c")
    shares = []
    for width, height in ((1280, 720), (1920, 1080)):
        explorer.page.set_viewport_size({"width": width, "height": height})
        parts = [explorer.lesson.title, explorer.page.locator("[data-view=cell] .place-state .figure").first]
        shares.append([part.evaluate("(node) => node.getBoundingClientRect().height / innerHeight") for part in parts])
    assert shares[1] == pytest.approx(shares[0], rel=0.05)


def test_the_list_of_lessons_is_as_large_on_a_wall_of_more_points(explorer: Explorer) -> None:
    explorer.open("gated-cell")
    explorer.press("c")
    explorer.page.goto(explorer.url)
    title = explorer.page.get_by_role("heading", level=1)
    expect(title).to_be_visible()
    shares = []
    for width, height in ((1280, 720), (1920, 1080)):
        explorer.page.set_viewport_size({"width": width, "height": height})
        shares.append(title.evaluate("(node) => node.getBoundingClientRect().height / innerHeight"))
    assert shares[1] == pytest.approx(shares[0], rel=0.05)
