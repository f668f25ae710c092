"""The whole app: everything in its place, and the guard around all of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from app.engine import ProblemError
from app.main import create_app
from app.web.settings import Settings


def test_settings_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UNROLLED_PORT", "9000")
    assert create_app().settings.port == 9000
    monkeypatch.setenv("UNROLLED_PORT", "x")
    with pytest.raises(ProblemError):
        create_app()


def test_a_name_that_is_none_is_refused_at_the_start() -> None:
    with pytest.raises(ProblemError):
        create_app(Settings(allow_hosts=("http://a/b",)))


def test_further_names_are_answered_to() -> None:
    app = create_app(Settings(port=8421, allow_hosts=("https://school.example",)))
    with TestClient(app, base_url="https://school.example") as client:
        assert client.get("/api/cells", headers={"origin": "https://school.example"}).status_code == 200
        assert client.get("/api/cells", headers={"origin": "http://school.example"}).status_code == 403


def test_a_route_that_is_added_later_is_guarded_too() -> None:
    app = create_app(Settings(port=8421))

    @app.get("/later")
    def later() -> str:
        return "here"

    with TestClient(app, base_url="http://127.0.0.1:8421") as client:
        assert client.get("/later").json() == "here"
        assert client.get("/later", headers={"host": "evil.test"}).status_code == 400
        assert client.get("/later", headers={"origin": "http://evil.test"}).status_code == 403


def test_even_a_fault_of_ours_goes_out_with_the_headers() -> None:
    app = create_app(Settings(port=8421))

    @app.get("/bug")
    def bug() -> None:
        raise RuntimeError("a secret")

    with TestClient(app, base_url="http://127.0.0.1:8421", raise_server_exceptions=False) as client:
        answer = client.get("/bug")
    assert answer.status_code == 500
    assert answer.headers["content-security-policy"]
    assert "secret" not in answer.text


def test_frames_of_other_sites_are_a_setting() -> None:
    app = create_app(Settings(port=8421, frame_ancestors=("https://school.example",)))
    with TestClient(app, base_url="http://127.0.0.1:8421") as client:
        policy = client.get("/").headers["content-security-policy"]
    assert "frame-ancestors https://school.example" in policy


def test_a_teachers_lessons_are_among_the_others(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "lesson.toml").write_text("nothing = 1\n")
    with TestClient(create_app(Settings(port=8421, lessons=tmp_path)), base_url="http://127.0.0.1:8421") as client:
        assert '"file":"mine/' in client.get("/").text, "the page can tell the teacher"
        found = client.get("/api/lessons").json()
    assert any(each["where"]["file"].startswith("mine/") for each in found["problems"])
