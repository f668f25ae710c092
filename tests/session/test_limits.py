"""Limits are named, with their value and what to do."""

from __future__ import annotations

from dataclasses import fields

import pytest

from app.session.limits import HINTS, WORDS, Limits, over


def test_nothing_to_say_below_the_limit() -> None:
    assert Limits(steps=5).problems(steps=5, units=1) == []


def test_each_limit_that_is_passed_is_told() -> None:
    found = Limits(steps=5, units=2).problems(steps=6, units=3, layers=1)
    assert [each.args["limit"] for each in found] == ["steps", "units"]


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("steps", "1,234 steps in the sequence: the limit is 1,000"),
        ("readings", "1,234 readings of the sequence: the limit is 1,000"),
        ("units", "a size of 1,234: the limit is 1,000"),
        ("layers", "1,234 layers: the limit is 1,000"),
        ("parts", "1,234 parts: the limit is 1,000"),
        ("parameters", "1,234 numbers in the parameters: the limit is 1,000"),
        ("values", "1,234 values in the trace: the limit is 1,000"),
        ("work", "1,234 multiplications in one run: the limit is 1,000"),
        ("memory", "1,234 bytes of memory: the limit is 1,000"),
        ("text", "a text of 1,234 characters: the limit is 1,000"),
        ("formulas", "formulas of 1,234 characters, derivatives included: the limit is 1,000"),
        ("lanes", "1,234 lanes: the limit is 1,000"),
        ("points", "1,234 points on an error surface: the limit is 1,000"),
        ("sweep", "1,234 values to compute for an error surface: the limit is 1,000"),
        ("updates", "1,234 updates: the limit is 1,000"),
        ("trainings", "1,234 trainings side by side: the limit is 1,000"),
        ("training_bytes", "1,234 bytes of memory for one update: the limit is 1,000"),
        ("record", "a record of 1,234 characters: the limit is 1,000"),
    ],
)
def test_the_sentences(name: str, message: str) -> None:
    problem = over(name, 1234, 1000)
    assert problem.code == "over-limit"
    assert problem.message == message
    assert problem.args == {"limit": name, "value": 1234, "allowed": 1000}
    assert problem.hint.endswith(f"or raise UNROLLED_{name.upper()} where the server is started")


def test_every_limit_has_its_words() -> None:
    names = {each.name for each in fields(Limits)}
    assert names == set(WORDS) == set(HINTS)
