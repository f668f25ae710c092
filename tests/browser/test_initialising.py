"""Whole matrices: started by a rule with a seed, scaled until what comes back grows, and put back."""

from __future__ import annotations

import numpy as np
from playwright.sync_api import expect

from app.cells import load
from app.engine import Layer, Network
from tests.browser.expecting import expect_true, expect_values
from tests.browser.explorer import Explorer
from tests.browser.numbers import result
from tests.browser.truth import lstm

U_F = "main.1.forward.U_f"
ALL = list(Network([Layer(load("lstm"), 3)], 2).parameters)
RECURRENT = "forget gate, weight of h before the step"


def memory(**parameters: object) -> list[str]:
    values = lstm(parameters={"seed": 81, **parameters}).values["c"]
    return [", ".join(result(float(value)) for value in row) for row in values]


def expect_memory(page: Explorer, **parameters: object) -> None:
    expect_values([page.strip.value("c", step) for step in range(1, 7)], memory(**parameters))


def starting(kind: str, seed: int, scale: float = 1.0) -> dict[str, object]:
    return {"kind": kind, "seed": seed, "scale": scale}


def test_a_layer_starts_by_a_rule_and_its_seed_and_the_link_restores_it(explorer: Explorer) -> None:
    explorer.open_cell("lstm")
    explorer.press("End")
    explorer.initial.open()
    explorer.initial.matrix("all").click()
    explorer.initial.rule("pytorch").click()
    expect_memory(explorer, starts={name: starting("pytorch", 1) for name in ALL})
    explorer.initial.seed.fill("７")
    explorer.initial.seed.press("Enter")
    drawn = {name: starting("pytorch", 7) for name in ALL}
    expect_memory(explorer, starts=drawn)
    expect_true(explorer.page, "location.hash.includes('pytorch@7')")
    explorer.page.reload()
    explorer.wait()
    expect_memory(explorer, starts=drawn)
    explorer.initial.open()
    explorer.initial.matrix("all").click()
    explorer.initial.rule("zeros").click()
    expect_memory(explorer, starts={name: starting("zeros", 7) for name in ALL})
    explorer.press("Control+z")
    expect_memory(explorer, starts=drawn)


def test_a_matrix_is_scaled_until_its_spectral_radius_passes_1(explorer: Explorer) -> None:
    explorer.open_cell("lstm")
    explorer.press("End")
    explorer.initial.open()
    explorer.initial.matrix(RECURRENT).click()
    explorer.initial.rule("orthogonal").click()
    expect_memory(explorer, starts={U_F: starting("orthogonal", 1)})
    expect(explorer.initial.root).to_contain_text("Just 1")
    explorer.initial.size.focus()
    explorer.press(*["ArrowRight"] * 50)
    expect(explorer.initial.size).to_have_attribute("aria-valuetext", "spectral radius 1.5")
    expect(explorer.initial.root).to_contain_text("Above 1")
    expect_memory(explorer, starts={U_F: starting("orthogonal", 1, 1.5)})
    explorer.initial.act("negate").click()
    expect_memory(explorer, starts={U_F: starting("orthogonal", 1, -1.5)})
    explorer.initial.act("back").click()
    expect_memory(explorer)


def test_the_slider_leads_back_from_nought(explorer: Explorer) -> None:
    explorer.open_cell("lstm")
    explorer.press("End")
    explorer.initial.open()
    explorer.initial.matrix(RECURRENT).click()
    explorer.initial.rule("orthogonal").click()
    expect_memory(explorer, starts={U_F: starting("orthogonal", 1)})
    explorer.initial.size.focus()
    explorer.press("Home")
    expect_memory(explorer, starts={U_F: starting("zeros", 1)})
    explorer.press("End")
    expect_memory(explorer, starts={U_F: starting("orthogonal", 1, 2)})


def test_the_slider_says_by_how_much_all_numbers_were_multiplied(explorer: Explorer) -> None:
    explorer.open_cell("lstm")
    explorer.press("End")
    explorer.initial.open()
    explorer.initial.matrix("forget gate, weight of x").click()
    explorer.initial.size.focus()
    explorer.press("End")
    expect(explorer.initial.size).to_have_attribute("aria-valuetext", "all numbers times × 2")
    doubled = 2 * Network([Layer(load("lstm"), 3)], 2).initial(81)["W_f"]
    expect_memory(explorer, values={"main.1.forward.W_f": doubled.tolist()})
    explorer.press(*["PageDown"] * 5)
    expect(explorer.initial.size).to_have_attribute("aria-valuetext", "all numbers times × 1")
    expect_memory(explorer)


def test_a_matrix_is_transposed(explorer: Explorer) -> None:
    explorer.open_cell("lstm")
    explorer.press("End")
    network = Network([Layer(load("lstm"), 3)], 2)
    turned = np.transpose(network.initial(81)["U_f"]).tolist()
    explorer.initial.open()
    explorer.initial.matrix(RECURRENT).click()
    explorer.initial.act("transpose").click()
    expect_memory(explorer, values={U_F: turned})


def test_a_seed_that_is_none_changes_nothing(explorer: Explorer) -> None:
    explorer.open_cell("lstm")
    explorer.press("End")
    explorer.initial.open()
    for text in ("", "1e9", "-3", "9999999999", "many"):
        explorer.initial.seed.fill("5" if text == "" else "")
        explorer.initial.seed.fill(text)
        explorer.initial.seed.press("Enter")
        expect(explorer.initial.seed).to_have_value("1")
    expect(explorer.notice("initial.bad-seed")).to_be_visible()
    expect_memory(explorer)
