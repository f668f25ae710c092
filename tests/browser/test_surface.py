"""Pascanu's surface: its published values, a network put on it, thrown off it, and kept on it."""

from __future__ import annotations

import math
import re
from itertools import pairwise

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Watch
from tests.browser.explorer import Explorer
from tests.browser.numbers import result
from tests.browser.pixels import colours
from tests.browser.test_accessibility import expect_no_violations
from tests.browser.test_sizes import CUT

LESSON = "plains-and-walls"
#: published (ground truth 5.4): E at w = 5, b = -2.4
PUBLISHED = 0.0330047413


@pytest.fixture
def walls(explorer: Explorer) -> Explorer:
    explorer.open(LESSON)
    expect(explorer.surface.title).to_be_visible()
    return explorer


def last_h(b: float, w: float) -> float:
    h = 1 / (1 + math.exp(-0.5))
    for _ in range(50):
        h = 1 / (1 + math.exp(-(w * h + b)))
    return h


def test_values_click_and_descent(walls: Explorer) -> None:
    surface = walls.surface
    expect(surface.reading).to_contain_text(f"{PUBLISHED:.5f}")
    surface.open_table()
    cells = surface.row("5").get_by_role("cell")
    expect(cells.nth(4)).to_have_text(f"{PUBLISHED:.5f}")
    assert float(cells.nth(0).inner_text()) == pytest.approx(0.3780255033, abs=1e-5)
    surface.click(0.75, 0.25)
    expect(surface.reading).to_contain_text("b = \u22122.2, w = 4.8")
    expect(walls.strip.root).to_contain_text(f"{last_h(-2.2, 4.8):.2f}")
    surface.field.focus()
    walls.press("ArrowRight", "ArrowUp")
    expect(surface.reading).to_contain_text("b = \u22122.195, w = 4.805")
    walls.press("Escape")
    expect(surface.title).to_be_hidden()
    expect(walls.page.get_by_role("heading", name=walls.words("cell.title"), exact=True)).to_be_visible()


def test_thrown_out_and_saved_by_clipping(explorer: Explorer) -> None:
    explorer.open("clipping")
    surface = explorer.surface
    expect(surface.told).to_contain_text(explorer.words("surface.moved", count=37, **{"from": "0.05051", "to": "0.01151"}))
    explorer.press("PageDown")
    expect(surface.told).to_contain_text("79.22")
    expect(surface.told).to_contain_text("55.75")
    expect(surface.told).to_contain_text("962.9")
    expect(surface.told).to_contain_text(explorer.words("surface.at-rest"))
    expect(surface.button("surface.one", count=60)).to_be_disabled()
    surface.type("surface.clip", "1")
    expect(surface.button("surface.one", count=60)).to_be_enabled()
    expect(surface.told).not_to_contain_text("79.22")
    expect(surface.told).to_contain_text("962.9")


def test_a_network_outside_the_picture_is_said_to_be_there(explorer: Explorer) -> None:
    explorer.open("clipping")
    surface = explorer.surface
    explorer.press("PageDown")
    expect(surface.told).to_contain_text("79.22")
    surface.button("surface.take").click()
    expect(surface.reading).to_contain_text("(outside the picture)")
    explorer.press("Control+z")
    expect(surface.reading).not_to_contain_text("outside")


def test_two_networks_in_the_same_colours_and_a_third_weight_moves_the_surface(explorer: Explorer) -> None:
    explorer.open("gone-and-left")
    surface = explorer.surface
    expect(surface.names).to_have_text(["Long short-term memory", "Simple recurrent network"])
    expect(surface.readings.nth(1)).to_contain_text("W = 1, U = 0.5: loss 0.25000")
    expect(surface.reading).to_contain_text("0.02264")
    expect(surface.legend).to_have_count(1)
    expect(explorer.strip.root).to_contain_text("0.65")
    surface.button("surface.run", count=60).click()
    expect(surface.told).to_contain_text("0.02264")
    expect(surface.told).to_contain_text("0.25000 \u2192 0.25000")
    explorer.press("PageDown", "PageDown")
    expect(surface.reading).to_contain_text("0.25000")
    surface.hover(surface.fields.nth(1), 0.5, 0.5)
    expect(surface.readings.nth(1)).to_contain_text("W = 0, U = 1.5: loss 0.25000")
    expect(surface.reading).to_contain_text("Wg = 0, Ug = 1.5: loss 0.25000")
    expect_no_violations(explorer.page)
    surface.beside.select_option("")
    expect(surface.fields).to_have_count(1)
    expect(surface.readings).to_have_count(1)


