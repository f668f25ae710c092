"""Whatever goes wrong is answered in one shape, and tells nothing of the inside."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fastapi import FastAPI
from starlette.exceptions import HTTPException
from starlette.testclient import TestClient

from app.engine import Problem, ProblemError
from app.web import errors
from app.web.errors import Missing

SECRET = "a secret at /home/someone"


@pytest.fixture
def client() -> Iterator[TestClient]:
    app = FastAPI()
    errors.install(app)
    problem = Problem("code", "sentence", hint="hint")

    @app.get("/number/{n}")
    def number(n: int) -> int:
        return n

    @app.get("/raise/{what}")
    def fail(what: str) -> None:
        raise {
            "missing": Missing([problem]),
            "problems": ProblemError([problem]),
            "teapot": HTTPException(418, SECRET),
            "bug": RuntimeError(SECRET),
        }[what]

    with TestClient(app, raise_server_exceptions=False) as client:
        yield client


@pytest.mark.parametrize(
    ("method", "path", "status", "code", "message"),
    [
        ("GET", "/nothing", 404, "not-found", "there is nothing at this address"),
        ("POST", "/number/1", 405, "method-not-allowed", "this address does not take this method"),
        ("GET", "/number/x", 422, "bad-value", "path.n cannot be used"),
        ("GET", "/raise/missing", 404, "code", "sentence"),
        ("GET", "/raise/problems", 422, "code", "sentence"),
        ("GET", "/raise/teapot", 418, "refused", "the request was refused"),
        ("GET", "/raise/bug", 500, "internal", "the server failed to answer; the fault is not yours"),
    ],
)
def test_the_answers(client: TestClient, method: str, path: str, status: int, code: str, message: str) -> None:
    answer = client.request(method, path)
    assert answer.status_code == status
    (problem,) = answer.json()["problems"]
    assert (problem["code"], problem["message"]) == (code, message)
    assert SECRET not in answer.text
    assert "Traceback" not in answer.text


def test_an_answer_to_a_wrong_method_names_the_right_ones(client: TestClient) -> None:
    assert client.post("/number/1").headers["allow"] == "GET"
