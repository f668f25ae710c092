"""Where the system chooses the colours, whatever ground it chooses: nothing that says something disappears."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.explorer import Explorer
from tests.browser.pixels import Colour, colours, contrast
from tests.browser.truth import shown

GROUND = {"light": (255, 255, 255), "dark": (0, 0, 0)}


@pytest.fixture(params=["light", "dark"])
def forced(explorer: Explorer, request: pytest.FixtureRequest) -> tuple[Explorer, Colour]:
    """The page and its ground; the person had once chosen the other theme."""
    scheme = request.param
    explorer.page.emulate_media(forced_colors="active", color_scheme=scheme)
    other = "dark" if scheme == "light" else "light"
    explorer.page.add_init_script(f"localStorage.setItem('unrolled.theme', '{other}')")
    return explorer, GROUND[scheme]


def stands_out(place: Locator, ground: Colour, least: float = 3) -> bool:
    """Whether enough of what is painted there stands out from the ground."""
    found = colours(place.page, place)
    return sum(count for colour, count in found.items() if contrast(colour, ground) >= least) >= 12


def is_read(button: Locator) -> bool:
    """Whether its words stand out from its own ground; a plate in which they are lost would too, and is larger."""
    found = colours(button.page, button)
    ground = found.most_common(1)[0][0]
    return 0.02 < sum(count for colour, count in found.items() if contrast(colour, ground) >= 3) / found.total() < 0.2


def test_nothing_on_the_stage_disappears(forced: tuple[Explorer, Colour]) -> None:
    explorer, ground = forced
    page = explorer.page
    explorer.open("gated-cell", step="4")
    explorer.press("Shift")
    page.wait_for_load_state("networkidle")
    # An open and a shut gate, as valves and in the strip.
    assert shown("gated-cell", "values", "o")[3] == "1.0000"
    for valve in ("o", "i"):
        assert stands_out(explorer.cell.symbol(4, valve), ground), valve
    assert colours(page, explorer.cell.symbol(4, "o")) != colours(page, explorer.cell.symbol(4, "i"))
    # The step that is shown has a frame, the chosen weight's threads are seen, the way along the steps and the buttons too.
    for what in (
        ".strip-frame",
        ".rail-line",
        ".rail-knob",
        ".transport-play",
        ".slider-body",
        ".field.is-selected",
    ):
        assert stands_out(page.locator(what).first, ground), what
    assert (
        len(
            {
                page.locator(f".thread[data-name='main.1.forward.{name}']").evaluate(
                    "(node) => getComputedStyle(node).stroke"
                )
                for name in ("W_i", "W_f", "W_o", "W_z")
            }
        )
        == 4
    )
    # Which drawing is chosen.
    chosen = page.locator(".choice[aria-checked=true], .choice[aria-pressed=true]").first
    assert chosen.evaluate("(node) => getComputedStyle(node).boxShadow") != "none"
    # What has the focus.
    explorer.press("Tab", "Tab", "Tab", "Tab")
    focused = page.locator(":focus")
    assert float(focused.evaluate("(node) => parseFloat(getComputedStyle(node).outlineWidth)")) >= 2
    # The gradient's own hue, against the ground and against the memory's.
    explorer.transport.turn_back()
    hues = [
        explorer.page.evaluate("(name) => getComputedStyle(document.documentElement).getPropertyValue(name)", name)
        for name in ("--role-gradient", "--role-state")
    ]
    assert len(set(hues)) == 2
    assert stands_out(explorer.strip.gradient("c", 4), ground)


def test_what_is_written_can_be_read(forced: tuple[Explorer, Colour]) -> None:
    explorer, ground = forced
    explorer.open_cell("lstm")
    explorer.press("e")
    expect(explorer.page.locator(".editor-text")).to_be_visible()
    assert stands_out(explorer.page.locator(".editor-text"), ground, 7)


def test_a_button_with_a_ground_of_its_own_can_be_read(forced: tuple[Explorer, Colour]) -> None:
    explorer, _ = forced
    explorer.open("forgetting", variant="tanh")
    explorer.lesson.draw((0.02, 0.3), (0.99, 0.6))
    expect(explorer.lesson.show).to_be_enabled()
    assert is_read(explorer.lesson.show)
    explorer.header.share.click()
    assert is_read(explorer.share.copy)


def test_a_scale_of_colours_is_shown(forced: tuple[Explorer, Colour]) -> None:
    explorer, _ = forced
    explorer.open("plains-and-walls")
    expect(explorer.surface.legend).to_be_visible()
    assert len(colours(explorer.page, explorer.page.locator(".surface-bar"))) > 50
