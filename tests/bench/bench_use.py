"""What the page weighs, and whether its memory grows while it is used at random, in Chromium.

    python -m tests.bench.bench_use [seconds [seed]]

Bytes are as they travel, compressed, without Plotly and fonts: a second after opening, and with all that comes later. The
heap is measured after the browser has collected what nobody holds, before and after; nothing may be said on the console.
"""

from __future__ import annotations

import sys
import time
from random import Random

from playwright.sync_api import CDPSession, Page, Response, expect, sync_playwright

from tests.bench.networks import address
from tests.browser.conftest import FLAGS
from tests.browser.explorer import Explorer
from tests.machine import find_browser
from tests.server import from_source

KEYS = [
    "ArrowRight", "ArrowLeft", "ArrowDown", "ArrowUp", "Shift+ArrowDown", "Shift+ArrowRight", "Home", "End", "Enter", "Escape",
    "Space", "PageDown", "1", "0", "d", "u", "?", "Escape", "b", "Escape",
]  # fmt: skip


class Weight:
    """Bytes that have come, by their address; what has no length is measured whole."""

    def __init__(self, page: Page) -> None:
        self.sizes: dict[str, int] = {}
        page.on("response", self._weigh)

    def _weigh(self, response: Response) -> None:
        length = response.headers.get("content-length")
        redirected = 300 <= response.status < 400
        if not redirected and not response.url.endswith(".woff2") and "/vendor/" not in response.url:
            self.sizes[response.url] = int(length) if length else len(response.body())

    def __str__(self) -> str:
        return f"{sum(self.sizes.values()) / 1000:.1f} kB in {len(self.sizes)} files"


def heap(session: CDPSession) -> float:
    """Megabytes of the page's heap that somebody holds."""
    session.send("HeapProfiler.collectGarbage")
    return float(session.send("Runtime.getHeapUsage")["usedSize"]) / 1e6


def use(page: Page, chance: Random) -> None:
    """One thing that a person might do."""
    match chance.randrange(6):
        case 0 | 1 | 2:
            page.keyboard.press(chance.choice(KEYS))
        case 3:
            page.mouse.click(chance.randrange(400, 1030), chance.randrange(110, 430))
        case 4:
            page.mouse.move(chance.randrange(400, 1030), chance.randrange(110, 430), steps=3)
        case 5:
            page.mouse.move(1250, chance.randrange(250, 450))
            page.mouse.down()
            page.mouse.move(1150 + chance.randrange(200), 400, steps=4)
            page.mouse.up()


def main(seconds: int, seed: int) -> None:
    server = from_source()
    server.start()
    said: list[str] = []
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=find_browser(), args=FLAGS)
            page = browser.new_page(viewport={"width": 1440, "height": 900})
            page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
            page.on("pageerror", lambda error: said.append(str(error)))
            weight = Weight(page)
            explorer = Explorer(page, server.url)
            explorer.open("gated-cell")
            page.wait_for_timeout(1000)
            print(f"a second after opening: {weight}")
            page.mouse.move(700, 300)
            page.wait_for_timeout(5000)
            print(f"with all that comes later: {weight}")
            page.goto("about:blank")
            page.goto(f"{server.url}#{address(1000, 128)}")
            expect(explorer.transport.scrubber).to_be_visible()
            page.wait_for_timeout(5000)
            session = page.context.new_cdp_session(page)
            chance = Random(seed)
            for _ in range(60):
                use(page, chance)
            before = heap(session)
            end = time.monotonic() + seconds
            acts = 0
            while time.monotonic() < end:
                use(page, chance)
                acts += 1
            page.wait_for_timeout(1000)
            after = heap(session)
            print(f"heap: {before:.1f} MB, after {seconds} s and {acts} acts {after:.1f} MB: {after - before:+.1f} MB")
            print(f"console errors: {len(said)}", *said[:5], sep="\n  ")
            browser.close()
    finally:
        server.kill()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 600, int(sys.argv[2]) if len(sys.argv) > 2 else 1)
