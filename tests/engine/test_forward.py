from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

import numpy as np
import pytest

from app.engine import evaluate
from app.engine.forward import Forward
from app.engine.ops import Array
from app.engine.schedule import schedule
from tests.engine import texts

LENGTH = 6


class Numbers:
    """A forward run of a cell with random numbers, and what the reference evaluator makes of them."""

    def __init__(self, name: str, seed: int = 0, lead: tuple[int, ...] = (), *, masked: bool = False) -> None:
        self.cell, units, sizes = texts.cell(name)
        self.program, self.lead = self.cell.program, lead
        self.sizes = {"inputs": 2, "units": units, **sizes}
        self.run = Forward(
            self.program, schedule(self.program), self.sizes, LENGTH, lead, np.dtype(np.float64), masked=masked
        )
        self.draw(seed)

    def draw(self, seed: int) -> None:
        random = np.random.default_rng(seed)
        shape = {p.name: [self.sizes[size] for size in p.shape] for p in self.program.parameters}
        self.parameters = {name: 0.6 * random.normal(size=size) for name, size in shape.items()}
        self.initial = {
            s: random.normal(size=(*self.lead, self.sizes[self.program.value[s].size])) for s in self.program.states
        }
        self.x = random.normal(size=(LENGTH, *self.lead, 2))

    def load(self, ended: Array | None = None) -> None:
        self.run.load(self.parameters, self.initial, ended)
        for name in self.program.inputs:
            self.run.series[name][...] = self.x

    def expected(self) -> list[evaluate.Arrays]:
        inputs = dict.fromkeys(self.program.inputs, self.x)
        return evaluate.forward(self.program, self.sizes, self.parameters, inputs, self.initial)

    def agrees(self, steps: list[Mapping[str, Array]], stop: int = LENGTH) -> None:
        for value in self.program.values:
            size = (*self.lead, self.sizes[value.size])
            rows = [np.broadcast_to(env[value.name], size) for env in steps[:stop]]
            np.testing.assert_allclose(self.run.part(0, stop)[value.name], rows, rtol=1e-12, atol=1e-13, err_msg=value.name)


@pytest.mark.parametrize("edges", [(0, 6), (0, 1, 2, 3, 4, 5, 6), (0, 2, 6)], ids=str)
@pytest.mark.parametrize("name", texts.ALL)
def test_stretches_make_the_whole(name: str, edges: tuple[int, ...]) -> None:
    numbers = Numbers(name, 1, (2,) if len(edges) == 2 else ())
    numbers.load()
    expected = numbers.expected()
    for first, stop in pairwise(edges):
        numbers.run.run(first, stop)
        numbers.agrees([*expected], stop)


@pytest.mark.parametrize("name", texts.ALL)
def test_new_numbers_leave_nothing_of_the_old(name: str) -> None:
    numbers = Numbers(name, 1)
    for seed in (1, 2):
        numbers.draw(seed)
        numbers.load()
        numbers.run.run(0, LENGTH)
        numbers.agrees([*numbers.expected()])


def test_numbers_given_are_copied() -> None:
    numbers = Numbers("lstm")
    numbers.load()
    expected = numbers.expected()
    for array in (*numbers.parameters.values(), *numbers.initial.values()):
        array[...] = np.nan
    numbers.run.run(0, LENGTH)
    numbers.agrees([*expected])


@pytest.mark.parametrize("name", ["lstm", "gru-after", "clockwork", "three-states"])
def test_states_are_zero_after_the_end_of_a_sequence(name: str) -> None:
    numbers = Numbers(name, 4, (3,), masked=True)
    lengths = np.array([6, 2, 4])
    numbers.load(np.arange(LENGTH)[:, None] >= lengths)
    numbers.run.run(0, LENGTH)
    expected = numbers.expected()
    for state in numbers.program.states:
        for sequence, length in enumerate(lengths):
            found = numbers.run.series[state][:, sequence]
            np.testing.assert_allclose(found[:length], [env[state][sequence] for env in expected[:length]], rtol=1e-12)
            assert not found[length:].any()


def test_the_clock_goes_on_across_stretches() -> None:
    numbers = Numbers("clockwork")
    numbers.load()
    for first in range(LENGTH):
        numbers.run.run(first, first + 1)
    assert numbers.run.series["m"][:, ::2].tolist() == [[1, 1, 1], [1, 0, 0], [1, 1, 0], [1, 0, 0], [1, 1, 1], [1, 0, 0]]


@pytest.mark.parametrize("lead", [(), (2,)])
def test_saturated_gates_are_right_in_the_tails(lead: tuple[int, ...]) -> None:
    numbers = Numbers("lstm", 0, lead)
    for name, array in numbers.parameters.items():
        array[...] = 0
        if name in ("b_i", "b_f", "b_o"):
            array[...] = [-110, -10, 800]
    numbers.load()
    numbers.run.run(0, LENGTH)
    row = np.array([1.6889118802245324e-48, 4.5397868702434395e-05, 1])
    for gate in "ifo":
        np.testing.assert_allclose(numbers.run.series[gate], np.broadcast_to(row, (LENGTH, *lead, 3)), rtol=1e-15)
    assert not np.signbit(numbers.run.part()["i:in"][0].flat[2])


def test_overflow_is_shown_and_not_warned_of() -> None:
    numbers = Numbers("linear-rnn")
    numbers.parameters["U"][...] = 1e200
    numbers.load()
    numbers.run.run(0, LENGTH)
    assert not np.isfinite(numbers.run.series["h"][-1]).any()
