from __future__ import annotations

import numpy as np
import pytest

from app.cells import load
from app.engine import Layer, Network, NetworkError, Problem
from app.engine.address import Address, Named, NothingHeldError, parse


def lstm(count: int = 1, direction: str = "forward", *, readout: bool = False) -> Network:
    layers = [Layer(load("lstm"), 2, direction=direction) for _ in range(count)]
    return Network(layers, 3, "y[outputs] = V @ h + d", outputs=2) if readout else Network(layers, 3)


def refused(network: Network, typed: str) -> Problem:
    with pytest.raises(NetworkError) as caught:
        network.full(typed)
    (problem,) = caught.value.problems
    return problem


def test_an_address_and_back() -> None:
    assert str(Address("main", "1", "forward", "W_i")) == "main.1.forward.W_i"
    assert parse("main.readout.forward.V") == Address("main", "readout", "forward", "V")


@pytest.mark.parametrize("text", ["", "W_i", "1.forward.W_i", "a.main.1.forward.W_i"])
def test_an_address_has_four_pieces(text: str) -> None:
    with pytest.raises(ValueError, match="unpack"):
        parse(text)


@pytest.mark.parametrize(
    ("network", "full", "short"),
    [
        (lstm(), "main.1.forward.W_i", "W_i"),
        (lstm(), "main.1.forward.i:in", "i:in"),
        (lstm(), "main.1.forward.c_prev", "c_prev"),
        (lstm(), "main.0.forward.x", "x"),
        (lstm(readout=True), "main.readout.forward.V", "readout.V"),
        (lstm(readout=True), "main.readout.forward.y", "readout.y"),
        (lstm(2), "main.2.forward.W_i", "2.W_i"),
        (lstm(1, "backward"), "main.1.backward.W_i", "W_i"),
        (lstm(1, "both"), "main.1.backward.W_i", "1.backward.W_i"),
        (lstm(2, "both"), "main.2.forward.h", "2.forward.h"),
        (lstm(2, "both"), "main.0.forward.x", "x"),
    ],
)
def test_what_is_alone_is_left_out(network: Network, full: str, short: str) -> None:
    assert network.short(full) == short
    assert network.full(short) == full
    assert network.full(full) == full


@pytest.mark.parametrize(
    ("network", "typed", "full"),
    [
        (lstm(), "1.W_i", "main.1.forward.W_i"),
        (lstm(), "main.W_i", "main.1.forward.W_i"),
        (lstm(), "forward.W_i", "main.1.forward.W_i"),
        (lstm(2), "2.forward.W_i", "main.2.forward.W_i"),
        (lstm(2), "main.1.c", "main.1.forward.c"),
        (lstm(1, "both"), "backward.c", "main.1.backward.c"),
        (lstm(1, "both"), "main.forward.c", "main.1.forward.c"),
        (lstm(readout=True), "V", "main.readout.forward.V"),
        (lstm(readout=True), "main.readout.d", "main.readout.forward.d"),
    ],
)
def test_any_spelling_that_leaves_no_doubt(network: Network, typed: str, full: str) -> None:
    assert network.full(typed) == full
    assert typed in network.names


def test_what_could_be_several_things() -> None:
    assert refused(lstm(2), "W_i") == Problem(
        "ambiguous-name", "'W_i' could be several things", {"name": "W_i", "choices": "1.W_i, 2.W_i"},
        "write one of 1.W_i, 2.W_i", field="W_i",
    )  # fmt: skip
    assert refused(lstm(1, "both"), "1.c").hint == "write one of 1.forward.c, 1.backward.c"
    assert "W_i" not in lstm(2).names


def test_what_is_not_there() -> None:
    assert refused(lstm(), "W_j") == Problem(
        "unknown-name", "nothing here is called 'W_j'", {"name": "W_j", "suggestion": "W_i"}, "did you mean 'W_i'?",
        field="W_j",
    )  # fmt: skip
    network = Network([Layer(load("linear-rnn"), 1)], 1)
    assert refused(network, "qqq") == Problem(
        "unknown-name", "nothing here is called 'qqq'", {"name": "qqq", "suggestion": ""}, "known are x, h, W, U, h_prev",
        field="qqq",
    )  # fmt: skip
    assert refused(lstm(2), "3.W_i").message == "nothing here is called '3.W_i'"
    assert refused(lstm(2), "forward.1.W_i").code == "unknown-name"


@pytest.mark.parametrize("typed", [None, 3, "", ".", "W_i.1", "x.x"])
def test_anything_may_be_asked_for(typed: object) -> None:
    assert typed not in lstm().names


def test_arrays_by_any_spelling() -> None:
    names = lstm(2).names
    given = {"main.1.forward.c": 1.0, "main.2.forward.c": 2.0}
    named = Named(names, given, lambda full: np.array(given[full]))
    assert named["1.c"] == 1
    assert named["main.2.c"] == 2
    assert list(named) == list(given)
    assert len(named) == 2
    assert dict(named) == given
    assert "1.c" in named
    assert "1.h" not in named
    assert "c" not in named
    assert "nonsense" not in named
    assert not named.__contains__(5)
    assert named.get("1.h") is None
    with pytest.raises(KeyError) as caught:
        named["1.h"]
    assert isinstance(caught.value, NothingHeldError)
    assert caught.value.problems == (
        Problem("unknown-name", "'1.h' is not one of these", {"name": "1.h", "suggestion": ""},
                "they are 1.c, 2.c", field="1.h"),
    )  # fmt: skip
    assert str(caught.value) == "1.h: '1.h' is not one of these\n    they are 1.c, 2.c"
    with pytest.raises(NetworkError, match="could be several things"):
        named["c"]
