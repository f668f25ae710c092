"""A server that dies and comes back finds the page as the person left it."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.conftest import Watch
from tests.browser.expecting import expect_value, expect_values
from tests.browser.explorer import Explorer
from tests.browser.truth import gated_cell
from tests.server import Server

FORGET = "forget gate, bias"


def test_the_server_is_killed_and_started_again(page: Page, watch: Watch, own_server: Server) -> None:
    watch.expected.append("WebSocket connection to|ERR_CONNECTION_(REFUSED|RESET)")
    explorer = Explorer(page, own_server.url)
    explorer.open("gated-cell")
    explorer.press("End")
    explorer.weights.type(FORGET, "1")
    expect_values([explorer.strip.value("c", step) for step in range(1, 6)], gated_cell("c", b_f=1))

    own_server.kill()
    expect(explorer.notice("notice.away")).to_be_visible()
    # The page holds the truth: it can be changed while nobody computes.
    explorer.sequence.type("x₁", 1, "5")
    explorer.press("ArrowLeft")

    own_server.start()
    expect(explorer.notice("notice.away")).to_be_hidden()
    explorer.press("End")
    expect_value(explorer.weights.number(FORGET), "1")
    expect_values([explorer.strip.value("c", step) for step in range(1, 6)], gated_cell("c", b_f=1, first=5))


def test_a_weight_that_is_held_follows_the_hand_after_the_server_came_back(page: Page, watch: Watch, own_server: Server) -> None:
    watch.expected.append("WebSocket connection to|ERR_CONNECTION_(REFUSED|RESET)")
    explorer = Explorer(page, own_server.url)
    explorer.open("gated-cell")
    explorer.press("End")
    box = explorer.weights.number(FORGET).bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 80, y, steps=4)
    expect_value(explorer.weights.number(FORGET), "−2.5")
    own_server.kill()
    expect(explorer.notice("notice.away")).to_be_visible()
    page.mouse.move(x - 120, y, steps=4)
    own_server.start()
    expect(explorer.notice("notice.away")).to_be_hidden()
    page.mouse.move(x - 160, y, steps=4)
    expect_value(explorer.weights.number(FORGET), "−15")
    page.mouse.up()
    expect_values([explorer.strip.value("c", step) for step in range(1, 6)], gated_cell("c", b_f=-15))
