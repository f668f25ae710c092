"""The API: cells, lessons, traces, gradients; and what it says to bad requests."""

from __future__ import annotations

import json
import math
import re
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.specs.openapi.checks import positive_data_acceptance
from starlette.testclient import TestClient

from app import cells
from app.learning import read_settings
from app.lessons import load_lessons
from app.main import create_app
from app.web.settings import Settings
from tests.web.conftest import ADDRESS, PORT

JSON = {"content-type": "application/json"}


def strictly(text: str) -> Any:
    return json.loads(text, parse_constant=pytest.fail)


def problem(answer: Any, status: int = 422) -> dict[str, Any]:
    assert answer.status_code == status, answer.text
    return dict(answer.json()["problems"][0])


def test_all_cells(client: TestClient) -> None:
    found = client.get("/api/cells").json()["cells"]
    assert [each["name"] for each in found] == cells.in_order(cells.names())
    (lstm,) = [each for each in found if each["name"] == "lstm"]
    assert lstm["parameters"]["U_i"] == ["units", "units"]
    assert set(lstm["states"]) == {"c", "h"}
    assert (lstm["family"], lstm["title"]["en"]) == ("lstm", "Long short-term memory")
    assert set(lstm["title"]) == set(lstm["source"]) == set(lstm["about"]) == {"en", "zh"}


def test_one_cell(client: TestClient) -> None:
    found = client.get("/api/cells/lstm").json()
    assert set(found) == {"program", "formulas", "symbols_math", "diagrams"}
    for address in ("/api/cells/lstn", "/api/cells/lstn/experiment"):
        missing = problem(client.get(address), 404)
        assert (missing["message"], missing["hint"]) == ("unknown cell 'lstn'", "did you mean 'lstm'?")


def test_a_cells_experiment_can_be_run(client: TestClient) -> None:
    experiment = client.get("/api/cells/gru/experiment").json()
    assert (experiment["cell"], experiment["lesson"]) == ("gru", None)
    found = client.post("/api/gradients", json={"experiment": experiment}).json()
    assert found == client.post("/api/gradients", json={"cell": "gru"}).json()
    assert (found["lesson"], len(found["steps"])) == (None, 6)
    assert problem(client.post("/api/trace", json={"cell": "gur"}))["message"] == "unknown cell 'gur'"


def test_a_stamp_of_every_lesson(client: TestClient) -> None:
    found = client.get("/api/miniatures").json()["miniatures"]
    assert list(found) == [each["id"] for each in client.get("/api/lessons").json()["lessons"]]
    memory = found["gated-cell"]["rows"][2]
    assert memory == {"role": "state", "shares": [[0.3, 0.7, 0.7, 0.7, 0.0]]}


def test_what_can_be_trained(client: TestClient) -> None:
    found = client.get("/api/tasks").json()
    (bit,) = [each for each in found["tasks"] if each["name"] == "one-bit"]
    assert (bit["title"]["zh"], bit["options"]) == ("记住一位", [{"name": "length", "usual": 20, "low": 2, "high": 2000}])
    assert found["choices"]["cell"]["usual"] == "lstm"
    assert {"name": "batch", "usual": 32, "low": 1, "high": 1024} in found["whole"]


def test_the_weights_that_a_training_learns_have_shapes(client: TestClient) -> None:
    answer = client.post("/api/tasks/weights", json={"settings": {"task": "adding", "cell": "gru", "units": 3}})
    assert answer.json()["weights"]["main.1.forward.W_r"] == [3, 2]
    refused = client.post("/api/tasks/weights", json={"settings": {"task": "adding", "units": 0}})
    assert (refused.status_code, refused.json()["problems"][0]["where"]) == (422, {"field": "units"})


def test_the_baseline_is_that_of_the_settings(client: TestClient) -> None:
    given = {"task": "parity", "options": {"length": 4}}
    every, last = (
        client.post("/api/tasks/baseline", json={"settings": {**given, **more}}).json() for more in ({}, {"readout": "last"})
    )
    assert every == {"loss": pytest.approx(0.75 * math.log(2)), "accuracy": 0.625}
    assert last == {"loss": pytest.approx(math.log(2)), "accuracy": 0.5}
    refused = client.post("/api/tasks/baseline", json={"settings": {**given, "options": {"length": 0}}})
    assert (refused.status_code, refused.json()["problems"][0]["where"]) == (422, {"field": "length"})


