"""The inside of every layer and direction, chosen in the cell or in the strip, in every drawing, with the numbers of the engine."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
from playwright.sync_api import Locator, expect

from app.cells import load
from app.engine import Layer, Network
from tests.browser.expecting import expect_true
from tests.browser.explorer import Explorer
from tests.browser.numbers import result
from tests.browser.truth import lstm

#: two directions below, one layer over them
NETWORK = "2/lstm*2,both/lstm*3"
LAYERS = [{"cell": "lstm", "units": 2, "direction": "both"}, {"cell": "lstm", "units": 3}]
UPPER = "main.2.forward"


def sums(directions: tuple[str, ...], inputs: list[float]) -> Any:
    """What the lessons' linear layers come to, one layer for each direction, all weights 1."""
    layers = [Layer(load("linear-rnn"), units=1, direction=direction) for direction in directions]
    network = Network(layers, inputs=1, readout="y[outputs] = V @ h", outputs=1)
    ones = {name: np.ones(shape) for name, shape in network.parameters.items()}
    return network.run(ones, np.array(inputs, dtype=float)[:, None])


def truth() -> Any:
    network = {"parts": [{"name": "main", "inputs": 2, "layers": LAYERS}]}
    return lstm(network=network, backward={"of": f"{UPPER}.h", "step": 6, "unit": None})


def expect_number(symbol: Locator, value: float) -> None:
    """The name of what stands in the drawing says its number."""
    expect(symbol).to_have_accessible_name(re.compile(f": {re.escape(result(float(value)))}(,|$)"))


def place(symbol: Locator) -> float:
    box = symbol.bounding_box()
    assert box is not None
    return box["x"]


def test_another_layer_is_looked_into_and_its_link_brings_it_back(explorer: Explorer) -> None:
    found = sums(("forward", "forward"), [1, 1, 1, 1])
    lower, upper = found["1.h"][:, 0], found["2.h"][:, 0]
    explorer.open("stacked", variant="two", step="3")
    cell = explorer.cell
    # The one that the words speak of, where nobody has chosen.
    expect(cell.layer("layer 2")).to_have_attribute("aria-pressed", "true")
    expect_number(cell.symbol(3, "h"), upper[2])
    expect_number(cell.symbol(3, "h t−1"), upper[1])
    expect_number(cell.symbol(3, "x"), lower[2])
    cell.layer("layer 1").click()
    expect_number(cell.symbol(3, "h"), lower[2])
    expect_true(explorer.page, "location.hash.includes('layer=main.1.forward')")
    explorer.page.reload()
    explorer.wait()
    expect(cell.layer("layer 1")).to_have_attribute("aria-pressed", "true")
    expect_number(cell.symbol(3, "h"), lower[2])
    cell.layer("layer 2").click()
    cell.draw("formulas")
    expect(cell.formulas(3).get_by_role("listitem")).to_have_count(1)
    expect(cell.formulas(3)).to_contain_text(f"= 1·{lower[2]:g} + 1·{upper[1]:g}")


def test_a_pass_that_reads_from_the_end_has_what_it_remembers_on_the_right(explorer: Explorer) -> None:
    found = sums(("both",), [1, 2, 3])["1.backward.h"][:, 0]
    explorer.open("both-directions", variant="both", step="2")
    cell = explorer.cell
    cell.layer("layer 1, backward").click()
    before, now = cell.symbol(2, "h t+1"), cell.symbol(2, "h")
    expect_number(before, found[2])
    expect_number(now, found[1])
    assert place(before) > place(now)
    expect(explorer.page.get_by_text(explorer.words("layers.reversed", step=3))).to_be_visible()
    explorer.press("ArrowRight")
    expect_number(cell.symbol(3, "h t+1"), 0)
    expect(explorer.page.get_by_text(explorer.words("layers.reversed-start"))).to_be_visible()


def test_what_reads_both_directions_adds_up_both(explorer: Explorer) -> None:
    found = sums(("both",), [1, 2, 3])
    there, back, out = (found[name][1, 0] for name in ("1.forward.h", "1.backward.h", "y"))
    explorer.open("both-directions", variant="both", step="2")
    explorer.strip.value("y", 2).click()
    note = explorer.page.get_by_role("dialog")
    expect(note).to_contain_text(f"1·{there:g} + 1·{back:g}")
    expect(note).to_contain_text(f"= {out:g}")


def test_enter_on_a_value_in_the_strip_opens_the_inside_of_its_layer(explorer: Explorer) -> None:
    values = truth().values
    explorer.open_cell("lstm", net=NETWORK, step="2")
    cell, page = explorer.cell, explorer.page
    expect(cell.layer("layer 1, forward")).to_have_attribute("aria-pressed", "true")
    explorer.strip.value(explorer.strip.name("c", 2), 2).focus()
    explorer.press("Shift", "Enter")
    expect(cell.layer("layer 2")).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_role("dialog")).to_be_visible()
    explorer.press("Escape")
    # The layer has unfolded: the keyboard is still on the value that it came from.
    expect(explorer.strip.value(explorer.strip.name("c", 2), 2)).to_be_focused()
    expect_number(cell.symbol(2, "c"), values["2.c"][1][0])
    read = [*values["1.forward.h"][1], *values["1.backward.h"][1]]
    expect_number(cell.symbol(2, "x"), read[0])
    cell.symbol(2, "f").click()
    expect(page.get_by_role("dialog")).to_contain_text(result(float(values["2.f"][1][0])))


def test_equations_and_units_are_those_of_the_layer(explorer: Explorer) -> None:
    values = truth().values
    explorer.open_cell("lstm", net=NETWORK, step="2", layer=UPPER)
    page = explorer.page
    expect(explorer.cell.layer("layer 2")).to_have_attribute("aria-pressed", "true")
    explorer.press("Shift+ArrowDown", "Shift+ArrowDown", "ArrowDown", "ArrowDown")
    expect(page.get_by_text(explorer.words("cell.unit", unit=3, count=3))).to_be_visible()
    label = explorer.words("strip.of-layer", name=explorer.words("label.forget gate"), layer="layer 2")
    said = explorer.words("notice.value-is", label=label, value=result(float(values["2.f"][1][2])))
    expect(page.locator("[aria-live=polite]").filter(has_text=said)).to_have_count(1)


def test_gradients_of_a_chosen_direction_lead_to_the_step_that_it_has_read_before(explorer: Explorer) -> None:
    gradients = truth().gradients
    looked = {"layer": "main.1.backward", "dir": "backward", "draw": "conveyor"}
    explorer.open_cell("lstm", net=NETWORK, of=f"{UPPER}.h@6", step="2", **looked)
    c = explorer.cell.symbol(2, "c")
    expect(c).to_have_accessible_name(re.compile(r"dL/dc "))
    assert abs(gradients["1.backward.c"][1][0]) > 1e-6
    before = explorer.cell.symbol(2, "c t+1")
    expect(before).to_have_accessible_name(re.compile(re.escape(explorer.words("cell.to-step", step=3))))
    c.click()
    expect(explorer.page.get_by_role("dialog")).to_contain_text("= " + result(float(gradients["1.backward.c"][1][0])))
