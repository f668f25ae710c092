"""The exception of the readers, and names out of files in sentences."""

from __future__ import annotations

from app.engine import Problem, ProblemError
from app.formats.files.problems import FormatError, in_file, quoted, raise_all, refusal
from tests.formats.files.samples import refused


def test_a_refusal_is_one_problem_with_its_place() -> None:
    error = refusal("odd", "something is odd", "mend it", where="a.b", count=3)
    assert isinstance(error, ProblemError)
    assert error.problems == (Problem("odd", "something is odd", {"count": 3}, "mend it", field="a.b"),)
    assert str(error) == "a.b: something is odd\n    mend it"


def test_problems_get_the_name_of_their_file() -> None:
    error = in_file(ProblemError([Problem("a", "one"), Problem("b", "two")]), "net.pt")
    assert isinstance(error, FormatError)
    assert [each.file for each in error.problems] == ["net.pt", "net.pt"]


def test_no_problems_raise_nothing() -> None:
    raise_all([])
    assert refused(raise_all, [Problem("a", "one")]).message == "one"


def test_names_are_made_harmless() -> None:
    assert quoted("lstm.weight") == "'lstm.weight'"
    assert quoted("\x1b[31mred\nline") == "'?[31mred?line'"
    assert quoted("\ud800") == "'?'"
    assert len(quoted("x" * 100_000)) < 100
