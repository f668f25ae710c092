"""Digits row by row."""

from __future__ import annotations

import numpy as np

from app.tasks import Array, Batch
from app.tasks.digits import READ, TASK, images
from tests.tasks.trivial import drawn, holds


def frequencies(batch: Batch) -> Array:
    counts = np.bincount(images()[1][:READ])
    return np.broadcast_to(np.log(counts), (*batch.targets.shape, counts.size))


def test_whoever_knows_how_often_each_digit_comes_reaches_the_baseline() -> None:
    holds(TASK, frequencies, loss=0.005, accuracy=0.01)


def test_the_images_are_those_of_the_source() -> None:
    pixels, digits = images()
    assert pixels.shape == (1797, 8, 8)
    assert np.bincount(digits).tolist() == [178, 182, 177, 183, 181, 182, 181, 179, 174, 180]
    # its first image, and its first rows
    assert digits[:10].tolist() == list(range(10))
    assert (pixels[0, :2] * 16).tolist() == [[0, 0, 5, 13, 9, 1, 0, 0], [0, 0, 13, 15, 10, 15, 5, 0]]
    assert (pixels.min(), pixels.max()) == (0, 1)


def test_rows_are_read_from_the_top_and_the_digit_is_asked_at_the_end() -> None:
    batch = drawn(TASK, 40)
    assert batch.asked.sum(axis=0).tolist() == [1] * 40
    assert batch.asked[-1].all()
    known = {image.tobytes(): digit for image, digit in zip(*images(), strict=True)}
    for column in range(40):
        image = np.ascontiguousarray(batch.inputs[:, column])
        assert known[image.tobytes()] == batch.targets[-1, column]


def test_no_image_that_is_held_out_is_read() -> None:
    assert TASK.held_out is not None
    settings = TASK.complete({})
    held_out = TASK.held_out(np.random.default_rng(0), 400, settings)
    assert np.array_equal(held_out.inputs[:, 0], images()[0][READ])
    assert np.array_equal(held_out.inputs[:, 360], held_out.inputs[:, 0])
    read = {np.ascontiguousarray(each).tobytes() for each in drawn(TASK, 3000).inputs.transpose(1, 0, 2)}
    assert not read & {np.ascontiguousarray(each).tobytes() for each in held_out.inputs.transpose(1, 0, 2)}
