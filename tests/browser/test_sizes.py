"""A phone of 360 pixels, a window at 200 %, an old projector: no lesson is wider than the screen, no text is cut."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, Page, expect

from app.lessons import Lesson, load_lessons
from tests.browser.conftest import Watch
from tests.browser.explorer import Explorer
from tests.server import Server

PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
#: An old projector, and what 1440 x 900 has left at 200 %.
SMALL = {"old": (1024, 768), "zoomed": (720, 450)}
#: Screens that are common.
COMMON = {"laptop": (1440, 900), "projector": (1280, 720)}
#: By how much a box holds more than it shows.
BEYOND = "(node) => Math.max(node.scrollHeight - node.clientHeight, node.scrollWidth - node.clientWidth)"
#: What is drawn again for another size has been.
SETTLED = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done))))"

#: Every text that is shown and not whole: beyond the edge of the window, or of a box that cuts and cannot be scrolled.
CUT = """() => {
    const found = [];
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth > width) found.push(`the page is ${document.documentElement.scrollWidth} wide`);
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const parent = node.parentElement;
        if (!node.data.trim() || parent.closest(".unseen, .skip, script, style, dialog:not([open])")) continue;
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


LESSONS = sorted(load_lessons().lessons.values(), key=lambda lesson: lesson.order)


@contextmanager
def window(browser: Browser, settings: dict[str, Any], server: Server) -> Iterator[Explorer]:
    """A page of its own with the list of lessons, watched as every other."""
    context = browser.new_context(**settings)
    page, watch = context.new_page(), Watch()
    watch.on(page)
    page.goto(server.url)
    yield Explorer(page, server.url)
    context.close()
    watch.check()


def resize(page: Page, size: tuple[int, int]) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.evaluate(SETTLED)


def go(explorer: Explorer, lesson: Lesson, address: str) -> None:
    """To a lesson from another, as a link in the page does."""
    explorer.page.evaluate("(address) => { location.hash = address }", address)
    expect(explorer.page).to_have_title(re.compile(re.escape(lesson.title["en"])))
    explorer.wait()


def nothing_cut(found: dict[str, list[str]]) -> None:
    assert not any(found.values()), "\n".join(f"{name}: {one}" for name, all_cut in found.items() for one in all_cut)


def test_no_lesson_is_wider_than_a_phone_or_cut(
    browser: Browser, browser_context_args: dict[str, Any], server: Server
) -> None:
    """One page that goes from the list through all lessons, to the last step of each and to the strip alone."""
    with window(browser, {**browser_context_args, **PHONE}, server) as explorer:
        page = explorer.page
        expect(explorer.home.root.locator(".stamp svg.miniature").first).to_be_visible()
        cut = {"the list": page.evaluate(CUT)}
        for lesson in LESSONS:
            go(explorer, lesson, f"lesson={lesson.id}")
            explorer.press("End")
            cut[lesson.id] = page.evaluate(CUT)
            explorer.press("Escape")
            cut[f"{lesson.id}, the strip alone"] = page.evaluate(CUT)
    nothing_cut(cut)


def test_no_lesson_is_wider_than_a_small_window_or_cut(
    browser: Browser, browser_context_args: dict[str, Any], server: Server
) -> None:
    """The same in windows that become smaller and larger again, which is quicker than to open each lesson in each."""
    with window(browser, browser_context_args, server) as explorer:
        page = explorer.page
        expect(explorer.home.root.locator(".stamp svg.miniature").first).to_be_visible()
        cut = {}
        for name, size in SMALL.items():
            resize(page, size)
            cut[f"the list, {name}"] = page.evaluate(CUT)
        for lesson in LESSONS:
            go(explorer, lesson, f"lesson={lesson.id}")
            explorer.press("End")
            cut[f"{lesson.id}, zoomed"] = page.evaluate(CUT)
            resize(page, SMALL["old"])
            cut[f"{lesson.id}, old"] = page.evaluate(CUT)
            explorer.press("Escape")
            cut[f"{lesson.id}, old, the strip alone"] = page.evaluate(CUT)
            resize(page, SMALL["zoomed"])
            cut[f"{lesson.id}, zoomed, the strip alone"] = page.evaluate(CUT)
    nothing_cut(cut)


def test_the_tools_and_the_drawing_of_every_lesson_stand_on_a_common_screen(
    browser: Browser, browser_context_args: dict[str, Any], server: Server
) -> None:
    """Nothing beside the stage or inside the cell has to be scrolled to or is cut, whichever of a lesson's networks is shown."""
    beyond, cut = {}, {}
    with window(browser, browser_context_args, server) as explorer:
        page = explorer.page
        for lesson in LESSONS:
            for variant in lesson.variants:
                address = f"lesson={lesson.id}&variant={variant}" if variant else f"lesson={lesson.id}"
                go(explorer, lesson, address)
                expect(page.locator("[data-view=spark] svg.spark")).to_be_visible()
                for name, size in COMMON.items():
                    resize(page, size)
                    for part in (".tools", ".cell-stage"):
                        hidden = page.locator(part).evaluate(BEYOND)
                        if hidden > 0:
                            beyond[f"{address}, {name}, {part}"] = hidden
                    cut[f"{address}, {name}"] = page.evaluate(CUT)
    assert not beyond
    nothing_cut(cut)


def test_going_backward_how_the_gradient_goes_is_whole_below_many_rows_of_weights(explorer: Explorer) -> None:
    resize(explorer.page, COMMON["projector"])
    explorer.open("layer-of-gates", dir="backward")
    expect(explorer.page.locator("[data-view=shares]")).to_be_visible()
    expect(explorer.page.locator("[data-view=spark] svg.spark")).to_be_in_viewport(ratio=0.97)


def test_on_a_tablet_the_head_of_the_cell_lies_on_no_drawing(explorer: Explorer) -> None:
    explorer.page.set_viewport_size({"width": 1024, "height": 768})
    explorer.open("three-times", variant="four", step="3")
    head = explorer.page.locator(".cell-title").bounding_box()
    places = explorer.page.locator(".cell-figure .standing")
    tops = places.evaluate_all("(all) => all.map((node) => node.getBoundingClientRect().top)")
    assert head
    assert tops
    assert min(tops) >= head["y"] + head["height"]
