"""Files of other libraries, sent as they are: read in a thread, a few at a time, within limits of their own."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Annotated, Any

from fastapi import APIRouter, Query
from starlette.requests import Request

from app.engine import Problem, ProblemError
from app.session import Limits
from app.session.weights import OPTIONS, read_weights

from . import schemas
from .answers import JsonResponse

PATH = "/api/weights"
AT_ONCE = 2
"""Files that are read at the same time: each takes memory several times its size."""
PATIENCE = 30.0
"""Seconds to wait for a turn, and again to receive the file."""

BUSY = Problem("busy", "too many files are being read", hint="try again in a moment")
SLOW = Problem("too-slow", "the file did not arrive in time", hint="try again, or send a smaller one")
BODY = {"required": True, "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}}
PARAMETERS = [
    {"name": name, "in": "query", "description": "what the file does not tell", "schema": {"type": "string"}}
    for name in OPTIONS
]


def router(limits: Limits, weights_bytes: int, refusals: Mapping[int | str, dict[str, Any]]) -> APIRouter:
    """The route that reads a file."""
    routes = APIRouter(responses=dict(refusals), default_response_class=JsonResponse)
    turns = asyncio.Semaphore(AT_ONCE)

    @asynccontextmanager
    async def turn() -> AsyncIterator[None]:
        await _patiently(turns.acquire(), BUSY)
        try:
            yield
        finally:
            turns.release()

    @routes.post(
        PATH,
        tags=["weights"],
        summary="What a file of PyTorch, Keras, ONNX or NumPy holds",
        response_model=schemas.WeightsDocument,
        openapi_extra={"requestBody": BODY, "parameters": PARAMETERS},
    )
    async def weights(
        request: Request,
        name: Annotated[str, Query(max_length=200)] = "file",
        which: Annotated[int | None, Query(alias="open", ge=0, le=9_999)] = None,
    ) -> JsonResponse:
        told = {key: value for key, value in request.query_params.items() if key in OPTIONS}
        async with turn():
            data = await _patiently(request.body(), SLOW)
            return JsonResponse(await asyncio.to_thread(read_weights, data, name, told, which, weights_bytes, limits))

    return routes


async def _patiently(awaited: Any, otherwise: Problem) -> Any:
    """What is waited for. Raises ProblemError when it takes too long."""
    try:
        async with asyncio.timeout(PATIENCE):
            return await awaited
    except TimeoutError:
        raise ProblemError([otherwise]) from None
