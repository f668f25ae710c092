"""The page's first paint."""

from __future__ import annotations

import json
import re
from dataclasses import fields
from typing import Any

import pytest
from starlette.testclient import TestClient

from app.lessons import load_lessons
from app.web.files import STATIC
from app.web.pages import Boot, Html, PageContext, Pages, language, script_json
from app.web.words import packed, read_words


@pytest.mark.parametrize(
    ("asked", "accepted", "chosen"),
    [
        ("", "", "en"),
        ("zh", "en", "zh"),
        ("en", "zh-CN,zh;q=0.9", "en"),
        ("fr", "zh-CN", "zh"),
        ("", "zh-TW,zh;q=0.9,en;q=0.8", "zh"),
        ("", "en-US,en;q=0.9,zh;q=0.8", "en"),
        ("", "fr, de;q=0.9, zh;q=0.2, en;q=0.1", "zh"),
        ("", "zh;q=0, en;q=0.1", "en"),
        ("", "zh;q=x, fr", "en"),
        ("", "zh;q=9, en", "en"),
        ("", "ZH-hans", "zh"),
        ("<script>", ",;=,q=", "en"),
        ("", "zh" * 100_000, "en"),
    ],
)
def test_the_language_of_the_first_paint(asked: str, accepted: str, chosen: str) -> None:
    assert language(asked, accepted, ("en", "zh")) == chosen


def test_data_cannot_end_its_script_element() -> None:
    text = script_json({"title": "</script><!-- & 记忆"})
    assert not re.search("[<>&]", text)
    assert json.loads(text) == {"title": "</script><!-- & 记忆"}
    assert isinstance(text, Html)
    assert text.__html__() == text


def test_the_context_is_complete() -> None:
    """The template is written against these fields; one that goes missing must be noticed here."""
    assert [each.name for each in fields(PageContext)] == [
        "language", "tag", "words", "version", "modules", "followers", "root", "boot",
    ]  # fmt: skip
    assert [each.name for each in fields(Boot)] == ["lessons", "problems", "words", "plotly", "version", "limits"]
    words = read_words(STATIC)
    pages = Pages(STATIC, Boot([], [], words, "vendor/plotly.js", "1.0", {"steps": 3}), ["static/main.js"], {"home": ["a.js"]})
    context = pages.context("zh")
    assert (context.language, context.tag, context.version, context.modules) == ("zh", "zh-Hans", "1.0", ("static/main.js",))
    assert context.words == words["zh"]
    assert context.followers == {"home": ["a.js"]}
    assert json.loads(context.boot) == {
        "lessons": [],
        "problems": [],
        "words": packed(words),
        "plotly": "vendor/plotly.js",
        "version": "1.0",
        "limits": {"steps": 3},
    }


def boot(page: str) -> dict[str, Any]:
    found = re.search(r'<script type="application/json" id="boot">(.*?)</script>', page, re.DOTALL)
    assert found
    return dict(json.loads(found[1]))


@pytest.mark.parametrize(("asked", "tag"), [("en", "en"), ("zh", "zh-Hans")])
def test_the_page(client: TestClient, asked: str, tag: str) -> None:
    answer = client.get("/", params={"lang": asked})
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.headers["vary"] == "accept-encoding, accept-language"
    assert f'<html lang="{tag}"' in answer.text
    assert 'rel="modulepreload" href="static/main.js"' in answer.text
    given = boot(answer.text)
    assert [each["id"] for each in given["lessons"]] == list(load_lessons().lessons)
    assert given["limits"]["message_bytes"] == given["limits"]["weights_bytes"] / 8 == 8_388_608


def test_the_page_names_nothing_that_is_not_there_and_nothing_elsewhere(client: TestClient) -> None:
    page = client.get("/").text
    named = re.findall(r'(?:src|href)="([^"#]+)"', page)
    assert named
    for address in named:
        assert client.get(f"/{address}").status_code == 200, address
    assert not re.search(r"<script(?![^>]*(?:src=|application/json))", page), "no inline script"
    assert not re.search(r"\son\w+=|\sstyle=", page)


def test_what_comes_first_has_its_scripts_named_once(client: TestClient) -> None:
    page = client.get("/").text
    first = {name: re.findall(rf'<link data-first="{name}" href="([^"]+)"', page) for name in ("home", "stage")}
    assert "static/views/home.js" in first["home"]
    assert "static/views/strip.js" in first["stage"]
    always = re.findall(r'rel="modulepreload" href="([^"]+)"', page)
    assert "static/main.js" in always
    assert not {*always} & {*first["home"], *first["stage"]}


def test_it_is_asked_for_again_and_not_sent_again(client: TestClient) -> None:
    first = client.get("/")
    assert client.get("/", headers={"if-none-match": first.headers["etag"]}).status_code == 304
    assert client.get("/?lang=zh", headers={"if-none-match": first.headers["etag"]}).status_code == 200
    assert client.head("/").status_code == 200
