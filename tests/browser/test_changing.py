"""Any number can be changed, the whole sequence follows at once, and everything can be taken back."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.expecting import expect_true, expect_value, expect_values
from tests.browser.explorer import Explorer
from tests.browser.truth import gated_cell

FORGET = "forget gate, bias"


def at_the_end(explorer: Explorer) -> Explorer:
    """Where no question hides a value."""
    explorer.press("End")
    expect_value(explorer.strip.value("c", 5), "5.7·10⁻³⁹")
    return explorer


def expect_memory(explorer: Explorer, **parameters: float) -> None:
    memory = gated_cell("c", **parameters)
    expect_values([explorer.strip.value("c", step) for step in range(1, 6)], memory)


def test_a_weight_is_dragged(gated: Explorer) -> None:
    at_the_end(gated)
    gated.weights.drag(FORGET, -80)
    expect_value(gated.weights.number(FORGET), "−2.5")
    expect_memory(gated, b_f=-2.5)
    # The keys belong to the stage again.
    gated.press("ArrowLeft")
    expect(gated.transport.scrubber).to_have_attribute("aria-valuenow", "4")


def test_escape_gives_a_drag_up_and_leaves_nothing_to_undo(gated: Explorer) -> None:
    at_the_end(gated)
    own = gated.weights.number(FORGET)
    before = own.inner_text()
    gated.weights.drag(FORGET, -80, then=lambda: gated.page.keyboard.press("Escape"))
    expect_value(own, before)
    expect(gated.weights.undo).to_be_hidden()
    # Nor is the hand followed that has not let go of the slider.
    gated.weights.drag_slider(FORGET, -60, then=lambda: gated.page.keyboard.press("Escape"))
    expect_value(own, before)
    expect_memory(gated)
    expect(gated.weights.undo).to_be_hidden()
    gated.weights.drag_slider(FORGET, -60)
    expect(gated.weights.undo).to_be_visible()


def test_a_weight_is_typed(gated: Explorer) -> None:
    at_the_end(gated)
    gated.weights.type(FORGET, "-1")
    expect_value(gated.weights.number(FORGET), "−1")
    expect_memory(gated, b_f=-1)


def test_a_weight_is_typed_by_keyboard_alone(gated: Explorer) -> None:
    at_the_end(gated)
    gated.weights.number(FORGET).focus()
    gated.press("-", "1", "Enter")
    # The field is closed, the number keeps the focus, and leaving it changes nothing more.
    expect(gated.weights.number(FORGET)).to_be_focused()
    gated.press("Tab")
    expect_value(gated.weights.number(FORGET), "−1")
    expect_memory(gated, b_f=-1)
    gated.press("u")
    expect_memory(gated)


def test_what_is_no_number_is_refused_in_words(gated: Explorer) -> None:
    at_the_end(gated)
    gated.weights.type(FORGET, "abc")
    expect(gated.page.get_by_text(gated.words("notice.not-number"))).to_be_visible()
    expect_memory(gated)
    gated.weights.type(FORGET, "－１")
    expect_memory(gated, b_f=-1)
    expect(gated.page.get_by_text(gated.words("notice.not-number"))).to_be_hidden()


def test_a_weight_as_large_as_numbers_go_stays_a_number(gated: Explorer) -> None:
    at_the_end(gated)
    gated.weights.type(FORGET, "1e308")
    expect_value(gated.weights.number(FORGET), "1·10³⁰⁸")
    gated.weights.drag(FORGET, -80)
    expect_value(gated.weights.number(FORGET), "5.5·10³⁰⁷")
    slider = gated.weights.slider(FORGET)
    slider.focus()
    gated.press("End")
    expect_value(gated.weights.number(FORGET), "9·10³⁰⁷")
    # And the slider comes back with the number.
    gated.weights.reset.click()
    expect_value(gated.weights.number(FORGET), "10")
    slider.focus()
    gated.press("ArrowLeft")
    expect_value(gated.weights.number(FORGET), "9")


def test_the_slider_moves_a_weight(gated: Explorer) -> None:
    at_the_end(gated)
    slider = gated.weights.slider(FORGET)
    slider.focus()
    for _ in range(11):
        gated.press("ArrowLeft")
    expect_value(gated.weights.number(FORGET), "−1")
    expect_memory(gated, b_f=-1)


def test_the_slider_follows_the_pointer(gated: Explorer) -> None:
    at_the_end(gated)
    box = gated.weights.slider(FORGET).bounding_box()
    assert box is not None
    gated.page.mouse.move(box["x"] + box["width"] * 0.7, box["y"] + box["height"] / 2)
    gated.page.mouse.down()
    gated.page.mouse.move(box["x"] + 1, box["y"] + box["height"] / 2, steps=10)
    gated.page.mouse.up()
    expect_value(gated.weights.number(FORGET), "−25")
    expect_memory(gated, b_f=-25)


def test_undo_and_redo(gated: Explorer) -> None:
    at_the_end(gated)
    gated.weights.type(FORGET, "0")
    expect_memory(gated, b_f=0)
    gated.weights.drag(FORGET, 32)
    expect_value(gated.weights.number(FORGET), "0.5")
    expect_memory(gated, b_f=0.5)
    gated.press("u")
    expect_memory(gated, b_f=0)
    gated.weights.undo.click()
    expect_memory(gated)
    gated.press("Control+Shift+Z")
    expect_memory(gated, b_f=0)
    gated.weights.redo.click()
    expect_memory(gated, b_f=0.5)
    gated.weights.reset.click()
    expect_memory(gated)


def test_the_lesson_is_put_back_as_it_was(gated: Explorer) -> None:
    at_the_end(gated)
    gated.weights.type(FORGET, "0")
    expect_memory(gated, b_f=0)
    gated.lesson.reset.click()
    expect_memory(gated)
    expect(gated.lesson.reset).to_be_hidden()


def test_an_input_is_typed(toy: Explorer) -> None:
    toy.press("End")
    expect_value(toy.strip.value("y", 3), "32.000, 32.000")
    toy.sequence.type("x₁", 1, "3")
    expect_value(toy.strip.value("h", 1), "4.0000, 4.0000")
    expect_value(toy.strip.value("y", 3), "48.000, 48.000")


def test_steps_are_added_and_taken_away(toy: Explorer) -> None:
    toy.press("End")
    toy.sequence.add.click()
    toy.sequence.add.click()
    expect(toy.strip.values("h")).to_have_count(5)
    toy.press("End")
    expect_value(toy.strip.value("h", 5), "64.000, 64.000")
    toy.press("Home")
    toy.sequence.remove(5).click()
    expect(toy.strip.values("h")).to_have_count(4)
    toy.sequence.remove(4).click()
    expect(toy.strip.values("h")).to_have_count(3)
    toy.sequence.type("x₁", 1, "3")
    toy.sequence.more.click()
    toy.sequence.remove(1).click()
    expect(toy.strip.values("h")).to_have_count(2)
    expect_value(toy.sequence.number("x₁", 1), "1")


def test_the_order_of_the_inputs_is_changed_by_hand(toy: Explorer) -> None:
    toy.press("End")
    toy.sequence.head(3).focus()
    toy.press("Shift+ArrowLeft")
    expect_value(toy.strip.value("y", 3), "36.000, 36.000")
    toy.press("Shift+ArrowLeft")
    expect_value(toy.strip.value("y", 3), "44.000, 44.000")


def test_the_step_that_is_moved_stays_the_present_one_and_one_that_is_dragged_is_not_gone_to(gated: Explorer) -> None:
    gated.sequence.more.click()
    for step in (1, 2):
        gated.sequence.tools.get_by_role("button", name=gated.words("sequence.later", step=step), exact=True).click()
        expect(gated.sequence.head(step + 1)).to_have_attribute("aria-current", "step")
    boxes = [gated.sequence.head(step).bounding_box() for step in (4, 1)]
    places = [(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2) for box in boxes if box]
    gated.page.mouse.move(*places[0])
    gated.page.mouse.down()
    gated.page.mouse.move(*places[1], steps=6)
    gated.page.mouse.up()
    expect_true(gated.page, "location.hash.includes('x=')")
    expect(gated.sequence.head(3)).to_have_attribute("aria-current", "step")


def test_a_preset_and_a_variant_are_chosen(gated: Explorer) -> None:
    rounded = gated.page.evaluate("""async () => {
        const lesson = await (await fetch("api/lessons/gated-cell")).json();
        return lesson.variants.find(({ id }) => id === "rounded").title.en;
    }""")
    gated.press("End")
    gated.sequence.choose(rounded)
    expect_values([gated.strip.value("c", step) for step in range(1, 6)], ["3.0000", "7.0000", "7.0000", "7.0000", "0"])


def test_the_weight_that_a_lesson_names_by_its_number_is_seen(explorer: Explorer) -> None:
    explorer.open("layer-of-gates")
    field = explorer.weights.number("forget gate, unit 1, weight of x₂")
    expect(field).to_have_text("−20")
    explorer.weights.type("forget gate, unit 1, bias", "-0.25")
    bias = explorer.weights.number("forget gate, unit 1, bias")
    expect(bias).to_have_text("−0.25")
    assert not bias.evaluate("field => field.firstElementChild.getBoundingClientRect().width > field.clientWidth")


def test_an_opened_lesson_closes_the_menu_of_the_sequence(gated: Explorer) -> None:
    gated.sequence.more.click()
    expect(gated.sequence.more).to_have_attribute("aria-expanded", "true")
    gated.open("linear-toy")
    expect(gated.sequence.more).to_have_attribute("aria-expanded", "false")
    gated.sequence.more.click()
    expect(gated.sequence.more).to_have_attribute("aria-expanded", "true")


def test_a_sequence_is_marked_as_chosen_as_long_as_it_is_that_one(gated: Explorer) -> None:
    gated.sequence.more.click()
    chosen = gated.sequence.tools.get_by_role("group", name=gated.words("sequence.presets")).get_by_role("button", pressed=True)
    expect(chosen).to_have_count(1)
    gated.press("Escape")
    gated.sequence.type("x₁", 1, "5")
    gated.sequence.more.click()
    expect(chosen).to_have_count(0)