def test_recipes_have_settings_to_train_with_and_what_came_of_them(client: TestClient) -> None:
    found = client.get("/api/recipes").json()["recipes"]
    (slots,) = [each for each in found if each["name"] == "slots"]
    elman = next(each for each in slots["contenders"] if each["name"] == "elman")
    settings = read_settings({**elman["settings"], "seed": 7})
    assert (settings.task, settings.cell, settings.seed) == ("slots", "elman", 7)
    assert elman["goal"] == {"of": "accuracy", "number": 1.0}
    assert 0 < elman["result"]["reached"] <= elman["result"]["tried"]
    assert elman["result"]["updates"][1] <= elman["result"]["updates"][2] <= settings.updates


def test_a_cell_from_text(client: TestClient) -> None:
    made = client.post("/api/define", json={"name": "mine", "text": "h = tanh(W @ x + U @ h_prev)"}).json()
    assert made["program"]["name"] == "mine"
    assert [each["name"] for each in made["program"]["parameters"]] == ["W", "U"]
    answer = client.post("/api/define", json={"text": "h = sigmod(W @ x)\nk = h +"})
    assert answer.status_code == 422
    first = answer.json()["problems"][0]
    assert (first["code"], first["where"]["line"]) == ("unknown-function", 1)
    assert problem(client.post("/api/define", json={"text": "#" * 8001}))["code"] == "over-limit"


def test_the_language(client: TestClient) -> None:
    found = client.get("/api/language").json()
    assert "sigmoid(v)" in [each["written"] for each in found["functions"]]


def test_a_cell_is_written_anew(client: TestClient) -> None:
    experiment = client.get("/api/lessons/gated-cell/experiment").json()
    body = {"experiment": experiment, "cell": "memory-cell", "text": "h = W_z @ x + h_prev"}
    answer = client.post("/api/rewrite", json=body).json()
    assert answer["problems"] == []
    found = answer["experiment"]
    assert (found["lesson"], found["network"]["parts"][0]["layers"][0]["text"]) == (None, body["text"])
    steps = client.post("/api/trace", json={"experiment": found}).json()["steps"]
    assert [each["values"]["h"] for each in steps] == [[3], [7], [9], [10], [13]]
    wrong = client.post("/api/rewrite", json={**body, "text": "h = W_z @ x + q_prev"}).json()
    assert wrong["experiment"] is None
    assert [(each["code"], each["where"]) for each in wrong["problems"]] == [("no-state", {"line": 1, "start": 14, "end": 20})]


def test_code_prints_the_same_numbers(client: TestClient) -> None:
    code = client.post("/api/code", json={"lesson": "linear-toy", "to": "numpy"}).json()["code"]
    printed = subprocess.run([sys.executable, "-"], input=code, capture_output=True, text=True, check=True).stdout
    assert "32" in printed
    experiment = client.get("/api/cells/clockwork-rnn/experiment").json()
    for to in ("pytorch", "keras"):
        assert to in client.post("/api/code", json={"experiment": experiment, "to": to}).json()["code"].lower()
    assert problem(client.post("/api/code", json={"lesson": "linear-toy", "to": "jax"}))["code"] == "unknown-choice"


def test_lessons(client: TestClient) -> None:
    found = client.get("/api/lessons").json()
    assert [each["id"] for each in found["lessons"]] == list(load_lessons().lessons)
    assert found["problems"] == []
    lesson = client.get("/api/lessons/gated-cell").json()
    assert lesson["id"] == "gated-cell"
    assert problem(client.get("/api/lessons/gated"), 404)["message"] == "there is no lesson 'gated'"


def test_a_faulty_lesson_is_listed_with_its_problems(serve: Callable[..., TestClient], tmp_path: Any) -> None:
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "lesson.toml").write_text("order = [")
    client = serve(lessons=tmp_path)
    found = client.get("/api/lessons").json()
    assert [each["id"] for each in found["lessons"]] == list(load_lessons().lessons)
    assert found["problems"]
    assert all(each["where"]["file"].startswith("broken") for each in found["problems"])
    assert client.get("/api/lessons/broken").status_code == 404


