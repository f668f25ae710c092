"""What is said of the cells: of each, in both languages, the same, and nothing that its equations do not bear out."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import numpy as np
import pytest

from app import cells
from app.cells import guides
from app.engine import Layer, Network, define

SAID = tomllib.loads(Path(guides.__file__).with_suffix(".toml").read_text("utf-8"))
FAMILIES = {"simple", "lstm", "gru", "slow"}
CHINESE = re.compile(r"[\u4e00-\u9fff]")


def test_every_cell_and_nothing_else_is_described() -> None:
    assert set(SAID) == set(cells.names())
    assert cells.in_order(cells.names()) == list(SAID)
    families = [SAID[name]["family"] for name in SAID]
    assert set(families) == FAMILIES
    assert families == sorted(families, key=families.index), "cells of one family stand together"


@pytest.mark.parametrize("name", cells.names())
def test_both_languages_say_it(name: str) -> None:
    found = cells.guide(cells.load(name))
    for texts in (found.title, found.source, found.about):
        assert set(texts) == {"en", "zh"}
        assert not CHINESE.search(texts["en"])
        assert CHINESE.search(texts["zh"])
        for text in texts.values():
            assert text == text.strip()
    assert found.title["en"] == cells.load(name).title
    assert found.source["en"] == cells.load(name).program.source
    assert re.findall(r"\d{4}", found.source["zh"]) == re.findall(r"\d{4}", found.source["en"])
    assert 1 <= len(re.findall(r"[.。]", re.sub(r"\d\.\d", "", found.about["en"]))) <= 4


@pytest.mark.parametrize("name", cells.names())
def test_symbols_in_the_text_are_the_cells_own(name: str) -> None:
    cell = cells.load(name)
    about = cells.guide(cell).about
    known = {"x", *cell.parameters, *(value.name for value in cell.program.values)}
    for text in about.values():
        assert text.count("`") % 2 == 0
        assert set(re.findall(r"`([^`]*)`", text)) <= known
    assert set(re.findall(r"`([^`]*)`", about["en"])) == set(re.findall(r"`([^`]*)`", about["zh"]))


def test_a_cell_that_nothing_is_said_of_speaks_for_itself() -> None:
    found = cells.guide(define("mine", "# My cell\n# Me 2026\nh = tanh(W @ x + U @ h_prev)"))
    assert (found.family, found.about) == ("other", {})
    assert found.title == {"en": "My cell", "zh": "My cell"}
    assert found.source == {"en": "Me 2026", "zh": "Me 2026"}
    assert cells.in_order(["mine", "gru", "a"]) == ["gru", "a", "mine"]


def numbers(name: str, units: int = 3) -> int:
    network = Network([Layer(cells.load(name), units=units)], inputs=2)
    return sum(int(np.prod(array.shape)) for array in network.initial(seed=0).values())


def test_how_many_weights_fewer() -> None:
    assert 4 * numbers("lstm-coupled") == 3 * numbers("lstm")
    assert 3 * numbers("minimal-gated") == 2 * numbers("gru")


def run(name: str, inputs: np.ndarray, **parameters: np.ndarray) -> dict[str, np.ndarray]:
    network = Network([Layer(cells.load(name), units=3)], inputs=2)
    given = {**network.initial(seed=3), **parameters}
    trace = network.run(given, inputs)
    return {value.name: trace[value.name] for value in cells.load(name).program.values if not value.derived}


INPUTS = np.random.default_rng(1).normal(size=(5, 2))


def test_what_a_step_writes_shows_a_step_later() -> None:
    other = INPUTS.copy()
    other[4] = [9, -9]
    weights = {name: np.zeros((3, 2)) for name in ("W_f", "W_o")}
    first, second = (run("lstm-use-gate", inputs, **weights) for inputs in (INPUTS, other))
    assert not np.allclose(first["c"][4], second["c"][4])
    np.testing.assert_array_equal(first["h"], second["h"])
    standard, changed = (run("lstm", inputs, **weights) for inputs in (INPUTS, other))
    assert not np.allclose(standard["h"][4], changed["h"][4])


def test_ranges_of_the_paper() -> None:
    large = run("lstm-1997", 100 * INPUTS)
    assert np.abs(large["g"]).max() <= 2
    assert np.abs(large["g"]).max() > 1.9
    assert np.abs(large["h"]).max() <= 1


def test_without_a_forget_gate_the_gradient_along_the_memory_is_unchanged() -> None:
    network = Network([Layer(cells.load("lstm-no-forget"), units=1)], inputs=2)
    given = {name: array if name.startswith("W") else 0 * array for name, array in network.initial(seed=3).items()}
    outside = np.zeros((5, 1))
    outside[4] = 1
    gradient = network.run(given, INPUTS).gradient({"c": outside})
    np.testing.assert_array_equal(gradient["c"], np.ones((5, 1)))


def test_the_same_network_in_another_notation() -> None:
    network = Network([Layer(cells.load("simple-rnn"), units=3)], inputs=2)
    w, u, b = (network.initial(seed=3)[name] for name in ("W", "U", "b"))
    np.testing.assert_allclose(
        run("simple-rnn-wh-wx", INPUTS, W_x=w, W_h=u, b=b)["h"], run("simple-rnn", INPUTS, W=w, U=u, b=b)["h"], rtol=1e-14
    )


def test_long_and_short_term_memory_are_an_lstm() -> None:
    weights = Network([Layer(cells.load("lstm"), units=3)], inputs=2).initial(seed=3)
    np.testing.assert_allclose(
        run("lstm-long-short", INPUTS, **weights)["h"], run("lstm", INPUTS, **weights)["h"], rtol=1e-14
    )


def test_fast_groups_never_disturb_slow_ones() -> None:
    network = Network([Layer(cells.load("clockwork-rnn"), units=6)], inputs=2)
    given = network.initial(seed=3)
    changed = {**given, "b": given["b"] + np.array([1, 1, 0, 0, 0, 0])}
    first, second = (network.run(each, INPUTS)["h"] for each in (given, changed))
    assert not np.allclose(first[:, :2], second[:, :2])
    np.testing.assert_array_equal(first[:, 2:], second[:, 2:])