def test_the_same_loss_has_one_colour_on_both_whichever_was_known_first(explorer: Explorer) -> None:
    explorer.open("gone-and-left", variant="lstm", w="main.1.forward.b_f.0:1", beat="half-open")
    surface = explorer.surface
    expect(surface.readings).to_contain_text(["loss 0.25000", "loss 0.25000"])
    expect(surface.unknown).to_have_count(0)
    # All of the first is a plain, and much of the second, at the same loss.
    first, second = (colours(explorer.page, field) for field in surface.fields.all())
    assert second[first.most_common(1)[0][0]] > second.total() / 10


def test_a_place_that_is_pointed_at_has_not_the_networks_gradient(walls: Explorer) -> None:
    slope = walls.surface.root.get_by_text("gradient 0.", exact=False)
    expect(slope).to_be_visible()
    walls.surface.hover(walls.surface.field, 0.5, 0.25)
    expect(walls.surface.reading).to_contain_text("b = \u22122.4, w = 4.8")
    expect(slope).to_be_hidden()
    walls.page.mouse.move(5, 5)
    expect(slope).to_be_visible()


def simple(w: float, u: float) -> float:
    h = math.tanh(w)
    for _ in range(49):
        h = math.tanh(u * h)
    return h


def test_each_network_is_put_on_its_own_surface_and_its_ribbon_follows(explorer: Explorer) -> None:
    explorer.open("gone-and-left")
    surface = explorer.surface
    field, reading, ribbon = (each.nth(1) for each in (surface.fields, surface.readings, surface.ribbons))

    def stands(w: float, u: float, said: str) -> None:
        h = simple(w, u)
        expect(reading).to_contain_text(f"{said}: loss {result((h - 0.5) ** 2)}")
        expect(ribbon).to_have_accessible_name(explorer.words("surface.ribbon", name="h", count=50, last=result(h)))

    stands(1, 0.5, "W = 1, U = 0.5")
    surface.click(0.75, 0.5, field)
    stands(1.5, 1.5, "W = 1.5, U = 1.5")
    field.focus()
    explorer.press("ArrowRight", "ArrowUp")
    stands(1.5375, 1.51875, "W = 1.5375, U = 1.5188")
    explorer.press("u")
    stands(1.5, 1.5, "W = 1.5, U = 1.5")
    explorer.press("u")
    stands(1, 0.5, "W = 1, U = 0.5")
    expect(surface.reading).to_contain_text("0.02264")
    surface.click(0.75, 0.5, field)
    explorer.page.reload()
    stands(1.5, 1.5, "W = 1.5, U = 1.5")


def test_the_experiments_own_loss_is_looked_at_from_the_stage(explorer: Explorer) -> None:
    explorer.open("back-through-time")
    explorer.page.get_by_role("button", name=explorer.words("losses.surface"), exact=True).click()
    surface = explorer.surface
    expect(surface.reading).to_contain_text("1.0625")
    expect(surface.root.get_by_label(explorer.words("surface.target"), exact=True)).to_be_hidden()
    surface.open_table()
    # W = 0, U = 0: nothing is made of the inputs, and step 3 should be 5
    expect(surface.row("0").get_by_role("cell").first).to_be_visible()
    expect(surface.told).to_contain_text(explorer.words("surface.not-begun"))


def test_chinese_and_dark_with_nothing_for_axe_to_find(explorer: Explorer) -> None:
    page, own = explorer.page, explorer.speaking("zh")
    page.add_init_script("localStorage.setItem('unrolled.language', 'zh'); localStorage.setItem('unrolled.theme', 'dark')")
    own.open("gone-and-left")
    expect(own.surface.title).to_have_text("误差曲面")
    expect(own.surface.readings.nth(1)).to_contain_text("损失 0.25000")
    own.surface.open_table()
    expect_no_violations(page)


def test_without_a_loss_it_says_what_it_takes_instead(explorer: Explorer) -> None:
    explorer.open("forgetting")
    explorer.page.get_by_role("button", name=explorer.words("spark.surface"), exact=True).click()
    expect(explorer.surface.root).to_contain_text(explorer.words("surface.no-loss"))
    expect(explorer.surface.root.get_by_label(explorer.words("surface.target"), exact=True)).to_be_visible()


