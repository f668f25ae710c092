"""The rate: generous to a hand on a slider, not to a flood."""

from __future__ import annotations

from app.web.bucket import Bucket


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_burst_is_free_and_then_the_rate_holds() -> None:
    clock = Clock()
    bucket = Bucket(10, 5, clock)
    assert [bucket.take() for _ in range(5)] == [0.0] * 5
    assert bucket.take() == 0.1
    clock.now += 0.1
    assert bucket.take() == 0.1
    clock.now += 60
    assert [bucket.take() for _ in range(5)] == [0.0] * 5


def test_a_slider_on_a_fast_display_is_never_slowed() -> None:
    clock = Clock()
    bucket = Bucket(200, 400, clock)
    for _ in range(144 * 60):
        assert bucket.take() == 0.0
        clock.now += 1 / 144
    assert bucket.flooded() == 0.0


def test_a_flood_is_noticed_and_a_pause_forgiven() -> None:
    clock = Clock()
    bucket = Bucket(200, 400, clock)
    for _ in range(3000):
        clock.now += bucket.take()
    assert bucket.flooded() > 5
    clock.now += 2
    bucket.take()
    assert bucket.flooded() == 0.0
