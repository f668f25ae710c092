"""Another network for the same sequence: units, layers, directions, cells; taken back, and restored from its link."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import expect

from app.cells import load
from app.cells.guides import guide
from tests.browser.expecting import expect_true, expect_values
from tests.browser.explorer import Explorer
from tests.browser.numbers import result
from tests.browser.truth import lstm


def network(*layers: dict[str, Any]) -> dict[str, Any]:
    return {
        "parts": [{"name": "main", "inputs": 2, "layers": [{"cell": "lstm", "units": 3, **layer} for layer in layers]}]
    }


def values(symbol: str, **fields: Any) -> list[str]:
    return [", ".join(result(float(value)) for value in row) for row in lstm(**fields).values[symbol]]


def expect_memory(page: Explorer, symbol: str, **fields: Any) -> None:
    expect_values([page.strip.value(symbol, step) for step in range(1, 7)], values(symbol, **fields))


def test_units_are_added_and_taken_back(explorer: Explorer) -> None:
    explorer.open_cell("lstm")
    explorer.press("End")
    explorer.network.open()
    explorer.network.act("more", number=1).click()
    larger = network({"units": 4})
    expect_memory(explorer, "c", network=larger)
    expect(explorer.network.root).to_contain_text("4 × (4·2 + 4·4 + 4) = 112")
    for wrong in ("0", "129"):
        explorer.network.units(1).fill(wrong)
        explorer.network.units(1).press("Enter")
        expect(explorer.notice("network.bad-units")).to_be_visible()
        expect(explorer.network.units(1)).to_have_value("4")
    explorer.network.units(1).fill("4")
    explorer.network.units(1).press("Enter")
    expect(explorer.notice("network.bad-units")).to_be_hidden()
    expect_memory(explorer, "c", network=larger)
    expect_true(explorer.page, "location.hash.includes('net=')")
    explorer.page.reload()
    explorer.wait()
    expect_memory(explorer, "c", network=larger)
    explorer.lesson.reset.click()
    expect_memory(explorer, "c")
    explorer.press("Control+z")
    expect_memory(explorer, "c", network=larger)


def test_without_a_readout_the_targets_are_gone_and_it_says_so(explorer: Explorer) -> None:
    explorer.open("sequence-loss")
    explorer.network.open()
    gone = explorer.network.root.get_by_text(explorer.words("network.no-targets"))
    explorer.network.act("add").click()
    expect(explorer.network.layer(2)).to_be_visible()
    expect(gone).to_be_hidden()
    explorer.network.act("off").click()
    expect(gone).to_be_visible()
    explorer.press("Control+z")
    expect(gone).to_be_hidden()


def test_another_cell_runs_on_the_same_sequence_and_weights_of_the_same_shape_stay(explorer: Explorer) -> None:
    explorer.open_cell("lstm")
    explorer.press("End")
    explorer.network.open()
    explorer.network.cell(1).select_option("lstm-no-forget")
    expect_memory(explorer, "c", network=network({"cell": "lstm-no-forget"}))
    title = explorer.page.get_by_role("heading", level=1)
    expect(title).to_have_text(guide(load("lstm-no-forget")).title["en"])
    explorer.press("Control+z")
    expect_memory(explorer, "c")
    expect(title).to_have_text(guide(load("lstm")).title["en"])
    explorer.press("Control+y")
    expect_true(explorer.page, "location.hash.includes('net=')")
    explorer.page.reload()
    explorer.wait()
    expect(title).to_have_text(guide(load("lstm-no-forget")).title["en"])
    expect(explorer.page.get_by_role("banner")).to_contain_text(title.inner_text())


def test_a_layer_in_both_directions_with_another_over_it(explorer: Explorer) -> None:
    explorer.open_cell("lstm")
    explorer.press("End")
    explorer.network.open()
    explorer.network.direction(1, "both").click()
    expect(explorer.network.direction(1, "both")).to_have_attribute("aria-pressed", "true")
    explorer.network.act("add").click()
    expect(explorer.network.layer(2)).to_be_visible()
    explorer.network.direction(2, "forward").click()
    expect(explorer.network.direction(2, "forward")).to_have_attribute("aria-pressed", "true")
    explorer.network.act("remove", number=1).click()
    expect(explorer.network.layer(2)).to_have_count(0)
    expect_memory(explorer, "c", network=network({}))


def test_every_unit_of_every_state_can_be_given_a_start_also_after_the_network_has_changed(explorer: Explorer) -> None:
    explorer.open_cell("lstm")
    explorer.press("End")
    explorer.network.open()
    explorer.network.act("more", number=1).click()
    explorer.sequence.more.click()
    label = explorer.words("sequence.start-of", name="c", label="cell state")
    last = explorer.words("weights.unit", label=label, unit=4)
    explorer.sequence.begin(last, "2")
    expect_memory(explorer, "c", network=network({"units": 4}), initial={"main.1.forward.c": [0, 0, 0, 2]})
    # As many states and units, and other fields.
    explorer.network.open()
    explorer.network.cell(1).select_option("lstm-no-forget")
    expect_memory(
        explorer,
        "c",
        network=network({"cell": "lstm-no-forget", "units": 4}),
        initial={"main.1.forward.c": [0, 0, 0, 2]},
    )
    explorer.sequence.more.click()
    explorer.sequence.begin(last, "-1")
    expect_memory(
        explorer,
        "c",
        network=network({"cell": "lstm-no-forget", "units": 4}),
        initial={"main.1.forward.c": [0, 0, 0, -1]},
    )
    expect(explorer.sequence.started(last)).to_have_accessible_name(f"{last}: −1")
