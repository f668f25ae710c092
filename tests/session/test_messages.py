"""Messages: good ones are read, and each bad one is told in our words."""

from __future__ import annotations

import json
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.session.experiment import (
    BackwardRecord,
    Experiment,
    LaneRecord,
    LayerRecord,
    LossRecord,
    ParametersRecord,
    PartRecord,
    StartRecord,
)
from app.session.messages import (
    Change,
    ClientMessage,
    Differentiate,
    Entry,
    Message,
    MessageError,
    Open,
    Ping,
    Seek,
    Window,
    read_message,
)
from app.session.records import Record
from tests.session import jsdoc

NETWORK = '{"parts":[{"name":"main","inputs":1,"layers":[{"cell":"lstm","units":1}]}]}'
EXPERIMENT = '{"network":' + NETWORK + ',"sequence":{"inputs":[[1]]}%s}'


def opening(more: str = "") -> str:
    return '{"id":1,"type":"open","experiment":' + EXPERIMENT % more + "}"


def test_messages_are_told_apart_by_their_type() -> None:
    assert read_message('{"id":1,"type":"ping"}') == Ping(id=1, type="ping")
    assert isinstance(read_message('{"id":2,"lane":"left","type":"seek","step":3}'), Seek)
    assert isinstance(read_message('{"id":3,"type":"differentiate","of":"main.1.forward.y","step":4}'), Differentiate)
    change = read_message('{"id":4,"type":"change","parameters":[{"address":"a.b","index":[0,1],"value":2}]}')
    assert isinstance(change, Change)
    assert change.parameters[0].value == 2.0
    opened = read_message(opening(',"parameters":{"seed":3,"values":{"main.1.forward.W":[[1,2]],"b":[1],"s":2}}'))
    assert isinstance(opened, Open)
    assert opened.experiment is not None
    assert opened.experiment.parameters.values == {"main.1.forward.W": [[1, 2]], "b": [1], "s": 2}


