"""The unrolled network: its layers and directions, where its weights act, and how its gradients travel."""

from __future__ import annotations

from math import floor

import numpy as np
import pytest
from playwright.sync_api import FloatRect, Locator, expect

from app.session.experiment import Experiment
from tests.browser.expecting import expect_step, expect_value
from tests.browser.experiments import address, computed, stacked
from tests.browser.explorer import Explorer
from tests.browser.numbers import result

FORGET = "forget gate, bias"


def texts(array: np.ndarray) -> list[str]:
    return [", ".join(result(float(value)) for value in row) for row in array]


def open_experiment(explorer: Explorer, experiment: Experiment) -> None:
    explorer.page.goto(f"{explorer.url}#{address(experiment)}")
    explorer.wait()


def box(place: Locator) -> FloatRect:
    found = place.bounding_box()
    assert found is not None
    return found


def test_layers_stand_on_one_another_and_fold_to_what_they_hand_on(explorer: Explorer) -> None:
    experiment = stacked("lstm", 2, of="main.2.forward.h")
    open_experiment(explorer, experiment)
    values = computed(experiment).values
    name = explorer.strip.name
    for layer in (1, 2):
        for symbol in ("h", "c"):
            for step, text in enumerate(texts(values[f"{layer}.{symbol}"]), 1):
                expect_value(explorer.strip.value(name(symbol, layer), step), text)
    # The upper layer is folded, and stands above.
    expect(explorer.strip.values(name("f", 2))).to_have_count(0)
    upper, lower = (box(explorer.strip.value(name("h", layer), 1)) for layer in (2, 1))
    assert upper["y"] + upper["height"] < lower["y"]
    explorer.strip.unfold(2).click()
    for step, text in enumerate(texts(values["2.f"]), 1):
        expect_value(explorer.strip.value(name("f", 2), step), text)
    explorer.strip.fold(1).press("Enter")
    expect(explorer.strip.values(name("f", 1))).to_have_count(0)
    explorer.page.reload()
    explorer.wait()
    expect(explorer.strip.values(name("f", 2))).to_have_count(6)
    expect(explorer.strip.values(name("f", 1))).to_have_count(0)


def test_both_directions_are_two_passes(explorer: Explorer) -> None:
    experiment = stacked("gru", direction="both", view={"direction": "backward"}, step=6)
    open_experiment(explorer, experiment)
    truth = computed(experiment)
    for direction in ("forward", "backward"):
        name = explorer.strip.name("h", 1, direction)
        for step in (1, 6):
            expect_value(explorer.strip.value(name, step), texts(truth.values[f"1.{direction}.h"])[step - 1])
            expect_value(explorer.strip.gradient(name, step), texts(truth.gradients[f"1.{direction}.h"])[step - 1])
    # The first state of the backward pass stands at the right end.
    knots = explorer.page.locator(".strip-plot .knot")
    backward, forward = (box(knots.nth(index)) for index in (0, 1))
    first, last = (box(explorer.strip.value(explorer.strip.name("h", 1, "forward"), step)) for step in (1, 6))
    assert forward["x"] < first["x"]
    assert backward["x"] > last["x"] + last["width"]


def test_a_weight_acts_at_every_step_and_touching_it_says_so(gated: Explorer) -> None:
    """M1 and M2: units are rows, steps are columns, and the weights stand outside."""
    expect(gated.strip.said("threads.idle", units=1, steps=5)).to_be_visible()
    gated.weights.number(FORGET).hover()
    expect(gated.strip.said("threads.acts", name=FORGET, count=5)).to_be_visible()
    chosen = gated.page.locator(".thread-chosen")
    assert (chosen.get_attribute("d") or "").count("M") == 5
    assert gated.strip.threads("main.1.forward.W_f") == 5
    gated.weights.number("forget gate, weight of x₂").focus()
    expect(gated.strip.said("threads.acts", name="forget gate, weight of x₂", count=5)).to_be_visible()
    expect(gated.page.locator('.thread[data-name="main.1.forward.W_f"]')).to_have_class("thread is-lit")


def test_one_weight_changes_every_step_at_once(gated: Explorer) -> None:
    gated.press("End")
    gated.weights.type("candidate, weight of x₁", "2")
    for step, memory in enumerate(["6.0000", "14.000"], 1):
        expect_value(gated.strip.value("c", step), memory)


