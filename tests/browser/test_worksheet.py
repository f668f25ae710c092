"""The lesson on paper: blanks to fill in, and a page of answers with the engine's numbers."""

from __future__ import annotations

from playwright.sync_api import Locator, expect

from tests.browser.explorer import Explorer

PRINT = "window.print = () => document.documentElement.setAttribute('data-printed', '')"


def row(page: Locator, symbol: str) -> list[str]:
    found = page.get_by_role("row").filter(has=page.page.get_by_role("rowheader", name=symbol, exact=True))
    return found.get_by_role("cell").all_inner_texts()


def test_blanks_and_answers(explorer: Explorer) -> None:
    page = explorer.page
    page.add_init_script(PRINT)
    explorer.open("linear-toy")
    explorer.header.share.click()
    explorer.share.print_worksheet.click()
    expect(page.locator(":root")).to_have_attribute("data-printed", "")
    page.emulate_media(media="print")
    task, answers = page.locator(".worksheet-page").all()
    expect(task.get_by_role("heading", level=1)).to_have_text("The linear toy")
    expect(explorer.header.root).to_be_hidden()
    assert row(task, "h 1") == ["2", "", ""]
    assert row(task, "x₁") == ["1", "1", "2"]
    assert row(answers, "h 1") == ["2", "6", "16"]
    assert row(answers, "y 2") == ["4", "12", "32"]
    expect(task.get_by_role("listitem")).to_have_count(2)
    expect(answers.get_by_role("listitem").locator("> b")).to_have_text(["6", "32"])
    assert page.pdf(format="A4").startswith(b"%PDF")
    page.emulate_media(media="screen")
    expect(explorer.header.root).to_be_visible()


def test_a_long_sequence_goes_on_in_a_table_below(explorer: Explorer) -> None:
    page = explorer.page
    page.add_init_script(PRINT)
    inputs = ";".join(f"{step % 3 - 1},0.5" for step in range(23))
    explorer.open("linear-toy", x=inputs)
    explorer.header.share.click()
    explorer.share.print_worksheet.click()
    page.emulate_media(media="print")
    _, answers = page.locator(".worksheet-page").all()
    tables = answers.get_by_role("table").all()
    assert [row(each, "x₂") for each in tables] == [["0.5"] * 8, ["0.5"] * 8, [*["0.5"] * 7, ""]]
    expect(tables[2].get_by_role("columnheader").last).to_have_text("t = 23")
    widths = {round(each.get_by_role("columnheader").first.bounding_box()["width"]) for each in tables}  # type: ignore[index]
    assert len(widths) == 1
