"""Which sequences each update reads."""

from __future__ import annotations

import numpy as np

from app.learning.batches import Batches
from app.tasks import Batch
from app.tasks.digits import READ, images
from tests.learning.small import small


def told_apart(batch: Batch) -> list[bytes]:
    return [np.ascontiguousarray(batch.inputs[:, column]).tobytes() for column in range(batch.size)]


def test_an_updates_sequences_follow_from_seed_and_number() -> None:
    one, other = Batches(small()), Batches(small())
    later = other.update(7)
    assert told_apart(one.update(7)) == told_apart(later)
    assert told_apart(one.update(8)) != told_apart(later)
    assert told_apart(Batches(small(seed=1)).update(7)) != told_apart(later)


def test_the_held_out_sequences_stay_the_same() -> None:
    batches = Batches(small())
    assert batches.held_out is batches.held_out
    assert batches.held_out.size == 8
    assert told_apart(batches.held_out) == told_apart(Batches(small(batch=2)).held_out)


def test_a_fixed_set_is_read_once_in_each_round_in_another_order() -> None:
    batches = Batches(small(data=12, options={"length": 50}))
    rounds = [
        [each for number in range(first, first + 3) for each in told_apart(batches.update(number))] for first in (1, 4)
    ]
    assert len(set(rounds[0])) == 12
    assert sorted(rounds[0]) == sorted(rounds[1])
    assert rounds[0] != rounds[1]


def test_what_does_not_fill_a_batch_waits_for_the_next_round() -> None:
    batches = Batches(small(data=7, batch=3))
    assert [batches.update(number).size for number in range(1, 5)] == [3, 3, 3, 3]


def test_a_task_with_only_so_many_sequences_says_which_are_held_out() -> None:
    batches = Batches(small(task="digits", options={}, test=360, batch=64))
    pixels, _ = images()
    assert np.array_equal(batches.held_out.inputs, pixels[READ:].transpose(1, 0, 2))
    kept = {np.ascontiguousarray(each).tobytes() for each in pixels[READ:]}
    assert not kept & {np.ascontiguousarray(each).tobytes() for each in batches.update(1).inputs.transpose(1, 0, 2)}


def test_they_are_asked_where_the_settings_say() -> None:
    batches = Batches(small(task="parity", options={"length": 5}, readout="last", data=9))
    for batch in (batches.update(1), batches.held_out):
        assert batch.mask.sum(axis=1).tolist() == [0, 0, 0, 0, batch.size]