@pytest.mark.parametrize("size", [(1280, 720), (390, 844)])
def test_the_name_of_the_second_network_is_whole(explorer: Explorer, size: tuple[int, int]) -> None:
    explorer.page.set_viewport_size({"width": size[0], "height": size[1]})
    explorer.open("plains-and-walls", study="surface")
    menu = explorer.surface.beside
    menu.select_option("simple-rnn-wh-wx")
    expect(explorer.surface.fields).to_have_count(2)
    spare = """(menu) => {
        const pen = document.createElement("canvas").getContext("2d");
        pen.font = getComputedStyle(menu).font;
        return menu.clientWidth - pen.measureText(menu.selectedOptions[0].text).width;
    }"""
    assert menu.evaluate(spare) > 12
    assert explorer.page.evaluate("document.documentElement.scrollWidth") == size[0]


@pytest.mark.parametrize("size", [(1440, 900), (1280, 720)])
def test_two_of_them_below_a_high_strip_keep_apart(explorer: Explorer, size: tuple[int, int]) -> None:
    """What they have not the height for is scrolled to: no part of the panel lies over another, no text is cut."""
    explorer.page.set_viewport_size({"width": size[0], "height": size[1]})
    explorer.open("why-memory", study="surface")
    explorer.surface.beside.select_option(index=3)
    expect(explorer.surface.fields).to_have_count(2)
    parts = explorer.surface.root.locator(".surface-plots, .surface-side, .surface-twin")
    edges = parts.evaluate_all("(parts) => parts.map((part) => part.getBoundingClientRect().toJSON())")
    assert len(edges) == 3
    assert all(above["bottom"] <= below["top"] for above, below in pairwise(edges))
    assert not explorer.page.evaluate(CUT)


@pytest.mark.parametrize("width", [360, 480, 720, 760])
def test_what_closes_it_stands_at_the_end_of_its_head(explorer: Explorer, width: int) -> None:
    explorer.page.set_viewport_size({"width": width, "height": 450})
    explorer.open("gone-and-left")
    surface = explorer.surface
    close, choice = (node.bounding_box() for node in (surface.button("page.close"), surface.beside))
    assert close
    assert choice
    assert choice["y"] >= close["y"] + close["height"] - 1


def test_two_maps_are_level_however_long_the_names_over_them_are(walls: Explorer) -> None:
    walls.surface.beside.select_option(label="Simple recurrent network, written with U, W and V")
    expect(walls.surface.names).to_have_count(2)
    tops = walls.surface.fields.evaluate_all("(fields) => fields.map((field) => field.getBoundingClientRect().top)")
    assert len(set(tops)) == 1
    walls.press("u")
    expect(walls.surface.readings).to_have_count(1)


@pytest.mark.parametrize("lesson", ["clipping", "gone-and-left"])
def test_a_panel_on_a_small_projector_has_nothing_below_its_edge(explorer: Explorer, lesson: str) -> None:
    explorer.page.set_viewport_size({"width": 1280, "height": 720})
    explorer.open(lesson)
    expect(explorer.surface.root).to_be_visible()
    expect(explorer.surface.root).to_contain_text("|g| = " if lesson == "gone-and-left" else "37")
    for part in (explorer.surface.root, explorer.surface.root.locator(".surface-side")):
        assert part.evaluate("(part) => part.scrollHeight - part.clientHeight") <= 0


def test_two_in_space_keep_to_their_places_when_thrown_on_a_wall(explorer: Explorer, watch: Watch) -> None:
    watch.expected += ["willReadFrequently", "GPU stall"]  # the chart library's, where no graphics card draws
    explorer.page.set_viewport_size({"width": 1280, "height": 720})
    explorer.open("gone-and-left")
    explorer.surface.button("surface.space").click()
    drawn = explorer.surface.root.locator(".surface-space .main-svg:first-of-type")
    expect(drawn).to_have_count(2, timeout=60_000)
    expect(explorer.page).to_have_url(re.compile("kind=space"))
    broader = """() => [...document.querySelectorAll(".surface-space")].map((node) => {
        const [place, picture] = [node, node.querySelector(".main-svg")].map((each) => each.getBoundingClientRect());
        return picture.width - place.width;
    })"""
    for _ in range(2):
        explorer.press("c")
        explorer.page.wait_for_function(f"({broader})().every((more) => Math.abs(more) < 3)", timeout=60_000)


@pytest.mark.parametrize(("lesson", "entry"), [("clipping", ".surface-target"), ("two-causes", ".powers-radius .powers-entry")])
def test_the_ring_around_a_number_is_whole(explorer: Explorer, lesson: str, entry: str) -> None:
    explorer.open(lesson)
    spare = """(entry) => {
        const [own, side] = [entry, entry.closest(".surface-side, .powers-side")].map((node) => node.getBoundingClientRect());
        return side.right - own.right;
    }"""
    assert explorer.page.locator(entry).evaluate(spare) >= 4
