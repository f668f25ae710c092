"""The stage in a frame of another page: alone, as high as it says, and with no hold on that page's keys."""

from __future__ import annotations

import functools
import http.server
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Watch
from tests.browser.expecting import expect_true
from tests.server import Server, from_source

HOST = """<!doctype html><title>A course</title><p tabindex="0">Words around it.</p>
<iframe title="stage" {sandbox} src="{url}?embed#lesson=gated-cell" width="900" height="100"></iframe>
<script>
  addEventListener("message", ({{ data, origin }}) => {{
    if (data.type !== "unrolled:height" || origin !== new URL("{url}").origin) return;
    document.querySelector("iframe").height = data.height;
    document.title = `told ${{data.height}}`;
  }});
</script>"""


@pytest.fixture
def course(tmp_path: Path) -> Iterator[str]:
    """Another site, from the folder of the test."""
    handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory=tmp_path)
    site = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=site.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{site.server_port}"
    site.shutdown()
    site.server_close()


@pytest.fixture
def framed(course: str) -> Iterator[Server]:
    """A server that this site may frame."""
    with from_source(settings={"UNROLLED_FRAME_ANCESTORS": course}) as server:
        yield server


def test_the_stage_alone_and_as_high_as_it_says(
    page: Page, watch: Watch, course: str, framed: Server, tmp_path: Path
) -> None:
    (tmp_path / "favicon.ico").touch()
    (tmp_path / "index.html").write_text(
        HOST.format(url=framed.url, sandbox='sandbox="allow-scripts allow-same-origin"')
    )
    page.goto(course)
    frame = page.frame_locator("iframe")
    scrubber = frame.get_by_role("slider").first
    expect(scrubber).to_have_attribute("aria-valuenow", "1")
    expect(frame.get_by_role("banner")).to_be_hidden()
    expect_true(page, "document.title.startsWith('told ')")
    assert 400 < int(page.title().split()[1]) < 1400
    inner = page.frames[1]
    assert inner.evaluate("document.documentElement.scrollHeight - innerHeight") == 0
    # A key pressed in the page around it belongs to that page.
    page.locator("p").focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_timeout(200)
    expect(scrubber).to_have_attribute("aria-valuenow", "1")
    inner.locator("#stage").focus()
    page.keyboard.press("ArrowRight")
    expect(scrubber).to_have_attribute("aria-valuenow", "2")


@pytest.mark.parametrize("width", [1280, 900])
def test_nothing_in_it_scrolls(page: Page, framed: Server, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    for lesson in ("the-lstm", "layer-of-gates", "linear-toy"):
        page.goto("about:blank")
        page.goto(f"{framed.url}?embed#lesson={lesson}")
        expect_true(page, "document.querySelector('.cell-stage svg') !== null")
        expect_true(page, "(({ scrollHeight, clientHeight }) => scrollHeight <= clientHeight)(document.getElementById('stage'))")


def test_nothing_is_hidden_where_nobody_can_answer(page: Page, server: Server) -> None:
    marks = page.locator("[data-view=strip]").get_by_text("?", exact=True)
    page.goto(f"{server.url}#lesson=forgetting")
    expect(marks).not_to_have_count(0)
    page.goto(f"{server.url}?embed#lesson=forgetting")
    expect(page.locator("[data-view=strip] [role=gridcell]").first).to_be_visible()
    expect(marks).to_have_count(0)


def test_what_is_said_of_the_loss_stands_at_the_strip(page: Page, server: Server) -> None:
    page.set_viewport_size({"width": 900, "height": 760})
    page.goto(f"{server.url}?embed#lesson=back-through-time")
    for said in (".loss-sum", "div.strip-threads p"):
        expect(page.locator(said)).to_be_visible()
    paper, first = (page.locator(name).bounding_box() for name in (".strip-paper", "div.strip-threads"))
    assert paper
    assert first
    assert first["y"] - paper["y"] - paper["height"] < 10


def test_no_lesson_is_the_list_of_them(page: Page, framed: Server) -> None:
    page.goto(f"{framed.url}?embed")
    expect(page.locator(".home-next a").first).to_be_in_viewport(ratio=1)
    expect(page.locator("#stage")).to_be_hidden()
    assert page.locator("#home").evaluate("(home) => home.getBoundingClientRect().bottom === innerHeight")


def test_a_sandbox_without_an_origin_is_told_what_to_write(
    page: Page, course: str, framed: Server, tmp_path: Path
) -> None:
    (tmp_path / "favicon.ico").touch()
    (tmp_path / "index.html").write_text(HOST.format(url=framed.url, sandbox='sandbox="allow-scripts"'))
    page.goto(course)
    expect(page.frame_locator("iframe").get_by_text('sandbox="allow-scripts allow-same-origin"')).to_be_visible()


def test_a_study_and_the_strip_of_colours_below_it_stand_apart(page: Page, watch: Watch, server: Server) -> None:
    page.set_viewport_size({"width": 360, "height": 900})
    page.goto(f"{server.url}?embed#lesson=thousand-times")
    strip = page.locator("[data-view=wide]")
    expect(strip).to_be_visible()
    expect(page.locator("[data-view=powers]")).to_be_visible()
    card, colours = page.locator(".stage-card").bounding_box(), strip.bounding_box()
    assert card
    assert colours
    assert card["y"] + card["height"] <= colours["y"]
