"""An address that nothing is at: a person gets a page with a way back, a program the problem."""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from .errors import not_found
from .pages import language
from .words import Words

#: what is asked for by programs, whatever a browser would accept
MACHINES = ("/api/", "/static/")


class MissingPage:
    """Answers with 404. `words` are those of `missing.html`, by language."""

    def __init__(self, templates: Path, words: Words) -> None:
        environment = Environment(loader=FileSystemLoader(templates), autoescape=True, undefined=StrictUndefined)
        self._template = environment.get_template("missing.html")
        self._words = words

    async def answer(self, request: Request, _: Exception) -> Response:
        """For every method: what does not ask for HTML is a program."""
        accepts = request.headers.get("accept", "")
        if "text/html" not in accepts or request.url.path.startswith(MACHINES):
            return not_found()
        chosen = language(request.query_params.get("lang", ""), request.headers.get("accept-language", ""), self._words)
        words = self._words[chosen]
        # The address has any depth, so what the page loads is named from the top.
        root = request.scope.get("root_path", "") + "/"
        text = self._template.render(tag=words["page.tag"], words=words, root=root)
        return HTMLResponse(text, 404, {"vary": "accept, accept-language"})
