"""How faults of records are said."""

from __future__ import annotations

import pytest
from pydantic import BaseModel, ValidationError

from app.session import faults


def test_a_place_reads_as_a_person_would_write_it() -> None:
    assert faults.field_name(("parameters", 0, "index", 1)) == "parameters[0].index[1]"
    assert faults.field_name(("values", "main.1.forward.W", "<matrix>", 0)) == "values.main.1.forward.W[0]"
    assert faults.field_name(()) == ""
    assert len(faults.field_name(("k" * 1000,))) == 120


def test_what_is_quoted_is_harmless() -> None:
    assert faults.clean("a\x1b[31mb\nc\u202ed") == "a?[31mb?c?d"
    assert faults.clean("x" * 100) == "x" * 59 + "…"


class Odd(BaseModel):
    when: bytes


def test_a_fault_without_words_of_its_own_still_says_where() -> None:
    with pytest.raises(ValidationError) as caught:
        Odd.model_validate({"when": 3})
    (problem,) = faults.problems(caught.value.errors())
    assert (problem.code, problem.message, problem.field) == ("bad-value", "when cannot be used", "when")
