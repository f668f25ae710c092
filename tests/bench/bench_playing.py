"""Frames that come late while a large network plays, against the same page at rest, in Chromium.

    python -m tests.bench.bench_playing [seconds]

An LSTM of (1000 steps, 128 units). A frame is late when it comes more than half a frame's time after it was due. Three
rows: nothing happens; the page plays at its highest speed; a step is taken in every frame, as in a scrub.
"""

from __future__ import annotations

import sys
from statistics import median

from playwright.sync_api import Page, expect, sync_playwright

from tests.bench.networks import address
from tests.browser.conftest import FLAGS
from tests.browser.explorer import Explorer
from tests.machine import find_browser
from tests.server import from_source

FRAMES = """([seconds, stepping]) => new Promise((done) => {
    const gaps = [];
    const began = performance.now();
    let last = began;
    const frame = (now) => {
        gaps.push(now - last);
        last = now;
        if (stepping) document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowRight", bubbles: true }));
        if (now - began < 1000 * seconds) requestAnimationFrame(frame);
        else done(gaps.slice(2));
    };
    requestAnimationFrame(frame);
})"""


def row(name: str, gaps: list[float], frame: float) -> str:
    late = sum(gap > 1.5 * frame for gap in gaps)
    ordered = sorted(gaps)
    p95 = ordered[int(0.95 * (len(ordered) - 1))]
    return f"{name:<26}{len(gaps):>7}{median(gaps):>9.1f}{p95:>9.1f}{ordered[-1]:>9.1f}{100 * late / len(gaps):>9.2f} %"


def measure(page: Page, seconds: int) -> None:
    frame = 1000 / 60
    print(f"{'milliseconds':<26}{'frames':>7}{'median':>9}{'p95':>9}{'most':>9}{'late':>11}")
    print(row("at rest", page.evaluate(FRAMES, [seconds, False]), frame))
    speed = page.locator("select.speed")
    speed.select_option(speed.locator("option").last.get_attribute("value"))
    page.keyboard.press("Space")
    print(row("playing", page.evaluate(FRAMES, [seconds, False]), frame))
    page.keyboard.press("Space")
    print(row("a step in every frame", page.evaluate(FRAMES, [seconds, True]), frame))
    print(row("at rest again", page.evaluate(FRAMES, [seconds, False]), frame))


def main(seconds: int) -> None:
    server = from_source()
    server.start()
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=find_browser(), args=FLAGS)
            page = browser.new_page(viewport={"width": 1440, "height": 900})
            page.goto(f"{server.url}#{address(1000, 128)}")
            explorer = Explorer(page, server.url)
            expect(explorer.transport.scrubber).to_be_visible()
            # What most people will want is loaded when something first moves: that is over before anything is measured.
            page.mouse.move(700, 300)
            page.wait_for_timeout(6000)
            measure(page, seconds)
            browser.close()
    finally:
        server.kill()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10)
