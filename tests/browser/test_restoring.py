"""What is seen is in the address: reload, back and a copied link bring exactly it."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
from playwright.sync_api import BrowserContext, Page, expect

from app.formats import write_safetensors
from app.session.cell_experiment import INPUTS
from tests.browser.expecting import expect_step, expect_true, expect_value
from tests.browser.explorer import Explorer
from tests.browser.numbers import result
from tests.browser.truth import gated_cell
from tests.session.test_weights import by_hand, lstm

LARGE_ARRAYS = lstm(units=40, inputs=2)
LARGE = write_safetensors(LARGE_ARRAYS)

FORGET = "forget gate, bias"


def changed(explorer: Explorer) -> None:
    """Step 3, the forget gate's bias 0.1 (which is no round number in binary), one input changed."""
    explorer.press("End")
    explorer.weights.type(FORGET, "0.1")
    explorer.sequence.type("x₁", 1, "5")
    explorer.press("ArrowLeft", "ArrowLeft")
    expect_changed(explorer)


def expect_changed(explorer: Explorer) -> None:
    memory = gated_cell("c", b_f=0.1, first=5)
    expect_step(explorer.transport.scrubber, 3)
    expect_value(explorer.weights.number(FORGET), "0.1")
    for step in range(1, 4):
        expect_value(explorer.strip.value("c", step), memory[step - 1])


def test_reload(gated: Explorer) -> None:
    changed(gated)
    expect(gated.page).to_have_url(re.compile("step=3"))
    gated.page.reload()
    gated.wait()
    expect_changed(gated)
    # Undo is not in the address; the lesson's own numbers are, and can be had again.
    gated.press("End")
    gated.lesson.reset.click()
    expect_value(gated.strip.value("c", 4), "6.9995")


def test_a_reload_keeps_the_arithmetic_open(gated: Explorer) -> None:
    gated.press("End")
    gated.strip.value("c", 5).click()
    open_at = gated.arithmetic.of("cell state", 5)
    expect(open_at).to_be_visible()
    gated.page.reload()
    gated.wait()
    expect(open_at).to_contain_text("5.7·10⁻³⁹")
    gated.press("Escape")
    expect(open_at).to_be_hidden()
    gated.page.reload()
    gated.wait()
    expect_value(gated.strip.value("c", 5), "5.7·10⁻³⁹")
    expect(open_at).to_be_hidden()


def test_a_link_to_the_arithmetic_of_nothing_opens_none(explorer: Explorer) -> None:
    for place in ("q@2@0", "b_f@2@0", "c@9@0", "c@2@1", "c@x@0.5", "c"):
        explorer.open("gated-cell", step="5", at=f"main.1.forward.{place}")
        expect_value(explorer.strip.value("c", 5), "5.7·10⁻³⁹")
        expect_true(explorer.page, "!location.hash.includes('at=')")


def test_a_copied_link(gated: Explorer, context: BrowserContext) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    changed(gated)
    gated.header.share.click()
    gated.share.copy.click()
    expect(gated.share.said).to_have_text(gated.words("shared.copied"))
    link = gated.share.link
    assert gated.page.evaluate("navigator.clipboard.readText()") == link
    other: Page = context.new_page()
    other.goto(link)
    arrived = Explorer(other, gated.url)
    arrived.wait()
    expect_changed(arrived)


def test_a_saved_file(gated: Explorer, context: BrowserContext, tmp_path: Path) -> None:
    changed(gated)
    gated.header.share.click()
    with gated.page.expect_download() as download:
        gated.share.save.click()
    file = tmp_path / "experiment.json"
    download.value.save_as(file)
    arrived = Explorer(context.new_page(), gated.url)
    arrived.open("linear-toy")
    arrived.header.share.click()
    with arrived.page.expect_file_chooser() as chooser:
        arrived.share.open_file.click()
    chooser.value.set_files(file)
    expect(arrived.share.root).to_be_hidden()
    expect_changed(arrived)


def test_back_and_forward_of_the_browser(gated: Explorer) -> None:
    changed(gated)
    gated.header.open_lesson("linear")
    expect(gated.strip.values("h")).to_have_count(3)
    gated.page.go_back()
    expect_changed(gated)
    gated.page.go_forward()
    expect(gated.strip.values("h")).to_have_count(3)


