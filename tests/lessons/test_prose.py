"""Markdown cut at its headings, and everything that can be misplaced in it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.lessons.faults import Report
from app.lessons.markup import make_markdown
from app.lessons.prose import PARTS, Prose, read_prose

GOOD = """# The `c` cell

What it is about.

First paragraph.

Second paragraph.

## Writing {#write}

Some text.

### Predict first {predict}

How much?

### Why {why}

So much.

### Try {try}

This.

## 保持｛＃hold｝

More text.

## Names {names}

- chapter: Memory
- preset five: Five steps
- variant exact：精确
- note: Before
  and after.
"""


def read(text: str) -> tuple[Prose, Report]:
    report = Report("lesson")
    return read_prose(text, "en.md", make_markdown(), report), report


def test_a_text_in_parts() -> None:
    prose, report = read(GOOD)
    assert report.problems == []
    assert (prose.title, prose.summary) == ("The c cell", "What it is about.")
    assert [token.type for token in prose.introduction.tokens].count("paragraph_open") == 2
    assert {key: (each.title, each.line) for key, each in prose.sections.items()} == {
        "write": ("Writing", 9),
        "hold": ("保持", 25),
    }
    assert tuple(prose.sections["write"].parts) == PARTS
    assert prose.sections["hold"].parts == {}
    assert prose.names == {
        "chapter": "Memory",
        "preset five": "Five steps",
        "variant exact": "精确",
        "note": "Before and after.",
    }
    assert prose.name_lines["variant exact"] == 33


FAULTS = [
    ("no title\n", "no-title", 1, "the text does not begin with its title", "begin it with a line: # The title"),
    ("", "no-title", 1, "the text does not begin with its title", "begin it with a line: # The title"),
    ("hello\n\n# T\n\nS\n", "no-title", 1, "the text does not begin with its title", "begin it with a line: # The title"),
    ("# T\n\n## A {#a}\n", "no-summary", 1, "no summary follows the title",
     "write one sentence below the title, then an empty line"),
    ("# T\n\nS\n\n# U\n", "second-title", 5, "a second title", "there is one '#' heading; beats begin with '##'"),
    ("# T\n\nS\n\n## A\n\ntext\n", "heading-without-id", 5, "the heading 'A' names no beat",
     "end the heading with the beat's id: ## Heading {#id}"),
    ("# T\n\nS\n\n## A {a}\n", "heading-without-id", 5, "the heading 'A' names no beat",
     "end the heading with the beat's id: ## Heading {#id}"),
    ("# T\n\nS\n\n## A {#a}\n\n## B {#a}\n", "duplicate-section", 7, "the beat 'a' has two headings", "keep one of them"),
    ("# T\n\nS\n\n## {#a}\n", "empty-heading", 5, "the heading of 'a' has no words", "write some before {#id}"),
    ("# T\n\nS\n\n## A {#a}\n\n### P {predcit}\n\nx\n", "unknown-part", 7, "unknown part 'predcit' of a beat",
     "did you mean 'predict'?"),
    ("# T\n\nS\n\n## A {#a}\n\n### P\n\nx\n", "unknown-part", 7, "unknown part '' of a beat",
     "end the heading with {predict}, {why} or {try}"),
    ("# T\n\nS\n\n## A {#a}\n\n### P {try}\n\nx\n\n### Q {try}\n\ny\n", "duplicate-part", 11,
     "two parts '{try}' in one beat", "join them"),
    ("# T\n\nS\n\n## A {#a}\n\n### P {try}\n", "empty-part", 7, "'{try}' has no text", "write it below the heading"),
    ("# T\n\nS\n\n### P {try}\n\nx\n", "part-outside", 5, "'{try}' stands in no beat",
     "put it below the '##' heading of a beat"),
    ("# T\n\nS\n\n## N {names}\n\n- prest five: x\n", "bad-name-line", 7, "'prest five: x' gives no name",
     "write '- chapter: ...', '- preset its-id: ...', '- variant its-id: ...' or '- note: ...'"),
    ("# T\n\nS\n\n## N {names}\n\n- note: x\n- note: y\n", "duplicate-name", 8, "'note' is named twice",
     "keep one of them"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "code", "line", "message", "hint"), FAULTS)
def test_a_fault(text: str, code: str, line: int, message: str, hint: str) -> None:
    _, report = read(text)
    found = [(each.code, each.line, each.message, each.hint) for each in report.problems]
    assert (code, line, message, hint) in found


PIECES = ["# ", "## ", "### ", "{#a}", "{try}", "{names}", "{", "｝", "\n", "\n\n", "- ", "note: ", "text", "`c`", "> ",
          "```\n", "***", "中", "\t", "|", "===\n"]  # fmt: skip


@given(st.text(max_size=80) | st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_any_text_is_read(text: str) -> None:
    prose, report = read(text)
    assert prose.title or report.faulty
    assert all(each.line is None or 1 <= each.line <= text.count("\n") + 1 for each in report.problems)


@given(st.data())
def test_a_text_with_something_cut_out_or_put_in(data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(GOOD)))
    end = data.draw(st.integers(start, min(len(GOOD), start + 30)))
    read(GOOD[:start] + data.draw(st.sampled_from(PIECES)) + GOOD[end:])
