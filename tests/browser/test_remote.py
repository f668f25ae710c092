"""A presenter's remote, which has five keys: a whole lesson, from its first word to its last and back, to exact numbers."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import expect

from app.lessons import load_lessons
from tests.browser.expecting import expect_step, expect_value
from tests.browser.explorer import Explorer
from tests.browser.pixels import colours
from tests.browser.truth import shown

#: Forward and back, the screen dark, and the one button that starts and ends: it sends F5 and Esc in turn.
ONWARD, BACK, DARK, START, END = "PageDown", "PageUp", ".", "F5", "Escape"

#: Whether the browser gets the key; pressed by a program it would do nothing with it.
UNHEARD = """() => document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "F5", bubbles: true, cancelable: true }))"""

BEATS = load_lessons().lessons["gated-cell"].document()["beats"]


def expect_beat(explorer: Explorer, index: int) -> None:
    """Its title, its place in the lesson, its step, and there the memory and what is read, or their gradients."""
    beat = BEATS[index]
    expect(explorer.lesson.title).to_have_text(beat["title"]["en"])
    expect(explorer.lesson.root).to_contain_text(explorer.words("lesson.page", page=index + 1, count=len(BEATS)))
    expect_step(explorer.transport.scrubber, beat["step"])
    for symbol in ("c", "y") if beat["direction"] == "forward" else ("c", "z"):
        expect_value(place(explorer, beat, symbol, beat["step"]), number(beat, symbol, beat["step"]))


def place(explorer: Explorer, beat: dict[str, Any], symbol: str, step: int) -> Any:
    strip = explorer.strip
    return (strip.value if beat["direction"] == "forward" else strip.gradient)(symbol, step)


def number(beat: dict[str, Any], symbol: str, step: int) -> str:
    kind = "values" if beat["direction"] == "forward" else "gradients"
    return shown("gated-cell", kind, symbol, "--preset", beat["preset"])[step - 1]


def is_dark(explorer: Explorer) -> bool:
    """Whether the screen is one black: the picture itself is looked at."""
    return set(colours(explorer.page, explorer.page)) == {(0, 0, 0)}


def test_it_gives_a_whole_lesson(gated: Explorer) -> None:
    assert len(BEATS) == 28
    asked = 0
    for index, beat in enumerate(BEATS):
        expect_beat(gated, index)
        if question := beat["prediction"]:
            name = question["of"].rpartition(".")[2]
            hidden = place(gated, beat, name, question["step"])
            expect_value(hidden, gated.words("strip.hidden"))
            # Who goes on has been told: the answer stands in the strip.
            gated.press(ONWARD)
            expect_value(hidden, number(beat, name, question["step"]))
            asked += 1
        else:
            gated.press(ONWARD)
    assert asked == sum(beat["prediction"] is not None for beat in BEATS) > 6
    # There is no more to say: the last stays, and each comes again on the way back.
    for index in range(len(BEATS) - 1, -1, -1):
        expect_beat(gated, index)
        gated.press(BACK)
    expect_beat(gated, 0)


def test_it_makes_the_screen_dark_and_light_again(gated: Explorer) -> None:
    root = gated.page.locator(":root[data-blank]")
    for returns in (DARK, ONWARD, BACK, END):
        gated.press(DARK)
        expect(root).to_have_count(1)
        assert is_dark(gated)
        # Any key brings the light back, and does nothing else.
        gated.press(returns)
        expect(root).to_have_count(0)
        assert not is_dark(gated)
        expect_beat(gated, 0)
        expect(gated.cell.figure(1)).to_be_visible()
    gated.press(ONWARD)
    expect_beat(gated, 1)


def test_its_start_button_loses_nothing(gated: Explorer) -> None:
    """F5 belongs to the browser, which reads the page anew; Esc goes out of the cell; the lesson goes on at its place."""
    page = gated.page
    gated.press(*[ONWARD] * 12)
    for index, key in ((12, START), (13, END), (14, START), (15, END)):
        expect_beat(gated, index)
        if key == START:
            assert page.evaluate(UNHEARD), "the page keeps F5 from the browser"
            page.reload()
            gated.wait()
        else:
            gated.press(END)
            expect(page.locator(":root")).to_have_attribute("data-depth", "strip")
        expect_beat(gated, index)
        gated.press(ONWARD)
    # Dark when the page is read anew: light again, where it was.
    gated.press(DARK)
    expect(page.locator(":root[data-blank]")).to_have_count(1)
    page.reload()
    gated.wait()
    expect_beat(gated, 16)
    assert not is_dark(gated)
    # What had been told stays told.
    gated.press(BACK)
    expect_value(gated.strip.value("c", 7), number(BEATS[15], "c", 7))


def test_it_leads_on_from_a_field_that_was_typed_in(explorer: Explorer) -> None:
    explorer.open("back-through-time")
    page, words = explorer.page, explorer.words
    target = page.get_by_label(words("targets.at", step=2), exact=True)
    target.fill("3")
    target.press("Enter")
    expect(target).not_to_be_focused()
    target.fill("2.5")
    target.press(ONWARD)
    expect(explorer.lesson.title).to_have_text("The last step")
    expect(target).to_have_value("2.5")
