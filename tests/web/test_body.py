"""The largest body."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from app.web.body import BodyLimit, too_large


async def echo(request: Request) -> PlainTextResponse:
    return PlainTextResponse(str(len(await request.body())))


@pytest.fixture
def client() -> Iterator[TestClient]:
    with TestClient(BodyLimit(Starlette(routes=[Route("/", echo, methods=["POST"])]), 10)) as client:
        yield client


def test_a_body_within_the_limit_is_read(client: TestClient) -> None:
    assert client.post("/", content=b"0123456789").text == "10"


@pytest.mark.parametrize("length", ["11", "9" * 18, "9" * 5000])
def test_a_length_above_it_is_refused_unread(client: TestClient, length: str) -> None:
    answer = client.post("/", content=b"", headers={"content-length": length})
    assert answer.status_code == 413
    assert answer.json()["problems"] == [too_large(10).to_data()]


def test_a_body_that_turns_out_larger_is_refused(client: TestClient) -> None:
    answer = client.post("/", content=iter([b"01234", b"56789", b"0"]))
    assert answer.status_code == 413


def test_a_path_may_have_a_limit_of_its_own() -> None:
    app = Starlette(routes=[Route("/large", echo, methods=["POST"])])
    with TestClient(BodyLimit(app, 10, {"/large": ("large_bytes", 12)})) as client:
        assert client.post("/large", content=b"0123456789ab").text == "12"
        answer = client.post("/large", content=b"0123456789abc")
    assert answer.json()["problems"] == [too_large(12, "large_bytes").to_data()]


def test_the_sentence() -> None:
    problem = too_large(1_048_576)
    assert problem.message == "the request's body is larger than 1,048,576 bytes"
    assert problem.hint == "send less, or raise UNROLLED_BODY_BYTES where the server is started"
