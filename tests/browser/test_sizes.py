"""A phone of 360 pixels, a window at 200 %, an old projector: no lesson is wider than the screen, no text is cut."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from app.lessons import load_lessons
from tests.browser.conftest import Watch
from tests.browser.explorer import Explorer
from tests.server import Server

PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
#: What 1440 x 900 has left at 200 %.
ZOOMED = {"viewport": {"width": 720, "height": 450}, "device_scale_factor": 2}
OLD = {"viewport": {"width": 1024, "height": 768}}

#: Every text that is shown and not whole: beyond the edge of the window, or of a box that cuts and cannot be scrolled.
#: The name in the header may end in dots: it is the button of a list that has it whole.
CUT = """() => {
    const found = [];
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth > width) found.push(`the page is ${document.documentElement.scrollWidth} wide`);
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const parent = node.parentElement;
        if (!node.data.trim() || parent.closest(".unseen, .skip, .crumb-title, script, style, dialog:not([open])")) continue;
        if (!parent.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
        const range = document.createRange();
        range.selectNodeContents(node);
        const text = range.getBoundingClientRect();
        if (text.width < 1) continue;
        let [left, right] = [0, width];
        for (let box = parent; box && box !== document.body; box = box.parentElement) {
            const { overflowX, display } = getComputedStyle(box);
            if (display === "contents") continue;
            if (overflowX === "auto" || overflowX === "scroll") { [left, right] = [-Infinity, Infinity]; break; }
            if (overflowX === "visible" || (box.ownerSVGElement && box.tagName !== "svg")) continue;
            const edge = box.getBoundingClientRect();
            [left, right] = [Math.max(left, edge.left), Math.min(right, edge.right)];
        }
        if (text.left < left - 1 || text.right > right + 1) {
            const [from, to, least, most] = [text.left, text.right, left, right].map(Math.round);
            const where = `${parent.tagName}.${parent.getAttribute("class")}`;
            found.push(`"${node.data.trim().slice(0, 40)}" in ${where}: ${from} to ${to}, shown from ${least} to ${most}`);
        }
    }
    return found;
}"""


@pytest.mark.parametrize("screen", [PHONE, ZOOMED, OLD], ids=["phone", "zoomed", "old"])
def test_no_lesson_is_wider_than_the_screen_or_cut(
    browser: Browser, browser_context_args: dict[str, Any], server: Server, screen: dict[str, Any]
) -> None:
    """One page that goes from the list through all lessons, to the last step of each and to the strip alone."""
    context = browser.new_context(**{**browser_context_args, **screen})
    page, watch = context.new_page(), Watch()
    watch.on(page)
    explorer = Explorer(page, server.url)
    page.goto(server.url)
    expect(explorer.home.root.locator("svg.miniature").first).to_be_visible()
    wrong = {"the list": page.evaluate(CUT)}
    for lesson in sorted(load_lessons().lessons.values(), key=lambda lesson: lesson.order):
        page.evaluate("(id) => { location.hash = `lesson=${id}` }", lesson.id)
        expect(page).to_have_title(re.compile(re.escape(lesson.title["en"])))
        explorer.wait()
        explorer.press("End")
        wrong[lesson.id] = page.evaluate(CUT)
        explorer.press("Escape")
        wrong[f"{lesson.id}, the strip alone"] = page.evaluate(CUT)
    context.close()
    watch.check()
    assert not (cut := {name: found for name, found in wrong.items() if found}), "\n".join(
        f"{name}: {one}" for name, found in cut.items() for one in found
    )


@pytest.mark.parametrize("size", [(1440, 900), (1280, 720)], ids=["laptop", "projector"])
def test_the_tools_of_every_lesson_stand_on_a_common_screen(
    browser: Browser, browser_context_args: dict[str, Any], server: Server, size: tuple[int, int]
) -> None:
    """Nothing beside the stage has to be scrolled to, whichever of a lesson's networks is shown."""
    viewport = {"width": size[0], "height": size[1]}
    context = browser.new_context(**{**browser_context_args, "viewport": viewport})
    page = context.new_page()
    explorer = Explorer(page, server.url)
    page.goto(server.url)
    beyond = {}
    for lesson in load_lessons().lessons.values():
        for variant in lesson.variants:
            address = f"lesson={lesson.id}&variant={variant}" if variant else f"lesson={lesson.id}"
            page.evaluate("(address) => { location.hash = address }", address)
            expect(page).to_have_title(re.compile(re.escape(lesson.title["en"])))
            explorer.wait()
            expect(page.locator("[data-view=spark] svg.spark")).to_be_visible()
            hidden = page.locator(".tools").evaluate("(node) => node.scrollHeight - node.clientHeight")
            if hidden > 0:
                beyond[address] = hidden
    context.close()
    assert not beyond
