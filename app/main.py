"""create_app(): where everything meets."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import asdict
from typing import Any

from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp

from app.lessons import Shelf, load_lessons
from app.session import Session
from app.session.numbers import dumps
from app.web import api, docs, errors, plotly, weights
from app.web.assets import Asset, modules, read_folder
from app.web.body import BodyLimit
from app.web.files import STATIC, TEMPLATES, VERSION
from app.web.guard import Guard, own_names
from app.web.headers import Headers, security_headers
from app.web.missing import MissingPage
from app.web.pages import Boot, Pages
from app.web.settings import Settings
from app.web.visitors import Visitors
from app.web.words import in_each, read_words

SCRIPT = "main.js"
#: what may come first on the page, and the script that it begins with
FIRST = {"home": "views/home.js", "stage": "stage.js"}


class Unrolled(FastAPI):
    """FastAPI behind the guard. The guard stands outside of everything, so no route can be added that it does not cover."""

    def __init__(self, settings: Settings, **options: Any) -> None:
        super().__init__(**options)
        self.settings = settings
        self.names = own_names(settings.port, settings.allow_hosts)

    def build_middleware_stack(self) -> ASGIApp:
        larger = {weights.PATH: ("weights_bytes", self.settings.weights_bytes)}
        inside = BodyLimit(super().build_middleware_stack(), self.settings.body_bytes, larger)
        return Headers(Guard(inside, self.names), security_headers(self.settings.frame_ancestors))


def create_app(settings: Settings | None = None) -> Unrolled:
    """The whole server, ready for any ASGI host. Without settings they come from the environment."""
    settings = settings or Settings.from_environment(os.environ)
    shelf = load_lessons(settings.lessons)
    visitors = Visitors(settings, lambda trainer: Session(shelf, settings.limits, trainer=trainer))

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        yield
        await visitors.close()

    app = Unrolled(
        settings,
        title="Unrolled",
        version=VERSION,
        summary="Recurrent networks, every value and every gradient, one timestep at a time.",
        openapi_url="/api/openapi.json",
        docs_url=None,
        redoc_url=None,
        lifespan=lifespan,
    )
    app.state.visitors = visitors
    errors.install(app)
    app.include_router(api.router(shelf, settings.limits))
    app.include_router(weights.router(settings.limits, settings.weights_bytes, api.REFUSALS))
    docs.install(app)
    _install_page(app, shelf)
    app.add_api_websocket_route("/ws", visitors.receive)
    return app


def _install_page(app: Unrolled, shelf: Shelf) -> None:
    words = read_words(STATIC)
    assets = read_folder(STATIC) | _summaries(shelf, list(words))
    scripts = modules(assets, SCRIPT)
    followers = {first: [each for each in modules(assets, start) if each not in scripts] for first, start in FIRST.items()}
    bytes_allowed = {name: getattr(app.settings, name) for name in ("message_bytes", "weights_bytes")}
    limits = asdict(app.settings.limits) | bytes_allowed
    problems = [each.to_data() for each in shelf.problems]
    boot = Boot(api.listed(shelf), problems, words, plotly.ADDRESS, VERSION, limits)
    pages = Pages(TEMPLATES, boot, _addresses(scripts), {first: _addresses(names) for first, names in followers.items()})

    async def static(request: Request) -> Response:
        asset = assets.get(request.path_params["path"])
        return errors.not_found() if asset is None else asset.response(request)

    async def chart_library(request: Request) -> Response:
        return (await asyncio.to_thread(plotly.script)).response(request)

    app.add_exception_handler(404, MissingPage(TEMPLATES, read_words(STATIC, ("page", "missing"))).answer)
    app.add_route("/", pages.explorer, include_in_schema=False)
    app.add_route("/static/{path:path}", static, include_in_schema=False)
    app.add_route(f"/{plotly.ADDRESS}", chart_library, include_in_schema=False)


def _summaries(shelf: Shelf, languages: Sequence[str]) -> dict[str, Asset]:
    """What the list of lessons says of each, as words that are fetched with it: no first picture of a lesson waits for them."""
    told = {f"summary.{lesson.id}": lesson.summary for lesson in shelf.lessons.values()}
    said = in_each(told, languages)
    return {f"i18n/{language}/summary.json": Asset.of(dumps(texts).encode(), ".json") for language, texts in said.items()}


def _addresses(scripts: Sequence[str]) -> list[str]:
    return [f"static/{name}" for name in scripts]
