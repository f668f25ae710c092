"""From a slider under a hand to the painted picture, in Chromium, on the gated cell; and how much of it is ours.

    python -m tests.bench.bench_slider [moves]

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

from playwright.sync_api import Locator, Page, ViewportSize, sync_playwright
from websockets.http11 import Request, Response
from websockets.sync.server import ServerConnection, serve

from tests.browser.conftest import FLAGS
from tests.browser.explorer import Explorer
from tests.machine import find_browser
from tests.server import from_source

ROUND = 25
# Every move of this one changes every number of the memory, so that there is always something to paint.
SLIDER = "candidate, weight of x₁"

# Both pages end in the same way: a task after the frame in which the picture changed is a task after its painting.
PAINTED = """
    const painted = (then) => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => then(performance.now());
        port2.postMessage(null);
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
        if (!began) return;
        const [start, answer] = [began, answered];
        began = 0;
        painted((now) => window.times.push([now - start, answer - start, now - answer]));
    };
"""
# The page's own socket, listened to: the first message after an event is the first values.
LISTEN = """
    const Native = window.WebSocket;
    window.WebSocket = class extends Native {
        constructor(...given) {
            super(...given);
            this.addEventListener("message", () => window.heard?.());
        }
    };
"""
# The strip is drawn anew in an animation frame, and only when values have come.
OURS = f"""([slider, strip]) => {{
    {PAINTED}
    slider.addEventListener("input", begin, {{ capture: true }});
    new MutationObserver(end).observe(strip, {{ subtree: true, attributes: true, childList: true, characterData: true }});
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
    socket.onmessage = ({{ data }}) => requestAnimationFrame(() => {{
        text.textContent = data;
        end();
    }});
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
    for move in range(moves):
        page.mouse.move(box["x"] + box["width"] * (0.3 + 0.4 * (move % 10) / 10 + 0.01 * random.random()), y)
        page.wait_for_timeout(60 + 17 * random.random())
    page.mouse.up()


def row(name: str, times: list[float]) -> str:
    ordered = sorted(times)
    at = [ordered[min(len(ordered) - 1, int(len(ordered) * share))] for share in (0.05, 0.95)]
    return f"{name:<24}{len(times):>6}{at[0]:>9.1f}{median(times):>9.1f}{at[1]:>9.1f}{ordered[-1]:>9.1f}"


def main(moves: int) -> None:
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
            explorer = Explorer(page, server.url)
            explorer.open("gated-cell")
            explorer.press("End")
            explorer.weights.number(SLIDER).focus()
            slider = explorer.weights.slider(SLIDER)
            page.evaluate(OURS, [slider.element_handle(), explorer.strip.root.element_handle()])
            blank.evaluate(FLOOR, port)
            for _ in range(max(1, moves // ROUND)):
                drag(page, slider, ROUND)
                drag(blank, blank.get_by_role("slider"), ROUND)
            ours, floor = page.evaluate("times"), blank.evaluate("times")
            browser.close()
    finally:
        server.kill()
    print(f"{'milliseconds':<24}{'moves':>6}{'p5':>9}{'median':>9}{'p95':>9}{'most':>9}")
    for name, times in (("slider to picture", ours), ("empty echo and repaint", floor)):
        for part, column in ((name, 0), ("  event to answer", 1), ("  answer to picture", 2)):
            print(row(part, [each[column] for each in times]))
    print(f"ours, by the medians: {median(each[0] for each in ours) - median(each[0] for each in floor):.1f} ms")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 300)
