"""Latest wins, and an old picture may still be finished."""

from __future__ import annotations

from app.session.latest import Latest


class Clock:
    """A clock that moves when told to."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_a_newer_request_makes_the_older_stale() -> None:
    latest = Latest(Clock())
    older = latest.begin("main", "run", "gradient")
    assert latest.worth(older, "run")
    newer = latest.begin("main", "run")
    assert not latest.worth(older, "run")
    assert latest.worth(newer, "run")
    assert latest.worth(older, "gradient"), "only the kinds that were asked for again are stale"


def test_lanes_do_not_disturb_each_other() -> None:
    latest = Latest(Clock())
    left = latest.begin("left", "run")
    latest.begin("right", "run")
    assert latest.worth(left, "run")


def test_a_picture_that_grew_old_may_be_finished() -> None:
    clock = Clock()
    latest = Latest(clock, patience=0.25)
    older = latest.begin("main", "run")
    clock.now += 0.3
    latest.begin("main", "run")
    assert latest.worth(older, "run"), "nothing was shown for longer than the patience"
    latest.finish(older, "run")
    newest = latest.begin("main", "run")
    assert not latest.worth(older, "run")
    assert latest.worth(newest, "run")


def test_the_waiting_begins_with_the_request_not_with_the_last_answer() -> None:
    clock = Clock()
    latest = Latest(clock, patience=0.25)
    latest.finish(latest.begin("main", "run"), "run")
    clock.now += 60
    older = latest.begin("main", "run")
    latest.begin("main", "run")
    assert not latest.worth(older, "run")


def test_a_drag_that_never_pauses_is_answered_again_and_again() -> None:
    """Sixty changes a second, each run taking five times as long."""
    clock = Clock()
    latest = Latest(clock, patience=0.25)
    shown, running, left = 0, None, 0
    for _ in range(120):
        turn = latest.begin("main", "run")
        clock.now += 1 / 60
        if running is None or not latest.worth(running, "run"):
            running, left = turn, 5
        left -= 1
        if left == 0:
            latest.finish(running, "run")
            shown, running = shown + 1, None
    assert 4 <= shown <= 10


def test_what_was_stopped_is_not_finished_however_old() -> None:
    clock = Clock()
    latest = Latest(clock)
    turn = latest.begin("main", "run")
    clock.now += 10
    latest.stop("main", "run")
    assert not latest.worth(turn, "run")
    assert not latest.wanted(turn, "run")
    again = latest.begin("main", "run")
    assert latest.worth(again, "run")
    assert not latest.worth(turn, "run")
