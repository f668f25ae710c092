"""Every limit refuses what is above it, and says which it is."""

from __future__ import annotations

from dataclasses import fields

import pytest

from app.formats.files.limits import LIMITS, Limits
from tests.formats.files.samples import refused

SENTENCES = {
    "file_bytes": "the file holds 2 bytes: the limit is 1 bytes",
    "numbers": "the arrays hold 2 numbers: the limit is 1",
    "arrays": "the file holds 2 arrays or entries: the limit is 1",
    "header_bytes": "the description in the file takes 2 bytes: the limit is 1 bytes",
    "pickle_bytes": "the pickled part of the file takes 2 bytes: the limit is 1 bytes",
    "operations": "the file is made of 2 parts: the limit is 1",
    "depth": "the file has parts within parts, 2 deep: the limit is 1",
    "helper_bytes": "reading the file takes more memory than 2 bytes: the limit is 1 bytes",
    "helper_seconds": "reading the file takes more than 2 s: the limit is 1",
}


@pytest.mark.parametrize("name", [each.name for each in fields(Limits)])
def test_a_limit(name: str) -> None:
    limits = Limits(**{name: 1})
    limits.check(name, 1)
    problem = refused(limits.check, name, 2, where="a")
    assert problem.message == SENTENCES[name]
    assert problem.args == {"limit": name, "value": 2, "allowed": 1}
    assert (problem.code, problem.field) == ("over-limit", "a")
    assert problem.hint == "save the recurrent layers alone, with fewer or smaller arrays"


def test_amounts_beyond_all_counting_are_said_without_their_digits() -> None:
    problem = refused(LIMITS.check, "numbers", 10**5000)
    assert problem.message == "the arrays hold more than can be counted numbers: the limit is 33,554,432"
    assert problem.args["value"] == 2**53


def test_large_amounts_of_bytes_are_said_in_units_for_people() -> None:
    problem = refused(LIMITS.check, "file_bytes", 300 * 1024 * 1024)
    assert problem.message == "the file holds 300 MiB: the limit is 256 MiB"
