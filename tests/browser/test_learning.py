"""Learning on the stage: one update, ten, a run; each number as the engine computes it."""

from __future__ import annotations

import re
from functools import cache
from itertools import islice, pairwise

import numpy as np
import pytest
from playwright.sync_api import expect

from app.cells import load
from app.engine import OPTIMISERS, Layer, Network, objective, updates
from tests.browser.expecting import expect_true, expect_value
from tests.browser.explorer import Explorer
from tests.browser.numbers import result
from tests.browser.test_accessibility import BY_THEME, expect_no_violations

UNIT = Network([Layer(load("linear-rnn"), 1)], 1)


@cache
def way(count: int, most: float | None = None) -> list[float]:
    """The losses of the lesson's unit, learned outside the page."""
    given = {UNIT.full("W"): np.array([[1.0]]), UNIT.full("U"): np.array([[0.5]])}
    asked = objective(UNIT, "squared", "h", [[0], None, [5]])
    sgd = OPTIMISERS["sgd"].make(2, np.float64, {})
    stands = updates(UNIT, given, [[1.0], [2.0], [4.0]], asked, sgd, rate=0.02, most=most)
    return [each.loss for each in islice(stands, count + 1)]


@pytest.fixture
def unit(explorer: Explorer) -> Explorer:
    explorer.open("back-through-time", study="learning", rate="0.02", step="3")
    expect(explorer.learning.now).to_have_text("1.0625")
    return explorer


def test_one_update_then_ten(unit: Explorer) -> None:
    learning, words = unit.learning, unit.words
    empty = unit.page.get_by_text(words("learning.empty"), exact=True)
    expect(empty).to_be_visible()
    expect(learning.update).to_contain_text(re.compile(r"dL/dU = 0t = 1 \+ 0\.25t = 2 \+ 1\.25t = 3 = 1\.5"))
    expect(learning.update).to_contain_text("U ← 0.5 − 0.02 · 1.5 = 0.47")
    learning.button("learning.one").click()
    losses = way(11)
    assert losses[1] == pytest.approx(0.9237179, abs=1e-7)
    expect(learning.loss).to_have_text(f"loss 1.0625 →{result(losses[1])}13 % less")
    expect(unit.page.get_by_text(words("losses.sum", value=result(losses[1])), exact=True)).to_be_visible()
    expect(learning.update).to_contain_text("U ← 0.47 − 0.02 · (−1.6888) = 0.50378")
    expect(empty).to_be_hidden()
    expect(learning.spoken).to_have_text(words("learning.said.one", **{"from": "1.0625", "to": result(losses[1])}))
    learning.button("learning.ten").click()
    expect(learning.now).to_have_text(result(losses[11]))
    expect(learning.button("learning.run")).to_be_visible()
    expect_true(unit.page, "location.hash.includes('w=')")
    unit.page.reload()
    unit.wait()
    expect(learning.now).to_have_text(result(losses[11]))
    # The curve is there with the weights.
    said = words("learning.curve", count=11, **{"from": result(losses[0]), "to": result(losses[11])})
    expect(learning.curve).to_have_accessible_name(said)
    unit.press("l")
    expect(learning.now).not_to_have_text(result(losses[11]))


def test_a_loss_that_is_not_0_is_never_all_less(explorer: Explorer) -> None:
    explorer.open("sequence-loss", preset="shuffled", study="learning", rate="0.5", step="3")
    learning = explorer.learning
    expect(learning.now).to_have_text("0.82424")
    learning.button("learning.one").click()
    expect(learning.loss).to_have_text("loss 0.82424 →0.0034999.5 % less")


def test_each_press_is_one_thing_to_take_back(unit: Explorer) -> None:
    learning = unit.learning
    learning.button("learning.ten").click()
    expect(learning.now).to_have_text(result(way(10)[10]))
    expect(learning.button("learning.one")).to_be_enabled()
    unit.press("u")
    expect(learning.now).to_have_text("1.0625")
    expect(learning.curve).to_have_attribute("aria-label", re.compile("from 1.0625 to 1.0625"))
    unit.press("Shift+U")
    expect(learning.now).to_have_text(result(way(10)[10]))


