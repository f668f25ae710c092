"""On a phone: one column, nothing wider than the screen, everything still there."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.expecting import expect_step, expect_true, expect_value
from tests.browser.explorer import Explorer
from tests.browser.test_accessibility import expect_no_violations


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    return {**browser_context_args, "viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


def test_nothing_is_wider_than_the_screen(gated: Explorer) -> None:
    assert gated.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    gated.header.choose_language("中文")
    expect(gated.speaking("zh").strip.root).to_be_visible()
    assert gated.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_lying_down_the_name_stands_beside_the_mark(gated: Explorer) -> None:
    def edges(place: str, *sides: str) -> list[float]:
        found = gated.page.locator(place).evaluate("(node) => node.getBoundingClientRect().toJSON()")
        return [found[side] for side in sides]

    (upright,) = edges(".header", "height")
    gated.page.set_viewport_size({"width": 740, "height": 360})
    (lying,) = edges(".header", "height")
    assert lying < upright
    across = [*edges(".brand", "left", "right"), *edges(".crumb", "left", "right"), *edges(".header-tools", "left")]
    assert across == sorted(across)
    assert sum(edges(".brand", "top", "bottom")) == pytest.approx(sum(edges(".crumb", "top", "bottom")), abs=4)


@pytest.mark.parametrize(("width", "height"), [(390, 844), (360, 740), (844, 390), (740, 360), (1024, 768)])
def test_the_bar_at_the_foot_is_whole(gated: Explorer, width: int, height: int) -> None:
    """Two directions stand one above the other in it, each as high as a finger needs."""
    gated.page.set_viewport_size({"width": width, "height": height})
    for button in gated.page.locator("[data-view=transport] button:visible").all():
        expect(button).to_be_in_viewport(ratio=1)


@pytest.mark.parametrize("width", [844, 1024])
def test_the_list_of_lessons_is_within_the_window(gated: Explorer, width: int) -> None:
    gated.page.set_viewport_size({"width": width, "height": 390})
    gated.header.lessons.tap()
    menu = gated.header.root.locator(".menu")
    expect(menu).to_be_visible()
    box = menu.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width


def test_what_goes_on_beyond_the_edge_is_shaded_there(explorer: Explorer) -> None:
    explorer.open("the-gru", step="2", dir="backward", draw="formulas")
    formulas = explorer.page.locator("[data-view=formulas]")
    expect(formulas).to_be_visible()
    assert formulas.evaluate("(node) => node.scrollWidth > node.clientWidth")
    assert formulas.evaluate("(node) => getComputedStyle(node).backgroundAttachment") == "local, local, scroll, scroll"


def test_a_strip_that_a_finger_moves_cuts_no_step_at_its_left(explorer: Explorer) -> None:
    explorer.open("vanishing", step="20")
    scroll = explorer.page.locator(".strip-scroll")
    cut = """(node) => {
        const { left } = node.getBoundingClientRect();
        return [...node.querySelectorAll(".slot-memory")].some((slot) => {
            const box = slot.getBoundingClientRect();
            return box.left < left - 1 && box.right > left + 1;
        });
    }"""
    assert not scroll.evaluate(cut)
    explorer.press("End")
    expect_step(explorer.transport.scrubber, 50)
    assert not scroll.evaluate(cut)
    # What a finger leaves in the midst of a step comes to rest by itself.
    scroll.evaluate("(node) => node.scrollTo({ left: 500 })")
    expect_true(explorer.page, f"() => !({cut})(document.querySelector('.strip-scroll'))")


def test_a_surface_that_is_asked_for_far_below_comes_into_sight(gated: Explorer) -> None:
    gated.page.locator("[data-view=spark]").get_by_role("button", name=gated.words("spark.surface")).tap()
    expect(gated.surface.title).to_be_in_viewport()


@pytest.mark.parametrize(
    ("lesson", "picture"),
    [
        ("thousand-times", ".powers-picture"),
        ("two-causes", ".powers-picture"),
        ("lstm-changes", ".powers-picture"),
        ("gone-and-left", ".surface-plots"),
        ("clipping", ".surface-plots"),
    ],
)
def test_the_first_screen_of_a_study_shows_what_it_is_about(explorer: Explorer, lesson: str, picture: str) -> None:
    explorer.page.goto(f"{explorer.url}#lesson={lesson}")
    drawn = explorer.page.locator(picture).first
    expect(drawn).to_be_visible()
    foot = explorer.page.locator("[data-view=transport]").evaluate("(node) => node.getBoundingClientRect().top")
    # All but its last line, which names an axis.
    assert foot - drawn.evaluate("(node) => node.getBoundingClientRect().top") > 250


def test_the_next_words_are_read_from_their_beginning(explorer: Explorer) -> None:
    explorer.open("back-through-time", step="3", beat="last-step", dir="backward")
    explorer.lesson.next.scroll_into_view_if_needed()
    explorer.lesson.next.click()
    expect(explorer.page.locator(".lesson-words > .eyebrow")).to_be_in_viewport(ratio=1)
    expect(explorer.lesson.title).to_be_in_viewport(ratio=1)
    expect_true(
        explorer.page,
        """() => document.querySelector(".lesson-words > .eyebrow").getBoundingClientRect().top
        >= document.querySelector("[data-view=header]").getBoundingClientRect().bottom""",
    )


@pytest.mark.parametrize(
    ("lesson", "place"), [("the-lstm", {"step": "1"}), ("forgetting", {"variant": "cell-state", "dir": "backward", "step": "12"})]
)
def test_what_is_to_be_drawn_is_in_sight_when_it_is_asked_for(explorer: Explorer, lesson: str, place: dict[str, str]) -> None:
    explorer.open(lesson, **place)
    expect(explorer.lesson.curve).to_be_in_viewport(ratio=1)
    foot = explorer.page.locator("[data-view=transport]").evaluate("(node) => node.getBoundingClientRect().top")
    assert explorer.lesson.show.evaluate("(node) => node.getBoundingClientRect().bottom") < foot


def test_it_can_be_stepped_by_touch(gated: Explorer) -> None:
    gated.transport.button("forward").tap()
    expect_step(gated.transport.scrubber, 2)
    expect_value(gated.strip.value("c", 2), "7.0000")


def swipe(page: Page, place: Locator, across: float, down: float) -> None:
    """A finger from a place's middle, as the machine tells it to the browser."""
    place.scroll_into_view_if_needed()
    box = place.bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    hand = page.context.new_cdp_session(page)

    def touch(kind: str, *share: float) -> None:
        points = [{"x": x + across * each, "y": y + down * each} for each in share]
        hand.send("Input.dispatchTouchEvent", {"type": f"touch{kind}", "touchPoints": points})

    touch("Start", 0)
    for number in range(1, 11):
        touch("Move", number / 10)
        page.wait_for_timeout(16)
    touch("End")


