"""Nothing jumps: what is seen stays where it is while the page, its fonts and its later parts arrive."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.explorer import Explorer

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


def test_nothing_jumps_when_a_lesson_opens(explorer: Explorer) -> None:
    page = explorer.page
    page.add_init_script(f"({SHIFTS})()")
    found = {}
    for lesson in ("gated-cell", "linear-toy", "the-lstm", "one-of-n", "what-goes-back"):
        page.goto("about:blank")
        explorer.open(lesson)
        page.wait_for_function(MATHEMATICS)
        page.wait_for_load_state("networkidle")
        page.wait_for_timeout(700)
        found[lesson] = page.evaluate("window.shifts")
        expect(explorer.transport.scrubber).to_be_visible()
    assert not {lesson: shifts for lesson, shifts in found.items() if shifts}
