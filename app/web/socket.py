"""One visitor's socket: reads, lets the desk work in a thread, sends; and says goodbye with a reason."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import Executor
from dataclasses import dataclass
from time import monotonic

import anyio
from starlette.websockets import WebSocket, WebSocketDisconnect

from app.session import Reply

from .bucket import Bucket
from .desk import Desk
from .queues import Inbox, Outbox, Sent
from .settings import Settings
from .trainers import Own

SLOW = 0.02  # seconds: a send that takes longer waits for the network, and what follows may be stale by then
GOODBYE = 0.5  # seconds for a last message to a client that may not be reading


@dataclass(frozen=True, slots=True)
class Farewell:
    """Why a socket is closed from this side: a close code and a sentence (at most 123 bytes by the protocol)."""

    code: int
    reason: str


RESTART = Farewell(1012, "the server is stopping; the page tries again by itself")
UNREAD = Farewell(1008, "messages were left unread for too long")
TOO_FAST = Farewell(1008, "too many messages in a second for too long")


class Visit:
    """One open socket. `run` ends when either side has had enough."""

    def __init__(self, socket: WebSocket, desk: Desk, pool: Executor, settings: Settings, trainings: Own) -> None:
        self._socket = socket
        self._desk = desk
        self._pool = pool
        self._settings = settings
        self._inbox = Inbox()
        self._outbox = Outbox()
        self._ending = anyio.Event()
        self._farewell: Farewell | None = None
        self._trainings = trainings
        trainings.listen(self._tell)

    def _tell(self, reply: Reply) -> None:
        """Sends what a training has told."""
        self._outbox.extend([(reply, reply.encode())])
        self._inbox.stir()

    def leave(self, farewell: Farewell | None) -> None:
        """Ends the visit; without a farewell when the client has gone already."""
        if not self._ending.is_set():
            self._farewell = farewell
            self._ending.set()

    async def run(self) -> None:
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(self._until_the_end_of, self._read)
            tasks.start_soon(self._until_the_end_of, self._work)
            await self._ending.wait()
            tasks.cancel_scope.cancel()
        if self._farewell is not None:
            await goodbye(self._socket, self._farewell)

    async def _until_the_end_of(self, duty: Callable[[], Awaitable[Farewell | None]]) -> None:
        self.leave(await duty())

    async def _read(self) -> Farewell | None:
        """Reads until the client is gone (None) or has to go."""
        bucket = Bucket(self._settings.messages_per_second, self._settings.burst, monotonic)
        while True:
            event = await self._socket.receive()
            if event["type"] == "websocket.disconnect":
                return None
            # Waiting here stops reading from the network: an honest burst is only delayed, and loses nothing.
            await anyio.sleep(bucket.take())
            if bucket.flooded() > self._settings.flood_seconds:
                return TOO_FAST
            text = event.get("text")
            await self._inbox.put(event.get("bytes") or b"" if text is None else text)

    async def _work(self) -> Farewell | None:
        """Handles, computes and sends until the client is gone (None) or has to go."""
        loop = asyncio.get_running_loop()
        while True:
            if not (self._desk.busy or self._outbox):
                await self._inbox.wait()
            if self._inbox or self._desk.busy:
                messages = self._inbox.take()
                made = await loop.run_in_executor(self._pool, self._desk.work, messages, self._inbox.__bool__)
                self._outbox.extend(made)
            while self._outbox:
                started = monotonic()
                try:
                    with anyio.fail_after(self._settings.send_seconds):
                        await self._send(self._outbox.next())
                except TimeoutError:
                    return UNREAD
                except (WebSocketDisconnect, RuntimeError):
                    return None
                if self._inbox and monotonic() - started > SLOW:
                    break
            else:
                self._trainings.delivered()

    async def _send(self, data: Sent) -> None:
        if isinstance(data, str):
            await self._socket.send_text(data)
        else:
            await self._socket.send_bytes(data)


async def goodbye(socket: WebSocket, farewell: Farewell) -> None:
    """Closes a socket, unless the client is gone or does not listen."""
    try:
        with anyio.fail_after(GOODBYE):
            await socket.close(farewell.code, farewell.reason)
    except (TimeoutError, WebSocketDisconnect, RuntimeError):
        return