BAD = [
    ("", "not-json", "this is not valid JSON (line 1, column 0)"),
    ("{]", "not-json", "this is not valid JSON (line 1, column 2)"),
    ("[" * 100_000, "not-json", "this is not valid JSON (line 1, column 202)"),
    ('{"a":' * 100_000, "not-json", "this is not valid JSON"),
    ("\x00", "not-json", "this is not valid JSON (line 1, column 1)"),
    ('{"id":1,"type":"open","lesson":"\\ud800"}', "not-json", "this is not valid JSON"),
    ("[]", "wrong-type", "the message must be an object, not a list"),
    ("3", "wrong-type", "the message must be an object, not a number"),
    ('"ping"', "wrong-type", "the message must be an object, not text"),
    ("null", "wrong-type", "the message must be an object, not null"),
    ("{}", "missing-field", "type is missing"),
    ('{"id":1}', "missing-field", "type is missing"),
    ('{"id":1,"type":"pin"}', "unknown-type", "unknown message type 'pin'"),
    ('{"id":1,"type":7}', "unknown-type", "unknown message type '7'"),
    ('{"id":1,"type":"zzz"}', "unknown-type", "unknown message type 'zzz'"),
    ('{"id":1,"type":"train"}', "bad-value", "give either settings or a record"),
    ('{"id":1,"type":"train","settings":{},"record":""}', "bad-value", "give either settings or a record"),
    ('{"id":1,"type":"train","settings":[]}', "wrong-type", "settings must be an object, not a list"),
    ('{"id":1,"type":"train","record":{}}', "wrong-type", "record must be text, not an object"),
    ('{"id":1,"type":"train","settings":{},"paused":1}', "wrong-type", "paused must be true or false, not a number"),
    ('{"id":1,"type":"pace"}', "missing-field", "going is missing"),
    ('{"id":1,"type":"pace","going":true,"most":0}', "out-of-range", "most must be more than 0"),
    ('{"id":1,"type":"pace","going":true,"steps":0}', "out-of-range", "steps must be at least 1"),
    ('{"type":"ping"}', "missing-field", "id is missing"),
    ('{"id":"1","type":"ping"}', "wrong-type", "id must be a whole number, not text"),
    ('{"id":true,"type":"ping"}', "wrong-type", "id must be a whole number, not true or false"),
    ('{"id":1.5,"type":"ping"}', "wrong-type", "id must be a whole number, not a fraction"),
    ('{"id":-1,"type":"ping"}', "out-of-range", "id must be at least 0"),
    ('{"id":9007199254740993,"type":"ping"}', "out-of-range", "id must be at most 9007199254740991"),
    ('{"id":1,"type":"ping","more":1}', "unknown-field", "more is not known here"),
    ('{"id":1,"type":"ping","' + "k" * 60_000 + '":1}', "unknown-field", "k" * 59 + "… is not known here"),
    ('{"id":1,"type":"ping","\\u202e\\u0007":1}', "unknown-field", "?? is not known here"),
    ('{"id":1,"type":"ping","lane":"Main lane"}', "bad-name", "lane is not a name: 'Main lane'"),
    ('{"id":1,"type":"ping","lane":"' + "a" * 17 + '"}', "too-long", "lane is too long: at most 16"),
    ('{"id":1,"type":"seek"}', "missing-field", "step is missing"),
    ('{"id":1,"type":"seek","step":0}', "out-of-range", "step must be at least 1"),
    ('{"id":1,"type":"seek","step":-1}', "out-of-range", "step must be at least 1"),
    ('{"id":1,"type":"seek","step":"1"}', "wrong-type", "step must be a whole number, not text"),
    ('{"id":1,"type":"seek","step":null}', "wrong-type", "step must be a whole number, not null"),
    (
        '{"id":1,"type":"cancel","kind":"train"}',
        "unknown-choice",
        "kind must be 'run', 'gradient', 'landscape', 'descent', 'measure', 'update' or 'training', not 'train'",
    ),
    ('{"id":1,"type":"update"}', "missing-field", "rate is missing"),
    ('{"id":1,"type":"update","rate":0}', "out-of-range", "rate must be more than 0"),
    ('{"id":1,"type":"update","rate":-0.1}', "out-of-range", "rate must be more than 0"),
    ('{"id":1,"type":"update","rate":NaN}', "not-finite", "rate must be a finite number"),
    ('{"id":1,"type":"update","rate":1e999}', "not-finite", "rate must be a finite number"),
    ('{"id":1,"type":"update","rate":1,"clip":0}', "out-of-range", "clip must be more than 0"),
    ('{"id":1,"type":"update","rate":1,"updates":0}', "out-of-range", "updates must be at least 1"),
    (
        '{"id":1,"type":"update","rate":1,"rule":"adamw"}',
        "unknown-choice",
        "rule must be 'sgd', 'momentum', 'nesterov', 'rmsprop' or 'adam', not 'adamw'",
    ),
    ('{"id":1,"type":"change","learned":-1}', "out-of-range", "learned must be at least 0"),
    ('{"id":1,"type":"differentiate","of":"y"}', "bad-value", "name the step whose value is differentiated"),
    ('{"id":1,"type":"differentiate","step":1}', "missing-field", "of is missing"),
    ('{"id":1,"type":"subscribe"}', "missing-field", "windows is missing"),
    ('{"id":1,"type":"subscribe","windows":[{"name":"a b"}]}', "bad-name", "windows[0].name is not a name: 'a b'"),
    ('{"id":1,"type":"subscribe","windows":"c"}', "wrong-type", "windows must be a list, not text"),
    ('{"id":1,"type":"change","inputs":[]}', "too-short", "inputs is too short: at least 1"),
    ('{"id":1,"type":"change","inputs":[1]}', "wrong-type", "inputs[0] must be a list, not a number"),
    ('{"id":1,"type":"change","inputs":[[NaN]]}', "not-finite", "inputs[0][0] must be a finite number"),
    ('{"id":1,"type":"change","inputs":[[Infinity]]}', "not-finite", "inputs[0][0] must be a finite number"),
    ('{"id":1,"type":"change","inputs":[[1e400]]}', "not-finite", "inputs[0][0] must be a finite number"),
    ('{"id":1,"type":"change","inputs":[["inf"]]}', "not-finite", "inputs[0][0] must be a finite number"),
    ('{"id":1,"type":"change","inputs":[["1"]]}', "wrong-type", "inputs[0][0] must be a number, not text"),
    ('{"id":1,"type":"change","inputs":[[true]]}', "wrong-type", "inputs[0][0] must be a number, not true or false"),
    ('{"id":1,"type":"change","parameters":{}}', "wrong-type", "parameters must be a list, not an object"),
    (
        '{"id":1,"type":"change","parameters":[{"address":"a","index":[-1],"value":1}]}',
        "out-of-range",
        "parameters[0].index[0] must be at least 0",
    ),
    (
        '{"id":1,"type":"change","parameters":[{"address":"a","index":[1,2,3],"value":1}]}',
        "too-long",
        "parameters[0].index is too long: at most 2",
    ),
    ('{"id":1,"type":"open"}', "bad-value", "name a lesson or a cell, or give an experiment: one of the three"),
    (
        '{"id":1,"type":"open","lesson":"a","experiment":' + EXPERIMENT % "" + "}",
        "bad-value",
        "name a lesson or a cell, or give an experiment: one of the three",
    ),
    ('{"id":1,"type":"open","lesson":"a","cell":"lstm"}', "bad-value", "name a lesson or a cell, or give an experiment"),
    ('{"id":1,"type":"open","preset":"a","cell":"lstm"}', "bad-value", "preset and variant belong to a lesson"),
    (
        '{"id":1,"type":"open","preset":"a","experiment":' + EXPERIMENT % "" + "}",
        "bad-value",
        "preset and variant belong to a lesson",
    ),
    (opening(',"version":2'), "unknown-version", "experiment.version is 2, and this server reads 1"),
    (opening(',"version":"1"'), "unknown-version", "experiment.version is 1, and this server reads 1"),
    (opening(',"language":"FR!"'), "bad-name", "experiment.language is not a name: 'FR!'"),
    (opening(',"parameters":{"values":{"W":[[1],"x"]}}'), "wrong-type", "experiment.parameters.values.W[1] must be a list"),
    (opening(',"parameters":{"values":{"W":"x"}}'), "wrong-type", "experiment.parameters.values.W must be a number"),
    (opening(',"view":{"a":[1]}'), "wrong-type", "experiment.view.a"),
]


