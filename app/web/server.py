"""The server as a process: its port, its greeting, its end."""

from __future__ import annotations

import contextlib
import errno
import socket
import threading
import webbrowser
from collections.abc import Callable

import uvicorn

from app.engine import Problem, ProblemError

from .visitors import Visitors

UNREAD_MILLISECONDS = 30_000  # after which the system drops a connection whose other end takes nothing
BACKLOG = 512  # a whole class that comes back at once


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens. Port 0 takes a free one.

    Raises ProblemError with a sentence for a person when it cannot be had.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    except (OSError, UnicodeError):
        raise ProblemError([_unknown_host(host)]) from None
    family, *_, address = min(found, key=lambda each: each[0] != socket.AF_INET)
    # asyncio sends small answers at once only where the protocol is named; else each would wait 40 ms for its turn.
    opened = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if hasattr(socket, "TCP_USER_TIMEOUT"):
            opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, UNREAD_MILLISECONDS)
        opened.bind(address)
        opened.listen(BACKLOG)
    except OSError as error:
        opened.close()
        raise ProblemError([_refused(host, port, error.errno)]) from None
    return opened


def address_of(host: str, port: int) -> str:
    """The page's address for a browser on this machine."""
    name = {"0.0.0.0": "127.0.0.1", "::": "[::1]", "": "127.0.0.1"}.get(host, host)
    return f"http://[{name}]:{port}/" if ":" in name and not name.startswith("[") else f"http://{name}:{port}/"


class Server(uvicorn.Server):
    """uvicorn, that calls back when the port is open, and shows the visitors out with a reason."""

    def __init__(self, config: uvicorn.Config, visitors: Visitors, opened: Callable[[], None]) -> None:
        super().__init__(config)
        self._visitors = visitors
        self._opened = opened

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._opened()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        for server in self.servers:
            server.close()
        await self._visitors.show_out()
        await super().shutdown(sockets)


def configuration(app: Callable[..., object], message_bytes: int) -> uvicorn.Config:
    """How uvicorn runs the app: one process, small uncompressed messages, a prompt end, our own log."""
    return uvicorn.Config(
        app,
        ws="websockets-sansio",
        ws_max_size=message_bytes,
        ws_per_message_deflate=False,
        ws_ping_interval=20,
        ws_ping_timeout=20,
        timeout_graceful_shutdown=1,
        timeout_keep_alive=30,
        access_log=False,
        log_config=None,
        log_level="warning",
        server_header=False,
    )


def run(server: Server, listening: socket.socket) -> None:
    """Serves until a signal ends it."""
    with contextlib.suppress(KeyboardInterrupt):
        server.run([listening])


def open_browser(address: str) -> None:
    """Shows the page, without waiting for a browser that is slow to start."""
    threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()


def _unknown_host(host: str) -> Problem:
    return Problem(
        "unknown-host",
        f"no address of this machine is called '{host}'",
        {"host": host},
        "leave --host out to serve this machine alone, or give 0.0.0.0 to serve the network",
    )


def _refused(host: str, port: int, reason: int | None) -> Problem:
    where: dict[str, str | int | float] = {"host": host, "port": port}
    match reason:
        case errno.EADDRINUSE:
            hint = "stop it, or choose another port: --port 0 takes a free one"
            return Problem("port-in-use", f"port {port} is in use by another program", where, hint)
        case errno.EACCES:
            hint = "choose one from 1024 up: --port 0 takes a free one"
            return Problem("port-refused", f"port {port} may only be used by an administrator", where, hint)
        case errno.EADDRNOTAVAIL:
            return _unknown_host(host)
    hint = "choose another with --host and --port"
    return Problem("cannot-listen", f"cannot listen at {host}, port {port}", where, hint)
