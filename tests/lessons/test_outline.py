"""Lines of dotted names, whichever way they are written."""

from __future__ import annotations

import pytest

from app.lessons.faults import Report
from app.lessons.reading import read_outline


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("[weights]\nW = 1\nreadout.V = 2\n", 3),
        ('[weights]\nW = 1\n"readout.V" = 2\n', 3),
        ("[weights]\nW = 1\n[weights.readout]\nV = 2\n", 4),
        ("[weights]\nW = 1\n", 1),
    ],
)
def test_the_line_of_a_dotted_name(text: str, line: int) -> None:
    outline = read_outline(text, Report("lesson"))
    assert outline is not None
    assert outline.line_of("readout.V", "weights") == line
