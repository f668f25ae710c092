"""What waits between a socket and its session: messages not yet handled, replies not yet sent."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Iterable

from app.session import Reply

INBOX_BYTES = 262_144
INBOX_MESSAGES = 500
TOGETHER = 262_144  # bytes of one frame that carries several replies

Sent = str | bytes


class Inbox:
    """Messages that were read, in order. When it is full nothing more is read, and the client's network waits."""

    def __init__(self) -> None:
        self._messages: list[Sent] = []
        self._bytes = 0
        self._filled = asyncio.Event()
        self._room = asyncio.Event()
        self._room.set()

    def __bool__(self) -> bool:
        return bool(self._messages)

    async def put(self, message: Sent) -> None:
        await self._room.wait()
        self._messages.append(message)
        self._bytes += len(message)
        self._filled.set()
        if self._bytes >= INBOX_BYTES or len(self._messages) >= INBOX_MESSAGES:
            self._room.clear()

    def take(self) -> list[Sent]:
        """All messages that are there."""
        messages, self._messages, self._bytes = self._messages, [], 0
        self._filled.clear()
        self._room.set()
        return messages

    def stir(self) -> None:
        """Wakes whoever waits, although there is no message."""
        self._filled.set()

    async def wait(self) -> None:
        await self._filled.wait()
        self._filled.clear()


class Outbox:
    """Replies that were computed. Of one lane and stream only the newest request's are kept."""

    def __init__(self) -> None:
        self._replies: deque[tuple[Reply, Sent]] = deque()

    def __bool__(self) -> bool:
        return bool(self._replies)

    def extend(self, replies: Iterable[tuple[Reply, Sent]]) -> None:
        for reply, data in replies:
            if reply.stream is not None:
                self._drop_older(reply)
            self._replies.append((reply, data))

    def next(self) -> Sent:
        """What is sent next: a text, or as many replies in a row as travel in one frame. They are encoded to be joined."""
        data = self._replies.popleft()[1]
        if isinstance(data, str):
            return data
        joined = [data]
        size = len(data)
        while self._replies and isinstance(after := self._replies[0][1], bytes) and size + len(after) <= TOGETHER:
            joined.append(after)
            size += len(after)
            self._replies.popleft()
        return data if len(joined) == 1 else b"".join(joined)

    def _drop_older(self, newer: Reply) -> None:
        def stale(reply: Reply) -> bool:
            return (reply.lane, reply.stream) == (newer.lane, newer.stream) and reply.id != newer.id

        if any(stale(reply) for reply, _ in self._replies):
            self._replies = deque(pair for pair in self._replies if not stale(pair[0]))
