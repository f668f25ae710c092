"""A mistyped address: a page for people, the problem for programs."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from app.main import create_app
from app.web.settings import Settings

BROWSER = "text/html,application/xhtml+xml,*/*;q=0.8"


@pytest.fixture(scope="module")
def client() -> TestClient:
    return TestClient(create_app(Settings()), base_url=f"http://127.0.0.1:{Settings().port}")


@pytest.mark.parametrize(
    ("accepted", "tag", "title"),
    [("en", "en", "There is nothing at this address"), ("zh-CN", "zh-Hans", "这个地址没有内容")],
)
def test_a_person_gets_a_page_with_a_way_back(client: TestClient, accepted: str, tag: str, title: str) -> None:
    answer = client.get("/gated/cell", headers={"accept": BROWSER, "accept-language": accepted})
    assert (answer.status_code, answer.headers["vary"]) == (404, "accept, accept-language")
    assert f'<html lang="{tag}"' in answer.text
    assert f"<h1>{title}</h1>" in answer.text
    assert '<a href="/">' in answer.text
    assert "gated" not in answer.text, "nothing of what was asked for is repeated"
    for part in answer.text.split('"'):
        if "static/" in part:
            assert client.get(part).status_code == 200, "from whatever depth"


@pytest.mark.parametrize(
    ("path", "accepts"), [("/nothing", "*/*"), ("/nothing", ""), ("/api/nothing", BROWSER), ("/static/nothing.js", BROWSER)]
)
def test_a_program_gets_the_problem(client: TestClient, path: str, accepts: str) -> None:
    answer = client.get(path, headers={"accept": accepts})
    assert answer.status_code == 404
    assert [each["code"] for each in answer.json()["problems"]] == ["not-found"]
