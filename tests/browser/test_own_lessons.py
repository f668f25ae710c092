"""A teacher's own folder of lessons: what is sound can be opened, what is not is listed with the place of its fault."""

from __future__ import annotations

import shutil
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.conftest import Watch
from tests.browser.expecting import expect_value
from tests.browser.explorer import Explorer
from tests.server import from_source

LESSONS = Path(__file__).resolve().parents[2] / "app" / "lessons"


def test_a_sound_and_a_faulty_lesson(page: Page, watch: Watch, tmp_path: Path) -> None:
    words = shutil.copytree(LESSONS / "linear-toy", tmp_path / "own") / "en.md"
    words.write_text("# My own lesson\n" + words.read_text().partition("\n")[2])
    faulty = shutil.copytree(LESSONS / "linear-toy", tmp_path / "faulty") / "lesson.toml"
    faulty.write_text(faulty.read_text().replace('cell = "linear-rnn"', 'cell = "linear-rmn"'))

    with from_source(["--lessons", str(tmp_path)]) as server:
        explorer = Explorer(page, server.url)
        explorer.open("gated-cell")
        explorer.header.open_lesson("My own lesson")
        expect(explorer.header.lessons).to_contain_text("My own lesson")
        explorer.press("End")
        expect_value(explorer.strip.value("y", 3), "32.000, 32.000")
        explorer.header.lessons.click()
        listed = explorer.header.root.get_by_role("listitem")
        expect(listed).to_have_count(1)
        expect(listed).to_contain_text("faulty/lesson.toml, line 3")
