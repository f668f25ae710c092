"""What turns up is collected with the name of its layer."""

from __future__ import annotations

import pytest

from app.engine import ProblemError
from app.formats.library import LibraryLayer
from app.formats.report import Report, raise_all, short


def report(name: str = "encoder") -> Report:
    return Report(LibraryLayer("pytorch", "LSTM", name, {}))


def test_names_in_sentences() -> None:
    assert report().name == "'encoder'"
    assert report("").name == "the LSTM"
    assert report().array("kernel") == "'kernel' of 'encoder'"
    assert report("").array("kernel") == "'kernel'"


def test_everything_has_its_layer() -> None:
    found = report()
    found.refuse("bad", "it is bad", "mend it", array="W")
    found.refuse("worse", "it is worse", "")
    found.note("known", "it is so", count=3)
    found.choose("nonlinearity", "tanh", "tanh is taken")
    assert [(each.code, each.field, each.args) for each in found.problems] == [
        ("bad", "W", {"layer": "encoder", "array": "W"}),
        ("worse", "encoder", {"layer": "encoder"}),
    ]
    assert found.notes[0].args == {"layer": "encoder", "count": 3}
    assert (found.choices[0].layer, found.choices[0].option, found.choices[0].taken) == (
        "encoder",
        "nonlinearity",
        "tanh",
    )


def test_names_out_of_files_do_no_harm() -> None:
    assert short("a\x1b[31m\nb") == "a?[31m?b"
    assert short("x" * 81) == "x" * 80 + "..."
    assert short("x" * 80) == "x" * 80
    assert report("\x07").name == "'?'"


def test_all_problems_are_raised_together() -> None:
    one, other = report("a"), report("b")
    raise_all([one, other])
    one.refuse("bad", "a is bad", "")
    other.refuse("bad", "b is bad", "")
    with pytest.raises(ProblemError) as caught:
        raise_all([one, other])
    assert [each.message for each in caught.value.problems] == ["a is bad", "b is bad"]
