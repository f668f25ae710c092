"""JSON out of files: strict where a second reading could differ from the first."""

from __future__ import annotations

import pytest

from app.formats.files.json import parse_json
from app.formats.files.limits import LIMITS, Limits
from tests.formats.files.samples import refused


def test_an_object() -> None:
    assert parse_json(b'{"a": {"b": [1, "x"]}, "c": null} ', "the header", LIMITS) == {"a": {"b": [1, "x"]}, "c": None}


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "the header is not valid JSON"),
        (b"{", "the header is not valid JSON"),
        (b'{"a": 1}}', "the header is not valid JSON"),
        (b'{"a": "\xff"}', "the header is not valid JSON"),
        (b'{"a": ' + b"[" * 100_000, "the header is not valid JSON"),
        (b'{"a": ' + b"9" * 5000 + b"}", "the header is not valid JSON"),
        (b'{"a": 1e999}', "the header is not valid JSON"),
        (b'{"a": "\\ud800"}', "the header is not valid JSON"),
        (b"[1]", "the header is JSON, but no object"),
        (b'{"a": 1, "b": 2, "a": 3}', "the header has the key 'a' twice"),
        (b'{"x": {"a": 1, "a": 1}}', "the header has the key 'a' twice"),
    ],
)
def test_what_is_refused(data: bytes, message: str) -> None:
    problem = refused(parse_json, data, "the header", LIMITS)
    assert problem.message == message
    assert problem.hint


def test_what_python_writes_and_json_does_not_have() -> None:
    found = parse_json(b'{"a": [Infinity, -Infinity, NaN], "b": "\\ud83d\\ude00"}', "the header", LIMITS)
    assert found == {"a": ["Infinity", "-Infinity", "NaN"], "b": "\U0001f600"}


def test_its_length_is_bounded() -> None:
    assert refused(parse_json, b'{"a": 1}', "the header", Limits(header_bytes=7)).code == "over-limit"
