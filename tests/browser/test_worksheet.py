"""The lesson on paper: blanks to fill in, and a page of answers with the engine's numbers."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.explorer import Explorer

PRINT = "window.print = () => document.documentElement.setAttribute('data-printed', '')"


def row(page: Locator, symbol: str) -> list[str]:
    found = page.get_by_role("row").filter(has=page.page.get_by_role("rowheader", name=symbol, exact=True))
    return found.get_by_role("cell").all_inner_texts()


def printed(explorer: Explorer) -> list[Locator]:
    """The task and the answers, as on paper."""
    explorer.header.share.click()
    explorer.share.print_worksheet.click()
    expect(explorer.page.locator(":root")).to_have_attribute("data-printed", "")
    explorer.page.emulate_media(media="print")
    return explorer.page.locator(".worksheet-page").all()


def test_blanks_and_answers(explorer: Explorer) -> None:
    page = explorer.page
    page.add_init_script(PRINT)
    explorer.open("linear-toy")
    task, answers = printed(explorer)
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


def test_a_question_about_a_word_finds_it_over_its_step(explorer: Explorer) -> None:
    """Two words that are in no vocabulary have the same numbers: the table alone does not tell which step is meant."""
    explorer.page.add_init_script(PRINT)
    explorer.open("one-of-n")
    task, _ = printed(explorer)
    expect(task.get_by_role("columnheader")).to_have_text(["1 · cat", "2 · bus", "3 · cow", "4 · tram", "5 · cat"])
    expect(task).to_contain_text("“tram” is not listed either")


def test_a_lesson_about_what_goes_back_has_its_gradients_to_fill_in(explorer: Explorer) -> None:
    explorer.page.add_init_script(PRINT)
    explorer.open("what-goes-back")
    task, answers = printed(explorer)
    expect(task).to_contain_text(explorer.words("worksheet.back", name="h", step=3))
    assert (row(task, "dL/dh"), row(answers, "dL/dh")) == (["", "", "1"], ["0.25", "0.5", "1"])
    assert row(answers, "dL/dx") == ["0.25", "0.5", "1"]
    expect(answers.get_by_role("listitem").locator("> b")).to_have_text(["0.25"])


def test_a_long_sequence_goes_on_in_a_table_below(explorer: Explorer) -> None:
    page = explorer.page
    page.add_init_script(PRINT)
    inputs = ";".join(f"{step % 3 - 1},0.5" for step in range(23))
    explorer.open("linear-toy", x=inputs)
    _, answers = printed(explorer)
    tables = answers.get_by_role("table").all()
    assert [row(each, "x₂") for each in tables] == [*[["0.5"] * 6] * 3, [*["0.5"] * 5, ""]]
    expect(tables[3].get_by_role("columnheader").last).to_have_text("t = 23")
    widths = {round(each.get_by_role("columnheader").first.bounding_box()["width"]) for each in tables}  # type: ignore[index]
    assert len(widths) == 1


def test_of_a_thousand_steps_the_first_are_there_with_their_numbers_and_inputs(explorer: Explorer) -> None:
    explorer.page.add_init_script(PRINT)
    explorer.open("thousand-times")
    task, answers = printed(explorer)
    expect(task).to_contain_text(explorer.words("worksheet.steps", shown=30, count=1000))
    truth = [float(f"{1.01**step:.5g}") for step in range(8)]
    first = answers.get_by_role("table").first
    assert [float(text) for text in row(first, "h")] == truth
    assert row(first, "x") == ["1", *["0"] * 7]


def test_numbers_stay_in_their_boxes(explorer: Explorer) -> None:
    explorer.page.add_init_script(PRINT)
    explorer.open("vanishing")
    _, answers = printed(explorer)
    explorer.page.set_viewport_size({"width": 680, "height": 1000})
    boxes = answers.get_by_role("cell").all()
    assert max(each.evaluate("node => node.scrollWidth - node.clientWidth") for each in boxes) == 0


def test_what_the_memory_starts_with_and_whose_a_weight_is(explorer: Explorer) -> None:
    explorer.page.add_init_script(PRINT)
    explorer.open("clipping")
    task, _ = printed(explorer)
    expect(task).to_contain_text("h0 = 0.62246")
    expect(task.get_by_role("rowheader", name="x", exact=True)).to_have_count(0)
    explorer.page.emulate_media(media="screen")
    explorer.page.goto("about:blank")
    explorer.open("stacked", variant="two")
    task, _ = printed(explorer)
    expect(task).to_contain_text("W (layer 1) = 1")
    expect(task.get_by_role("rowheader", name="h (layer 2)")).to_have_count(1)


@pytest.mark.parametrize(
    ("lesson", "variant", "answers"), [("three-times", None, ["3", "7"]), ("the-gru", None, []), ("the-gru", "chung", [])]
)
def test_a_question_about_other_weights_or_another_network_is_not_on_the_sheet(
    explorer: Explorer, lesson: str, variant: str | None, answers: list[str]
) -> None:
    explorer.page.add_init_script(PRINT)
    explorer.open(lesson, **({"variant": variant} if variant else {}))
    _, page = printed(explorer)
    expect(page.get_by_role("listitem").locator("> b")).to_have_text(answers)


def test_what_a_loss_is_and_where_nothing_is_asked_stand_on_the_sheet(explorer: Explorer) -> None:
    """An empty box is one to fill in, and nobody can without being told what L is and what the units of a choice stand for."""
    explorer.page.add_init_script(PRINT)
    explorer.open("sequence-loss")
    task, answers = printed(explorer)
    expect(task).to_contain_text("L" + explorer.words("worksheet.loss.cross-entropy"))
    none = explorer.words("worksheet.none")
    assert row(task, "target") == ["see", "you", none]
    assert row(task, "L") == ["0.12945", "", none]
    assert row(answers, "L") == ["0.12945", "0.02462", none]
    assert row(answers, "y 2 (see)")[0] == "0.87858"
    explorer.page.emulate_media(media="screen")
    explorer.page.goto("about:blank")
    # Asked at its last step alone, which is beyond what is printed.
    explorer.open("gone-and-left")
    task, _ = printed(explorer)
    expect(task.get_by_role("rowheader", name="L", exact=True)).to_have_count(0)
    expect(task).not_to_contain_text(explorer.words("worksheet.loss.squared"))


def test_a_layer_that_reads_backward_has_its_example_where_it_begins(explorer: Explorer) -> None:
    explorer.page.add_init_script(PRINT)
    explorer.open("both-directions", variant="both")
    task, answers = printed(explorer)
    expect(task).to_contain_text(explorer.words("worksheet.reversed"))
    assert row(task, "h (layer 1, forward)") == ["1", "", ""]
    assert row(task, "h (layer 1, backward)") == ["", "", "3"]
    assert row(answers, "h (layer 1, backward)") == ["6", "5", "3"]


def test_what_a_layer_over_another_reads_stands_on_the_sheet(explorer: Explorer) -> None:
    """Its equations say x, and the only x of the table is that of the first layer."""
    explorer.page.add_init_script(PRINT)
    explorer.open_cell("simple-rnn", net="2/simple-rnn*1,both/simple-rnn*1/readout,outputs=1")
    task, _ = printed(explorer)
    expect(task.get_by_text("x (layer 2) = h of layer 1, both directions", exact=True)).to_have_count(1)
    expect(task.get_by_text("h (readout) = h of layer 2", exact=True)).to_have_count(1)
    expect(task.get_by_text(" = h of ")).to_have_count(2)


def test_equations_of_different_layers_are_told_apart(explorer: Explorer) -> None:
    explorer.page.add_init_script(PRINT)
    explorer.open_cell("simple-rnn", net="2/simple-rnn*1/gru*1/readout,outputs=1")
    task, _ = printed(explorer)
    expect(task.locator(".worksheet-equations > p")).to_have_text(["layer 1", "layer 2", "readout"])


def test_what_no_hand_can_work_out_is_given_but_for_what_is_asked(explorer: Explorer) -> None:
    explorer.page.add_init_script(PRINT)
    explorer.open("does-it-learn")
    task, answers = printed(explorer)
    expect(task).to_contain_text(explorer.words("worksheet.numbers"))
    last = task.get_by_role("table").last
    assert row(last, "h 1") == row(answers.get_by_role("table").last, "h 1")
    assert row(last, "y")[-2:] == ["1.02", ""]
    assert row(answers.get_by_role("table").last, "y")[-1] == "1.0343"
    assert row(answers.get_by_role("table").last, "L")[-1] == "0.38972"


def test_what_a_hand_works_out_has_all_its_units_and_inputs(explorer: Explorer) -> None:
    explorer.page.add_init_script(PRINT)
    explorer.open_cell("simple-rnn", net="2/simple-rnn*5")
    task, answers = printed(explorer)
    assert row(task, "h 5")[1:] == ["", "", "", "", ""]
    assert all(row(answers, "h 5"))
    explorer.page.emulate_media(media="screen")
    explorer.page.goto("about:blank")
    explorer.open("one-of-n", net="5/feed-forward*1", x="0,0,0,0,1;1,0,0,0,0", words="a,b,c,d;d,a")
    task, _ = printed(explorer)
    assert row(task, "d") == ["0", "0"]
    assert row(task, "other") == ["1", "0"]


def test_a_curve_is_answered_by_the_curve(explorer: Explorer) -> None:
    explorer.page.add_init_script(PRINT)
    explorer.open("clockwork")
    task, answers = printed(explorer)
    expect(task.locator(".curve-truth circle")).to_have_count(1)
    expect(answers.locator(".curve-truth circle")).to_have_count(9)
    for line in answers.locator(".curve-truth .curve-line").all():
        expect(line).to_have_css("fill", "none")
