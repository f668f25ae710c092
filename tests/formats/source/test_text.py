"""Comments that stay comments, numbers that stay exact, lines that are not too long."""

from __future__ import annotations

import ast

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.formats.source.text import WIDTH, aligned, assigned, comment, enclosed, header, literal, number, quoted, table


@given(st.text())
def test_a_comment_is_one_line_of_what_can_be_seen(text: str) -> None:
    found = comment(text)
    assert found.isprintable()
    assert ast.dump(ast.parse(f"a = 1  # {found}\nb = 2".encode())) == ast.dump(ast.parse("a = 1\nb = 2"))


@given(st.text(alphabet=st.characters(exclude_characters="\n")))
def test_a_header_is_comments_only(text: str) -> None:
    lines = header(f"# {text}\nh = x  : {text}\n")
    assert all(line.startswith("#") and line.isprintable() for line in lines)
    assert ast.parse("\n".join(["''", "''", *lines, "a = 1"]).encode()).body[2:]


def test_a_header_keeps_the_columns() -> None:
    assert header("# Title\n# Source\nh  = x   : label\nW1 = y\n") == [
        "# Title", "# Source", "#", "#     h  = x   : label", "#     W1 = y",
    ]  # fmt: skip


@given(st.floats())
def test_a_number_is_exact(value: float) -> None:
    found = eval_number(number(value))
    assert found == value or (np.isnan(found) and np.isnan(value))


def eval_number(text: str) -> float:
    return float(text.removeprefix('float("').removesuffix('")'))


@pytest.mark.parametrize(
    ("value", "text"),
    [(2.0, "2"), (0.1, "0.1"), (-0.5, "-0.5"), (1e300, "1e+300"), (float("inf"), 'float("inf")')],
)
def test_a_number_is_short(value: float, text: str) -> None:
    assert number(value) == text


@pytest.mark.parametrize("shape", [(), (1,), (3,), (40,), (2, 3), (30, 2), (2, 40), (2, 3, 4)])
@pytest.mark.parametrize("dtype", ["float64", "float32"])
def test_a_literal_is_exact_and_in_short_lines(shape: tuple[int, ...], dtype: str) -> None:
    value = np.random.default_rng(0).normal(size=shape).astype(dtype)
    text = literal(value, 1)
    assert np.array_equal(np.array(ast.literal_eval(text), dtype), value)
    assert all(len(line) <= WIDTH - 4 for line in text.splitlines())


def test_lists_are_broken_into_lines() -> None:
    assert enclosed("f(", ["a", "b"], ")") == "f(a, b)"
    long = enclosed("f(", ["argument"] * 20, ")", 1)
    assert long.startswith("f(\n    argument, argument,")
    assert long.endswith(",\n)")
    assert all(len(line) <= WIDTH - 4 for line in long.splitlines())
    assert assigned(["a", "b"], ["x", "y"]) == "a, b = x, y"
    many = assigned([f"a{n}" for n in range(15)], [f"table[{n}]" for n in range(15)])
    assert ast.dump(ast.parse(many)) == ast.dump(ast.parse(" ".join(many.split()).replace("( ", "(").replace(", )", ")")))
    assert len(many.splitlines()) > 1


def test_a_table_has_an_entry_in_a_line() -> None:
    assert table("T", {"a": "1", "b": "[\n    2,\n]"}) == 'T = {\n    "a": 1,\n    "b": [\n        2,\n    ],\n}'
    assert table("T", {}) == "T = {}"
    assert quoted('a"b') == '"a\\"b"'


def test_remarks_stand_in_one_column_unless_a_line_is_long() -> None:
    long = "x" * 70
    assert aligned([("a", "one"), ("bbb", ""), ("cc", "two"), (long, "three")]) == [
        "a   # one", "bbb", "cc  # two", f"{long}  # three",
    ]  # fmt: skip
    assert aligned([("f(\n)", "said")]) == ["# said\nf(\n)"]
    assert aligned([("x" * 99, "said")]) == [f"# said\n{'x' * 99}"]
