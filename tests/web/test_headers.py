"""Headers of every answer."""

from __future__ import annotations

from app.web.headers import security_headers


def policy(*frame_ancestors: str) -> dict[str, str]:
    headers = {name.decode(): value.decode() for name, value in security_headers(frame_ancestors)}
    return dict(part.split(" ", 1) for part in headers["content-security-policy"].split("; "))


def test_nothing_is_loaded_from_elsewhere() -> None:
    found = policy()
    assert found["default-src"] == "'self'"
    assert found["script-src"] == "'self'"
    assert found["connect-src"] == "'self'"
    assert found["object-src"] == found["base-uri"] == found["form-action"] == "'none'"
    assert "unsafe-eval" not in str(found)
    assert "unsafe-inline" not in found["style-src"]


def test_other_sites_may_show_the_page_only_if_named() -> None:
    assert policy()["frame-ancestors"] == "'none'"
    assert policy("https://school.example", "https://b.example")["frame-ancestors"] == (
        "https://school.example https://b.example"
    )


def test_nothing_leaks() -> None:
    headers = dict(security_headers())
    assert headers[b"referrer-policy"] == b"no-referrer"
    assert headers[b"x-content-type-options"] == b"nosniff"
