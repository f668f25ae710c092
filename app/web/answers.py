"""Everything that is refused is refused in one shape: {"problems": [...]}, with a code and never an exception's text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from starlette.responses import JSONResponse
from starlette.types import Receive, Scope, Send

from app.engine import Problem
from app.session.numbers import dumps


class JsonResponse(JSONResponse):
    """JSON without bare infinities; data that has one is a mistake here and raises ValueError."""

    def render(self, content: object) -> bytes:
        return dumps(content).encode()


@dataclass(frozen=True, slots=True)
class Refusal:
    """A status and the problem behind it."""

    status: int
    problem: Problem


def problems_response(status: int, problems: Sequence[Problem], headers: dict[str, str] | None = None) -> JsonResponse:
    return JsonResponse({"problems": [each.to_data() for each in problems]}, status, headers)


async def refuse(refusal: Refusal, scope: Scope, receive: Receive, send: Send) -> None:
    """Answers a request, or a socket that asks to be opened, with a refusal."""
    response = problems_response(refusal.status, [refusal.problem])
    if scope["type"] == "http" or "websocket.http.response" in scope.get("extensions", {}):
        await response(scope, receive, send)
    else:
        await send({"type": "websocket.close", "code": 1008, "reason": refusal.problem.code})
