"""Every cell of the library can be opened in one go, and everything of it is drawn."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from app import cells
from tests.browser.expecting import expect_step, expect_value
from tests.browser.explorer import Explorer
from tests.browser.test_accessibility import BY_THEME, expect_no_violations
from tests.browser.truth import of_cell

OPENED = ["gru-reset-after", "jordan", "clockwork-rnn", "feed-forward"]
ON_SCREEN = """() => {
    const svgs = [...document.querySelectorAll('[data-view="cell"] svg.cell-figure, [data-view="strip"] svg')];
    const text = document.querySelector("main").innerText + svgs.map((svg) => svg.textContent).join(" ");
    const outside = [...document.querySelectorAll('[data-view="cell"] svg.cell-figure text')].filter((node) => {
        const own = node.getBoundingClientRect();
        const paper = node.ownerSVGElement.getBoundingClientRect();
        const shown = node.textContent !== "" && own.width > 0 && getComputedStyle(node).visibility === "visible";
        return shown && (own.left < paper.left - 4 || own.right > paper.right + 4 || own.top < paper.top - 4);
    });
    const letters = [...document.querySelectorAll('[data-view="cell"] .standing .letter')];
    return {
        raw: svgs.some((svg) => svg.textContent.includes("_")),
        nan: /NaN|undefined|\\[object/.test(text),
        outside: outside.map((node) => node.textContent),
        roles: letters.filter((node) => !getComputedStyle(node).fill).length,
        buttons: document.querySelectorAll('[data-view="cell"] .standing[role="button"]').length,
        wires: document.querySelectorAll('[data-view="cell"] .wiring').length,
    };
}"""


def values_of(name: str) -> list[str]:
    program = cells.load(name).program
    return [value.name for value in program.values if not value.derived and value.role != "constant"]


def expect_all_values(explorer: Explorer, name: str, step: int) -> None:
    """Each value of the cell stands in the strip at the step, with the numbers that the engine computed."""
    for symbol in values_of(name):
        expect_value(explorer.strip.value(symbol, step), of_cell(name, "values", symbol)[step - 1])


@pytest.mark.parametrize("name", OPENED)
def test_opened_from_the_menu(gated: Explorer, name: str) -> None:
    title = cells.guide(cells.load(name)).title["en"]
    gated.header.open_cell(title)
    expect(gated.lesson.title).to_have_text(title)
    expect(gated.header.lessons).to_contain_text(title)
    expect(gated.page).to_have_url(re.compile(f"#cell={name}$"))
    expect_all_values(gated, name, 1)
    gated.press("End")
    expect_step(gated.transport.scrubber, 6)
    expect_all_values(gated, name, 6)
    assert not gated.page.evaluate("document.querySelector('.predict')?.checkVisibility() ?? false")


def test_the_menu_lists_every_cell_once(gated: Explorer) -> None:
    gated.header.lessons.click()
    expect(gated.header.cells).to_have_count(len(cells.names()))
    titles = [cells.guide(cells.load(name)).title for name in cells.in_order(cells.names())]
    assert gated.header.cells.all_inner_texts() == [title["en"] for title in titles]
    expect_no_violations(gated.page)
    gated.press("Escape")
    gated.header.choose_language("中文")
    chinese = gated.speaking("zh")
    chinese.header.lessons.click()
    expect(chinese.header.cells).to_have_text([title["zh"] for title in titles])


def test_what_the_long_menu_holds_is_one_press_away(gated: Explorer) -> None:
    gated.header.lessons.click()
    expect(gated.header.cells).to_have_count(len(cells.names()))
    expect(gated.header.own.first).not_to_be_in_viewport()
    for part, first in (("menu.own", gated.header.own.first), ("header.cells", gated.header.cells.first)):
        gated.header.root.get_by_role("button", name=gated.words(part), exact=True).click()
        expect(first).to_be_in_viewport()
        expect(first).to_be_focused()
    expect_no_violations(gated.page)


def test_the_menu_by_keyboard(gated: Explorer) -> None:
    gated.header.lessons.focus()
    gated.press("Enter")
    expect(gated.header.cells.last).to_be_visible()
    gated.press("End")
    expect(gated.header.own.last).to_be_focused()
    gated.press("ArrowDown", "ArrowUp", *["ArrowUp"] * gated.header.own.count())
    expect(gated.header.cells.last).to_be_focused()
    gated.press("Enter")
    expect(gated.page).to_have_url(re.compile(f"#cell={cells.in_order(cells.names())[-1]}$"))
    expect(gated.header.lessons).to_be_focused()
    gated.press("Enter", "ArrowDown", "Escape")
    expect(gated.header.cells.first).to_be_hidden()
    expect(gated.header.lessons).to_be_focused()


@pytest.mark.parametrize("name", cells.names())
def test_nothing_is_missing_in_any_drawing(explorer: Explorer, name: str) -> None:
    explorer.open_cell(name, step="5")
    expect_all_values(explorer, name, 5)
    drawings = explorer.cell.drawings()
    for drawing in drawings:
        explorer.cell.draw(drawing)
        if drawing == "formulas":
            expect(explorer.cell.formulas(5).get_by_role("listitem")).to_have_count(
                len(cells.load(name).program.equations)
            )
        else:
            for symbol in values_of(name):
                expect(explorer.cell.symbol(5, symbol)).to_be_visible()
        found = explorer.page.evaluate(ON_SCREEN)
        assert (found["nan"], found["raw"], found["outside"], found["roles"]) == (False, False, [], 0), drawing
    explorer.cell.draw(drawings[0])
    explorer.transport.turn_back()
    output = cells.load(name).output
    expect_value(explorer.strip.gradient(output, 6), of_cell(name, "gradients", output)[5])
    explorer.press("ArrowLeft", "ArrowLeft", "ArrowLeft")
    for symbol in {*cells.load(name).states, output}:
        expect_value(explorer.strip.gradient(symbol, 3), of_cell(name, "gradients", symbol)[2])
    # the last unit too, which a smaller state does not have
    explorer.press("Shift+ArrowDown", "Shift+ArrowDown")
    for drawing in drawings:
        explorer.cell.draw(drawing)
        assert not explorer.page.evaluate(ON_SCREEN)["nan"], drawing


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("name", OPENED)
def test_axe_finds_nothing(explorer: Explorer, name: str, theme: str) -> None:
    explorer.open_cell(name, step="4")
    if theme == "dark":
        explorer.header.darken.click()
    expect_no_violations(explorer.page, BY_THEME[theme])
    explorer.transport.turn_back()
    expect_no_violations(explorer.page, BY_THEME[theme])


def test_changes_are_undone_and_restored(explorer: Explorer, context: BrowserContext) -> None:
    explorer.open_cell("gru", step="3")
    before = of_cell("gru", "values", "h")
    explorer.sequence.type("x₁", 1, "2")
    expect(explorer.strip.value("h", 1)).not_to_have_accessible_name(re.compile(re.escape(before[0])))
    expect(explorer.lesson.root).to_contain_text(explorer.words("guide.changed"))
    expect(explorer.page).to_have_url(re.compile(r"#cell=gru&x=2,-0\.5;"))
    other: Page = context.new_page()
    other.goto(explorer.page.url)
    arrived = Explorer(other, explorer.url)
    arrived.wait()
    expect_step(arrived.transport.scrubber, 3)
    changed = explorer.strip.value("h", 3).get_attribute("aria-label")
    expect(arrived.strip.value("h", 3)).to_have_attribute("aria-label", changed or "")
    other.close()
    explorer.press("u")
    expect_value(explorer.strip.value("h", 3), before[2])
    expect(explorer.page).to_have_url(re.compile("#cell=gru&step=3$"))


def test_the_guide_counts_the_numbers_that_every_layer_carries(explorer: Explorer) -> None:
    explorer.open_cell("lstm")
    before, after = explorer.words("guide.states", count=6, names="c and h").split("c and h")
    told = explorer.lesson.root
    expect(told).to_contain_text(re.compile(f"{before}.*c.* and .*h.*{after}"))
    explorer.network.open()
    explorer.network.act("add").click()
    expect(told).to_contain_text(after.replace("6", "12"))
    explorer.network.direction(2, "both").click()
    expect(told).to_contain_text(after.replace("6", "18"))
    explorer.press("Control+z", "Control+z")
    expect(told).to_contain_text(after)


def test_back_leads_from_the_cell_to_the_lesson(gated: Explorer) -> None:
    gated.header.open_cell(cells.guide(cells.load("lstm")).title["en"])
    expect_all_values(gated, "lstm", 1)
    gated.page.go_back()
    expect(gated.strip.values("y")).to_have_count(5)
    expect(gated.lesson.title).to_have_text("Writing a number")


def test_another_language_and_a_reload(explorer: Explorer) -> None:
    explorer.open_cell("lstm-peephole", step="2")
    explorer.header.choose_language("中文")
    chinese = explorer.speaking("zh")
    expect(chinese.lesson.title).to_have_text(cells.guide(cells.load("lstm-peephole")).title["zh"])
    expect(chinese.page).to_have_url(re.compile("lang=zh"))
    chinese.page.reload()
    chinese.wait()
    expect(chinese.lesson.title).to_have_text(cells.guide(cells.load("lstm-peephole")).title["zh"])
    expect_step(chinese.transport.scrubber, 2)


def test_letters_stay_letters_in_another_language(explorer: Explorer) -> None:
    explorer.speaking("zh").open_cell("simple-rnn-wh-wx", lang="zh", step="3")
    assert not explorer.page.evaluate(ON_SCREEN)["raw"]


def test_without_memory_the_strip_says_so(explorer: Explorer) -> None:
    explorer.open_cell("feed-forward")
    stateless = explorer.page.get_by_text(explorer.words("strip.stateless")).locator("visible=true")
    expect(stateless).to_have_count(1)
    explorer.transport.turn_back()
    expect(stateless).to_have_count(1)
    explorer.open_cell("simple-rnn")
    expect(stateless).to_have_count(0)


def test_a_cell_that_is_not_there_leads_to_the_list_of_lessons(explorer: Explorer) -> None:
    explorer.page.goto(f"{explorer.url}#cell=no-such-cell")
    expect(explorer.notice("notice.unknown-cell")).to_be_visible()
    expect(explorer.home.root).to_be_visible()
