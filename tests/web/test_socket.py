"""One socket, with a network that does what the test says."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from starlette.types import Message
from starlette.websockets import WebSocket, WebSocketDisconnect

from app.frames import unpack
from app.lessons import load_lessons
from app.session import Session
from app.web.desk import Desk
from app.web.settings import Settings
from app.web.socket import RESTART, UNREAD, Visit, goodbye
from app.web.trainers import Trainers

SHELF = load_lessons()
OPEN = {"type": "open", "lesson": "gated-cell"}


class Network:
    """Both ends of a connection in memory. While `held` the client takes nothing."""

    def __init__(self) -> None:
        self.to_server: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self.sent: list[Message] = []
        self.flowing = asyncio.Event()
        self.flowing.set()
        self.waiting = asyncio.Event()
        self.gone = False
        self.id = 0

    async def receive(self) -> dict[str, Any]:
        return await self.to_server.get()

    async def send(self, message: Message) -> None:
        if not self.flowing.is_set():
            self.waiting.set()
        await self.flowing.wait()
        if self.gone:
            raise OSError("gone")
        self.sent.append(message)

    def say(self, **fields: Any) -> int:
        self.id += 1
        text = json.dumps({"id": self.id, **fields})
        self.to_server.put_nowait({"type": "websocket.receive", "text": text})
        return self.id

    def change(self, value: float) -> int:
        entry = {"address": "main.1.forward.b_f", "index": [0], "value": value}
        return self.say(type="change", parameters=[entry])

    def leave(self) -> None:
        self.to_server.put_nowait({"type": "websocket.disconnect", "code": 1001})

    def heard(self) -> list[dict[str, Any]]:
        """What the client has got: headers of binary messages, texts, closing."""
        found = []
        for message in self.sent:
            if message["type"] == "websocket.close":
                found.append({"type": "close", "code": message["code"], "reason": message["reason"]})
            elif message["type"] == "websocket.send":
                text = message.get("text")
                found += [header for header, _ in unpack(message["bytes"])] if text is None else [json.loads(text)]
        return found

    async def until(self, id: int, type: str = "done", kind: str | None = "gradient") -> None:
        while not any((each.get("id"), each["type"], each.get("kind")) == (id, type, kind) for each in self.heard()):
            await asyncio.sleep(0.002)


def play(scene: Callable[[Network, Visit], Awaitable[None]], **settings: Any) -> Network:
    """Runs a visit while the scene is played; ends when the visit does."""

    async def run() -> Network:
        network = Network()
        network.to_server.put_nowait({"type": "websocket.connect"})
        socket = WebSocket({"type": "websocket"}, network.receive, network.send)
        await socket.accept()
        with ThreadPoolExecutor(1) as pool:
            chosen = Settings(**settings)
            trainings = Trainers(chosen).own()
            visit = Visit(socket, Desk(Session(SHELF, trainer=trainings)), pool, chosen, trainings)
            async with asyncio.timeout(20):
                visiting = asyncio.create_task(visit.run())
                await scene(network, visit)
                await visiting
        return network

    return asyncio.run(run())


def test_a_visit() -> None:
    async def scene(network: Network, visit: Visit) -> None:
        await network.until(network.say(**OPEN))
        await network.until(network.change(3.0))
        network.leave()

    heard = play(scene).heard()
    assert [each["type"] for each in heard] == ["opened", *["frames", "done", "gradients", "done"] * 2]


def test_latest_wins_on_the_way_in() -> None:
    """A drag that comes all at once is computed once."""

    async def scene(network: Network, visit: Visit) -> None:
        await network.until(network.say(**OPEN))
        network.sent.clear()
        for value in range(200):
            last = network.change(float(value))
        await network.until(last)
        network.leave()

    heard = play(scene).heard()
    computed = {each["id"] for each in heard}
    assert max(computed) == 201
    assert len(computed) < 50, "most were overtaken before anything was computed"


def test_latest_wins_on_the_way_out() -> None:
    """While the network stands still, newer answers take the place of those that wait; none is lost that matters."""

    async def scene(network: Network, visit: Visit) -> None:
        await network.until(network.say(**OPEN))
        network.sent.clear()
        network.flowing.clear()
        network.change(0.0)
        await network.waiting.wait()
        for value in range(1, 100):
            last = network.change(float(value))
            await asyncio.sleep(0.001)
        ping = network.say(type="ping")
        await asyncio.sleep(0.05)
        network.flowing.set()
        await network.until(last)
        await network.until(ping, "pong", None)
        network.leave()

    heard = play(scene).heard()
    frames = [each["id"] for each in heard if each["type"] == "frames"]
    assert frames[0] == 2
    assert frames[-1] == 101
    assert len(frames) <= 3, frames
    assert len([each for each in heard if each["type"] == "gradients"]) <= 2


def test_nothing_of_a_drag_is_lost() -> None:
    """Each message changes another number; all of them count in the last answer."""

    async def scene(network: Network, visit: Visit) -> None:
        await network.until(network.say(**OPEN))
        network.sent.clear()
        network.say(type="change", initial={"main.1.forward.c": [5]})
        network.say(type="change", inputs=[[1, 0, 0]])
        await network.until(network.say(type="change", parameters=[{"address": "W_z", "index": [0, 0], "value": 0}]))
        network.leave()

    network = play(scene)
    heard = [each for message in network.sent for each in unpack(message.get("bytes") or b"")]
    *_, groups = [groups for header, groups in heard if header["type"] == "frames"]
    assert groups["arrays"]["main.1.forward.c_prev"].tolist() == [[5.0]]
    assert groups["arrays"]["main.0.forward.x"].tolist() == [[1.0, 0.0, 0.0]]
    assert groups["arrays"]["main.1.forward.z"].tolist() == [[0.0]]


def test_a_client_that_does_not_read_is_shown_out() -> None:
    async def scene(network: Network, visit: Visit) -> None:
        network.flowing.clear()
        network.say(**OPEN)

    # The smallest wait that can be set, made smaller still; not even the farewell gets through.
    assert play(scene, send_seconds=0.05).heard() == []
    assert (UNREAD.code, UNREAD.reason) == (1008, "messages were left unread for too long")


def test_a_flood_is_slowed_and_then_shown_out() -> None:
    async def scene(network: Network, visit: Visit) -> None:
        await network.until(network.say(**OPEN))
        for _ in range(300):
            network.say(type="ping")

    heard = play(scene, messages_per_second=50, burst=10, flood_seconds=0).heard()
    assert heard[-1] == {"type": "close", "code": 1008, "reason": "too many messages in a second for too long"}
    assert len([each for each in heard if each["type"] == "pong"]) < 100


def test_a_burst_is_answered_in_full() -> None:
    async def scene(network: Network, visit: Visit) -> None:
        for _ in range(60):
            last = network.say(type="ping")
        await network.until(last, "pong", None)
        network.leave()

    heard = play(scene, messages_per_second=500, burst=10).heard()
    assert [each["type"] for each in heard] == ["pong"] * 60


def test_the_server_says_why_it_goes() -> None:
    async def scene(network: Network, visit: Visit) -> None:
        await network.until(network.say(**OPEN))
        visit.leave(RESTART)
        visit.leave(RESTART)

    heard = play(scene).heard()
    assert heard[-1] == {"type": "close", "code": 1012, "reason": "the server is stopping; the page tries again by itself"}


def test_a_client_that_vanishes_while_it_is_answered() -> None:
    async def scene(network: Network, visit: Visit) -> None:
        network.flowing.clear()
        network.say(**OPEN)
        await network.waiting.wait()
        network.gone = True
        network.flowing.set()

    assert play(scene).heard() == []


def test_a_client_that_vanishes_in_the_middle_of_a_computation() -> None:
    async def scene(network: Network, visit: Visit) -> None:
        network.say(**OPEN)
        network.leave()

    play(scene)


@pytest.mark.parametrize("error", [TimeoutError, RuntimeError, WebSocketDisconnect])
def test_a_farewell_to_nobody(error: type[Exception]) -> None:
    class Deaf(WebSocket):
        async def close(self, code: int = 1000, reason: str | None = None) -> None:
            raise error

    network = Network()
    asyncio.run(goodbye(Deaf({"type": "websocket"}, network.receive, network.send), RESTART))


def test_reasons_fit_into_a_close_frame() -> None:
    assert len(RESTART.reason.encode()) <= 123
