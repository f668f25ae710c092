"""A network of many steps and units: colours instead of numbers, and the numbers beside them."""

from __future__ import annotations

import base64
import math
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.bench.networks import address
from tests.browser.explorer import Explorer
from tests.browser.test_accessibility import BY_THEME, expect_no_violations

STEPS, UNITS = 120, 20
#: at the usual zoom so many of them are in view, each so broad
SEEN, PITCH = 100, 6

# The colours of each step in the band of the input's first component, off the canvas.
PIXELS = """([canvas, name, seen, pitch]) => {
    const ratio = canvas.width / canvas.getBoundingClientRect().width;
    const row = Math.floor((Number.parseFloat(name.style.top) - 3) * ratio);
    const { data } = canvas.getContext("2d").getImageData(0, row, canvas.width, 1);
    const at = (step) => 4 * Math.floor((step + 0.5) * pitch * ratio);
    return Array.from({ length: seen }, (_, step) => [...data.slice(at(step), at(step) + 3)]);
}"""


@pytest.fixture
def wide(explorer: Explorer) -> Explorer:
    explorer.page.goto(f"{explorer.url}#{address(STEPS, UNITS)}")
    expect(explorer.wide.field).to_be_visible()
    expect(explorer.page.locator(".wide-readout")).to_contain_text(re.compile(r"\d\.\d"))
    return explorer


def test_each_step_has_the_colour_of_its_number(wide: Explorer) -> None:
    """From blue below zero to orange above it; the inputs are known."""
    root = wide.page.locator("[data-view=wide]")
    canvas = root.locator(".wide-picture").element_handle()
    name = root.locator('.wide-name[data-name="main.0.forward.x"]').element_handle()
    pixels = wide.page.evaluate(PIXELS, [canvas, name, SEEN, PITCH])
    warmth = [red - blue for red, _, blue in pixels]
    values = [round(math.sin(step / 9), 2) for step in range(SEEN)]
    by_value = [warm for _, warm in sorted(zip(values, warmth, strict=True))]
    assert by_value == sorted(by_value), "the warmer the more"
    assert by_value[0] < -50
    assert by_value[-1] > 50


def test_words_stand_below_their_steps_where_they_have_room(explorer: Explorer) -> None:
    """Told by the ink below the bands: a word is broader than a number."""
    broad = """(canvas) => {
        const ratio = canvas.width / canvas.getBoundingClientRect().width;
        const foot = Math.round(14 * ratio);
        const { data, width } = canvas.getContext("2d").getImageData(0, canvas.height - foot, canvas.width, foot);
        const inked = new Set();
        for (let at = 0; at < data.length / 4; at += 1) if (data[4 * at + 3] > 60) inked.add(at % width);
        return inked.size / ratio;
    }"""
    explorer.open("long-sentence", preset="long", net="4/simple-rnn*24/readout,outputs=1")
    expect(explorer.wide.field).to_be_visible()
    expect(explorer.page.locator(".wide-readout")).to_contain_text(re.compile(r"\d\.\d"))
    canvas = explorer.page.locator("[data-view=wide] .wide-picture")
    assert explorer.page.evaluate(broad, canvas.element_handle()) > 120, "nine words, each broader than a digit"


def test_the_chosen_weight_of_a_picture_is_typed(wide: Explorer) -> None:
    picture = wide.page.get_by_role("application", name=wide.words("wide.weights", label="forget gate"))
    picture.focus()
    # Without a frame between them, as a held key does on a busy machine.
    picture.evaluate("""(picture) => {
        const keys = ["ArrowDown", "ArrowDown", "End"];
        for (const key of keys) picture.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
    }""")
    wide.weights.number("forget gate, unit 3, bias").focus()
    wide.press("4", "Enter")
    expect(wide.weights.slider("forget gate, unit 3, bias")).to_have_attribute("aria-valuetext", "forget gate, unit 3, bias 4.00")


def test_the_unit_that_is_spoken_of_gets_a_start(wide: Explorer) -> None:
    def started(unit: int) -> str:
        return wide.words("weights.unit", label="c, cell state, before the first step", unit=unit)

    wide.sequence.more.click()
    wide.sequence.begin(started(1), "2")
    expect(wide.sequence.started(started(1))).to_have_text("2")
    wide.page.locator("#stage").focus()
    wide.press("Shift+ArrowDown")
    expect(wide.sequence.started(started(2))).to_have_text("0")
    expect(wide.sequence.started(started(1))).to_have_count(0)


def test_its_picture_is_taken_along_with_names_and_scales(wide: Explorer) -> None:
    wide.header.share.click()
    with wide.page.expect_download() as found:
        wide.share.take("strip", "SVG").click()
    text = Path(found.value.path()).read_text("utf-8")
    images = re.findall(r'<image[^>]*href="data:image/png;base64,([^"]+)"', text)
    assert len(images) == 2, "the colours, and the marks over them"
    assert all(base64.b64decode(each).startswith(b"\x89PNG") for each in images)
    assert re.findall(r'font-style="italic"[^>]*>(\w)</tspan>', text) == ["h", "c", "g", "o", "f", "i", "x"]
    assert "font/woff2;base64," in text


def test_the_inputs_around_the_present_step_can_be_changed(wide: Explorer) -> None:
    """Columns are used again for other steps: each number, and each move, is of the step that its column shows now."""

    def expect_inputs(inputs: dict[int, float]) -> None:
        for step, value in inputs.items():
            shown = re.escape(f": {value:g}".replace("-", "\N{MINUS SIGN}"))
            expect(wide.sequence.number("x₁", step)).to_have_attribute("aria-label", re.compile(f"{shown}$"))

    def wave(*steps: int) -> dict[int, float]:
        return {step: round(math.sin((step - 1) / 9), 2) for step in steps}

    for step in (44, 70):
        wide.sequence.head(step).click()
        expect(wide.sequence.head(step)).to_have_attribute("aria-current", "step")
    expect(wide.sequence.head(1)).to_have_count(0)
    expect_inputs(wave(60, 70, 80))
    wide.sequence.type("x₁", 70, "0.5")
    expect_inputs({**wave(69, 71), 70: 0.5})
    wide.sequence.head(70).press("Shift+ArrowRight")
    expect(wide.sequence.head(71)).to_be_focused()
    expect_inputs({70: wave(71)[71], 71: 0.5})


def test_beside_another_it_says_why_it_is_not_drawn(wide: Explorer) -> None:
    wide.compare.toggle.click()
    wide.compare.copy.click()
    told = wide.words("compare.wide", count=STEPS, units=UNITS, step=1)
    expect(wide.page.get_by_text(told, exact=True)).to_have_count(2)


@pytest.mark.parametrize("theme", ["light", "dark", "projector"])
def test_axe_finds_nothing(wide: Explorer, theme: str) -> None:
    if theme == "projector":
        wide.press("c", "Escape")
    else:
        wide.press(*["d"] * (theme == "dark"))
        # on a wall, where nobody scrolls, the table waits
        wide.wide.unfold(1)
    expect_no_violations(wide.page, BY_THEME[theme])
    wide.transport.turn_back()
    expect_no_violations(wide.page, BY_THEME[theme])