def test_a_link_that_cannot_be_read_shows_the_rest(explorer: Explorer) -> None:
    explorer.open("gated-cell", step="three", w="main.1.forward.b_f.0:0.1")
    expect(explorer.notice("notice.link")).to_be_visible()
    expect_value(explorer.weights.number(FORGET), "0.1")


def test_a_link_that_was_cut_off_says_so(explorer: Explorer) -> None:
    explorer.page.goto(f"{explorer.url}#e=abcdef")
    expect(explorer.notice("notice.unread")).to_be_visible()
    expect(explorer.home.root).to_be_visible()


def test_an_unknown_lesson_leads_to_the_list(explorer: Explorer) -> None:
    explorer.page.goto(f"{explorer.url}#lesson=no-such-lesson")
    expect(explorer.notice("problem.unknown-lesson")).to_be_visible()
    expect(explorer.home.root).to_be_visible()


KEEP_TEN = """async () => {
    const { openKept } = await import("./static/state/kept.js");
    const kept = openKept(() => indexedDB);
    const names = Array.from({ length: 10 }, (_, index) => `n${index}`);
    for (const name of names) {
        if (!await kept.put(name, { name })) return [name];
        await new Promise((done) => setTimeout(done, 5));
    }
    const found = (await Promise.all(names.map((name) => kept.get(name)))).filter(Boolean);
    return [found.length, found[0].name, found.at(-1).name];
}"""
DENIED = """Object.defineProperty(window, "indexedDB", {
    get() { throw new DOMException("denied", "SecurityError"); },
})"""


def open_large(explorer: Explorer) -> str:
    """A network of 40 units out of a file, at step 6 of 6; gives what the memory's first unit holds there."""
    explorer.open_cell("gru")
    explorer.files.drag(LARGE, "large.safetensors")
    explorer.files.open(1).click()
    expect(explorer.notice("files.kept")).to_be_visible()
    explorer.press("End")
    hidden = by_hand(LARGE_ARRAYS, np.array(INPUTS))
    return result(float(hidden[5, 0]))


def test_what_is_too_long_for_a_link_is_there_after_a_reload_and_in_a_file(explorer: Explorer, tmp_path: Path) -> None:
    last = open_large(explorer)
    expect(explorer.page).to_have_url(re.compile(r"#kept=\w+"))
    explorer.page.reload()
    expect(explorer.page.locator(".wide-readout")).to_contain_text(last)
    explorer.header.share.click()
    expect(explorer.share.root).to_contain_text(explorer.words("share.kept", count=8))
    expect(explorer.share.copy).to_be_hidden()
    with explorer.page.expect_download() as download:
        explorer.share.save.click()
    saved = tmp_path / "saved.json"
    download.value.save_as(saved)
    explorer.open_cell("gru")
    explorer.header.share.click()
    with explorer.page.expect_file_chooser() as chooser:
        explorer.share.open_file.click()
    chooser.value.set_files(saved)
    expect(explorer.page.locator(".wide-readout")).to_contain_text(last)


def test_as_many_are_kept_as_the_dialog_says(explorer: Explorer) -> None:
    explorer.open_cell("gru")
    assert explorer.page.evaluate(KEEP_TEN) == [8, "n2", "n9"]


def test_a_browser_that_keeps_nothing_says_so(explorer: Explorer) -> None:
    explorer.page.add_init_script(DENIED)
    explorer.open_cell("gru")
    explorer.files.drag(LARGE, "large.safetensors")
    explorer.files.open(1).click()
    expect(explorer.notice("notice.unkept")).to_be_visible()
    explorer.header.share.click()
    expect(explorer.share.root).to_contain_text(explorer.words("share.unkept"))
    expect(explorer.share.save).to_be_focused()


def test_what_is_kept_no_more_is_said(explorer: Explorer) -> None:
    explorer.page.goto(f"{explorer.url}#kept=gone")
    expect(explorer.notice("notice.not-kept")).to_be_visible()
