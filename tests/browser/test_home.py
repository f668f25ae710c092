"""The page begins with the lessons: their pictures, what was read of them, the way in and the way back."""

from __future__ import annotations

import json
import re

import pytest
from playwright.sync_api import expect

from app.lessons import load_lessons
from tests.browser.expecting import expect_step, expect_value
from tests.browser.explorer import Explorer
from tests.browser.pressing import press_slowly
from tests.browser.test_accessibility import BY_THEME, FOCUSED, expect_no_violations
from tests.browser.test_loading import FIRST_BYTES

#: everything that was loaded but fonts, and what it weighed on its way
WEIGHT = """() => performance.getEntries()
    .filter(({ entryType, name }) => ["navigation", "resource"].includes(entryType) && !/[.]woff2$/.test(name))
    .map(({ name, encodedBodySize }) => [name, encodedBodySize])"""
GATED, TOY = "The gated cell", "The linear toy"


@pytest.fixture
def home(explorer: Explorer) -> Explorer:
    explorer.page.goto(explorer.url)
    expect(explorer.home.picture(GATED)).to_be_visible()
    return explorer


def test_pictures_are_drawn_from_what_the_engine_computes(home: Explorer) -> None:
    steps = home.home.picture(GATED).locator(".miniature-step")
    expect(steps).to_have_count(5)
    memory = home.home.picture(GATED).locator(".miniature-box.is-state")
    fills = memory.evaluate_all("(boxes) => boxes.map((box) => box.style.fill)")
    # c is 3, 7, 7, 7, 0 on a scale to 10.
    assert fills[1] == fills[2] == fills[3]
    assert len(set(fills)) == 3


def test_a_lesson_is_opened_and_the_browser_leads_back(home: Explorer) -> None:
    home.home.lesson(GATED).click()
    home.wait()
    expect(home.page).to_have_url(re.compile("#lesson=gated-cell"))
    expect_value(home.strip.value("c", 1), "3.0000")
    expect(home.home.root).to_be_hidden()
    home.press("ArrowRight")
    expect(home.page).to_have_url(re.compile("step=2"))
    home.page.go_back()
    expect(home.home.root).to_be_visible()
    expect(home.strip.root).to_be_hidden()
    assert "#" not in home.page.url
    home.page.go_forward()
    home.wait()
    expect_step(home.transport.scrubber, 2)


def test_the_words_that_the_first_movement_fetches_leave_a_press_its_link(home: Explorer) -> None:
    press_slowly(home.home.onward)
    home.wait()
    expect(home.page).to_have_url(re.compile("#lesson="))


def test_the_picture_beside_the_title_is_a_lesson_s_and_opens_it(home: Explorer) -> None:
    expect(home.home.shown).to_have_accessible_name(GATED)
    assert home.home.shown.locator("svg").inner_html() == home.home.picture(GATED).inner_html()
    home.home.shown.click()
    home.wait()
    expect(home.page).to_have_url(re.compile("#lesson=gated-cell"))


def test_the_logo_leads_home_and_keys_do_nothing_there(gated: Explorer) -> None:
    gated.press("ArrowRight")
    gated.header.brand.click()
    expect(gated.home.root).to_be_visible()
    expect(gated.page).to_have_title("Unrolled")
    gated.press("ArrowRight", "u", "End")
    gated.page.go_back()
    gated.wait()
    expect_step(gated.transport.scrubber, 2)


def test_what_was_read_is_kept_in_this_browser(home: Explorer) -> None:
    begun, done = home.words("home.begun"), home.words("home.done")
    expect(home.home.onward).to_have_text(home.words.pattern("home.begin"))
    home.home.lesson(GATED).click()
    home.wait()
    home.press("ArrowRight")
    home.header.brand.click()
    expect(home.home.lesson(GATED)).to_contain_text(begun)
    expect(home.home.onward).to_have_text(home.words.pattern("home.continue"))
    home.home.lesson(GATED).click()
    home.wait()
    home.page.goto("about:blank")
    home.open("gated-cell", preset="nine", dir="backward", step="1")
    home.header.brand.click()
    expect(home.home.lesson(GATED)).to_contain_text(done)
    expect(home.home.lesson(TOY)).not_to_contain_text(done)


def test_who_has_done_all_is_not_told_to_go_on(home: Explorer) -> None:
    seen = json.dumps(dict.fromkeys(load_lessons().lessons, "done"))
    home.page.evaluate("(seen) => localStorage.setItem('unrolled.seen', seen)", seen)
    home.page.reload()
    expect(home.home.onward).to_have_text(home.words.pattern("home.begin"))


def test_the_last_words_lead_to_the_next_lesson(explorer: Explorer) -> None:
    last = list(load_lessons().lessons.values())[-1]
    beat = last.document()["beats"][-1]
    explorer.open(last.id, step=str(beat["step"]), beat=beat["id"])
    expect(explorer.lesson.title).to_have_text(beat["title"]["en"])
    expect(explorer.page.get_by_role("button", name=explorer.words("lesson.after"))).to_be_hidden()
    explorer.open("what-goes-back", dir="backward", step="1", beat="every-step-adds")
    explorer.page.get_by_role("button", name=explorer.words("lesson.after")).click()
    expect(explorer.page).to_have_url(re.compile("lesson=vanishing"))
    expect(explorer.strip.root).to_be_visible()


def test_a_cell_is_opened(home: Explorer) -> None:
    home.home.cell("Gated recurrent unit, reset before the matrix").click()
    home.wait()
    expect(home.page).to_have_url(re.compile("#cell=gru"))


def test_chinese_before_anything_is_open(home: Explorer) -> None:
    home.header.choose_language("中文")
    chinese = home.speaking("zh")
    expect(chinese.home.root).to_be_visible()
    expect(home.page.locator("html")).to_have_attribute("lang", "zh-Hans")
    chinese.home.lesson("带门的记忆单元").click()
    chinese.wait()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing(home: Explorer, theme: str) -> None:
    if theme == "dark":
        home.header.darken.click()
    expect_no_violations(home.page, BY_THEME[theme])


def test_the_keyboard_reaches_every_lesson(home: Explorer) -> None:
    lessons = home.home.root.locator(".stamp").count()
    visited = []
    for _ in range(120):
        home.press("Tab")
        place = home.page.evaluate(FOCUSED)
        if place is None:
            break
        assert place["name"]
        visited.append(home.page.evaluate("document.activeElement.className"))
    assert visited.count("stamp") == lessons


def test_the_list_is_light(explorer: Explorer) -> None:
    explorer.page.goto(explorer.url)
    expect(explorer.home.picture(GATED)).to_be_visible()
    sizes = {name.removeprefix(explorer.url): size for name, size in explorer.page.evaluate(WEIGHT)}
    assert "static/main.js" in sizes
    assert "static/views/strip.js" not in sizes
    assert sum(sizes.values()) <= FIRST_BYTES


def test_a_cell_can_be_written_from_the_list(home: Explorer) -> None:
    home.page.get_by_role("link", name=home.words("home.write")).click()
    expect(home.page.locator("[data-view=editor] textarea")).to_have_value(re.compile(r"^h = tanh", re.M))
    expect(home.page).to_have_url(re.compile(r"#cell=simple-rnn&edit=simple-rnn$"))
