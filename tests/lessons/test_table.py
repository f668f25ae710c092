"""A TOML table asked for values of certain kinds, and what it says when they are of another."""

from __future__ import annotations

import tomllib

import pytest

from app.lessons.faults import Report
from app.lessons.positions import locate
from app.lessons.table import Table, named_numbers, unique


def table(text: str) -> Table:
    return Table(tomllib.loads(text), (), locate(text), Report("lesson"))


def said(found: Table) -> list[tuple[str, int | None, str]]:
    return [(each.code, each.line, each.message) for each in found.report.problems]


def test_values_of_the_right_kind() -> None:
    found = table('a = "x"\nb = 3\nc = 2.5\nd = ["p", "q"]\ne = [[1, 2], [3, 4]]\n[f]\n[[g]]\n[[g]]\n')
    assert found.text("a") == "x"
    assert found.whole("b", 1, 5) == 3
    assert found.number("b") == 3.0
    assert found.number("c") == 2.5
    assert found.words("d") == ("p", "q")
    assert found.nested("e") == [[1.0, 2.0], [3.0, 4.0]]
    assert found.table("f") is not None
    assert len(found.tables("g")) == 2
    assert found.text("nothing") is None
    assert found.tables("nothing") == []
    found.close()
    assert said(found) == []


@pytest.mark.parametrize(
    ("text", "ask", "code", "message"),
    [
        ("a = 1", lambda t: t.text("a"), "wrong-kind", "'a' must be a text in quotes"),
        ('a = " "', lambda t: t.text("a"), "wrong-kind", "'a' must be a text in quotes"),
        ("a = 1.5", lambda t: t.whole("a", 1, 9), "wrong-kind", "'a' must be a whole number"),
        ("a = true", lambda t: t.whole("a", 1, 9), "wrong-kind", "'a' must be a whole number"),
        ("a = 0", lambda t: t.whole("a", 1, 9), "not-between", "'a' is 0, it must lie from 1 to 9"),
        (f"a = {10**40}", lambda t: t.whole("a", 1, 9), "not-between", "'a' is the number, it must lie from 1 to 9"),
        ("a = inf", lambda t: t.number("a"), "wrong-kind", "'a' must be a number"),
        ("a = false", lambda t: t.number("a"), "wrong-kind", "'a' must be a number"),
        (f"a = {10**400}", lambda t: t.number("a"), "wrong-kind", "'a' must be a number"),
        ("a = 0", lambda t: t.number("a", low=0), "too-small", "'a' is 0, it must be more than 0"),
        ("a = [1]", lambda t: t.words("a"), "wrong-kind", "'a' must be a list of texts in quotes"),
        ("a = 1", lambda t: t.table("a"), "wrong-kind", "'a' must be a table of its own"),
        ("a = [1]", lambda t: t.tables("a"), "wrong-kind", "'a' must be a list of tables"),
        ('a = "1"', lambda t: t.nested("a"), "not-a-number", "'a' must be a number or a list of numbers"),
        ("a = [nan]", lambda t: t.nested("a"), "not-a-number", "'a' holds something that is not a number"),
        ('a = "no good"', lambda t: t.identifier("a"), "bad-id", "'no good' cannot be an id"),
    ],
)
def test_values_of_another_kind(text: str, ask: object, code: str, message: str) -> None:
    found = table(text)
    assert callable(ask)
    assert ask(found) in (None, [])
    assert said(found) == [(code, 1, message)]


def test_a_number_that_is_none_is_pointed_at_in_its_row() -> None:
    found = table('a = [\n[1, 2],\n[3, "x"],\n]')
    assert found.nested("a") is None
    assert said(found) == [("not-a-number", 3, "'a' holds something that is not a number")]


def test_an_unknown_key_is_reported_with_the_nearest_that_was_asked_for() -> None:
    found = table("steps = 3\nzzz = 1")
    found.whole("step", 1, 9)
    found.text("title")
    found.close()
    assert [(each.message, each.hint, each.line) for each in found.report.problems] == [
        ("nothing in a lesson is called 'steps' here", "did you mean 'step'?", 1),
        ("nothing in a lesson is called 'zzz' here", "there are: step, title", 2),
    ]


def test_a_missing_key_is_reported_once_for_each() -> None:
    found = table("a = 1")
    assert not found.require("a beat", "a", "id", "step")
    assert said(found) == [
        ("missing-key", 1, "a beat has no 'id'"),
        ("missing-key", 1, "a beat has no 'step'"),
    ]


def test_dotted_names_are_one_name_with_their_own_line() -> None:
    found = table('[weights]\nW = 1\nreadout.V = [\n1,\n"x"]\n"a.b" = 2\n')
    assert named_numbers(found, "weights") == {"W": 1.0, "a.b": 2.0}
    assert said(found) == [("not-a-number", 5, "'readout.V' holds something that is not a number")]
    assert named_numbers(found, "nothing") == {}


def test_ids_are_unique() -> None:
    found = table('id = "a"')
    unique(found, "a", ["b", "a"], "beat")
    unique(found, "c", ["b", "a"], "beat")
    assert said(found) == [("duplicate-id", 1, "two beats have the id 'a'")]
