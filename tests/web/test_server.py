"""The server as a process: its port, its sockets, its end; and what it does with frames that no browser would send."""

from __future__ import annotations

import json
import os
import signal
import socket
import struct
import time
import webbrowser
from base64 import b64encode
from collections.abc import Iterator
from contextlib import ExitStack, closing

import pytest
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin

from app.engine import ProblemError
from app.frames import unpack
from app.web import server as module
from app.web.server import address_of, configuration, listen
from tests.server import Server, from_source

#: the longest message of the server that most of these tests share; by itself it takes longer ones
MESSAGE_BYTES = 65_536


@pytest.fixture(scope="module")
def running() -> Iterator[Server]:
    with from_source(settings={"UNROLLED_MESSAGE_BYTES": str(MESSAGE_BYTES)}) as server:
        yield server


@pytest.fixture
def own() -> Iterator[Server]:
    """A server that the test may end."""
    with from_source() as server:
        yield server


def visit(server: Server) -> ClientConnection:
    return connect(f"ws://127.0.0.1:{server.port}/ws", origin=Origin(server.url.rstrip("/")), compression=None)


def ask(client: ClientConnection, **fields: object) -> dict[str, object]:
    client.send(json.dumps(fields))
    return hear(client)


def hear(client: ClientConnection) -> dict[str, object]:
    """The first of what comes next."""
    data = client.recv(timeout=10)
    return dict(json.loads(data) if isinstance(data, str) else next(unpack(data))[0])


def test_a_port_that_is_taken_is_told() -> None:
    with listen("127.0.0.1", 0) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(ProblemError) as caught:
            listen("127.0.0.1", port)
    (problem,) = caught.value.problems
    assert problem.message == f"port {port} is in use by another program"
    assert problem.hint == "stop it, or choose another port: --port 0 takes a free one"


@pytest.mark.parametrize("host", ["no.such.host.invalid", "a" * 300, "1.2.3.4.5"])
def test_a_host_that_is_not_here_is_told(host: str) -> None:
    with pytest.raises(ProblemError) as caught:
        listen(host, 0)
    (problem,) = caught.value.problems
    assert problem.message == f"no address of this machine is called '{host}'"
    assert problem.hint == "leave --host out to serve this machine alone, or give 0.0.0.0 to serve the network"


@pytest.mark.parametrize(
    ("number", "message"),
    [
        (13, "port 80 may only be used by an administrator"),
        (99, "no address of this machine is called 'host'"),
        (5, "cannot listen at host, port 80"),
    ],
)
def test_other_refusals_of_the_system(number: int, message: str) -> None:
    assert module._refused("host", 80, number).message == message


def test_small_answers_are_not_held_back() -> None:
    """asyncio turns Nagle's algorithm off only for sockets that name their protocol; with it each answer takes 40 ms."""
    with listen("127.0.0.1", 0) as listening:
        assert listening.proto == socket.IPPROTO_TCP


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("127.0.0.1", "http://127.0.0.1:9/"),
        ("localhost", "http://localhost:9/"),
        ("0.0.0.0", "http://127.0.0.1:9/"),
        ("::", "http://[::1]:9/"),
        ("::1", "http://[::1]:9/"),
    ],
)
def test_the_address_for_a_browser(host: str, address: str) -> None:
    assert address_of(host, 9) == address


def test_messages_are_small_and_uncompressed() -> None:
    config = configuration(lambda: None, 1234)
    assert (config.ws_max_size, config.ws_per_message_deflate, config.timeout_graceful_shutdown) == (1234, False, 1)


def test_a_browser_is_opened_without_waiting_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr(webbrowser, "open", opened.append)
    module.open_browser("http://127.0.0.1:9/")
    end = time.monotonic() + 5
    while not opened and time.monotonic() < end:
        time.sleep(0.01)
    assert opened == ["http://127.0.0.1:9/"]


