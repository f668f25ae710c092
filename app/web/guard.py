"""The one guard at the door, for pages, API and every socket alike.

A page of another site can make a person's browser send requests to this server, and a hostile name server can make
such requests look local. So a request must name this server exactly (Host), and what comes from a page must come from
this server's own page (Origin). Both are compared, as whole strings, with the server's own names: never with each
other, since an attacker controls both. Sockets need an Origin; scripts may use the API without one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from starlette.types import ASGIApp, Receive, Scope, Send

from app.engine import Problem, ProblemError

from .answers import Refusal, refuse

LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
PORTS = {"http": 80, "https": 443}
NAME = re.compile(r"(?:(https?)://)?([a-z0-9.-]+|\[[0-9a-f:.]+\])(?::([0-9]{1,5}))?")


@dataclass(frozen=True, slots=True)
class Names:
    """What this server calls itself: values of the Host header, and origins of its own pages."""

    hosts: frozenset[bytes]
    origins: frozenset[bytes]


def own_names(port: int, allowed: Sequence[str] = ()) -> Names:
    """The names of a server on a port: the loopback ones, and each of `allowed`.

    NAME and NAME:PORT mean plain HTTP, NAME at the server's own port; https://NAME or https://NAME:PORT is what a
    proxy in front of the server is called. Raises ProblemError for a name of another form.
    """
    hosts: set[bytes] = set()
    origins: set[bytes] = set()
    for name in (*LOOPBACK, *allowed):
        found = NAME.fullmatch(name.lower())
        if not found:
            raise ProblemError([_bad_name(name)])
        scheme, host, given = found.groups()
        number = int(given) if given else PORTS[scheme] if scheme else port
        scheme = scheme or "http"
        authority = host if number == PORTS[scheme] else f"{host}:{number}"
        hosts.add(authority.encode())
        origins.add(f"{scheme}://{authority}".encode())
    return Names(frozenset(hosts), frozenset(origins))


class Guard:
    """ASGI middleware that lets through what is addressed to this server and comes from nowhere else."""

    def __init__(self, app: ASGIApp, names: Names) -> None:
        self.app = app
        self.names = names

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        refusal = self.refusal(scope)
        if refusal is None:
            await self.app(scope, receive, send)
        else:
            await refuse(refusal, scope, receive, send)

    def refusal(self, scope: Scope) -> Refusal | None:
        hosts = [value for name, value in scope["headers"] if name == b"host"]
        origins = [value for name, value in scope["headers"] if name == b"origin"]
        if len(hosts) != 1 or hosts[0] not in self.names.hosts:
            return Refusal(400, FOREIGN_HOST)
        if scope["type"] == "websocket" and not origins:
            return Refusal(403, NO_ORIGIN)
        if origins and (len(origins) != 1 or origins[0] not in self.names.origins):
            return Refusal(403, FOREIGN_ORIGIN)
        return None


FOREIGN_HOST = Problem(
    "foreign-host",
    "this server does not answer to the name that the request was sent to",
    hint="use the address printed at its start, or start it with --allow-host NAME",
)
FOREIGN_ORIGIN = Problem(
    "foreign-origin",
    "a page of another site may not use this server",
    hint="open the address printed at the server's start",
)
NO_ORIGIN = Problem(
    "no-origin",
    "a socket must say which page it belongs to: the Origin header is missing",
    hint="scripts can use the API under /api, or send the server's own address as Origin",
)


def _bad_name(name: str) -> Problem:
    return Problem(
        "bad-host-name",
        f"'{name}' is not a name that a server can have",
        {"name": name},
        "write NAME, NAME:PORT or https://NAME, without a path; an IPv6 address in brackets",
    )
