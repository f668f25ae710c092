"""The whole sequence at once: a sentence, a wave, a drawn curve, numbers out of a spreadsheet."""

from __future__ import annotations

import re
from typing import Any

from playwright.sync_api import Locator, expect

from tests.browser.expecting import expect_values
from tests.browser.explorer import Explorer
from tests.browser.numbers import result
from tests.browser.truth import lstm


def memory(inputs: list[list[float]], **fields: Any) -> list[str]:
    found = lstm(sequence={"inputs": inputs}, backward={"of": "h", "step": 1}, **fields).values["c"]
    return [", ".join(result(float(value)) for value in row) for row in found]


def expect_memory(page: Explorer, inputs: list[list[float]], **fields: Any) -> None:
    places = [page.strip.value("c", step) for step in range(1, len(inputs) + 1)]
    expect_values(places, memory(inputs, **fields))


def tools(page: Explorer) -> Locator:
    page.page.get_by_role("button", name=page.words("sequence.more")).click()
    found = page.page.locator("[data-view=signal]")
    expect(found).to_be_visible()
    return found


def test_what_unfolds_below_the_edge_comes_into_sight(explorer: Explorer) -> None:
    explorer.page.set_viewport_size({"width": 1440, "height": 900})
    explorer.open("linear-toy")
    signal = tools(explorer)
    expect(signal.get_by_role("textbox", name=explorer.words("signal.length"), exact=True)).to_be_in_viewport(ratio=0.99)
    expect(signal.get_by_role("button", name=explorer.words("signal.take"), exact=True)).to_be_in_viewport(ratio=0.99)


def test_noise_says_its_seed_and_the_same_seed_makes_it_again(explorer: Explorer) -> None:
    explorer.open_cell("lstm")
    signal = tools(explorer)
    seed = signal.get_by_label(explorer.words("signal.seed"))
    expect(seed).to_be_hidden()
    before = explorer.sequence.number("x₁", 1).text_content()
    signal.get_by_role("button", name=explorer.words("signal.noise"), exact=True).click()
    expect(seed).to_have_value("1")
    numbers = [explorer.sequence.number("x₁", step) for step in range(1, 7)]
    expect(numbers[0]).not_to_have_text(before or "")
    first = [number.text_content() for number in numbers]
    signal.get_by_role("button", name=explorer.words("signal.another")).click()
    expect(seed).to_have_value("2")
    expect(numbers[0]).not_to_have_text(first[0] or "")
    seed.fill("1.5")
    seed.press("Enter")
    expect(signal.get_by_role("status")).to_have_text(explorer.words("signal.bad-seed"))
    expect(seed).to_have_value("2")
    seed.fill("1")
    seed.press("Enter")
    expect(seed).to_have_value("1")
    for number, text in zip(numbers, first, strict=True):
        expect(number).to_have_text(text or "")
    signal.get_by_role("button", name=explorer.words("signal.square")).click()
    expect(seed).to_be_hidden()


def test_a_length_is_typed(explorer: Explorer) -> None:
    """As "The linear toy" asks for: 117 presses of the plus are no way to 120 steps."""
    explorer.open_cell("lstm", x="1,0;0,1;2,1")
    signal = tools(explorer)
    length = signal.get_by_label(explorer.words("signal.length"), exact=True)
    expect(length).to_have_value("3")
    length.fill("120")
    length.press("Enter")
    expect(explorer.sequence.number("x₁", 3)).to_have_text("2")
    expect(explorer.page.get_by_text(explorer.words("sequence.steps", count=120), exact=True)).to_be_visible()
    for wrong in ("0", "2.5", "many"):
        length.fill(wrong)
        length.press("Enter")
        expect(signal.get_by_role("status")).to_have_text(explorer.words("signal.bad-length"))
        expect(length).to_have_value("120")
    length.fill("2")
    length.press("Enter")
    expect_memory(explorer, [[1, 0], [0, 1]])
    explorer.press("Control+z")
    expect(length).to_have_value("120")


def test_numbers_of_a_spreadsheet_and_a_wave_over_them(explorer: Explorer) -> None:
    explorer.open_cell("lstm")
    signal = tools(explorer)
    signal.get_by_label("Numbers from a spreadsheet").fill("1\t2\n3")
    signal.get_by_role("button", name=explorer.words("signal.take")).click()
    expect(signal.get_by_role("status")).to_contain_text("Numbers in line 2: 1. The network takes 2.")
    signal.get_by_label("Numbers from a spreadsheet").fill("0.5\t2\n3\t-1\n1\t1\n0\t0")
    signal.get_by_role("button", name=explorer.words("signal.take")).click()
    explorer.press("End")
    expect_memory(explorer, [[0.5, 2], [3, -1], [1, 1], [0, 0]])
    signal.get_by_role("button", name=explorer.words("signal.square")).click()
    expect_memory(explorer, [[1, 2], [-1, -1], [1, 1], [-1, 0]])
    signal.get_by_role("button", name=explorer.words("signal.reverse")).click()
    expect_memory(explorer, [[-1, 0], [1, 1], [-1, -1], [1, 2]])
    explorer.press("Control+z", "Control+z")
    expect_memory(explorer, [[0.5, 2], [3, -1], [1, 1], [0, 0]])


def test_a_curve_is_drawn_by_keyboard(explorer: Explorer) -> None:
    explorer.open_cell("lstm", x="1,0;0,1")
    curve = tools(explorer).get_by_role("slider")
    curve.focus()
    explorer.press("ArrowRight")
    expect(curve).to_have_attribute("aria-valuetext", re.compile("2"))
    explorer.press("ArrowUp")
    expect(curve).not_to_have_attribute("aria-valuenow", "0")
    value = float(curve.get_attribute("aria-valuenow") or "nan")
    assert value > 0
    expect_memory(explorer, [[1, 0], [value, 1]])


def test_a_sentence_becomes_codes_and_its_link_restores_it(explorer: Explorer) -> None:
    explorer.open_cell("lstm")
    sentence = tools(explorer).get_by_label(explorer.words("signal.sentence"))
    sentence.fill("the dog the")
    sentence.press("Enter")
    parts = [{"name": "main", "inputs": 3, "layers": [{"cell": "lstm", "units": 3}]}]
    codes = [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [1.0, 0.0, 0.0]]
    expect(explorer.page).to_have_url(re.compile("words=the,dog;the,dog,the"))
    explorer.page.reload()
    explorer.wait()
    explorer.press("End")
    expect_memory(explorer, codes, network={"parts": parts})
