"""From a slider under a hand to the painted picture, in Chromium; and how much of it is ours.

    python -m tests.bench.bench_slider [moves [part of a case's name]]

On the lesson of the gated cell, and on LSTMs of (30 steps, 16 units) and (1000, 128), gradients on.

The floor, measured in turns with it in the same run, is what this machine needs at least: a blank page that sends an
empty message over a WebSocket, gets it back, changes one number and paints it. Times are milliseconds from the moment
at which the browser made the event to the end of the frame that shows the answer. A frame takes 16.7 ms, and both
begin with waiting for one.
"""

from __future__ import annotations

import random
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from statistics import median

from playwright.sync_api import Locator, Page, ViewportSize, expect, sync_playwright
from websockets.http11 import Request, Response
from websockets.sync.server import ServerConnection, serve

from tests.bench.networks import address
from tests.browser.conftest import FLAGS
from tests.browser.explorer import Explorer
from tests.machine import find_browser
from tests.server import from_source

ROUND = 25
# Every move of the lesson's one changes every number of the memory, so that there is always something to paint.
CASES = {
    "gated cell": ("lesson=gated-cell", "candidate, weight of x₁"),
    "LSTM (30, 16)": (address(30, 16), None),
    "LSTM (30, 16), strip alone": (address(30, 16, "strip"), None),
    "LSTM (1000, 128)": (address(1000, 128), None),
}

# Both pages end in the same way: a task after the frame in which the picture changed is a task after its painting. What
# changed between two frames is painted in the next.
PAINTED = """
    const painted = (then) => {
        const task = () => {
            const { port1, port2 } = new MessageChannel();
            port1.onmessage = () => then(performance.now());
            port2.postMessage(null);
        };
        if (window.framed) task();
        else requestAnimationFrame(task);
    };
    window.times = [];
    let began = 0;
    let answered = 0;
    const begin = (event) => {
        if (began) return;
        began = event.timeStamp;
        answered = 0;
    };
    window.heard = () => { answered ||= performance.now(); };
    const end = () => {
        // What is drawn before the answer has come is not the answer's picture.
        if (!began || !answered) return;
        const [start, answer] = [began, answered];
        began = 0;
        painted((now) => {
            window.times.push([now - start, answer - start, now - answer]);
            window.told?.();
        });
    };
    // To ask again and again whether it has come would be work for the page that is measured.
    window.more = async (before) => {
        if (times.length <= before) await new Promise((told) => { window.told = told; });
        return times.length;
    };
"""
# The page's own socket, listened to: the first message after an event is the first values. And whether this is a frame.
LISTEN = """
    const next = window.requestAnimationFrame.bind(window);
    window.requestAnimationFrame = (draw) => next((now) => {
        window.framed = true;
        draw(now);
        queueMicrotask(() => { window.framed = false; });
    });
    const Native = window.WebSocket;
    window.WebSocket = class extends Native {
        constructor(...given) {
            super(...given);
            this.addEventListener("message", () => window.heard?.());
        }
    };
"""
# The strip is drawn anew only when values have come; so are the pixels of a picture.
OURS = f"""([slider, strip]) => {{
    {PAINTED}
    slider.addEventListener("input", begin, {{ capture: true }});
    if (strip.hidden) {{
        const put = CanvasRenderingContext2D.prototype.putImageData;
        CanvasRenderingContext2D.prototype.putImageData = function (...given) {{
            put.apply(this, given);
            end();
        }};
    }} else {{
        new MutationObserver(end).observe(strip, {{ subtree: true, attributes: true, childList: true, characterData: true }});
    }}
}}"""
FLOOR = f"""(port) => new Promise((ready) => {{
    {PAINTED}
    document.body.innerHTML = "<input type=range min=-25 max=25 step=any value=10 style='width:300px'><p>0</p>";
    const [slider, text] = document.body.children;
    const socket = new WebSocket(`ws://127.0.0.1:${{port}}`);
    slider.addEventListener("input", (event) => {{
        begin(event);
        socket.send(slider.value);
    }});
    socket.onmessage = ({{ data }}) => {{
        answered ||= performance.now();
        text.textContent = data;
        end();
    }};
    socket.onopen = ready;
}})"""


@contextmanager
def echo() -> Iterator[int]:
    """A server with an empty page, whose socket sends back what it gets; gives its port."""

    def answer(connection: ServerConnection) -> None:
        for message in connection:
            connection.send(message)

    def page(connection: ServerConnection, request: Request) -> Response | None:
        return None if "Upgrade" in request.headers else connection.respond(HTTPStatus.OK, "")

    with serve(answer, "127.0.0.1", 0, compression=None, process_request=page) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield int(server.socket.getsockname()[1])
        server.shutdown()


