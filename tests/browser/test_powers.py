"""One weight a thousand times, and what it is compared with: published numbers, typed, dragged and chosen."""

from __future__ import annotations

import re

import numpy as np
import pytest
from playwright.sync_api import expect

from app.session.samples import Draw, reaching
from tests.browser.explorer import Explorer
from tests.browser.test_accessibility import expect_no_violations

LESSON = "thousand-times"


@pytest.fixture
def thousand(explorer: Explorer) -> Explorer:
    explorer.open(LESSON)
    expect(explorer.powers.title).to_be_visible()
    return explorer


def test_one_weight(thousand: Explorer) -> None:
    """Published (ground truth 5.1): 1.01^999 = 20751.639245360059, 999 * 0.99^998 = 0.0440037508."""
    powers = thousand.powers
    expect(powers.reading).to_contain_text("output 20751.639")
    powers.button("0.99").click()
    expect(powers.reading).to_contain_text("output 4.3607321·10⁻⁵")
    expect(powers.button("0.99")).to_have_attribute("aria-pressed", "true")
    expect(powers.row("0.99").first).to_contain_text("0.044004")
    thousand.wide.unfold(1000)
    expect(thousand.wide.value("h", 1000, 1)).to_have_text("0.00004")
    powers.open_table()
    exact = powers.row("U = 1.01").get_by_role("cell").first
    assert float(exact.inner_text()) == pytest.approx(20751.639245360059, rel=1e-12)
    powers.type("U", "2.1")
    expect(powers.reading).to_contain_text("∞ (too large)")
    # 2.1 to the power of 957 is beyond 1.8e308
    expect(thousand.notice("notice.overflow")).to_contain_text("step 958")
    expect(thousand.page.locator(".wide-legend")).to_contain_text(thousand.words("wide.endless"))
    powers.type("U", "0.01")
    expect(powers.reading).to_contain_text("0 (or too small)")
    slider = powers.root.get_by_role("slider", name="steps", exact=True)
    slider.focus()
    slider.press("Home")
    expect(powers.reading).to_contain_text("step 1\noutput 1")
    box = powers.picture.bounding_box()
    assert box is not None
    powers.picture.click(position={"x": box["width"] * 0.9, "y": box["height"] * 0.75})
    expect(powers.reading).to_contain_text(re.compile(r"U = 1\.0[5-9]"))


def test_cells_and_causes(thousand: Explorer) -> None:
    powers = thousand.powers
    powers.ask("matrix")
    powers.type("spectral radius", "0.9")
    lags, norms = reaching("linear", Draw(1, 0.9, 1000, drive=0.5))
    powers.open_table()
    cell = powers.row("1000").get_by_role("cell").first
    mantissa, _, exponent = f"{norms[-1]}".partition("e")
    expect(cell).to_contain_text(mantissa[:8])
    assert exponent == "-46"
    assert lags[-1] == 1000
    assert np.isfinite(norms).all()
    powers.ask("gates")
    powers.type("gate bias", "10")
    left = reaching("lstm", Draw(1, 0.9, 1000, drive=0.5, gate=10))[1][-1]
    expect(powers.row("LSTM").first.get_by_role("cell").last).to_have_text(f"{left:.2g}")
    powers.ask("depth")
    expect(powers.row("sigmoid").first).to_contain_text("0.00335")
    powers.ask("causes")
    expect(powers.row("linear").first).to_contain_text("× 0.90")
    expect_no_violations(thousand.page)
    thousand.press("Escape")
    expect(powers.title).to_be_hidden()


def test_a_number_beyond_what_is_measured_is_refused_and_said(thousand: Explorer) -> None:
    powers = thousand.powers
    powers.ask("depth")
    powers.type("scale", "1.5")
    box = powers.root.get_by_role("textbox", name="scale", exact=True)
    expect(box).to_have_value("1.5")
    powers.type("scale", "7000")
    expect(thousand.page.get_by_text(thousand.words("notice.not-possible"))).to_be_visible()
    expect(box).to_have_value("1.5")
    powers.type("scale", "much")
    refused = thousand.page.get_by_text(thousand.words("notice.not-number"))
    expect(refused).to_be_visible()
    expect(box).to_have_value("1.5")
    powers.type("scale", "1.2")
    expect(box).to_have_value("1.2")
    expect(refused).to_be_hidden()


def test_the_question_is_in_the_link(thousand: Explorer) -> None:
    thousand.powers.ask("causes")
    expect(thousand.page).to_have_url(re.compile("question=causes"))
    thousand.page.reload()
    expect(thousand.powers.button(thousand.words("powers.question-causes"))).to_have_attribute("aria-pressed", "true")


def test_the_memory_beside_it_is_never_cut(explorer: Explorer) -> None:
    explorer.open("two-causes")
    expect(explorer.page.locator("[data-view=spark] .spark-tick").last).to_have_text("5")
