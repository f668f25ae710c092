"""The API's description for people."""

from __future__ import annotations

import re

import pytest
from starlette.testclient import TestClient

from app.web.docs import kind


def test_every_operation_is_described(client: TestClient) -> None:
    document = client.get("/api/openapi.json").json()
    page = client.get("/api/docs")
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            assert f'<code class="method {method}">{method.upper()}</code> <code>{path}</code>' in page.text
            assert operation["summary"].replace("'", "&#39;") in page.text
    for name in document["components"]["schemas"]:
        assert f"<summary><code>{name}</code></summary>" in page.text


def test_it_loads_nothing_from_elsewhere_and_runs_nothing(client: TestClient) -> None:
    page = client.get("/api/docs").text
    assert "<script" not in page
    assert not re.search(r"\s(?:on\w+|style)=", page)
    links = re.findall(r'(?:src|href)="([^"]+)"', page)
    assert "docs.css" in links
    for link in links:
        assert not re.match(r"\w+:|//", link), link
        assert client.get(f"/api/{link}").status_code == 200, link
    assert client.get("/api/docs.css").headers["content-type"] == "text/css; charset=utf-8"


def test_its_examples_work(client: TestClient) -> None:
    page = client.get("/api/docs").text.replace("&#34;", '"').replace("&#39;", "'")
    commands = re.findall(r"<pre>curl (\S+)(?: -H .*? -d '(.*?)')?</pre>", page)
    assert len(commands) >= 8
    for url, body in commands:
        assert url.startswith("http://127.0.0.1:8421/api/")
        headers = {"content-type": "application/json"}
        answer = client.post(url, content=body, headers=headers) if body else client.get(url)
        assert answer.status_code == 200, (url, answer.text)


@pytest.mark.parametrize("path", ["/docs", "/redoc", "/openapi.json", "/docs/oauth2-redirect"])
def test_the_pages_that_load_from_elsewhere_are_not_there(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 404


@pytest.mark.parametrize(
    ("schema", "said"),
    [
        ({"type": "array", "items": {"type": "array", "items": {"type": "number"}}}, "list of list of number"),
        ({"anyOf": [{"$ref": "#/components/schemas/Experiment"}, {"type": "null"}]}, "Experiment or null"),
        ({"oneOf": [{"type": "string"}, {"type": "string"}]}, "text"),
        ({"type": "object", "additionalProperties": {"type": "integer"}}, "object of integer"),
        ({"type": "object"}, "object"),
        ({"enum": ["en", "zh"]}, '"en" or "zh"'),
        ({"anyOf": [{"type": "number"}, {"enum": ["inf", "-inf", "nan"]}]}, "number"),
        ({"const": 1}, "1"),
        ({}, "anything"),
    ],
)
def test_types_are_said_in_a_few_words(schema: dict[str, object], said: str) -> None:
    assert kind(schema) == said
