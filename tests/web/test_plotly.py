"""Plotly, from the installed package and nowhere else."""

from __future__ import annotations

import gzip

from plotly.offline import get_plotlyjs_version
from starlette.testclient import TestClient

from app.web import plotly


def test_the_script_is_served_under_its_own_version(client: TestClient) -> None:
    assert f"vendor/plotly-{get_plotlyjs_version()}.min.js" == plotly.ADDRESS
    answer = client.get(f"/{plotly.ADDRESS}")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/javascript; charset=utf-8"
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert answer.headers["content-encoding"] == "gzip"
    assert get_plotlyjs_version() in answer.text[:2000]
    assert "newPlot" in answer.text


def test_it_is_compressed_once() -> None:
    first = plotly.script()
    assert plotly.script() is first
    assert first.packed is not None
    assert gzip.decompress(first.packed) == first.content
    assert len(first.packed) < len(first.content) / 3


def test_no_other_version_is_there(client: TestClient) -> None:
    assert client.get("/vendor/plotly-1.0.0.min.js").status_code == 404
