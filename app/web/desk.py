"""One visitor's session at work: messages in, encoded replies out, a slice of time at a time. Runs in a worker thread."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from app.engine import Problem
from app.session import Reply, Session, read_message
from app.session.messages import MessageError
from app.session.replies import Problems

from .logs import LOGGER
from .queues import Sent

SLICE = 0.02  # seconds before other visitors get their turn
BATCH = 262_144  # bytes computed ahead of the network

INTERNAL = Problem("internal", "the server failed at this message; the fault is not yours", hint="undo, or reload the page")
NOT_TEXT = Problem("not-text", "a message must be text, not binary", hint="send JSON in a text frame")


@dataclass(frozen=True, slots=True)
class _Answer:
    """Replies still to be computed, and whom they are for."""

    id: int | None
    lane: str
    replies: Iterator[Reply | None]


class Desk:
    """Handles messages before it computes, so that what has grown stale is never begun.

    Not safe for several threads at once; the socket waits for each call before the next.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        self._messages: deque[Sent] = deque()
        self._answers: deque[_Answer] = deque()

    @property
    def busy(self) -> bool:
        return bool(self._messages or self._answers)

    def work(self, messages: Iterable[Sent], interrupted: Callable[[], bool]) -> list[tuple[Reply, Sent]]:
        """Takes messages, then goes on with the answers until the slice is over or there is something newer to handle.

        At least one reply is made if there is one to make, so a client that never pauses still gets answers.
        """
        self._messages.extend(messages)
        end = time.monotonic() + SLICE
        while self._messages:
            self._answers.append(self._handle(self._messages.popleft()))
            if time.monotonic() > end:
                break
        made: list[tuple[Reply, Sent]] = []
        size = 0
        while self._answers and not self._messages and size < BATCH:
            reply = self._next()
            if reply is not None:
                data = reply.encode()
                made.append((reply, data))
                size += len(data)
            if time.monotonic() > end or (made and interrupted()):
                break
        return made

    def _handle(self, message: Sent) -> _Answer:
        if isinstance(message, bytes):
            return _answer(None, "main", Problems(None, "main", [NOT_TEXT]))
        try:
            read = read_message(message)
        except MessageError as error:
            return _answer(error.id, error.lane, Problems(error.id, error.lane, error.problems))
        try:
            return _Answer(read.id, read.lane, self._session.handle(read))
        except Exception:
            LOGGER.exception("a message could not be handled")
            return _answer(read.id, read.lane, Problems(read.id, read.lane, [INTERNAL]))

    def _next(self) -> Reply | None:
        """The next reply of the oldest answer, None when that one has ended or has none yet."""
        answer = self._answers[0]
        try:
            return next(answer.replies)
        except StopIteration:
            self._answers.popleft()
            return None
        except Exception:
            LOGGER.exception("an answer could not be computed")
            self._answers.popleft()
            return Problems(answer.id, answer.lane, [INTERNAL])


def _answer(id: int | None, lane: str, reply: Reply) -> _Answer:
    return _Answer(id, lane, iter([reply]))