def test_a_finger_that_scrolls_changes_no_number(explorer: Explorer) -> None:
    explorer.open("thousand-times")
    expect(explorer.powers.reading).to_contain_text("20751.639")
    page, weight = explorer.page, explorer.weights.number("hidden state, weight of h before the step").first
    sliders = [explorer.powers.root.get_by_role("slider").first, explorer.weights.root.get_by_role("slider").first]
    for place in (explorer.powers.picture, weight, *sliders):
        # Not straight up: no hand goes so.
        swipe(page, place, 45, -110)
        swipe(page, place, -30, 110)
        expect(weight).to_have_text("1.01")
        expect(explorer.weights.undo).to_be_hidden()
    swipe(page, weight, 60, 20)
    expect(explorer.weights.undo).to_be_visible()
    expect(weight).not_to_have_text("1.01")


@pytest.mark.parametrize(("width", "height"), [(820, 1180), (1180, 820)])
@pytest.mark.parametrize("lesson", ["gated-cell", "layer-of-gates"])
def test_on_a_tablet_numbers_are_large_enough_to_touch(
    explorer: Explorer, lesson: str, width: int, height: int
) -> None:
    explorer.page.set_viewport_size({"width": width, "height": height})
    explorer.open(lesson)
    for field in explorer.page.locator(".field:visible").all():
        box = field.bounding_box()
        assert box is not None
        assert box["height"] >= 24
    # How long the sequence is stands in one line beside its buttons.
    length = explorer.page.locator("[data-view=sequence] .tool-acts > .aside-text")
    assert length.evaluate("(node) => node.offsetHeight < 2 * parseFloat(getComputedStyle(node).fontSize)")


