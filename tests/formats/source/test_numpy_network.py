"""The layers of a network as two functions of NumPy."""

from __future__ import annotations

from app.formats.source.numpy_network import NetworkSource
from app.formats.source.sheet import Sheet
from tests.formats.source.code_runs import wirings


def source(name: str) -> NetworkSource:
    sheet = Sheet(wirings()[name], None)
    return NetworkSource(sheet, sheet.names(set()))


def test_one_layer_is_one_call() -> None:
    found = source("backward")
    assert found.alone
    assert "    return turned(lstm(parameters, xs[::-1], start))" in found.forward()
    assert "return turned(gradients), of_parameters, of_start" in found.backward()
    assert [text.split("(")[0] for text in found.source()] == ["def turned", "def forward", "def backward"]


def test_layers_follow_one_another_and_come_back_in_reverse_order() -> None:
    found = source("two-both")
    forward, backward = found.forward(), found.backward()
    calls = ["found = lstm(", "found = gru(", "found = readout("]
    places = [forward.find(call) for call in calls]
    assert -1 not in places
    assert places == sorted(places)
    back = [backward.find(call.replace("found", "found, of_p, of_s").replace("(", "_backward(")) for call in calls]
    assert -1 not in back
    assert back == sorted(back, reverse=True)
    assert 'outside["1.backward.h"] = outside.get("1.backward.h", 0) + piece[:, 3:6]' in backward


def test_learned_and_tied_parameters_are_looked_after() -> None:
    learned, tied = source("learned"), source("tied")
    assert 'start["1.c"] = parameters["1.c:start"]' in learned.forward()
    assert 'of_parameters["1.c:start"] = of_start["1.c"]' in learned.backward()
    assert 'parameters = parameters | {"2.forward.U": parameters["1.U"]}' in tied.forward()
    assert 'of_parameters["1.U"] += of_parameters.pop("2.forward.U")' in tied.backward()


def test_sizes_of_clocks_are_those_of_the_place() -> None:
    assert 'found = clockwork_rnn(part(parameters, "2."), below, 6, part(start, "2."))' in source("stack").forward()
