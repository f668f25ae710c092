"""In the drawing of a cell no word is cut or lies over another one, over a box or over a line, whatever the numbers are."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from app import cells
from tests.browser.explorer import Explorer
from tests.browser.test_sizes import SETTLED, window
from tests.server import Server

#: A desk, a wall and a small phone.
SCREENS = [(1440, 900, ""), (1280, 720, "c"), (360, 740, "")]
STEPS = 6

#: Pairs of what lies over each other, by more than the edge of a letter.
OVER = """() => {
    const figure = document.querySelector('[data-view="cell"] svg.cell-figure');
    const seen = (node) => node.checkVisibility({ visibilityProperty: true, opacityProperty: true });
    const box = (node) => {
        const { left, right, top, bottom, height } = node.getBoundingClientRect();
        // A line is higher than its digits; the font of formulas has room for integrals besides.
        const air = node.closest("text") ? height * (node.closest(".letter, .note-stub") ? 0.2 : 0.15) : 0;
        return { node, left, right, top: top + air, bottom: bottom - air, text: node.textContent };
    };
    const over = (a, b, by) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > by
        && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > by;
    const crossed = ({ left, right, top, bottom }, x, y, half) => x + half > left + 1.5 && x - half < right - 1.5
        && y + half > top + 1.5 && y - half < bottom - 1.5;
    const within = (a, b) => a.left > b.left - 3 && a.right < b.right + 3 && a.top > b.top - 3 && a.bottom < b.bottom + 3;
    const lines = [...figure.querySelectorAll("text")].flatMap((text) => (text.children.length ? [...text.children] : [text]));
    const words = lines.filter((node) => node.textContent.trim() && seen(node)).map(box).filter(({ left, right }) => right > left);
    const things = [...figure.querySelectorAll(".shell")].filter(seen).map(box);
    const found = [];
    const whole = (node) => node.closest("g.label, g.note") ?? node.closest("text");
    words.forEach((word, at) => {
        for (const other of words.slice(at + 1)) {
            if (whole(word.node) !== whole(other.node) && over(word, other, 1.5)) found.push(`${word.text} over ${other.text}`);
        }
        for (const thing of things) if (!within(word, thing) && over(word, thing, 2.5)) found.push(`${word.text} over a box`);
    });
    // What scrolls has more than is seen.
    const stage = figure.parentElement;
    const seeable = stage.getBoundingClientRect();
    if (stage.scrollWidth <= stage.clientWidth + 12) {
        const cut = words.filter(({ left, right }) => left < seeable.left - 1 || right > seeable.right + 1);
        found.push(...cut.map(({ text }) => `${text} is cut`));
    }
    const free = words.filter((word) => !things.some((thing) => within(word, thing)));
    for (const path of figure.querySelectorAll("path.wire")) {
        const { a, d, e, f } = path.getScreenCTM();
        const half = (Number.parseFloat(getComputedStyle(path).strokeWidth) * a) / 2;
        for (let at = 0; at <= path.getTotalLength(); at += 3) {
            const point = path.getPointAtLength(at);
            const [x, y] = [point.x * a + e, point.y * d + f];
            for (const word of free) if (crossed(word, x, y, half)) found.push(`${word.text} over a line`);
        }
    }
    return [...new Set(found)];
}"""


@pytest.mark.parametrize("name", cells.names())
def test_no_word_lies_over_anything(name: str, browser: Browser, server: Server) -> None:
    found: list[str] = []
    for width, height, theme in SCREENS:
        with window(
            browser, {"viewport": {"width": width, "height": height}, "reduced_motion": "reduce"}, server
        ) as explorer:
            explorer.open_cell(name, depth="cell")
            # Those in which a person laid out what stands where. On a wall there is no choice: it is made before.
            for drawing in [each for each in explorer.cell.drawings() if each in {"valves", "conveyor", "overview"}]:
                explorer.cell.draw(drawing)
                explorer.press(*theme)
                found += [f"{width} {drawing}: {each}" for each in _through(explorer)]
                explorer.press(*theme)
    assert not found


#: Lessons with longer numbers than the library's cells have; in Chinese what stands beside them is broader.
LESSONS = ["gated-cell", "coupled-gates", "feedback-and-peepholes", "layer-of-gates", "the-gru"]


@pytest.mark.parametrize("lesson", LESSONS)
def test_nor_in_a_lesson_in_chinese_on_a_small_phone(lesson: str, browser: Browser, server: Server) -> None:
    settings = {"viewport": {"width": 360, "height": 740}, "reduced_motion": "reduce", "locale": "zh-CN"}
    with window(browser, settings, server) as explorer:
        chinese = explorer.speaking("zh")
        chinese.open(lesson, depth="cell", draw="valves")
        assert not _through(chinese)


def _through(explorer: Explorer) -> list[str]:
    """At every step, back from the last one and forward from the first."""
    found: list[str] = []
    for what, turn, start, on in [
        ("gradients", explorer.transport.turn_back, "End", "ArrowLeft"),
        ("values", explorer.transport.turn_forward, "Home", "ArrowRight"),
    ]:
        turn()
        explorer.press(start)
        for _ in range(STEPS):
            explorer.page.locator("svg.cell-figure").wait_for()
            explorer.page.evaluate(SETTLED)
            at = explorer.transport.scrubber.get_attribute("aria-valuenow")
            found += [f"{what} of step {at}: {each}" for each in explorer.page.evaluate(OVER)]
            explorer.press(on)
    return found
