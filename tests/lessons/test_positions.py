"""Every key and value of a TOML text has the line that a person would point at."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.lessons.positions import Key, locate

TEXT = """# a lesson
order = 2
readout = \"\"\"
y = V @ h   # "not a comment" = 3
\"\"\"

[weights]
W = [
    [1, 2],  # first
    [3, 4],
]
readout.V = 1
"quoted.name" = 'x'
inline = { a = 1, b = [2, { c = 3 }] }

[[beats]]
id = "one"
[beats.prediction]
of = "c"
choices = [10,
           7]

[[beats]]
id = 'two'
[[beats.parts]]
id = 1
[[beats.parts]]
id = 2
"""

LINES: list[tuple[tuple[Key, ...], int]] = [
    (("order",), 2),
    (("readout",), 3),
    (("weights",), 7),
    (("weights", "W"), 8),
    (("weights", "W", 0), 9),
    (("weights", "W", 1), 10),
    (("weights", "W", 1, 1), 10),
    (("weights", "readout"), 12),
    (("weights", "readout", "V"), 12),
    (("weights", "quoted.name"), 13),
    (("weights", "inline", "b", 1, "c"), 14),
    (("beats",), 16),
    (("beats", 0), 16),
    (("beats", 0, "id"), 17),
    (("beats", 0, "prediction"), 18),
    (("beats", 0, "prediction", "choices", 1), 21),
    (("beats", 1), 23),
    (("beats", 1, "parts", 0, "id"), 26),
    (("beats", 1, "parts", 1, "id"), 28),
]


@pytest.mark.parametrize(("path", "line"), LINES)
def test_the_line_of_a_path(path: tuple[Key, ...], line: int) -> None:
    tomllib.loads(TEXT)
    assert locate(TEXT).line(*path) == line


def test_what_is_not_written_has_the_line_of_the_table_around_it() -> None:
    positions = locate(TEXT)
    assert positions.line("beats", 1, "prediction", "of") == 23
    assert positions.line("nothing") == 1


def test_the_first_line_of_a_text_lies_below_quotes_that_end_their_line() -> None:
    positions = locate('a = """\nfirst\n"""\nb = """first\n"""\nc = \'\'\'\nfirst\'\'\'')
    assert [positions.first_line(key) for key in "abc"] == [2, 4, 7]


def test_strings_with_brackets_quotes_and_escapes_are_passed_over() -> None:
    text = 'a = "]\\"#"\nb = \'\'\'\n["\'\'\'\'\nc = """\\"""\n""""\nd = 1\n'
    assert tomllib.loads(text)["d"] == 1
    assert locate(text).line("d") == 6


KEYS = st.text("abc", min_size=1, max_size=3)
VALUES = st.recursive(
    st.integers(-9, 9) | st.sampled_from(["a", "b]", 'c"d', "e\nf", "#g", "h'i"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=8,
)


def written(value: Any) -> str:
    match value:
        case dict():
            return "{ " + ", ".join(f"{key} = {written(each)}" for key, each in value.items()) + " }"
        case list():
            return "[" + "".join(f"\n{written(each)}," for each in value) + "\n]"
        case str():
            escaped = value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
            return f'"{escaped}"'
    return str(value)


@given(st.dictionaries(KEYS, VALUES, min_size=1, max_size=4))
def test_every_key_is_found_on_its_own_line(data: dict[str, Any]) -> None:
    # A list within an inline table may break the line, so the first line of each key is what can be known.
    lines: dict[str, int] = {}
    text = ""
    for key, value in data.items():
        lines[key] = text.count("\n") + 1
        text += f"{key} = {written(value)}\n"
    if tomllib.loads(text):
        positions = locate(text)
        assert {key: positions.line(key) for key in data} == lines


@given(st.text('ab=[]{}",\'#.\n \\12', max_size=60))
def test_no_text_is_refused(text: str) -> None:
    assert locate(text).line("a") >= 1


def test_depth_is_no_problem() -> None:
    assert locate("a = " + "[" * 5000).line("a") == 1