def test_an_experiment_can_be_taken_changed_and_run(client: TestClient) -> None:
    experiment = client.get("/api/lessons/gated-cell/experiment", params={"preset": "nine"}).json()
    experiment["sequence"]["inputs"] = experiment["sequence"]["inputs"][:2]
    experiment["backward"] = None
    found = client.post("/api/trace", json={"experiment": experiment}).json()
    assert len(found["steps"]) == 2
    unknown = problem(client.get("/api/lessons/gated-cell/experiment", params={"preset": "ten"}))
    assert unknown["message"] == "the lesson 'gated-cell' has no preset 'ten'"


def test_a_trace(client: TestClient) -> None:
    found = client.post("/api/trace", json={"lesson": "linear-toy"}).json()
    assert list(found) == ["lesson", "steps"]
    assert [each["values"]["readout.y"] for each in found["steps"]] == [[4, 4], [12, 12], [32, 32]]


def test_gradients(client: TestClient) -> None:
    found = client.post("/api/gradients", json={"lesson": "gated-cell"}).json()
    assert found["backward"] == {"of": "y", "step": 4, "unit": None}
    assert found["parameters"]["b_f"] == pytest.approx([6.355165778276764e-04], rel=1e-12)
    other = client.post("/api/gradients", json={"lesson": "gated-cell", "of": "c", "step": 2, "unit": 0}).json()
    assert other["backward"] == {"of": "c", "step": 2, "unit": 0}
    assert other["steps"][1]["gradients"]["c"] == [1.0]


def test_overflow_is_never_a_bare_infinity(client: TestClient) -> None:
    experiment = client.get("/api/lessons/linear-toy/experiment").json()
    experiment["parameters"]["values"]["main.1.forward.U"] = [[1e300, 1e300], [1e300, 1e300]]
    answer = client.post("/api/gradients", json={"experiment": experiment})
    found = strictly(answer.text)
    assert "inf" in found["steps"][-1]["values"]["h"]


BAD: list[tuple[str, str, str]] = [
    ("", "missing-field", "the body is missing"),
    ("{]", "not-json", "this is not valid JSON"),
    ("[]", "wrong-type", "the body must be an object, not a list"),
    ("{}", "bad-value", "the body: name a lesson or a cell, or give an experiment: one of the three"),
    ('{"lesson":1}', "wrong-type", "lesson must be text, not a number"),
    ('{"lesson":"a b"}', "bad-name", "lesson is not a name: 'a b'"),
    ('{"lesson":"gated-cell","more":1}', "unknown-field", "more is not known here"),
    ('{"lesson":"nothing"}', "unknown-lesson", "there is no lesson 'nothing'"),
    ('{"lesson":"gated-cell","of":"q","step":1}', "unknown-value", "the network has no value 'q'"),
    ('{"lesson":"gated-cell","of":"c","step":6}', "no-step", "there is no step 6: the sequence has 5"),
    ('{"lesson":"gated-cell","of":"c","step":1,"unit":1}', "no-unit", "c has no unit 1: it has 1"),
    ('{"lesson":"gated-cell","of":"c"}', "bad-value", "the body: name the value (of) and its step together"),
    ('{"lesson":"gated-cell","of":"c","step":true}', "wrong-type", "step must be a whole number, not true or false"),
    ('{"lesson":"gated-cell","of":"c","step":1e999}', "wrong-type", "step must be a whole number"),
    ('{"lesson":"\\ud800"}', "bad-value", "lesson cannot be used"),
    ('{"experiment":{"network":{"parts":[]},"sequence":{"inputs":[[1]]}}}', "too-short", "experiment.network.parts is too"),
    ('{"experiment":{"sequence":{"inputs":[[NaN]]}}}', "missing-field", "experiment.network is missing"),
]


@pytest.mark.parametrize(("body", "code", "message"), BAD)
def test_bad_bodies(client: TestClient, body: str, code: str, message: str) -> None:
    found = problem(client.post("/api/gradients", content=body, headers=JSON))
    assert (found["code"], message in found["message"]) == (code, True), found


