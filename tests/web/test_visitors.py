"""Everybody who is there, through the real app: the guard on every socket, the last free place, messages of all kinds."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from fastapi import APIRouter, FastAPI
from starlette.applications import Starlette
from starlette.routing import WebSocketRoute
from starlette.testclient import TestClient, WebSocketTestSession
from starlette.types import Message
from starlette.websockets import WebSocket, WebSocketDisconnect

from app.frames import unpack
from app.main import Unrolled
from tests.session.grammar import Grammar
from tests.session.test_messages import BAD
from tests.web.conftest import ADDRESS, SOCKETS, origin
from tests.web.test_guard import HOSTILE_HOSTS, HOSTILE_ORIGINS


def sockets(routes: Any) -> Iterator[str]:
    """The paths of every socket route, however deep it is included."""
    for route in routes:
        if isinstance(route, WebSocketRoute):
            yield route.path
        inside = getattr(route, "original_router", route)  # how FastAPI keeps an included router
        yield from sockets(getattr(inside, "routes", None) or [])


def receive(socket: WebSocketTestSession) -> list[dict[str, Any]]:
    """What travelled in one frame."""
    message = socket.receive()
    if message["type"] == "websocket.close":
        raise WebSocketDisconnect(message["code"], message["reason"])
    text = message.get("text")
    return [header for header, _ in unpack(message["bytes"])] if text is None else [json.loads(text)]


def until(socket: WebSocketTestSession, type: str) -> dict[str, Any]:
    while True:
        for found in receive(socket):
            if found["type"] == type:
                return found


def test_there_is_a_socket(app: Unrolled) -> None:
    assert list(sockets(app.routes)) == ["/ws"]


def test_a_socket_is_found_wherever_it_is_added() -> None:
    async def endpoint(socket: WebSocket) -> None:
        await socket.accept()

    inner, outer, app = APIRouter(), APIRouter(), FastAPI()
    inner.add_api_websocket_route("/deep", endpoint)
    outer.include_router(inner)
    app.include_router(outer)
    app.mount("/below", Starlette(routes=[WebSocketRoute("/mounted", endpoint)]))
    assert set(sockets(app.routes)) == {"/deep", "/mounted"}


def handshake(app: Unrolled, path: str, headers: list[tuple[bytes, bytes]]) -> tuple[str, int | None]:
    """What the app answers to a socket that asks to be opened: the type of message, and the status of a refusal."""
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "websocket.connect" if not sent else "websocket.disconnect", "code": 1001}

    async def send(message: Message) -> None:
        sent.append(message)

    scope = {
        "type": "websocket",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "root_path": "",
        "headers": headers,
        "subprotocols": [],
        "extensions": {"websocket.http.response": {}},
    }
    asyncio.run(app(scope, receive, send))
    return sent[0]["type"], sent[0].get("status")


HOST = (b"host", b"127.0.0.1:8421")


def test_a_new_socket_without_the_guard_would_be_noticed(app: Unrolled) -> None:
    """The test below is worth nothing if it cannot tell an open door."""
    assert handshake(app, "/ws", [HOST, (b"origin", ADDRESS.encode())]) == ("websocket.accept", None)


def test_no_socket_opens_for_a_foreign_page(app: Unrolled) -> None:
    assert len(HOSTILE_ORIGINS) >= 40
    for path in sockets(app.routes):
        assert handshake(app, path, [HOST]) == ("websocket.http.response.start", 403)
        for hostile in HOSTILE_ORIGINS:
            found = handshake(app, path, [HOST, (b"origin", hostile)])
            assert found == ("websocket.http.response.start", 403), hostile


def test_no_socket_opens_under_a_foreign_name(app: Unrolled) -> None:
    for path in sockets(app.routes):
        for hostile in HOSTILE_HOSTS:
            found = handshake(app, path, [(b"host", hostile), (b"origin", ADDRESS.encode())])
            assert found == ("websocket.http.response.start", 400), hostile


def test_where_there_is_no_socket_none_opens(client: TestClient) -> None:
    with pytest.raises(WebSocketDisconnect), client.websocket_connect(f"{SOCKETS}/nothing", headers=origin()):
        pass


def test_a_visit(client: TestClient) -> None:
    with client.websocket_connect(f"{SOCKETS}/ws", headers=origin()) as socket:
        socket.send_json({"id": 1, "type": "open", "lesson": "linear-toy"})
        assert receive(socket)[0]["type"] == "opened"
        frames = receive(socket)[0]
        assert (frames["type"], frames["first"], frames["count"], frames["steps"]) == ("frames", 1, 3, 3)


def test_the_last_place(serve: Callable[..., TestClient]) -> None:
    client = serve(sessions=1)
    with client.websocket_connect(f"{SOCKETS}/ws", headers=origin()) as first:
        with client.websocket_connect(f"{SOCKETS}/ws", headers=origin()) as second:
            (told,) = receive(second)
            assert told["problems"][0]["message"] == "all 1 places are taken"
            assert told["problems"][0]["hint"] == "try again later"
            with pytest.raises(WebSocketDisconnect) as caught:
                receive(second)
        assert (caught.value.code, caught.value.reason) == (1013, "all 1 places are taken; try again later")
        first.send_json({"id": 1, "type": "ping"})
        assert receive(first) == [{"type": "pong", "id": 1, "lane": "main"}]
    with client.websocket_connect(f"{SOCKETS}/ws", headers=origin()) as third:
        third.send_json({"id": 1, "type": "ping"})
        assert receive(third)[0]["type"] == "pong", "the place was given back"


def test_every_bad_message_is_answered_over_the_socket(client: TestClient) -> None:
    with client.websocket_connect(f"{SOCKETS}/ws", headers=origin()) as socket:
        for text, code, _ in BAD:
            socket.send_text(text)
            assert receive(socket)[0]["problems"][0]["code"] == code
        socket.send_bytes(b"\x00\x01")
        assert receive(socket)[0]["problems"][0]["code"] == "not-text"
        socket.send_json({"id": 1, "type": "ping"})
        assert receive(socket)[0]["type"] == "pong"


@pytest.mark.parametrize("seed", range(1000, 1010))
def test_no_messages_can_break_a_visit(serve: Callable[..., TestClient], seed: int) -> None:
    """2,000 messages as fast as they can be sent; then all is well."""
    grammar = Grammar(seed)
    client = serve(messages_per_second=100_000, burst=100_000)
    with client.websocket_connect(f"{SOCKETS}/ws", headers=origin()) as socket:
        for _ in range(200):
            socket.send_text(grammar.text())
        socket.send_text('{"id":77777,"type":"ping"}')
        while (found := until(socket, "pong"))["id"] != 77777:
            assert found["lane"]
