"""What all records have in common."""

from __future__ import annotations

import pytest
from pydantic import TypeAdapter, ValidationError

from app.session.records import Address, Array, Record, Word


class Sample(Record):
    number: float
    count: int = 0


def test_records_are_strict_closed_and_finite() -> None:
    assert Sample.model_validate_json('{"number":1}').number == 1.0
    for text in ('{"number":"1"}', '{"number":true}', '{"number":1,"x":1}', '{"number":1e999}', '{"number":1,"count":1.0}'):
        with pytest.raises(ValidationError):
            Sample.model_validate_json(text)


def test_a_record_does_not_change() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        Sample(number=1).__setattr__("number", 2)


def test_an_array_is_a_number_a_row_or_rows() -> None:
    reader: TypeAdapter[object] = TypeAdapter(Array)
    good: list[object] = [1.5, [], [1.0, 2.0], [[1.0], [2.0]]]
    bad: list[object] = ["x", None, {}, [[[1.0]]], [1.0, [2.0]], [[1.0], 2.0]]
    for value in good:
        assert reader.validate_python(value, strict=True) == value
    for value in bad:
        with pytest.raises(ValidationError):
            reader.validate_python(value, strict=True)


@pytest.mark.parametrize("name", ["gated-cell", "main.1.forward.i:in", "记忆", "W_i", "x2"])
def test_names(name: str) -> None:
    assert TypeAdapter(Word).validate_python(name) == TypeAdapter(Address).validate_python(name) == name


@pytest.mark.parametrize("name", ["", "a b", "a/b", "../x", "a\n", "\x00", "<b>", "a" * 201])
def test_what_is_no_name(name: str) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(Address).validate_python(name)