def test_on_a_tablet_what_a_cell_says_stands_clear_of_what_can_be_chosen(gated: Explorer) -> None:
    gated.page.set_viewport_size({"width": 820, "height": 1180})
    head, figure = (gated.page.locator(place) for place in (".cell-head", ".cell-figure"))
    below, above = figure.bounding_box(), head.bounding_box()
    assert below is not None
    assert above is not None
    assert below["y"] >= above["y"] + above["height"]


def test_axe_finds_nothing(gated: Explorer) -> None:
    # On a screen as long as the page, since the bar at its foot lies over whatever is just being scrolled past.
    gated.page.set_viewport_size({"width": 390, "height": gated.page.evaluate("document.documentElement.scrollHeight")})
    expect_no_violations(gated.page)


def test_a_cell_is_chosen_from_the_list(gated: Explorer) -> None:
    gated.header.lessons.tap()
    title = "LSTM with whole matrices for peepholes"
    gated.header.cell(title).scroll_into_view_if_needed()
    gated.header.cell(title).tap()
    expect(gated.lesson.title).to_have_text(title)
    expect(gated.strip.values("c")).to_have_count(6)
    assert gated.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


@pytest.mark.parametrize("name", ["clockwork-rnn", "scrn", "lstm-use-gate"])
def test_no_cell_is_wider_than_the_screen(explorer: Explorer, name: str) -> None:
    explorer.speaking("zh").open_cell(name, lang="zh")
    wide = "document.documentElement.scrollWidth <= window.innerWidth"
    assert explorer.page.evaluate(wide)
    explorer.page.set_viewport_size(
        {"width": 390, "height": explorer.page.evaluate("document.documentElement.scrollHeight")}
    )
    expect_no_violations(explorer.page)


def test_three_networks_stand_one_below_another(gated: Explorer) -> None:
    gated.compare.toggle.tap()
    gated.compare.copy.tap()
    gated.compare.cells.select_option("lstm")
    lanes = gated.page.locator(".lane")
    expect(lanes).to_have_count(3)
    expect(lanes.nth(2).locator(".strip-names .name")).to_have_count(5)
    boxes = [box for lane in lanes.all() if (box := lane.bounding_box())]
    assert all(above["y"] + above["height"] <= below["y"] for above, below in pairwise(boxes))
    assert len({(box["x"], box["width"]) for box in boxes}) == 1
    for lane in lanes.all():
        names = [box for name in lane.locator(".strip-names .name").all() if (box := name.bounding_box())]
        middles = [box["y"] + box["height"] / 2 for box in names]
        assert min(below - above for above, below in pairwise(middles)) >= 12
    assert gated.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_a_network_is_taken_away_beside_its_name(gated: Explorer) -> None:
    gated.compare.toggle.tap()
    gated.compare.cells.select_option("gru")
    gated.compare.difference.tap()
    name = gated.compare.lanes.nth(1)
    expect(name).to_be_visible()
    away, line = (
        place.bounding_box() for place in (gated.compare.root.get_by_role("button", name=re.compile("^Take away ")), name)
    )
    assert away is not None
    assert line is not None
    assert away["y"] < line["y"] + line["height"] < away["y"] + 2 * away["height"]
    assert away["x"] >= line["x"] + line["width"]


def test_formulas_stand_below_the_head_of_their_card(explorer: Explorer) -> None:
    """With several units and drawings to choose from, the head takes more than a line."""
    explorer.open("layer-of-gates", draw="formulas")
    formulas = explorer.page.locator(".formulas")
    expect(formulas).to_be_visible()
    bottom = explorer.page.locator(".cell-head").evaluate("(node) => node.getBoundingClientRect().bottom")
    assert formulas.evaluate("(node) => node.getBoundingClientRect().top") >= bottom