@pytest.mark.parametrize(("text", "code", "message"), BAD, ids=[f"{code}-{at}" for at, (_, code, _) in enumerate(BAD)])
def test_a_bad_message_is_told(text: str, code: str, message: str) -> None:
    with pytest.raises(MessageError) as caught:
        read_message(text)
    problem = caught.value.problems[0]
    assert (problem.code, message in problem.message) == (code, True), problem
    assert len(json.dumps(problem.to_data())) < 1000


def test_the_hints() -> None:
    def hint(text: str) -> str:
        with pytest.raises(MessageError) as caught:
            read_message(text)
        return caught.value.problems[0].hint

    assert hint('{"id":1,"type":"pin"}') == "did you mean 'ping'?"
    assert hint('{"id":1,"type":"zzz"}').startswith("known: open, change, initialise, run, seek")
    assert hint(opening(',"version":2')) == "reload the page"
    assert hint("{]") == "send one JSON object in UTF-8, nested at most 100 deep"
    assert hint('{"id":1,"type":"seek"}') == "add it"
    assert hint('{"id":1,"type":"ping","x":1}') == "leave it out"


def test_windows_are_told_apart_by_their_names() -> None:
    with pytest.raises(MessageError) as caught:
        read_message('{"id":1,"type":"subscribe","windows":[{"name":"a"},{"name":"a"}]}')
    assert caught.value.problems[0].message == "the message: give each window a name of its own"


def test_everything_wrong_is_told_at_once_but_not_without_end() -> None:
    with pytest.raises(MessageError) as caught:
        read_message('{"id":-1,"lane":"?","type":"seek","step":"x","more":1}')
    assert {each.args["field"] for each in caught.value.problems} == {"id", "lane", "step", "more"}
    with pytest.raises(MessageError) as caught:
        read_message('{"id":1,"type":"change","inputs":[[' + '"x",' * 10_000 + '"x"]]}')
    assert len(caught.value.problems) == 12


def test_the_answer_to_a_bad_message_finds_its_way() -> None:
    with pytest.raises(MessageError) as caught:
        read_message('{"id":7,"lane":"left","type":"seek"}')
    assert (caught.value.id, caught.value.lane) == (7, "left")
    with pytest.raises(MessageError) as caught:
        read_message('{"id":"x","lane":"left","type":"seek"}')
    assert (caught.value.id, caught.value.lane) == (None, "main")


def test_what_is_merely_unusual_is_taken() -> None:
    assert read_message('{"id":1,"id":2,"type":"ping"}').id == 2  # the last one counts, as in every JSON reader
    assert read_message(' {"id":0 , "type":"ping"}\n').id == 0
    change = read_message('{"id":1,"type":"change","inputs":[[-0.0, 1, 9007199254740993]]}')
    assert isinstance(change, Change)
    assert change.inputs == [[-0.0, 1.0, 9007199254740992.0]]


@pytest.mark.parametrize("model", get_args(get_args(ClientMessage)[0]), ids=lambda model: model.__name__)
def test_the_page_speaks_of_the_same_messages(model: type[Message]) -> None:
    """`id` and `lane` are added by the page's port to every message."""
    own = {name: field.is_required() for name, field in model.model_fields.items() if name not in ("id", "lane")}
    assert jsdoc.records()[f"{model.__name__}Message"] == own


@pytest.mark.parametrize(
    ("model", "name"),
    [
        (Experiment, "Experiment"),
        (PartRecord, "PartDescription"),
        (LayerRecord, "LayerDescription"),
        (LaneRecord, "LaneRecord"),
        (BackwardRecord, "Backward"),
        (ParametersRecord, "Parameters"),
        (StartRecord, "Start"),
        (Entry, "ParameterChange"),
        (Window, "Window"),
        (LossRecord, "Loss"),
    ],
)
def test_the_page_keeps_the_same_records(model: type[Record], name: str) -> None:
    """A page gives every field, also where the server has a default for it."""
    assert set(jsdoc.records()[name]) == set(model.model_fields)


@given(st.text() | st.recursive(st.none() | st.booleans() | st.floats() | st.text(), st.lists).map(json.dumps))
def test_any_text_is_a_message_or_has_problems(text: str) -> None:
    try:
        read_message(text)
    except MessageError as error:
        assert error.problems
        assert all(each.code and each.message for each in error.problems)
