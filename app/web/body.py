"""The largest body that a request may have. Nothing above it is read into memory."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.engine import Problem

from .answers import Refusal, refuse

DIGITS = 18  # an announced length with more digits is larger than any limit, and not worth reading as a number


class TooLarge(HTTPException):
    """A body that turned out too large while it was read; answered like any other refusal by status."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(413)
        self.problem = problem


class BodyLimit:
    """ASGI middleware that answers 413 to a body that is announced, or turns out, too large."""

    def __init__(self, app: ASGIApp, most: int) -> None:
        self.app = app
        self.most = most

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        if self._announced_too_large(scope):
            await refuse(Refusal(413, too_large(self.most)), scope, receive, send)
            return
        read = 0

        async def receive_limited() -> Message:
            nonlocal read
            message = await receive()
            read += len(message.get("body", b""))
            if read > self.most:
                raise TooLarge(too_large(self.most))
            return message

        await self.app(scope, receive_limited, send)

    def _announced_too_large(self, scope: Scope) -> bool:
        lengths = (value for name, value in scope["headers"] if name == b"content-length" and value.isdigit())
        return any(len(value) > DIGITS or int(value) > self.most for value in lengths)


def too_large(most: int) -> Problem:
    return Problem(
        "too-large",
        f"the request's body is larger than {most:,} bytes",
        {"limit": "body_bytes", "allowed": most},
        "send less, or raise UNROLLED_BODY_BYTES where the server is started",
    )
