"""The largest body that a request may have. Nothing above it is read into memory."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.engine import Problem

from .answers import Refusal, refuse

SETTING = "body_bytes"
DIGITS = 18  # an announced length with more digits is larger than any limit, and not worth reading as a number


class TooLarge(HTTPException):
    """A body that turned out too large while it was read; answered like any other refusal by status."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(413)
        self.problem = problem


class BodyLimit:
    """ASGI middleware that answers 413 to a body that is announced, or turns out, too large."""

    def __init__(self, app: ASGIApp, most: int, larger: Mapping[str, tuple[str, int]] | None = None) -> None:
        """`larger` are paths with a limit of their own: the name of its setting, and bytes."""
        self.app = app
        self.most = most
        self.larger = larger or {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        setting, most = self.larger.get(scope["path"], (SETTING, self.most))
        if _announced(scope, most):
            await refuse(Refusal(413, too_large(most, setting)), scope, receive, send)
            return
        read = 0

        async def receive_limited() -> Message:
            nonlocal read
            message = await receive()
            read += len(message.get("body", b""))
            if read > most:
                raise TooLarge(too_large(most, setting))
            return message

        await self.app(scope, receive_limited, send)


def _announced(scope: Scope, most: int) -> bool:
    """Whether a body says that it will be too large."""
    lengths = (value for name, value in scope["headers"] if name == b"content-length" and value.isdigit())
    return any(len(value) > DIGITS or int(value) > most for value in lengths)


def too_large(most: int, setting: str = SETTING) -> Problem:
    return Problem(
        "too-large",
        f"the request's body is larger than {most:,} bytes",
        {"limit": setting, "allowed": most},
        f"send less, or raise UNROLLED_{setting.upper()} where the server is started",
    )
