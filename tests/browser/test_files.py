"""A file of weights dropped on the page, and the network given away as code: the numbers are NumPy's."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import numpy as np
from playwright.sync_api import BrowserContext, expect

from app.cells import guide, load
from app.formats import write_safetensors
from app.session.cell_experiment import INPUTS
from tests.browser.conftest import Watch
from tests.browser.expecting import expect_value
from tests.browser.explorer import Explorer
from tests.browser.numbers import result
from tests.browser.test_accessibility import expect_no_violations
from tests.session.test_weights import by_hand, lstm

ARRAYS = lstm(units=1, inputs=2)
FILE = write_safetensors(ARRAYS)


def test_a_file_is_dropped_and_its_network_opened(explorer: Explorer) -> None:
    explorer.open_cell("gru")
    explorer.files.drag(FILE, "model.safetensors", "dragenter")
    expect(explorer.page.locator("body")).to_have_attribute("data-drop", explorer.words("page.drop"))
    explorer.files.drag(FILE, "model.safetensors")
    expect(explorer.files.root).to_contain_text("rnn")
    expect_no_violations(explorer.page)
    explorer.files.open(1).click()
    expect(explorer.notice("files.kept")).to_be_visible()
    hidden = by_hand(ARRAYS, np.array(INPUTS))[:, 0]
    for step in range(1, 7):
        expect_value(explorer.strip.value("h", step), result(float(hidden[step - 1])))


def test_what_the_reader_has_to_say_is_shown_and_what_it_left_out(explorer: Explorer) -> None:
    explorer.open_cell("gru")
    explorer.files.drag(write_safetensors({**ARRAYS, "head.weight": np.ones((2, 1))}), "model.safetensors")
    expect(explorer.files.root).to_contain_text("is added into the first")
    explorer.files.root.get_by_text(explorer.words("files.rest.one", count=1)).click()
    expect(explorer.files.root).to_contain_text("head.weight: no part of a recurrent layer")


def test_an_array_of_a_wrong_shape_and_one_that_is_not_finite_are_named(explorer: Explorer, watch: Watch) -> None:
    watch.expected.append("422")
    explorer.open_cell("gru")
    explorer.files.drag(write_safetensors({**ARRAYS, "rnn.weight_hh_l0": np.ones((4, 3))}), "model.safetensors")
    wanted = "4 x 4 (RNN), 4 x 1 (LSTM)"
    expect(explorer.files.root).to_contain_text(
        explorer.words("language.misfit", array="rnn.weight_hh_l0", found="4 x 3", wanted=wanted)
    )
    explorer.files.drag(write_safetensors({**ARRAYS, "rnn.weight_ih_l0": np.ones((5, 2))}), "model.safetensors")
    expect(explorer.files.root).to_contain_text(
        explorer.words("language.bad-shape", array="weight_ih_l0 (rnn)", found="(5, 2)", expected="(4, 2)")
    )
    explorer.files.drag(write_safetensors({**ARRAYS, "rnn.weight_hh_l0": np.full((4, 1), np.nan)}), "model.safetensors")
    expect(explorer.files.root).to_contain_text(explorer.words("language.array-not-finite", array="rnn.weight_hh_l0", count=4))


def test_what_cannot_be_read_is_said_in_the_language_of_the_page(explorer: Explorer, watch: Watch) -> None:
    watch.expected.append("422")
    chinese = explorer.speaking("zh")
    chinese.open_cell("gru", lang="zh")
    chinese.files.drag(b"", "model.pt")
    expect(chinese.files.root).to_contain_text(chinese.words("language.empty-file"))
    chinese.files.drag(FILE[:40], "model.safetensors")
    expect(chinese.files.root).to_contain_text(chinese.words("language.bad-safetensors"))
    chinese.press("Escape")
    expect(chinese.strip.values("h")).to_have_count(6)


def test_a_network_without_a_name_is_called_as_its_file_is(explorer: Explorer) -> None:
    explorer.open_cell("gru")
    nameless = write_safetensors({name.rpartition(".")[2]: array for name, array in ARRAYS.items()})
    explorer.files.drag(nameless, "of-my-own.safetensors")
    expect(explorer.files.root.get_by_role("listitem").first).to_contain_text("of-my-own.safetensors")
    explorer.files.open(1).click()
    expect(explorer.page).to_have_title(f"{explorer.words('header.own')} · Unrolled")


def test_a_cell_of_the_library_has_its_name_in_the_language_of_the_page_also_from_a_file(explorer: Explorer) -> None:
    chinese = explorer.speaking("zh")
    chinese.open("gated-cell", lang="zh")
    chinese.files.drag(FILE, "model.safetensors")
    chinese.files.open(1).click()
    expect(chinese.page.get_by_role("heading", level=1)).to_have_text(guide(load("lstm")).title["zh"])
    chinese.page.reload()
    expect(chinese.page.get_by_role("heading", level=1)).to_have_text(guide(load("lstm")).title["zh"])


def test_a_run_that_the_page_saved_is_dropped_in_again(gated: Explorer, tmp_path: Path) -> None:
    gated.press("End", "ArrowLeft")
    gated.header.share.click()
    with gated.page.expect_download() as download:
        gated.share.take("trace", "NPZ").click()
    run = tmp_path / "run.npz"
    download.value.save_as(run)
    gated.open_cell("gru")
    expect(gated.strip.value("r", 1)).to_be_visible()
    gated.files.drag(run.read_bytes(), "run.npz")
    expect(gated.notice("files.run")).to_be_visible()
    expect(gated.page).to_have_url(re.compile("lesson=gated-cell.*step=4"))
    expect_value(gated.strip.value("c", 4), "6.9995")


def test_weights_of_a_training_name_the_record_that_can_be_opened(explorer: Explorer) -> None:
    explorer.open_cell("gru")
    weights = {"main.1.forward.U_r": np.ones((2, 2)), "main.1.forward.b_r": np.ones(2)}
    explorer.files.drag(write_safetensors(weights), "gru.safetensors")
    expect(explorer.files.root).to_contain_text(explorer.words("files.own", count=2))


def test_what_is_no_file_of_weights_is_told(explorer: Explorer) -> None:
    explorer.open_cell("gru")
    explorer.files.drag(b'{"version": 2}', "other.json")
    expect(explorer.notice("problem.no-experiment")).to_be_visible()


def test_the_code_prints_what_the_page_shows(gated: Explorer, context: BrowserContext) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    gated.header.share.click()
    gated.share.root.get_by_role("button", name="NumPy").click()
    gated.share.root.get_by_role("button", name=gated.words("code.copy")).click()
    expect(gated.share.root.get_by_text(gated.words("code.copied"))).to_be_visible()
    code = gated.page.evaluate("navigator.clipboard.readText()")
    printed = subprocess.run([sys.executable, "-"], input=code, capture_output=True, text=True, check=True).stdout
    assert "6.9995" in printed
