"""Anybody can use it: axe finds nothing, and the keyboard reaches everything and is never caught."""

from __future__ import annotations

import re
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from app.lessons import load_lessons
from tests.browser.explorer import Explorer

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
#: to tell of all that is in order takes four times as long as to look at it
VIOLATIONS = {"resultTypes": ["violations"]}
WCAG = {"runOnly": {"type": "tag", "values": TAGS}, **VIOLATIONS}
#: one rule where another theme changes nothing but colours
COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast"]}, **VIOLATIONS}
BY_THEME = {"light": WCAG, "dark": COLOURS, "projector": COLOURS}


def expect_no_violations(page: Page, options: dict[str, Any] = WCAG) -> None:
    results = Axe().run(page, options=options)
    assert results.violations_count == 0, results.generate_report()


LESSONS = sorted(load_lessons().lessons.values(), key=lambda lesson: lesson.order)


@pytest.mark.parametrize(
    ("theme", "language", "backward"),
    [("light", "en", False), ("dark", "zh", True), ("projector", "zh", False)],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_axe_finds_nothing_in_any_lesson(explorer: Explorer, theme: str, language: str, backward: bool) -> None:
    """One page that goes through all lessons, with the last step's numbers, forward or backward."""
    page, own = explorer.page, explorer.speaking(language)
    remembered = (
        f"localStorage.setItem('unrolled.theme', '{theme}'); localStorage.setItem('unrolled.language', '{language}');"
    )
    page.add_init_script(remembered)
    page.goto(f"{explorer.url}#lesson={LESSONS[0].id}")
    expect(own.transport.scrubber).to_be_visible()
    found: dict[str, str] = {}
    for lesson in LESSONS:
        page.evaluate("(id) => { location.hash = `lesson=${id}` }", lesson.id)
        expect(page).to_have_title(re.compile(re.escape(lesson.document()["title"][language])))
        own.press("End")
        if backward:
            own.transport.turn_back()
        results = Axe().run(page, options=BY_THEME[theme])
        if results.violations_count:
            found[lesson.id] = results.generate_report()
    assert not found, "\n".join(f"{name}: {report}" for name, report in found.items())


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_on_the_way_through_a_lesson(gated: Explorer, theme: str) -> None:
    if theme == "dark":
        gated.header.darken.click()
    expect_no_violations(gated.page, BY_THEME[theme])
    gated.press("End")
    expect_no_violations(gated.page, BY_THEME[theme])
    gated.transport.turn_back()
    expect_no_violations(gated.page, BY_THEME[theme])


def test_axe_finds_nothing_in_chinese(gated: Explorer) -> None:
    gated.header.choose_language("中文")
    expect(gated.speaking("zh").strip.root).to_be_visible()
    expect_no_violations(gated.page)


@pytest.mark.parametrize("drawing", ["operations", "formulas"])
def test_axe_finds_nothing_in_the_other_drawings(explorer: Explorer, drawing: str) -> None:
    explorer.open("gated-cell", draw=drawing, step="5")
    expect_no_violations(explorer.page)


def test_axe_finds_nothing_in_what_opens(gated: Explorer) -> None:
    gated.press("End")
    gated.header.share.click()
    expect(gated.share.root).to_be_visible()
    expect_no_violations(gated.page)
    gated.press("Escape")
    gated.header.help.click()
    expect(gated.page.get_by_role("dialog", name=gated.words("help.title"))).to_be_visible()
    expect_no_violations(gated.page)
    gated.press("Escape")
    gated.press("Enter")
    expect_no_violations(gated.page)
    gated.press("Escape")
    gated.chart.open()
    expect(gated.chart.figure.locator(".scatterlayer .trace").first).to_be_visible()
    expect_no_violations(gated.page)


FOCUSED = """() => {
    const node = document.activeElement;
    if (!node || node === document.body) return null;
    const style = getComputedStyle(node);
    const label = document.querySelector(`label[for="${node.id}"]`);
    return {
        tag: node.tagName,
        name: node.getAttribute("aria-label") || node.textContent.trim() || label?.textContent || "",
        ring: style.outlineStyle !== "none" || style.boxShadow !== "none",
    };
}"""


def shows_its_focus(page: Page) -> bool:
    """Whether what has the focus looks another way without it; the ring may be drawn by a part of it, a knob say."""
    place = page.evaluate_handle("document.activeElement").as_element()
    assert place is not None
    focused = place.screenshot()
    place.evaluate("(node) => node.blur()")
    blurred = place.screenshot()
    place.evaluate("(node) => node.focus({ focusVisible: true })")
    return focused != blurred


@pytest.mark.parametrize("symbol", ["c", "f"])
def test_what_has_the_focus_in_the_drawing_has_a_line_of_ink_around_it(gated: Explorer, symbol: str) -> None:
    """Over the colour of its role: a line that is only a little thicker, nobody sees."""
    gated.press("End")
    place = gated.cell.symbol(5, symbol)
    place.evaluate("(node) => node.focus({ focusVisible: true })")
    ink = gated.page.evaluate("getComputedStyle(document.body).color")
    expect(place.locator(".box, .ring, .shell").first).to_have_css("stroke", ink)


def test_tab_goes_all_the_way_round(gated: Explorer) -> None:
    """Everything that takes the focus has a name and shows that it has it; nothing keeps it."""
    gated.press("End")
    visited: list[str] = []
    for _ in range(200):
        gated.press("Tab")
        place = gated.page.evaluate(FOCUSED)
        if place is None:
            break
        assert place["name"], f"{place['tag']} after {visited[-1:]} has no name"
        assert place["ring"] or shows_its_focus(gated.page), f"{place['name']} does not show that it has the focus"
        visited.append(place["name"])
    else:
        raise AssertionError(f"the focus never came out of the page again: {visited[-5:]}")
    for control in (
        "transport.back",
        "transport.play",
        "header.share",
        "header.help",
        "sequence.add",
        "transport.speed",
    ):
        assert gated.words(control) in visited
