"""Both lessons, step by step with the arrow keys, forward and back, to the numbers of the engine."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.expecting import expect_step, expect_value
from tests.browser.explorer import Explorer
from tests.browser.truth import shown


def walk(explorer: Explorer, lesson: str, symbols: list[str], steps: int, *options: str) -> None:
    """To the last step, looking at every symbol at every step on the way, and back to the first."""
    numbers = {symbol: shown(lesson, "values", symbol, *options) for symbol in symbols}
    for step in range(1, steps + 1):
        if step > 1:
            explorer.press("ArrowRight")
        expect_step(explorer.transport.scrubber, step)
        for symbol in symbols:
            expect_value(explorer.strip.value(symbol, step), numbers[symbol][step - 1])
    for step in range(steps - 1, 0, -1):
        explorer.press("ArrowLeft")
        expect_step(explorer.transport.scrubber, step)
    explorer.press("End")
    expect_step(explorer.transport.scrubber, steps)
    explorer.press("Home")
    expect_step(explorer.transport.scrubber, 1)


def test_the_gated_cell_forward(gated: Explorer) -> None:
    walk(gated, "gated-cell", ["i", "f", "o", "c", "y"], 5)
    # The walkthrough of the lecture, with exact sigmoids.
    assert shown("gated-cell", "values", "c") == ["3.0000", "7.0000", "6.9998", "6.9995", "5.7·10⁻³⁹"]
    assert shown("gated-cell", "values", "y") == ["0.00014", "0.00032", "0.00032", "6.9995", "2.6·10⁻⁴³"]


def test_the_linear_toy_forward(toy: Explorer) -> None:
    walk(toy, "linear-toy", ["h", "y"], 3)
    assert shown("linear-toy", "values", "h") == ["2.0000, 2.0000", "6.0000, 6.0000", "16.000, 16.000"]
    assert shown("linear-toy", "values", "y") == ["4.0000, 4.0000", "12.000, 12.000", "32.000, 32.000"]


def test_the_gated_cell_backward(gated: Explorer) -> None:
    gated.transport.turn_back()
    expect_step(gated.transport.scrubber, 4)
    for step in range(4, 0, -1):
        for symbol in ("c", "z", "f:in"):
            expect_value(gated.strip.gradient(symbol, step), shown("gated-cell", "gradients", symbol)[step - 1])
        if step > 1:
            gated.press("ArrowLeft")
            expect_step(gated.transport.scrubber, step - 1)
    gated.transport.turn_forward()
    expect(gated.strip.gradients("c")).to_have_count(0)


def test_the_linear_toy_backward(toy: Explorer) -> None:
    toy.transport.turn_back()
    for step, gradient in ((3, "2.0000, 2.0000"), (2, "4.0000, 4.0000"), (1, "8.0000, 8.0000")):
        expect_step(toy.transport.scrubber, step)
        expect_value(toy.strip.gradient("h", step), gradient)
        assert shown("linear-toy", "gradients", "h")[step - 1] == gradient
        toy.press("ArrowLeft")


@pytest.mark.parametrize(
    ("preset", "outputs"),
    [("one-two-one", ["4.0000", "16.000", "36.000"]), ("two-one-one", ["8.0000", "20.000", "44.000"])],
)
def test_another_order_of_the_inputs_gives_another_output(explorer: Explorer, preset: str, outputs: list[str]) -> None:
    explorer.open("linear-toy", preset=preset)
    explorer.press("End")
    for step, output in enumerate(outputs, 1):
        expect_value(explorer.strip.value("y", step), f"{output}, {output}")


def test_the_nine_columns(explorer: Explorer) -> None:
    explorer.open("gated-cell", preset="nine")
    walk(explorer, "gated-cell", ["c", "y"], 9, "--preset", "nine")


def test_rounded_gates_give_the_numbers_of_the_blackboard(explorer: Explorer) -> None:
    explorer.open("gated-cell", variant="rounded")
    explorer.press("End")
    for step, memory in enumerate(["3.0000", "7.0000", "7.0000", "7.0000", "0"], 1):
        expect_value(explorer.strip.value("c", step), memory)


def test_the_second_clock_goes_through_the_equations_of_a_step(gated: Explorer) -> None:
    gated.press("ArrowDown", "ArrowDown", "ArrowUp", "ArrowRight")
    expect_step(gated.transport.scrubber, 2)


def test_space_and_page_down_go_on_in_the_direction_of_play(gated: Explorer) -> None:
    gated.press("PageDown")
    expect_step(gated.transport.scrubber, 2)
    gated.transport.turn_back()
    expect_step(gated.transport.scrubber, 4)
    gated.press("PageDown")
    expect_step(gated.transport.scrubber, 3)
    gated.press("PageUp")
    expect_step(gated.transport.scrubber, 4)


def test_play_goes_on_by_itself_and_waits_at_a_question(toy: Explorer) -> None:
    toy.lesson.skip.click()
    toy.press(" ")
    expect_step(toy.transport.scrubber, 2)
    # A question has come up, so play has stopped by itself.
    expect(toy.lesson.skip).to_be_visible()
    expect(toy.transport.button("play")).to_be_visible()
    toy.transport.button("play").click()
    expect(toy.notice("notice.question")).to_be_visible()
    expect_step(toy.transport.scrubber, 2)
    toy.lesson.skip.click()
    expect(toy.notice("notice.question")).to_be_hidden()
    toy.transport.button("play").click()
    expect_step(toy.transport.scrubber, 3)
    expect(toy.transport.button("play")).to_be_visible()
