"""The guard: this server's own names, whole and exact, and nothing else."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from starlette.types import Message, Receive, Scope, Send

from app.engine import ProblemError
from app.web.guard import Guard, own_names

HOST = b"127.0.0.1:8421"
ORIGIN = b"http://127.0.0.1:8421"
Headers = list[tuple[bytes, bytes]]


def test_own_names() -> None:
    names = own_names(8421, ["school.example", "10.0.0.5:9000", "https://proxy.example", "https://other.example:8443"])
    assert names.hosts == {
        b"127.0.0.1:8421",
        b"localhost:8421",
        b"[::1]:8421",
        b"school.example:8421",
        b"10.0.0.5:9000",
        b"proxy.example",
        b"other.example:8443",
    }
    assert names.origins == {
        b"http://127.0.0.1:8421",
        b"http://localhost:8421",
        b"http://[::1]:8421",
        b"http://school.example:8421",
        b"http://10.0.0.5:9000",
        b"https://proxy.example",
        b"https://other.example:8443",
    }


def test_the_usual_port_stands_in_no_name() -> None:
    names = own_names(80, ["School.Example", "[FE80::1]"])
    assert {b"127.0.0.1", b"school.example", b"[fe80::1]"} <= names.hosts
    assert b"http://school.example" in names.origins


@pytest.mark.parametrize(
    "name",
    ["", "*", "a/b", "http://a/", "ftp://a", "a:b", "a:1:2", "user@a", "a b", "é.example", "https://", "[::1", "[]", "a:²"],
)
def test_what_can_be_no_name(name: str) -> None:
    with pytest.raises(ProblemError) as caught:
        own_names(8421, [name])
    (problem,) = caught.value.problems
    assert problem.message == f"'{name}' is not a name that a server can have"
    assert problem.hint == "write NAME, NAME:PORT or https://NAME, without a path; an IPv6 address in brackets"


def answer(kind: str, headers: Headers, *, extensions: bool = True) -> list[Message]:
    """What the guard sends; `through` when it lets a request through."""
    sent: list[Message] = []

    async def inside(scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "through"})

    async def send(message: Message) -> None:
        sent.append(dict(message))

    async def receive() -> Message:
        return {"type": f"{kind}.connect"}

    scope: dict[str, Any] = {"type": kind, "headers": headers, "path": "/", "method": "GET"}
    if kind == "websocket" and extensions:
        scope["extensions"] = {"websocket.http.response": {}}
    asyncio.run(Guard(inside, own_names(8421))(scope, receive, send))
    return sent


def status(kind: str, headers: Headers) -> int:
    first = answer(kind, headers)[0]
    return 200 if first["type"] == "through" else int(first["status"])


@pytest.mark.parametrize("host", [b"127.0.0.1:8421", b"localhost:8421", b"[::1]:8421"])
def test_its_own_page_is_let_in(host: bytes) -> None:
    headers = [(b"host", host), (b"origin", b"http://" + host)]
    assert status("http", headers) == status("websocket", headers) == 200


def test_a_script_needs_no_origin_but_a_socket_does() -> None:
    assert status("http", [(b"host", HOST)]) == 200
    assert status("websocket", [(b"host", HOST)]) == 403


HOSTILE_HOSTS = [
    b"",
    b"evil.test",
    b"evil.test:8421",
    b"127.0.0.1",
    b"localhost",
    b"127.0.0.1:80",
    b"127.0.0.1:08421",
    b"127.0.0.1:8421.evil.test",
    b"127.0.0.1.evil.test:8421",
    b"evil.test.127.0.0.1:8421",
    b"evil127.0.0.1:8421",
    b"127.0.0.2:8421",
    b"0.0.0.0:8421",
    b"127.1:8421",
    b"2130706433:8421",
    b"0x7f000001:8421",
    b"0177.0.0.1:8421",
    b"[::]:8421",
    b"[0:0:0:0:0:0:0:1]:8421",
    b"[::ffff:127.0.0.1]:8421",
    b"::1:8421",
    b"LOCALHOST:8421",
    b"localhost.:8421",
    b"localhost:8421/",
    b"localhost:8421#",
    b"localhost:8421?a",
    b"localhost:8421,evil.test",
    b"evil.test,localhost:8421",
    b"evil@localhost:8421",
    b"localhost:8421@evil.test",
    b"localhost:8421 ",
    b" localhost:8421",
    b"localhost\t:8421",
    b"localhost:8421\x00",
    b"http://localhost:8421",
    b"xn--lcalhost-55a:8421",
    "lоcalhost:8421".encode(),  # a Cyrillic o
    b"\xff\xfe",
    b"a" * 10_000,
]


@pytest.mark.parametrize("host", HOSTILE_HOSTS)
@pytest.mark.parametrize("kind", ["http", "websocket"])
def test_another_host_is_refused(kind: str, host: bytes) -> None:
    assert status(kind, [(b"host", host), (b"origin", ORIGIN)]) == 400


def test_the_host_must_be_there_once() -> None:
    assert status("http", []) == status("http", [(b"host", HOST), (b"host", HOST)]) == 400
    assert status("http", [(b"host", HOST), (b"host", b"evil.test")]) == 400


HOSTILE_ORIGINS = [
    b"",
    b"null",
    b"file://",
    b"http://evil.test",
    b"http://evil.test:8421",
    b"https://127.0.0.1:8421",
    b"ws://127.0.0.1:8421",
    b"//127.0.0.1:8421",
    b"127.0.0.1:8421",
    b"http://127.0.0.1",
    b"http://127.0.0.1:80",
    b"http://127.0.0.1:84210",
    b"http://127.0.0.1:8421/",
    b"http://127.0.0.1:8421/page",
    b"http://127.0.0.1:8421?",
    b"http://127.0.0.1:8421#",
    b"http://127.0.0.1:8421.evil.test",
    b"http://127.0.0.1.evil.test:8421",
    b"http://evil.test.127.0.0.1:8421",
    b"http://evil127.0.0.1:8421",
    b"http://127.0.0.1evil:8421",
    b"http://user@127.0.0.1:8421",
    b"http://127.0.0.1:8421@evil.test",
    b"http://localhost.:8421",
    b"http://localhost.evil.test:8421",
    b"http://LOCALHOST:8421",
    b"HTTP://localhost:8421",
    b"http:/localhost:8421",
    b"http:localhost:8421",
    b"http://localhost:8421 http://evil.test",
    b"http://evil.test http://localhost:8421",
    b"http://localhost:8421, http://evil.test",
    b" http://localhost:8421",
    b"http://localhost:8421 ",
    b"http://localhost\x00:8421",
    b"http://localhost:8421\r\n",
    b"http://0.0.0.0:8421",
    b"http://127.1:8421",
    b"http://2130706433:8421",
    b"http://[::]:8421",
    b"http://[::1%25lo]:8421",
    b"http://[0:0:0:0:0:0:0:1]:8421",
    b"http://xn--lcalhost-55a:8421",
    "http://lоcalhost:8421".encode(),
    b"chrome-extension://abcdef",
    b"data:",
    b"\xff",
    b"http://" + b"a" * 10_000,
]


@pytest.mark.parametrize("origin", HOSTILE_ORIGINS)
@pytest.mark.parametrize("kind", ["http", "websocket"])
def test_another_origin_is_refused(kind: str, origin: bytes) -> None:
    assert status(kind, [(b"host", HOST), (b"origin", origin)]) == 403


def test_two_origins_are_refused_even_if_both_are_good() -> None:
    for kind in ("http", "websocket"):
        assert status(kind, [(b"host", HOST), (b"origin", ORIGIN), (b"origin", ORIGIN)]) == 403


def test_an_origin_is_not_compared_with_the_host() -> None:
    """After a hostile name server has said that evil.test is this machine, both say evil.test."""
    headers = [(b"host", b"evil.test:8421"), (b"origin", b"http://evil.test:8421")]
    assert status("http", headers) == status("websocket", headers) == 400


def test_a_refusal_says_what_to_do() -> None:
    start, body = answer("http", [(b"host", b"evil.test")])
    assert start["status"] == 400
    assert b'"code":"foreign-host"' in body["body"]
    assert b"this server does not answer to the name that the request was sent to" in body["body"]
    assert b"use the address printed at its start, or start it with --allow-host NAME" in body["body"]
    _, body = answer("http", [(b"host", HOST), (b"origin", b"null")])
    assert b"a page of another site may not use this server" in body["body"]
    _, body = answer("websocket", [(b"host", HOST)])
    assert b"a socket must say which page it belongs to: the Origin header is missing" in body["body"]


def test_a_socket_is_refused_before_it_is_open() -> None:
    assert answer("websocket", [(b"host", HOST)])[0]["type"] == "websocket.http.response.start"
    assert answer("websocket", [(b"host", HOST)], extensions=False) == [
        {"type": "websocket.close", "code": 1008, "reason": "no-origin"}
    ]


def test_the_life_of_the_server_itself_is_not_guarded() -> None:
    assert answer("lifespan", []) == [{"type": "through"}]
