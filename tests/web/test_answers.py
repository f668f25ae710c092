"""The one shape of refusals."""

from __future__ import annotations

import json
import math

import pytest

from app.engine import Problem
from app.web.answers import JsonResponse, problems_response


def test_problems() -> None:
    answer = problems_response(422, [Problem("code", "what", {"n": 1}, "do", line=3)], {"allow": "GET"})
    assert (answer.status_code, answer.headers["allow"]) == (422, "GET")
    assert json.loads(bytes(answer.body)) == {
        "problems": [{"code": "code", "args": {"n": 1}, "message": "what", "hint": "do", "where": {"line": 3}}]
    }


def test_a_bare_infinity_is_our_mistake() -> None:
    with pytest.raises(ValueError, match="Out of range float"):
        JsonResponse({"x": math.inf})
