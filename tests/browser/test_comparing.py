"""Networks side by side: before and after a change, another cell on the same sequence."""

from __future__ import annotations

from playwright.sync_api import expect

from app.lessons import load_lessons
from app.session import Limits
from app.session.beside import beside
from app.session.experiment import Experiment
from app.session.report import report
from tests.browser.explorer import Explorer
from tests.browser.numbers import result
from tests.browser.truth import gated_cell

#: whether the strip was to be seen when the page first showed anything
FIRST_SEEN = """addEventListener("DOMContentLoaded", () => {
    const page = document.getElementById("page");
    new MutationObserver(() => {
        window.stripAtFirst = document.querySelector("[data-view=strip]").getClientRects().length > 0;
    }).observe(page, { attributeFilter: ["data-state"] });
})"""


def test_before_and_after(gated: Explorer) -> None:
    gated.press("End")
    gated.press("ArrowLeft")
    gated.compare.toggle.click()
    gated.compare.copy.click()
    gated.weights.type("forget gate, bias", "-1")
    gated.compare.show_numbers()
    was, now = gated_cell("c")[3], gated_cell("c", b_f=-1)[3]
    expect(gated.compare.numbers("c").nth(0)).to_have_text(now)
    expect(gated.compare.numbers("c").nth(1)).to_have_text(was)
    gated.compare.difference.click()
    expect(gated.compare.lane("Memory cell with three gates, as it was")).to_contain_text("16 parameters")


def test_a_lessons_own_cell_is_not_called_by_its_folder(explorer: Explorer) -> None:
    explorer.open("forget-as-leak")
    explorer.network.open()
    own = explorer.words("network.own-cell")
    expect(explorer.network.cell(1).locator("option:checked")).to_have_text(own)
    explorer.compare.toggle.click()
    explorer.compare.copy.click()
    expect(explorer.compare.lanes).to_have_text([own, explorer.words("compare.copy", name=own)])


def test_a_step_of_a_lane_is_called_by_the_word_that_is_read_there(explorer: Explorer) -> None:
    explorer.open("why-memory")
    explorer.compare.toggle.click()
    explorer.compare.copy.click()
    for at in (0, 1):
        expect(explorer.compare.root.locator(".strip-steps").nth(at)).to_contain_text("Taipei")


def test_another_cell_on_the_same_sequence(gated: Explorer) -> None:
    gated.compare.toggle.click()
    gated.compare.cells.select_option("lstm")
    gated.compare.show_numbers()
    title = "Long short-term memory"
    expect(gated.compare.lanes).to_have_text(["Memory cell with three gates", title])
    own = Experiment.model_validate(load_lessons().lessons["gated-cell"].experiment())
    lane = beside(own, "lstm")
    alone = Experiment(network=lane.network, parameters=lane.parameters, sequence=own.sequence)
    found = report(alone, False, Limits())
    gated.press("End")
    expect(gated.compare.numbers("c").nth(1)).to_have_text(result(float(found.values["c"][4, 0])))
    gated.page.wait_for_timeout(400)  # the bar follows when changes have come to rest
    gated.page.add_init_script(FIRST_SEEN)
    gated.page.reload()
    expect(gated.compare.lanes).to_have_text(["Memory cell with three gates", title])
    assert gated.page.evaluate("stripAtFirst") is False, "the lanes stand where the strip would, from the first picture on"
    gated.compare.root.get_by_role("button", name=gated.words("compare.remove", name=title)).click()
    expect(gated.compare.root).to_be_hidden()
    expect(gated.strip.root).to_be_visible()


def test_escape_leads_out_and_learning_comes_into_sight(explorer: Explorer) -> None:
    explorer.open("sequence-loss")
    explorer.compare.toggle.click()
    for name in ("gru", "lstm"):
        explorer.compare.cells.select_option(name)
    expect(explorer.compare.lanes).to_have_count(3)
    explorer.compare.root.get_by_role("button", name=explorer.words("compare.learn"), exact=True).click()
    expect(explorer.page.get_by_role("heading", name=explorer.words("learning.title"))).to_be_in_viewport()
    explorer.press("Escape")
    expect(explorer.compare.lanes).to_have_count(3)
    explorer.press("Escape")
    expect(explorer.compare.root).to_be_hidden()
    expect(explorer.notice("notice.alone")).to_be_visible()
    explorer.press("u")
    expect(explorer.compare.lanes).to_have_count(3)


def test_what_is_asked_for_is_marked_in_the_first_lane(gated: Explorer) -> None:
    gated.compare.toggle.click()
    gated.compare.copy.click()
    marks = gated.compare.root.get_by_text("?", exact=True)
    expect(marks).to_have_count(1)
    gated.lesson.skip.click()
    gated.press("ArrowRight")
    expect(gated.compare.lane(gated.compare.lanes.nth(1).inner_text()).get_by_text("?", exact=True)).to_have_count(0)