def test_a_run_is_stopped_by_hand_and_clipping_keeps_it_calm(unit: Explorer) -> None:
    learning, weights = unit.learning, unit.weights
    learning.type("learning.clip", "1")
    expect(learning.update).to_contain_text("length 4.8622 is more than 1: 1.5 becomes 0.3085")
    learning.button("learning.run").click()
    expect(learning.button("learning.stop")).to_be_visible()
    expect(learning.curve).to_have_attribute("aria-label", re.compile(r"each of \d{2,} updates"))
    label = "hidden state, weight of x"
    weights.type(label, "1")
    expect(learning.button("learning.run")).to_be_visible()
    expect_value(weights.number(label), "1")
    learned = way(60, 1.0)
    assert all(after < before for before, after in pairwise(learned))


def test_numbers_that_end_stop_it_with_the_update(unit: Explorer) -> None:
    learning = unit.learning
    learning.type("learning.rate", "-1")
    expect(unit.notice("notice.not-possible")).to_be_visible()
    learning.type("learning.rate", "nan")
    expect(unit.notice("notice.not-number")).to_be_visible()
    expect(learning.root.get_by_role("slider")).to_have_attribute("aria-valuetext", "0.02")
    learning.type("learning.rate", "1e9")
    learning.button("learning.run").click()
    expect(learning.told).to_have_text(unit.words("training.loss-overflowed", update=3))
    expect(learning.button("learning.run")).to_be_visible()
    expect(learning.loss).to_contain_text("1.08·10⁵⁶")
    unit.press("u")
    expect(learning.now).to_have_text("1.0625")


def test_below_a_high_strip_on_a_small_projector_nothing_is_cut_nor_why_it_stopped(explorer: Explorer) -> None:
    explorer.page.set_viewport_size({"width": 1280, "height": 720})
    explorer.open("back-through-time", study="learning", depth="strip", beat="one-update")
    learning = explorer.learning
    sides = learning.root.locator(".learning-main, .learning-side")
    over = "(sides) => sides.map((side) => side.scrollHeight - side.clientHeight)"
    expect(learning.update).to_contain_text("0.47")
    assert max(sides.evaluate_all(over)) <= 1
    learning.type("learning.rate", "1e9")
    learning.button("learning.ten").click()
    expect(learning.told).to_be_visible()
    assert max(sides.evaluate_all(over)) <= 1


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_anybody_can_use_it(unit: Explorer, theme: str) -> None:
    unit.page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
    unit.learning.button("learning.one").click()
    expect(unit.learning.loss).to_contain_text("less")
    expect_no_violations(unit.page, BY_THEME[theme])
    unit.press("Escape")
    expect(unit.learning.title).to_be_hidden()
    expect(unit.page.get_by_role("heading", name=unit.words("cell.title"), exact=True)).to_be_visible()


def test_nothing_jumps_while_it_learns(unit: Explorer) -> None:
    learning = unit.learning
    seen = (learning.curve, learning.update, learning.button("learning.one"), unit.strip.root)
    boxes = [each.bounding_box() for each in seen]
    learning.button("learning.ten").click()
    expect(learning.now).to_have_text(result(way(10)[10]))
    expect(learning.button("learning.one")).to_be_enabled()
    assert [each.bounding_box() for each in seen] == boxes


def test_a_network_beside_it_learns_too_and_a_copy_stays(unit: Explorer) -> None:
    compare = unit.compare
    compare.toggle.click()
    compare.cells.select_option("linear-rnn")
    expect(compare.lanes).to_have_count(2)
    compare.copy.click()
    losses = unit.page.locator(".lane-loss")
    same = unit.words("compare.loss", value="1.0625")
    expect(losses).to_have_text([same, re.compile("loss"), same])
    before = losses.nth(1).inner_text()
    unit.learning.button("learning.one").click()
    expect(losses.nth(0)).to_have_text(unit.words("compare.loss", value=result(way(1)[1])))
    expect(losses.nth(1)).not_to_have_text(before)
    expect(losses.nth(2)).to_have_text(same)
    shown = unit.learning.others
    names = [unit.page.locator(".lane-name").nth(at).inner_text() for at in (0, 1)]
    expect(shown).to_have_text([f"{names[0]} {result(way(1)[1])}", re.compile(re.escape(names[1]) + r" \d")])
    assert shown.nth(1).inner_text().split()[-1] == losses.nth(1).inner_text().split()[-1]
    learned = losses.all_inner_texts()
    unit.header.share.click()
    unit.page.keyboard.press("Escape")
    expect(losses).to_have_text(learned)
    unit.page.reload()
    expect(losses).to_have_text(learned)