def test_a_visit(running: Server) -> None:
    with visit(running) as client:
        assert ask(client, id=1, type="open", lesson="gated-cell")["type"] == "opened"
        heard: list[object] = []
        while len(heard) < 4:
            heard += [header["type"] for header, _ in unpack(client.recv(timeout=10, decode=False))]
        assert heard == ["frames", "done", "gradients", "done"]


def test_ctrl_c_ends_it_within_two_seconds_and_tells_everybody_why(own: Server) -> None:
    with ExitStack() as stack:
        clients = [stack.enter_context(visit(own)) for _ in range(20)]
        for client in clients:
            ask(client, id=1, type="open", lesson="gated-cell")
        silent = stack.enter_context(closing(socket.create_connection(("127.0.0.1", own.port))))
        silent.send(b"GET / HTTP/1.1\r\nHost:")
        assert own.interrupt() < 2
        for client in clients:
            with pytest.raises(ConnectionClosed) as caught:
                while True:
                    client.recv(timeout=5)
            assert caught.value.rcvd is not None
            assert (caught.value.rcvd.code, caught.value.rcvd.reason) == (
                1012,
                "the server is stopping; the page tries again by itself",
            )
    assert own.process is not None
    assert own.process.returncode == 0
    assert "Traceback" not in own.output


def test_it_ends_although_a_client_reads_nothing(own: Server) -> None:
    with closing(stubborn(own)):
        started = time.monotonic()
        assert own.interrupt() < 3.5
        assert time.monotonic() - started < 4
    assert "Traceback" not in own.output


def test_sigterm_ends_it_too(own: Server) -> None:
    assert own.process is not None
    with visit(own):
        own.process.send_signal(signal.SIGTERM)
        own.process.wait(timeout=5)


def test_after_a_power_cut_the_same_address_serves_again(own: Server) -> None:
    with visit(own) as client:
        ask(client, id=1, type="open", lesson="linear-toy")
        own.kill()
        with pytest.raises(ConnectionClosed):
            while True:
                client.recv(timeout=5)
    own.start()
    with visit(own) as again:
        assert ask(again, id=1, type="open", lesson="linear-toy")["type"] == "opened"


# What follows speaks to the port itself.


def handshake(server: Server, *headers: str, line: str = "GET /ws HTTP/1.1") -> socket.socket:
    opened = socket.create_connection(("127.0.0.1", server.port), timeout=10)
    own = f"127.0.0.1:{server.port}"
    key = b64encode(os.urandom(16)).decode()
    usual = [
        f"Host: {own}",
        f"Origin: http://{own}",
        "Upgrade: websocket",
        "Connection: Upgrade",
        f"Sec-WebSocket-Key: {key}",
        "Sec-WebSocket-Version: 13",
    ]
    replaced = {header.partition(":")[0] for header in headers}
    sent = [each for each in usual if each.partition(":")[0] not in replaced]
    sent += [each for each in headers if not each.endswith(":")]
    opened.sendall("\r\n".join([line, *sent, "", ""]).encode("latin-1"))
    return opened


def status(opened: socket.socket) -> int:
    with closing(opened):
        opened.settimeout(10)
        answer = opened.recv(4096)
    return int(answer.split(b" ")[1]) if answer.startswith(b"HTTP/") else 0


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ([], 101),
        (["Origin:"], 403),
        (["Origin: null"], 403),
        (["Origin: http://evil.test"], 403),
        (["Host: evil.test"], 400),
        (["Sec-WebSocket-Key:"], 400),
        (["Sec-WebSocket-Version: 12"], 400),
    ],
)
def test_handshakes(running: Server, headers: list[str], expected: int) -> None:
    assert status(handshake(running, *headers)) == expected


def test_a_header_of_a_hundred_kilobytes_disturbs_nobody(running: Server) -> None:
    with closing(handshake(running, f"X-Long: {'a' * 100_000}")), closing(handshake(running, *["X: y"] * 5000)):
        test_a_visit(running)
    assert "Traceback" not in running.output


