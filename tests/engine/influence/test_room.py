from __future__ import annotations

import pytest

from app.engine import NetworkError, Problem
from app.engine.influence.room import LIMITS, Limits, check_bytes, check_steps


def test_what_is_allowed() -> None:
    check_steps(3, Limits(steps=3))
    check_bytes(4096, Limits(bytes=4096))
    check_steps(200, LIMITS)


def test_too_many_steps() -> None:
    with pytest.raises(NetworkError) as error:
        check_steps(2001, Limits(steps=2000))
    assert error.value.problems == (
        Problem(
            "over-limit", "a table of 2,001 by 2,001 steps: the limit is 2,000 steps",
            {"limit": "table_steps", "value": 2001, "allowed": 2000},
            "shorten the sequence, or ask for one step at a time",
        ),
    )  # fmt: skip


def test_too_much_memory() -> None:
    with pytest.raises(NetworkError) as error:
        check_bytes(10**9, Limits(bytes=10**8))
    assert error.value.problems == (
        Problem(
            "over-limit", "this takes up to 1,000,000,000 bytes: the limit is 100,000,000",
            {"limit": "table_bytes", "value": 10**9, "allowed": 10**8},
            "ask for fewer values or for norms alone, or shorten the sequence",
        ),
    )  # fmt: skip
