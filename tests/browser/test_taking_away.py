"""Pictures and numbers as files, from the share dialog."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import numpy as np
from playwright.sync_api import Download, expect

from tests.browser.explorer import Explorer
from tests.browser.truth import report

C = "main.1.forward.c"


def taken(explorer: Explorer, what: str, kind: str) -> Download:
    explorer.header.share.click()
    with explorer.page.expect_download() as found:
        explorer.share.take(what, kind).click()
    explorer.press("Escape")
    return found.value


def test_the_numbers_are_the_engines_to_the_last_bit(gated: Explorer, tmp_path: Path) -> None:
    truth = report("gated-cell")["steps"]
    text = Path(taken(gated, "trace", "CSV").path()).read_text("utf-8")
    rows = [row for row in csv.DictReader(io.StringIO(text)) if row["symbol"] == C]
    assert [float(row["value"]) for row in rows if row["kind"] == "value"] == [step["values"]["c"][0] for step in truth]
    assert [float(row["value"]) for row in rows if row["kind"] == "gradient"] == [
        step["gradients"]["c"][0] for step in truth
    ]
    file = tmp_path / "trace.npz"
    taken(gated, "trace", "NPZ").save_as(file)
    with np.load(file) as found:
        assert found[f"value/{C}"][:, 0].tolist() == [step["values"]["c"][0] for step in truth]
    data = json.loads(Path(taken(gated, "trace", "JSON").path()).read_text("utf-8"))
    assert data["backward"] == {"of": "main.1.forward.y", "step": 4, "unit": None}


def test_a_picture_stands_alone(gated: Explorer) -> None:
    gated.press("ArrowRight", "ArrowRight", "ArrowRight")
    found = taken(gated, "strip", "SVG")
    assert found.suggested_filename == "unrolled-gated-cell-strip-step-4.svg"
    text = Path(found.path()).read_text("utf-8")
    assert all(part in text for part in ("The gated cell", ">7.00<", "font/woff2;base64,"))
    assert not any(part in text for part in ("var(", "oklab"))
    assert ">y, c, x  \N{MINUS SIGN}10</text>" in text, "each row that has colours is named beside those that it has"
    png = Path(taken(gated, "cell", "PNG").path()).read_bytes()
    width, height = int.from_bytes(png[16:20]), int.from_bytes(png[20:24])
    assert png[1:4] == b"PNG"
    assert width > 960
    assert height > 400


def test_a_cells_picture_says_how_its_gates_are_coloured(explorer: Explorer) -> None:
    explorer.open("long-and-short-term")
    gates = f">{explorer.words('save.gates')}"
    assert gates not in Path(taken(explorer, "strip", "SVG").path()).read_text("utf-8"), "none has a row of its own"
    assert gates in Path(taken(explorer, "cell", "SVG").path()).read_text("utf-8")


def test_no_picture_is_made_of_a_cell_under_a_study(explorer: Explorer) -> None:
    """It was a sheet with a title and nothing on it."""
    explorer.open("plains-and-walls")
    expect(explorer.page.locator("[data-view=surface]")).to_be_visible()
    explorer.header.share.click()
    expect(explorer.share.take("cell", "SVG")).to_be_disabled()
    expect(explorer.share.take("strip", "SVG")).to_be_enabled()


def test_all_values_stand_in_a_table(gated: Explorer) -> None:
    truth = [step["values"]["c"][0] for step in report("gated-cell")["steps"]]
    gated.press("End")
    gated.header.share.click()
    shown = [float(text) for text in gated.share.table_row("c")]
    assert shown == [float(f"{value:.8g}") for value in truth]
