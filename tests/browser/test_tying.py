"""Two matrices that are one: what changes the one changes the other, and the link restores it."""

from __future__ import annotations

import numpy as np
from playwright.sync_api import expect

from app.cells import load
from app.engine import Layer, Network
from tests.browser.expecting import expect_true, expect_value, expect_values
from tests.browser.explorer import Explorer
from tests.browser.numbers import result
from tests.browser.truth import lstm

U_F, U_I = "main.1.forward.U_f", "main.1.forward.U_i"
FORGET, INPUT = "forget gate, weight of h before the step", "input gate, weight of h before the step"
FIRST = "forget gate, unit 1, weight of h₁ before the step; the same number as input gate, unit 1, weight of h₁ before the step"
SOURCE = Network([Layer(load("lstm"), 3)], 2).initial(81)["U_i"]


def memory(shared: np.ndarray) -> list[str]:
    """Of the untied network whose two matrices are alike."""
    values = lstm(parameters={"seed": 81, "values": {U_F: shared.tolist(), U_I: shared.tolist()}}).values["c"]
    return [", ".join(result(float(value)) for value in row) for row in values]


def expect_memory(page: Explorer, shared: np.ndarray) -> None:
    expect_values([page.strip.value("c", step) for step in range(1, 7)], memory(shared))


def test_two_gates_share_a_matrix_until_it_is_untied(explorer: Explorer) -> None:
    explorer.open_cell("lstm")
    explorer.press("End")
    explorer.initial.open()
    explorer.initial.matrix(FORGET).click()
    explorer.initial.rule("glorot").click()
    expect(explorer.initial.rule("glorot")).to_have_attribute("aria-pressed", "true")
    explorer.initial.tie.select_option(U_I)
    expect_memory(explorer, SOURCE)
    # Its numbers are no longer those of the rule.
    expect(explorer.initial.rule("glorot")).to_have_attribute("aria-pressed", "false")
    expect(explorer.weights.ties.get_by_role("group")).to_have_accessible_name(f"{FORGET}: one and the same as {INPUT}")
    explorer.press("Escape")
    explorer.weights.type(FIRST, "2")
    changed = SOURCE.copy()
    changed[0, 0] = 2
    expect_memory(explorer, changed)
    expect_true(explorer.page, "location.hash.includes('tied=') && location.hash.includes('w=')")
    explorer.page.reload()
    explorer.wait()
    expect_memory(explorer, changed)
    expect_value(explorer.weights.number(FIRST), "2")
    above = """field => {
        const mark = getComputedStyle(field, "::before");
        return parseFloat(mark.top) + parseFloat(mark.height) <= field.firstElementChild.offsetTop;
    }"""
    assert explorer.weights.number(FIRST).evaluate(above), "the mark of a tie covers no sign"
    explorer.weights.ties.get_by_role("button", name="Untie U_f from U_i", exact=True).click()
    expect(explorer.weights.ties).to_be_hidden()
    expect_memory(explorer, changed)
    explorer.press("Control+z")
    expect(explorer.weights.ties).to_be_visible()