def drag(page: Page, slider: Locator, moves: int) -> None:
    """Holds the slider's knob and moves it to and fro, at moments that have nothing to do with the frames."""
    page.bring_to_front()
    box = slider.bounding_box()
    assert box is not None
    y = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + box["width"] * 0.5, y)
    page.mouse.down()
    seen = page.evaluate("times.length")
    for move in range(moves):
        page.mouse.move(box["x"] + box["width"] * (0.3 + 0.4 * (move % 10) / 10 + 0.01 * random.random()), y)
        seen = page.evaluate("more", seen)
        page.wait_for_timeout(20 + 17 * random.random())
    page.mouse.up()


def row(name: str, times: list[float]) -> str:
    ordered = sorted(times)
    at = [ordered[min(len(ordered) - 1, int(len(ordered) * share))] for share in (0.05, 0.95)]
    return f"{name:<24}{len(times):>6}{at[0]:>9.1f}{median(times):>9.1f}{at[1]:>9.1f}{ordered[-1]:>9.1f}"


def measure(page: Page, blank: Page, explorer: Explorer, fragment: str, label: str | None, moves: int) -> None:
    page.goto("about:blank")
    page.goto(f"{explorer.url}#{fragment}")
    expect(explorer.transport.scrubber).to_be_visible()
    page.wait_for_timeout(1000)
    explorer.press("End")
    if label:
        explorer.weights.number(label).focus()
    slider = page.locator("#weight-slider")
    page.wait_for_timeout(1500)
    nodes = [slider, page.locator("[data-view=strip]")]
    page.evaluate(OURS, [node.element_handle() for node in nodes])
    blank.evaluate("times.length = 0")
    thread = Thread(page)
    for _ in range(max(1, moves // ROUND)):
        with thread:
            drag(page, slider, ROUND)
        drag(blank, blank.get_by_role("slider"), ROUND)
    ours, floor = page.evaluate("times"), blank.evaluate("times")
    for name, times in (("slider to picture", ours), ("empty echo and repaint", floor)):
        for part, column in ((name, 0), ("  event to answer", 1), ("  answer to picture", 2)):
            print(row(part, [each[column] for each in times]))
    ratio = p95(ours) / p95(floor)
    print(f"ours, by the medians: {median(each[0] for each in ours) - median(each[0] for each in floor):.1f} ms")
    print(f"p95 against the floor's: {ratio:.2f}")
    print("the page's thread, processor milliseconds of a move: " + thread.shares(len(ours)))


class Thread:
    """Processor time of the page's main thread: what others do on the machine does not lengthen it."""

    NAMES = ("TaskDuration", "ScriptDuration", "RecalcStyleDuration", "LayoutDuration")

    def __init__(self, page: Page) -> None:
        self._session = page.context.new_cdp_session(page)
        self._session.send("Performance.enable", {"timeDomain": "threadTicks"})
        self._spent = dict.fromkeys(self.NAMES, 0.0)

    def _read(self) -> dict[str, float]:
        found = self._session.send("Performance.getMetrics")["metrics"]
        return {each["name"]: 1000 * each["value"] for each in found if each["name"] in self.NAMES}

    def __enter__(self) -> None:
        self._began = self._read()

    def __exit__(self, *_: object) -> None:
        for name, value in self._read().items():
            self._spent[name] += value - self._began[name]

    def shares(self, moves: int) -> str:
        total, script, style, layout = (self._spent[name] / max(1, moves) for name in self.NAMES)
        return f"{total:.1f} in all, scripts {script:.1f}, style {style:.1f}, layout {layout:.1f}"


def p95(times: list[list[float]]) -> float:
    ordered = sorted(each[0] for each in times)
    return ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]


def main(moves: int, wanted: str) -> None:
    server = from_source()
    server.start()
    try:
        with echo() as port, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=find_browser(), args=FLAGS)
            view = ViewportSize(width=1440, height=900)
            page, blank = browser.new_page(viewport=view), browser.new_page(viewport=view)
            page.add_init_script(LISTEN)
            blank.add_init_script(LISTEN)
            blank.goto(f"http://127.0.0.1:{port}/")
            blank.evaluate(FLOOR, port)
            explorer = Explorer(page, server.url)
            for name, (fragment, label) in CASES.items():
                if wanted in name:
                    print(f"\n{name}")
                    print(f"{'milliseconds':<24}{'moves':>6}{'p5':>9}{'median':>9}{'p95':>9}{'most':>9}")
                    measure(page, blank, explorer, fragment, label, moves)
            browser.close()
    finally:
        server.kill()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 300, sys.argv[2] if len(sys.argv) > 2 else "")
