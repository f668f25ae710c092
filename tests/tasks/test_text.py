"""Next character."""

from __future__ import annotations

import numpy as np

from app.tasks import Array, Batch
from app.tasks.text import TASK, characters, codes, poem, read
from tests.tasks.trivial import drawn, holds


def frequencies(batch: Batch) -> Array:
    """The logarithm of how often each character comes, at every step."""
    counts = np.bincount(codes()[: read()], minlength=len(characters()))
    return np.broadcast_to(np.log(np.maximum(counts, 1e-9)), (*batch.targets.shape, counts.size))


def test_whoever_knows_how_often_each_character_comes_reaches_the_baseline() -> None:
    holds(TASK, frequencies, sequences=5000, loss=0.01, accuracy=0.01)


def test_the_poem_is_whole() -> None:
    lines = poem().splitlines()
    verses = poem().split("\n\n")
    assert len(verses) == 18
    assert all(len(verse.strip("\n").splitlines()) == 6 for verse in verses)
    assert lines[0] == "the sun was shining on the sea,"
    assert lines[-1] == "  they'd eaten every one."
    assert set(poem()) == set(characters())


def test_each_target_is_the_next_character_of_the_poem() -> None:
    settings = TASK.complete({})
    batch = drawn(TASK, 30)
    own = batch.inputs.argmax(axis=-1)
    assert np.array_equal(own[1:], batch.targets[:-1])
    assert own.shape == (settings["length"], 30)
    round_and_round = "".join(characters()[code] for code in codes()[: read()]) * 2
    for column in range(30):
        assert "".join(characters()[code] for code in batch.targets[:, column]) in round_and_round


def test_what_is_held_out_is_the_rest_of_the_poem() -> None:
    assert TASK.held_out is not None
    batch = TASK.held_out(np.random.default_rng(0), 50, TASK.complete({}))
    rest = poem()[read() :]
    assert 0.19 < len(rest) / len(poem()) < 0.21
    assert all("".join(characters()[code] for code in each) in rest * 2 for each in batch.targets.T)
