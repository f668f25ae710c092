"""Files of weights over HTTP: raw bodies, limits of their own, every refusal in the one shape."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from starlette.testclient import TestClient

from app.formats import write_safetensors
from app.web import weights

GRU = {
    "weight_ih_l0": np.arange(12.0).reshape(6, 2) / 10, "weight_hh_l0": np.ones((6, 2)) / 4,
    "bias_ih_l0": np.zeros(6), "bias_hh_l0": np.ones(6),
}  # fmt: skip


def test_a_file_is_read_and_its_network_opened(client: TestClient) -> None:
    data = write_safetensors(GRU)
    found = client.post("/api/weights", params={"name": "gru.safetensors"}, content=data).json()
    assert [each["layers"][0]["cell"] for each in found["file"]["networks"]] == ["gru-reset-after"]
    assert found["experiment"] is None
    experiment = client.post("/api/weights", params={"open": 0}, content=data).json()["experiment"]
    assert experiment["parameters"]["values"]["main.1.forward.W_r"] == [[0, 0.1], [0.2, 0.3]]
    trace = client.post("/api/trace", json={"experiment": experiment})
    assert len(trace.json()["steps"]) == 6


def test_what_the_file_does_not_tell_stands_in_the_address(client: TestClient) -> None:
    ways = [(kind, way) for kind in ("weight", "bias") for way in ("ih", "hh")]
    arrays = {f"{kind}_{way}_l0": np.eye(2) if kind == "weight" else np.ones(2) for kind, way in ways}
    data = write_safetensors(arrays)
    answer = client.post("/api/weights", params={"nonlinearity": "relu", "open": 0}, content=data).json()
    assert answer["experiment"]["network"]["parts"][0]["layers"][0]["cell"] == "relu-rnn"
    wrong = client.post("/api/weights", params={"activation": "relu"}, content=data)
    assert (wrong.status_code, wrong.json()["problems"][0]["code"]) == (422, "unknown-option")


@pytest.mark.parametrize("data", [b"", b"GIF89a", b"PK\x03\x04"])
def test_what_is_no_file_of_weights_is_refused(client: TestClient, data: bytes) -> None:
    answer = client.post("/api/weights", params={"name": "a.npz"}, content=data)
    assert answer.status_code == 422
    (problem,) = answer.json()["problems"]
    assert problem["where"]["file"] == "a.npz"
    assert problem["hint"]


def test_it_has_a_limit_of_its_own(serve: Callable[..., TestClient]) -> None:
    client = serve(body_bytes=100, weights_bytes=1000)
    assert client.post("/api/weights", content=b"x" * 500).status_code == 422
    answer = client.post("/api/weights", content=b"x" * 1001)
    (problem,) = answer.json()["problems"]
    assert (answer.status_code, problem["args"]) == (413, {"limit": "weights_bytes", "allowed": 1000})
    assert "UNROLLED_WEIGHTS_BYTES" in problem["hint"]


def test_too_many_at_once_are_told_to_wait(serve: Callable[..., TestClient], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(weights, "PATIENCE", 0.01)
    monkeypatch.setattr(weights, "AT_ONCE", 0)
    answer: Any = serve().post("/api/weights", content=b"x")
    assert (answer.status_code, answer.json()["problems"][0]["code"]) == (422, "busy")
