"""Pascanu's surface: its published values, a network put on it, thrown off it, and kept on it."""

from __future__ import annotations

import math

import pytest
from playwright.sync_api import expect

from tests.browser.explorer import Explorer

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
    walls.press("PageDown", "PageDown", "PageDown", "PageDown", "PageDown", "PageDown")
    expect(surface.told).to_contain_text("79.22")
    expect(surface.told).to_contain_text("55.75")
    expect(surface.told).to_contain_text("962.9")
    surface.type("surface.clip", "1")
    expect(surface.told).not_to_contain_text("79.22")
    expect(surface.told).to_contain_text("962.9")
    surface.field.focus()
    walls.press("ArrowRight", "ArrowUp")
    expect(surface.reading).to_contain_text("b = \u22122.295, w = 5.205")
    walls.press("Escape")
    expect(surface.title).to_be_hidden()
    expect(walls.page.get_by_role("heading", name=walls.words("cell.title"), exact=True)).to_be_visible()
