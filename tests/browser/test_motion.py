"""Movement explains and then stops: nothing waits for it, it ends in time, and where it is not wanted there is none."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.expecting import expect_step, expect_true, expect_value
from tests.browser.explorer import Explorer
from tests.browser.truth import shown


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    return {**browser_context_args, "reduced_motion": "no-preference"}


#: Everything that moves, with when its movement ends (ms after its begin), looked for in every frame and at every begin.
WATCH = """() => {
    const moved = window.moved = new Map();
    const note = (name, end) => moved.set(name, Math.max(end, moved.get(name) ?? 0));
    const begun = ({ type, target }) => note(`${type} of ${target.tagName}.${target.getAttribute("class")}`, 0);
    for (const kind of ["transitionrun", "animationstart"]) addEventListener(kind, begun, true);
    const look = () => {
        for (const run of document.getAnimations()) {
            const { target, pseudoElement } = run.effect;
            note(`${target.tagName}.${target.getAttribute("class")}${pseudoElement ?? ""}`, run.effect.getComputedTiming().endTime);
        }
        requestAnimationFrame(look);
    };
    look();
}"""
TAKE = "() => { const all = Object.fromEntries(window.moved); window.moved.clear(); return all; }"
AT_REST = "() => document.getAnimations().length === 0"
#: By how much what flies between the depths is scaled, across and down, at the beginning and at the end of each flight.
FLIGHTS = """() => {
    window.flown = [];
    const scales = (node) => [...node.children].flatMap((one) => one.getAnimations())
        .flatMap((run) => run.effect.getKeyframes())
        .flatMap(({ transform }) => [...transform.matchAll(/scale[(]([^)]*)[)]/g)])
        .flatMap(([, both]) => both.split(",").map(Number));
    const see = (node) => node.matches?.(".zoom") && window.flown.push(scales(node));
    const watch = new MutationObserver((found) => found.forEach(({ addedNodes }) => addedNodes.forEach(see)));
    watch.observe(document.body, { childList: true });
}"""
#: How long a movement may last, in milliseconds: a step six tenths of its second, an equation and a way between depths as they say.
STEP, EQUATION, DEPTH = 600, 1100, 400
KEYS = [
    *(("ArrowRight", STEP),) * 3,
    ("ArrowLeft", STEP),
    *(("ArrowDown", EQUATION),) * 2,
    ("ArrowUp", EQUATION),
    ("Escape", DEPTH),
    ("Enter", DEPTH),
    ("Enter", DEPTH),
    ("Escape", DEPTH),
]


@pytest.mark.parametrize("lesson", ["gated-cell", "linear-toy"])
def test_what_moves_is_soon_at_rest(explorer: Explorer, lesson: str) -> None:
    page = explorer.page
    explorer.open(lesson)
    explorer.press("Shift")
    page.wait_for_load_state("networkidle")
    expect_true(page, AT_REST)
    page.evaluate(WATCH)
    moving = 0
    for backward in (False, True):
        if backward:
            explorer.transport.turn_back()
        for key, longest in KEYS:
            explorer.press(key)
            page.wait_for_timeout(60)
            expect_true(page, AT_REST)
            found = page.evaluate(TAKE)
            moving += bool(found)
            assert round(max(found.values(), default=0)) <= longest, (lesson, key, backward, found)
    assert moving > len(KEYS) / 2
    assert page.locator(".thread-pulse, .bead, .zoom, .arrives").count() == 0


def test_numbers_fly_once_between_strip_and_cell_and_no_larger_than_they_are(gated: Explorer) -> None:
    page = gated.page
    gated.press("End")
    page.wait_for_load_state("networkidle")
    expect_true(page, AT_REST)
    page.evaluate(FLIGHTS)
    for count, key in enumerate(("Escape", "Enter"), 1):
        gated.press(key)
        expect_true(page, f"window.flown.length === {count}")
        page.wait_for_timeout(60)
        expect_true(page, AT_REST)
    flown = page.evaluate("window.flown")
    assert len(flown) == 2
    for scales in flown:
        assert scales
        assert all(0.05 < scale < 10 for scale in scales), scales


def test_what_moves_has_arrived_when_movement_is_switched_off(toy: Explorer) -> None:
    page = toy.page
    toy.press("ArrowRight", "r")
    expect(page.locator("html")).to_have_attribute("data-motion", "none")
    assert page.evaluate(AT_REST)
    expect(page.locator(".thread-pulse, .bead, .zoom, .arrives")).to_have_count(0)
    expect_value(toy.strip.value("y", 2), "12.000, 12.000")


@pytest.mark.parametrize("lesson", ["gated-cell", "linear-toy"])
def test_nothing_moves_for_whom_it_is_not_wanted(explorer: Explorer, lesson: str) -> None:
    """Stepping, playing, both depths, both directions, a question answered, the list and back."""
    page = explorer.page
    page.emulate_media(reduced_motion="reduce")
    page.add_init_script(f"({WATCH})()")
    explorer.open(lesson)
    explorer.press("Shift")
    page.wait_for_load_state("networkidle")
    explorer.lesson.skip.click()
    for direction in ("forward", "backward"):
        if direction == "backward":
            explorer.transport.turn_back()
        for key, _ in KEYS:
            explorer.press(key)
            page.wait_for_timeout(40)
        explorer.press("Home" if direction == "forward" else "End")
        explorer.press("Space")
        page.wait_for_timeout(1200)
        explorer.press("Shift+Space")
    explorer.header.brand.click()
    expect(explorer.home.root).to_be_visible()
    page.go_back()
    explorer.wait()
    assert page.evaluate(TAKE) == {}


def test_keys_faster_than_any_movement(gated: Explorer) -> None:
    gated.press("ArrowRight", "ArrowRight", "ArrowRight", "ArrowRight", "ArrowLeft")
    expect_step(gated.transport.scrubber, 4)
    expect_value(gated.strip.value("c", 4), "6.9995")
    gated.transport.turn_back()
    gated.press("ArrowLeft", "ArrowLeft", "ArrowLeft")
    expect_value(gated.strip.gradient("c", 1), shown("gated-cell", "gradients", "c")[0])


def test_a_key_switches_movement_off_and_on(gated: Explorer) -> None:
    page = gated.page.locator("html")
    expect(page).to_have_attribute("data-motion", "full")
    gated.press("r")
    expect(page).to_have_attribute("data-motion", "none")
    gated.press("r")
    expect(page).to_have_attribute("data-motion", "full")
