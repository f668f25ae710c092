"""The real app, without a network in between, for the tests of this folder."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from starlette.testclient import TestClient

from app.main import Unrolled, create_app
from app.web.settings import Settings

PORT = 8421
ADDRESS = f"http://127.0.0.1:{PORT}"
SOCKETS = f"ws://127.0.0.1:{PORT}"


def client_of(app: Unrolled) -> TestClient:
    """A client that speaks to the app under its own name."""
    return TestClient(app, base_url=ADDRESS, raise_server_exceptions=False)


@pytest.fixture(scope="session")
def app() -> Unrolled:
    return create_app(Settings(port=PORT))


@pytest.fixture(scope="session")
def client(app: Unrolled) -> Iterator[TestClient]:
    with client_of(app) as client:
        yield client


@pytest.fixture
def serve() -> Iterator[Callable[..., TestClient]]:
    """Makes a client of an app with other settings."""
    with ExitStack() as stack:

        def make(**settings: Any) -> TestClient:
            return stack.enter_context(client_of(create_app(Settings(port=PORT, **settings))))

        yield make


def origin(address: str = ADDRESS) -> dict[str, str]:
    """The header that a page of this server sends with its socket."""
    return {"origin": address}