@pytest.mark.parametrize(("loss", "by"), [(3, "key"), (5, "pointer")])
def test_the_loss_may_enter_at_any_step(explorer: Explorer, loss: int, by: str) -> None:
    explorer.open_cell("lstm")
    explorer.transport.turn_back()
    expect(explorer.strip.loss_at(6)).to_have_attribute("aria-selected", "true")
    if by == "pointer":
        explorer.strip.loss_at(loss).click()
    else:
        explorer.press(*["ArrowLeft"] * (6 - loss))
        expect_step(explorer.transport.scrubber, loss)
        explorer.strip.value("h", loss).focus()
        # The last place of the column is above the first one.
        explorer.press("ArrowUp")
        expect(explorer.strip.loss_at(loss)).to_be_focused()
        explorer.press("Enter")
    expect(explorer.strip.loss_at(loss)).to_have_attribute("aria-selected", "true")
    expect(explorer.strip.loss_at(6)).to_have_attribute("aria-selected", "false")
    expect_step(explorer.transport.scrubber, loss)
    truth = computed(stacked("lstm", backward={"of": "main.1.forward.h", "step": loss, "unit": None})).gradients
    for symbol in ("c", "h"):
        for step, text in enumerate(texts(truth[symbol]), 1):
            expect_value(explorer.strip.gradient(symbol, step), text)
    explorer.press("u")
    expect(explorer.strip.loss_at(6)).to_have_attribute("aria-selected", "true")


def percent(share: float) -> str:
    return f"{100 * share:.1f} %" if share < 0.0995 else f"{100 * share:.0f} %"


def test_how_much_of_a_gradient_reaches_each_earlier_step(explorer: Explorer) -> None:
    """M9 and M10: it gets smaller with the way that it goes, in a memory more slowly than in a hidden state."""
    explorer.open_cell("lstm", dir="backward", step="6")
    for symbol in ("c", "h"):
        if symbol == "h":
            explorer.strip.follow("h").click()
        norms = np.linalg.norm(computed(stacked("lstm")).gradients[symbol], axis=1)
        for step, norm in enumerate(norms, 1):
            share = percent(norm / norms[-1])
            said = {"name": symbol, "label": LABELS[symbol], "step": step, "value": result(float(norm)), "share": share}
            name = explorer.words("gradients.reach-at", **said)
            expect(explorer.strip.reach(symbol, step)).to_have_accessible_name(name)
        expect(
            explorer.strip.said("gradients.arrives", symbol=symbol, share=percent(norms[0] / norms[-1]), step=1)
        ).to_be_visible()
    explorer.strip.reach("h", 2).click()
    expect_step(explorer.transport.scrubber, 2)
    explorer.page.reload()
    explorer.wait()
    expect(explorer.strip.follow("h")).to_have_attribute("aria-pressed", "true")


@pytest.mark.parametrize(
    ("factor", "key", "step"),
    [(10.0, "gradients.exploded", 3), (0.05, "gradients.vanished", 1), (1e80, "gradients.exploded", 5)],
)
def test_what_vanishes_or_explodes_is_marked_and_said(explorer: Explorer, factor: float, key: str, step: int) -> None:
    values = {"main.1.forward.U": np.diag([factor] * 3).tolist()}
    experiment = stacked("linear-rnn", parameters={"seed": 0, "values": values}, view={"direction": "backward"}, step=6)
    open_experiment(explorer, experiment)
    norms = np.hypot.reduce(computed(experiment).gradients["h"], axis=1)
    marked = norms > 1e3 if factor > 1 else norms < 1e-6
    assert max(np.flatnonzero(marked)) + 1 == step
    expect(explorer.page.get_by_text(explorer.words.inside(key, symbol="h", step=step))).to_be_visible()
    if factor == 10:
        expect(explorer.page.get_by_text(explorer.words("gradients.stretched", high="10³"))).to_be_visible()
        assert explorer.page.locator(".slot-gradient .clip[visibility=visible]").count() == 3 * 2


LABELS = {"c": "cell state", "h": "hidden state"}


@pytest.mark.parametrize("wall", [False, True])
def test_between_two_units_the_nearer_one_is_meant(explorer: Explorer, wall: bool) -> None:
    """On a wall all of it is magnified, and a place on it is still the same one."""
    explorer.page.set_viewport_size({"width": 1440, "height": 900})
    explorer.open("layer-of-gates", step="3", depth="strip")
    if wall:
        explorer.press("c")
        explorer.page.reload()
    explorer.page.wait_for_selector("[data-state=ready]")
    # Only here its units have to be known apart: to a screen reader they are one value.
    units = explorer.page.locator(".row-memory [data-step='2']").first.locator("[data-unit]")
    above, below = box(units.nth(0)), box(units.nth(1))
    # A click is told in whole pixels.
    y = floor(below["y"])
    assert above["y"] + above["height"] < y < below["y"]
    explorer.page.mouse.click(above["x"] + above["width"] / 2, y)
    expect(units.nth(1)).to_have_class("is-pinned")
    expect(units.nth(0)).not_to_have_class("is-pinned")