@pytest.mark.parametrize("body", [b"\x80", b"[" * 100_000, b'{"a":' * 100_000])
def test_bodies_that_cannot_be_read(client: TestClient, body: bytes) -> None:
    found = problem(client.post("/api/trace", content=body, headers=JSON), 400)
    assert (found["message"], found["hint"]) == ("the request's body cannot be read", "send JSON in UTF-8")


def test_a_body_that_is_not_said_to_be_json(client: TestClient) -> None:
    answer = client.post("/api/trace", content='{"lesson":"gated-cell"}', headers={"content-type": "text/plain"})
    assert problem(answer)["message"].startswith("the body must be an object")


def test_a_body_that_is_too_large(serve: Callable[..., TestClient]) -> None:
    client = serve(body_bytes=1000)
    found = problem(client.post("/api/define", json={"text": "#" * 1000}), 413)
    assert found["message"] == "the request's body is larger than 1,000 bytes"
    streamed = client.post("/api/define", content=iter([b" " * 600] * 2), headers=JSON)
    assert problem(streamed, 413)["code"] == "too-large"


def test_limits_are_settings(serve: Callable[..., TestClient], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UNROLLED_STEPS", "4")
    client = serve(limits=Settings.from_environment({"UNROLLED_STEPS": "4"}).limits)
    found = problem(client.post("/api/trace", json={"lesson": "gated-cell"}))
    assert found["message"] == "5 steps in the sequence: the limit is 4"


def test_a_foreign_page_is_refused_and_a_script_is_not(client: TestClient) -> None:
    assert client.get("/api/cells", headers={"origin": "http://evil.test"}).status_code == 403
    assert client.get("/api/cells", headers={"origin": ADDRESS}).status_code == 200
    assert client.get("/api/cells", headers={"host": "evil.test"}).status_code == 400


def test_every_answer_has_the_headers(client: TestClient) -> None:
    for path in ("/", "/api/cells", "/nothing", "/static/main.js", "/api/docs"):
        headers = client.get(path).headers
        assert headers["content-security-policy"].startswith("default-src 'self'")
        assert headers["x-content-type-options"] == "nosniff"
        assert "set-cookie" not in headers
    refused = client.get("/", headers={"host": "evil.test"})
    assert refused.headers["x-content-type-options"] == "nosniff"


OWN = {"host": f"127.0.0.1:{PORT}"}
schema = schemathesis.openapi.from_asgi(
    "/api/openapi.json", create_app(Settings(port=PORT, body_bytes=2**26)), headers=OWN
)


@schema.parametrize()
@settings(max_examples=60, suppress_health_check=list(HealthCheck))
def test_whatever_the_description_allows_is_answered(case: schemathesis.Case[Any]) -> None:
    """Requests made from the description, right ones and wrong ones: never a 5xx, always the described shape."""
    answer = case.call(headers=OWN)
    # That a cell or a lesson of some name exists no description can say.
    case.validate_response(answer, excluded_checks=[positive_data_acceptance])
    if answer.status_code >= 400:
        assert answer.json()["problems"][0]["code"]


def test_a_cell_beside_an_experiment(client: TestClient) -> None:
    found = client.post("/api/cells/gru/beside", json={"lesson": "gated-cell"}).json()
    [part] = found["network"]["parts"]
    assert (found["cell"], part["inputs"], part["layers"][0]["units"]) == ("gru", 3, 1)
    refused = client.post("/api/cells/grv/beside", json={"lesson": "gated-cell"})
    assert (refused.status_code, refused.json()["problems"][0]["code"]) == (404, "unknown-cell")


def test_a_run_as_a_file(client: TestClient) -> None:
    answer = client.post("/api/gradients?format=csv", json={"lesson": "linear-toy"})
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.headers["content-disposition"] == 'attachment; filename="linear-toy.csv"'
    assert re.search(r"^value,main\.readout\.forward\.y,3,1,,32\.0,linear-toy-[0-9a-f]{8},1$", answer.text, re.MULTILINE)
    assert client.post("/api/trace?format=npz", json={"lesson": "linear-toy"}).content.startswith(b"PK")
    assert problem(client.post("/api/trace?format=xls", json={"lesson": "linear-toy"}))["code"]
