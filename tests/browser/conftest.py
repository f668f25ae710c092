"""A real server, a real Chromium, and a watch on what neither may do: log an error, or ask another machine."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect

from tests.browser.contexts import Contexts, clean_page
from tests.browser.explorer import Explorer
from tests.machine import find_browser
from tests.server import Server, from_source

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Of several such lists only the last is heard, so this is Playwright's, and what is drawn around a page that nobody sees: one
    # more process in each window, a fourth of all that a test costs.
    "--disable-features="
    + ",".join(
        [
            "AvoidUnnecessaryBeforeUnloadCheckSync",
            "DestroyProfileOnBrowserClose",
            "HttpsUpgrades",
            "HttpsFirstBalancedModeAutoEnable",
            "LensOverlay",
            "MediaRouter",
            "PaintHolding",
            "ThirdPartyStoragePartitioning",
            "AvoidCorsURLLoaderRestartOnRedirect",
            "OptimizationHints",
            "NetworkTimeServiceQuerying",
            "AimEnabled",
            "PreconnectToSearch",
            "WebUIOmniboxPopup",
            "WebUIOmniboxAimPopup",
        ]
    ),
]
# Two busy cores: long enough for any of them, and nobody waits so long for what works.
expect.set_options(timeout=20_000)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    return {**browser_type_launch_args, "executable_path": find_browser(), "args": FLAGS}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    # Movement has tests of its own; without it every other test sees the settled picture at once.
    still = {"viewport": {"width": 1440, "height": 900}, "reduced_motion": "reduce", "locale": "en-US"}
    return {**browser_context_args, **still}


@pytest.fixture(scope="session")
def shared_server() -> Iterator[Server]:
    with from_source() as server:
        yield server


@pytest.fixture
def server(shared_server: Server, request: pytest.FixtureRequest) -> Iterator[Server]:
    """The server of all tests; what it said during a test is shown if the test fails."""
    before = len(shared_server.lines)
    yield shared_server
    request.node.add_report_section("call", "server", "".join(shared_server.lines[before:]))


@pytest.fixture
def own_server(request: pytest.FixtureRequest) -> Iterator[Server]:
    """A server that the test may kill."""
    with from_source() as server:
        yield server
    request.node.add_report_section("call", "server", server.output)


@pytest.fixture(scope="session")
def contexts(browser: Browser) -> Iterator[Contexts]:
    contexts = Contexts(browser)
    yield contexts
    contexts.close()


@pytest.fixture
def context(contexts: Contexts, browser_context_args: dict[str, Any]) -> BrowserContext:
    """As the file's tests want it; other pages that they open in it are closed before the next test."""
    return contexts.like(browser_context_args)


@pytest.fixture
def page(context: BrowserContext, server: Server) -> Iterator[Page]:
    page = clean_page(context, server.url)
    yield page
    page.close()


@dataclass
class Watch:
    """What the page logged as an error or asked of others; `expected` are patterns of messages that a test causes."""

    expected: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    strangers: list[str] = field(default_factory=list)

    def on(self, page: Page) -> None:
        page.on("console", self.hear)
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("request", lambda request: self.meet(request.url))
        page.on("websocket", lambda socket: self.meet(socket.url))

    def hear(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.errors.append(f"{message.type}: {message.text}")

    def meet(self, url: str) -> None:
        if not re.match(r"(?:http|ws)://127\.0\.0\.1:|data:|blob:", url):
            self.strangers.append(url)

    def check(self) -> None:
        assert not self.strangers
        assert not [text for text in self.errors if not any(re.search(each, text) for each in self.expected)]


@pytest.fixture
def watch(page: Page) -> Iterator[Watch]:
    watch = Watch()
    watch.on(page)
    yield watch
    watch.check()


@pytest.fixture
def explorer(page: Page, watch: Watch, server: Server) -> Explorer:
    """The page, not yet opened."""
    return Explorer(page, server.url)


@pytest.fixture
def gated(explorer: Explorer) -> Explorer:
    """The gated cell's lesson, opened and live."""
    explorer.open("gated-cell")
    return explorer


@pytest.fixture
def toy(explorer: Explorer) -> Explorer:
    """The linear toy's lesson, opened and live."""
    explorer.open("linear-toy")
    return explorer