def frame(opcode: int, payload: bytes, *, fin: bool = True, mask: bool = True, rsv: int = 0, claim: int | None = None) -> bytes:
    """A WebSocket frame, as wrong as asked for; `claim` is the length that it pretends to have."""
    size = len(payload) if claim is None else claim
    first = (0x80 if fin else 0) | rsv << 4 | opcode
    bit = 0x80 if mask else 0
    if size < 126:
        head = struct.pack("!BB", first, bit | size)
    elif size < 65_536:
        head = struct.pack("!BBH", first, bit | 126, size)
    else:
        head = struct.pack("!BBQ", first, bit | 127, size)
    if not mask:
        return head + payload
    return head + b"\x00" * 4 + payload  # a mask of zeros leaves the payload as it is


FRAMES = {
    "a message above the limit": (frame(1, b" " * (MESSAGE_BYTES + 1)), 1009),
    "a length of 2^62": (frame(1, b"", claim=2**62), 1009),
    "not masked": (frame(1, b"{}", mask=False), 1002),
    "an opcode that is none": (frame(3, b""), 1002),
    "a bit of an extension that is off": (frame(1, b"{}", rsv=4), 1002),
    "a ping in pieces": (frame(9, b"", fin=False), 1002),
    "a ping that is too long": (frame(9, b"a" * 126), 1002),
    "a piece of nothing": (frame(0, b"a"), 1002),
    "invalid UTF-8": (frame(1, b"\xff\xfe"), 1007),
    "a close code that is none": (frame(8, struct.pack("!H", 999)), 1002),
    "half a close code": (frame(8, b"\x03"), 1002),
    "70,000 pieces of one byte": (frame(1, b"a", fin=False) + frame(0, b"a", fin=False) * 70_000, 1009),
}


@pytest.mark.parametrize("name", FRAMES)
def test_frames_that_no_browser_sends(running: Server, name: str) -> None:
    sent, code = FRAMES[name]
    with closing(handshake(running)) as opened:
        assert opened.recv(4096).startswith(b"HTTP/1.1 101")
        opened.sendall(sent)
        answer = b""
        while len(answer) < 4 and (part := opened.recv(4096)):
            answer += part
    assert answer[0] == 0x88, answer
    assert struct.unpack_from("!H", answer, 2)[0] == code
    test_a_visit(running)


def test_nothing_of_this_is_in_the_log(running: Server) -> None:
    """Runs after the frames above, and sends a hundred more that uvicorn by itself would print tracebacks for."""
    for _ in range(100):
        with closing(handshake(running)) as opened:
            opened.recv(4096)
            opened.sendall(frame(1, b"\xff\xfe\x1b[31m"))
            opened.recv(4096)
    test_a_visit(running)
    assert "Traceback" not in running.output
    assert "\x1b" not in running.output
    assert running.output.count("\n") < 30, running.output


def test_clients_that_come_and_go(running: Server) -> None:
    """In the middle of the handshake, of a message, of an answer."""
    whole = frame(1, b'{"id":1,"type":"open","lesson":"gated-cell"}')
    for cut in range(0, len(whole), 3):
        with closing(handshake(running)) as opened:
            opened.recv(4096)
            opened.sendall(whole[:cut] if cut % 2 else whole * 3)
    test_a_visit(running)
    assert "Traceback" not in running.output


def stubborn(server: Server) -> socket.socket:
    """A client that asks for much and reads nothing."""
    opened = socket.socket()
    opened.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    opened.connect(("127.0.0.1", server.port))
    opened.settimeout(2)
    own = f"127.0.0.1:{server.port}"
    opened.sendall(
        f"GET /ws HTTP/1.1\r\nHost: {own}\r\nOrigin: http://{own}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        f"Sec-WebSocket-Key: {b64encode(os.urandom(16)).decode()}\r\nSec-WebSocket-Version: 13\r\n\r\n".encode()
    )
    opened.recv(200)
    rows = json.dumps({"id": 2, "type": "change", "inputs": [[1, 0, 0]] * 2000}).encode()
    messages = [b'{"id":1,"type":"open","lesson":"gated-cell"}', *[rows] * 40]
    try:
        for message in messages:
            opened.sendall(frame(1, message))
    except TimeoutError:
        pass
    return opened
