from __future__ import annotations

import pytest

from app.engine import Network, NetworkError
from app.engine.influence.reach import Reached, Read, Reads, depended_on_by, depends_on, reached
from tests.engine import seq2seq, texts, wirings


def lstm(*directions: str) -> Network:
    return Network([texts.layer("lstm", each) for each in directions], 2, "y[outputs] = V @ h", outputs=2)


def whens(network: Network, found: dict[str, Reached]) -> dict[str, tuple[str, ...]]:
    assert all(each.full == full for full, each in found.items())
    return {network.short(full): each.when for full, each in found.items()}


def test_what_is_read() -> None:
    reads = Reads(lstm("forward").wires).of
    assert reads["main.1.forward.c"] == [
        Read("main.1.forward.f", "now"), Read("main.1.forward.c", "before"), Read("main.1.forward.i", "now"),
        Read("main.1.forward.g", "now"),
    ]  # fmt: skip
    assert Read("main.0.forward.x", "now") in reads["main.1.forward.i:in"]
    assert Read("main.1.forward.U_i", "now") in reads["main.1.forward.i:in"]
    assert reads["main.0.forward.x"] == []
    assert set(reads["main.readout.forward.y"]) == {Read("main.readout.forward.V", "now"), Read("main.1.forward.h", "now")}


def test_what_a_memory_depends_on() -> None:
    network = lstm("forward")
    found = depends_on(network.wires, "c")
    said = whens(network, found)
    assert {name: said[name] for name in ("f", "c", "o", "h", "x", "U_o", "U_f")} == {
        "f": ("now", "before"), "c": ("before",), "o": ("before",), "h": ("before",), "x": ("now", "before"),
        "U_o": ("before",), "U_f": ("now", "before"),
    }  # fmt: skip
    assert found["main.1.forward.f"].direct == ("now",)
    assert found["main.1.forward.c"].direct == ("before",)
    assert found["main.1.forward.h"].direct == ()
    assert "readout.y" not in said
    assert list(said)[:3] == ["f", "c", "i"]


def test_what_depends_on_something() -> None:
    network = lstm("forward")
    said = whens(network, depended_on_by(network.wires, "o"))
    assert (said["h"], said["c"], said["readout.y"], said["o"]) == (("now", "before"), ("before",), ("now", "before"), ("before",))
    assert whens(network, depended_on_by(network.wires, "readout.y")) == {}
    assert whens(network, depended_on_by(network.wires, "readout.V")) == {"readout.y": ("now",)}
    assert "h" in whens(network, depended_on_by(network.wires, "x"))


def test_directions() -> None:
    network = lstm("both", "backward")
    said = whens(network, depends_on(network.wires, "2.h"))
    assert said["2.h"] == ("after",)
    assert said["1.backward.h"] == ("now", "after")
    assert said["1.forward.h"] == ("now", "before", "after", "any")
    assert said["1.forward.c"] == ("now", "before", "after", "any")
    assert said["x"] == ("now", "before", "after", "any")


def test_parts_and_what_is_fed() -> None:
    network = seq2seq.network(feed="readout.y")
    said = whens(network, depends_on(network.wires, "decoder.h"))
    assert said["encoder.h"] == said["encoder.x"] == said["encoder.U_i"] == ("start",)
    assert "decoder.readout.y" not in said
    reads = Reads(network.wires, fed=["decoder"])
    fed = whens(network, reached(reads.of, "decoder.1.forward.h"))
    assert fed["decoder.readout.y"] == ("before",)
    given = Reads(network.wires, given=["decoder.1.forward.h", "decoder.1.forward.c"])
    assert "encoder.h" not in whens(network, reached(given.of, "decoder.1.forward.h"))


def test_tied_and_learned_parameters() -> None:
    network = wirings.get("learned").network
    said = whens(network, depends_on(network.wires, "2.forward.c"))
    assert said["2.forward.c:start"] == ("start",)
    assert "2.forward.U_i" not in said
    assert said["1.U_i"] == ("now", "before")
    by = depended_on_by(network.wires, "2.forward.U_i")
    assert {"main.1.forward.i:in", "main.2.forward.i:in"} <= by.keys()
    assert by["main.1.forward.i:in"].direct == ("now",)


def test_a_clock_depends_on_nothing() -> None:
    network = Network([texts.layer("clockwork-rnn")], 2)
    assert depends_on(network.wires, "m") == {}
    assert "h" in whens(network, depended_on_by(network.wires, "m"))


@pytest.mark.parametrize("call", [depends_on, depended_on_by])
def test_an_unknown_name(call: object) -> None:
    assert callable(call)
    with pytest.raises(NetworkError, match="nothing here is called 'q'"):
        call(lstm("forward").wires, "q")
