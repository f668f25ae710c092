"""Nothing jumps: what is seen stays where it is while the page, its fonts and its later parts arrive."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Browser, expect

from app.lessons import load_lessons
from tests.browser.expecting import expect_true
from tests.browser.explorer import Explorer
from tests.server import Server

#: So many lessons open side by side: most of the time goes by in waiting.
TOGETHER = 5

SHIFTS = """() => {
    window.shifts = [];
    new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) {
            const box = ({ x, y, width, height }) => [x, y, width, height].map(Math.round).join(" ");
            const what = entry.sources.map(({ node, previousRect, currentRect }) =>
                `${node?.parentElement?.className} > ${node?.nodeName} from ${box(previousRect)} to ${box(currentRect)}`);
            if (!entry.hadRecentInput) window.shifts.push([entry.value, ...what]);
        }
    }).observe({ type: "layout-shift", buffered: true });
}"""
MATHEMATICS = "() => [...document.fonts].some((face) => face.family.includes('STIX') && face.status === 'loaded')"


def test_nothing_jumps_when_a_lesson_opens(
    browser: Browser, browser_context_args: dict[str, Any], server: Server
) -> None:
    context = browser.new_context(**browser_context_args)
    context.add_init_script(f"({SHIFTS})()")
    found = {}
    lessons = list(load_lessons().lessons)
    for first in range(0, len(lessons), TOGETHER):
        explorers = {lesson: Explorer(context.new_page(), server.url) for lesson in lessons[first : first + TOGETHER]}
        for lesson, explorer in explorers.items():
            explorer.page.goto(f"{server.url}#lesson={lesson}", wait_until="commit")
        for explorer in explorers.values():
            page = explorer.page
            expect_true(page, MATHEMATICS)
            page.wait_for_load_state("networkidle")
            explorer.wait()
        page.wait_for_timeout(700)
        for lesson, explorer in explorers.items():
            expect(explorer.transport.scrubber).to_be_visible()
            found[lesson] = explorer.page.evaluate("window.shifts")
            explorer.page.close()
    context.close()
    assert not {lesson: shifts for lesson, shifts in found.items() if shifts}
