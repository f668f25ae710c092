"""English and Chinese, light and dark; both are kept."""

from __future__ import annotations

import re

from playwright.sync_api import Browser, expect

from tests.browser.expecting import expect_value
from tests.browser.explorer import Explorer
from tests.server import Server


def test_chinese_and_back(gated: Explorer) -> None:
    english = gated.lesson.title.inner_text()
    gated.press("ArrowRight")
    gated.header.choose_language("中文")
    chinese = gated.speaking("zh")
    expect(chinese.strip.root).to_be_visible()
    expect(gated.page.locator("html")).to_have_attribute("lang", "zh-Hans")
    expect(chinese.lesson.title).not_to_have_text(english)
    expect_value(chinese.strip.value("c", 2), "7.0000")
    expect(gated.page).to_have_url(re.compile("step=2.*lang=zh"))
    gated.page.reload()
    chinese.wait()
    expect_value(chinese.strip.value("c", 2), "7.0000")
    chinese.header.choose_language("EN")
    expect(gated.strip.root).to_be_visible()
    expect_value(gated.strip.value("c", 2), "7.0000")


def test_a_prediction_that_is_being_typed_outlives_another_language(gated: Explorer) -> None:
    gated.lesson.typing.click()
    gated.lesson.typed.fill("5")
    gated.header.choose_language("中文")
    chinese = gated.speaking("zh")
    expect(chinese.lesson.typed).to_have_value("5")
    # The next question begins empty.
    chinese.press("ArrowRight")
    expect(chinese.lesson.typing).to_be_visible()
    expect(chinese.lesson.typed).to_be_hidden()


def test_a_browser_that_speaks_chinese_is_answered_in_chinese(browser: Browser, server: Server) -> None:
    with browser.new_context(locale="zh-CN") as context:
        chinese = Explorer(context.new_page(), server.url, "zh")
        chinese.open("gated-cell")
        expect(chinese.lesson.root).to_be_visible()


def test_dark_and_light(gated: Explorer) -> None:
    page = gated.page.locator("html")
    expect(page).to_have_attribute("data-theme", "light")
    gated.header.darken.click()
    expect(page).to_have_attribute("data-theme", "dark")
    gated.page.reload()
    gated.wait()
    expect(page).to_have_attribute("data-theme", "dark")
    gated.press("d")
    expect(page).to_have_attribute("data-theme", "light")


def test_paper_is_light_and_shows_all_of_a_page(gated: Explorer) -> None:
    page = gated.page
    gated.header.darken.click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.evaluate(
        """() => addEventListener("beforeprint", () => {
            document.body.dataset.printed = document.documentElement.dataset.theme;
        })"""
    )
    expect(page.locator("link[media=print]")).to_be_attached()
    page.wait_for_load_state("networkidle")
    assert pages_of(page.pdf(format="A4")) > 1, "what is out of sight is printed, too"
    expect(page.locator("body")).to_have_attribute("data-printed", "light")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.emulate_media(media="print")
    expect(page.locator(".transport")).to_be_hidden()
    expect(gated.strip.root).to_be_visible()


def pages_of(pdf: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", pdf))
