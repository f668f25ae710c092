"""Exceptions become answers in the one shape. What went wrong inside stays inside."""

from __future__ import annotations

from collections.abc import Sequence

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from app.engine import Problem, ProblemError
from app.session import faults

from .answers import problems_response
from .body import TooLarge

BY_STATUS = {
    400: Problem("bad-request", "the request's body cannot be read", hint="send JSON in UTF-8"),
    404: Problem("not-found", "there is nothing at this address", hint="the page is at /, the API's description at /api/docs"),
    405: Problem("method-not-allowed", "this address does not take this method", hint="see /api/docs"),
}
OTHER = Problem("refused", "the request was refused")
INTERNAL = Problem("internal", "the server failed to answer; the fault is not yours", hint="the server's log says more")


class Missing(Exception):
    """Something asked for by name does not exist; answered with 404 and the problems."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = problems


def install(app: FastAPI) -> None:
    """Gives the app an answer for everything that can be raised."""
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(ProblemError, _problems)
    app.add_exception_handler(Missing, _missing)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(Exception, _internal)


async def _invalid(_: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    located = [{**fault, "loc": _place(fault["loc"])} for fault in error.errors()]
    return problems_response(422, faults.problems(located, "the body"))


def _place(location: tuple[object, ...]) -> tuple[object, ...]:
    """The place without "body", which every place begins with."""
    return location[1:] if location[:1] == ("body",) else location


async def _problems(_: Request, error: Exception) -> Response:
    assert isinstance(error, ProblemError)
    return problems_response(422, error.problems)


async def _missing(_: Request, error: Exception) -> Response:
    assert isinstance(error, Missing)
    return problems_response(404, error.problems)


async def _http(_: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    problem = error.problem if isinstance(error, TooLarge) else BY_STATUS.get(error.status_code, OTHER)
    return problems_response(error.status_code, [problem], dict(error.headers or {}))


async def _internal(_: Request, __: Exception) -> Response:
    return problems_response(500, [INTERNAL])


def not_found() -> Response:
    """The answer for an address that nothing is at."""
    return problems_response(404, [BY_STATUS[404]])
