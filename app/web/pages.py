"""The page. It is rendered once in each language; what a visitor looks at stands behind the # and never gets here."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import Response

from app.session.numbers import dumps

from .assets import Asset
from .words import FIRST, Words, packed


class Html(str):
    """Text that a template puts in as it is."""

    __slots__ = ()

    def __html__(self) -> str:
        return str(self)


@dataclass(frozen=True, slots=True)
class Boot:
    """What the page's scripts begin with."""

    lessons: Sequence[Mapping[str, object]]
    problems: Sequence[Mapping[str, object]]
    """What is wrong with lessons, so that whoever writes one sees it in the page."""
    words: Words
    plotly: str
    version: str
    limits: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class PageContext:
    """All that the template `explorer.html` may use."""

    language: str
    """The language of the first paint, such as "en"."""
    tag: str
    """The same as an HTML `lang`."""
    words: Mapping[str, str]
    """The words of that language."""
    version: str
    modules: tuple[str, ...]
    """Addresses of the scripts to preload, relative to the page."""
    followers: Mapping[str, Sequence[str]]
    """Those to preload when "home", the list of lessons, or "stage", an experiment, comes first."""
    root: str
    """What stands before the addresses of the page's files."""
    boot: Html
    """The JSON of `Boot`, fit to stand in a <script type="application/json">."""


class Pages:
    """Renders the page and answers requests for it."""

    def __init__(
        self, templates: Path, boot: Boot, modules: Sequence[str], followers: Mapping[str, Sequence[str]]
    ) -> None:
        loader = FileSystemLoader(templates)
        self._environment = Environment(loader=loader, autoescape=True, undefined=StrictUndefined)
        self._boot = boot
        self._modules = tuple(modules)
        self._followers = followers
        self._explorer = lru_cache(maxsize=len(boot.words))(self._render)

    async def explorer(self, request: Request) -> Response:
        asked, accepted = request.query_params.get("lang", ""), request.headers.get("accept-language", "")
        chosen = language(asked, accepted, self._boot.words)
        response = self._explorer(chosen).response(request)
        response.headers["vary"] = "accept-encoding, accept-language"
        return response

    def context(self, chosen: str) -> PageContext:
        return PageContext(
            language=chosen,
            tag=self._boot.words[chosen]["page.tag"],
            words=self._boot.words[chosen],
            version=self._boot.version,
            modules=self._modules,
            followers=self._followers,
            root="",
            boot=script_json({**asdict(self._boot), "words": packed(self._boot.words)}),
        )

    def _render(self, chosen: str) -> Asset:
        context = self.context(chosen)
        template = self._environment.get_template("explorer.html")
        # Not asdict: it would copy the whole dictionary of words.
        text = template.render({name: getattr(context, name) for name in PageContext.__slots__})
        return Asset.of(text.encode(), ".html")


def script_json(data: object) -> Html:
    """JSON that cannot end the script element that it stands in."""
    text = dumps(data).replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
    return Html(text)


def language(asked: str, accepted: str, known: Collection[str]) -> str:
    """Of the known languages, the one asked for in the address, else the one the browser likes best, else English."""
    if asked in known:
        return asked
    found = [(weight, -place, tag) for place, (tag, weight) in enumerate(_accepted(accepted)) if tag in known]
    return max(found)[2] if found else FIRST


def _accepted(header: str) -> list[tuple[str, float]]:
    """The languages of an Accept-Language header with their weights; `zh-TW` counts as `zh`."""
    pairs = []
    for part in header[:500].split(","):
        tag, _, weight = part.strip().partition(";q=")
        try:
            value = float(weight) if weight else 1.0
        except ValueError:
            value = 0.0
        if 0 < value <= 1:
            pairs.append((tag.split("-")[0].strip().lower(), value))
    return pairs
