"""Runs as they are sent: in stretches, complete, and the same as all at once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import pytest

from app.session import Limits
from app.session import runs as module
from app.session.messages import Window
from app.session.prepared import Prepared, prepare, with_changes, with_windows
from tests.session.conftest import experiment

Y = "main.1.forward.y"
C = "main.1.forward.c"
LAST = {"of": Y, "step": 10, "unit": 1}


def sent(found: Iterable[tuple[module.Stretch | None, Any]]) -> list[module.Stretch]:
    return [stretch for stretch, _ in found if stretch is not None]


@pytest.fixture
def ready(monkeypatch: pytest.MonkeyPatch) -> Prepared:
    monkeypatch.setattr(module, "MOST_STEPS", 4)
    return prepare(experiment(units=2, steps=10, backward={"of": Y, "step": 7, "unit": 1}), Limits())


def test_frames_come_in_order_and_leave_nothing_out(ready: Prepared) -> None:
    found = sent(module.forwards(ready))
    assert [(each.first, each.count) for each in found] == [(1, 4), (5, 4), (9, 2)]
    assert set(found[0].arrays) == ready.known.sent
    whole = module.run(ready)
    for name in whole.values:
        assert np.array_equal(np.concatenate([each.arrays[name] for each in found]), whole.values[name])
    before = np.concatenate([each.arrays["main.1.forward.c_prev"] for each in found])
    assert np.array_equal(before[1:], whole.values["main.1.forward.c"][:-1])


def test_gradients_come_from_the_last_steps_to_the_first(ready: Prepared) -> None:
    trace = module.run(ready)
    found = sent(module.backwards(ready, trace))
    assert [(each.first, each.count) for each in found] == [(7, 4), (3, 4), (1, 2)]
    assert [each.totals is None for each in found] == [True, True, False]
    whole = module.gradient(ready, trace)
    together = {name: np.concatenate([each.arrays[name] for each in found[::-1]]) for name in found[0].arrays}
    assert set(together) == {*trace.values, "main.0.forward.x"}
    np.testing.assert_allclose(together["main.0.forward.x"], whole.inputs, rtol=1e-14)
    np.testing.assert_allclose(together["main.1.forward.c"], whole.values["main.1.forward.c"], rtol=1e-14)
    totals = found[-1].totals
    assert totals is not None
    assert set(totals) == {*ready.network.parameters, "initial:main.1.forward.c"}
    np.testing.assert_allclose(totals["main.1.forward.W_z"], whole.parameters["main.1.forward.W_z"], rtol=1e-14)


def test_the_gradient_is_what_the_value_changes_by(ready: Prepared) -> None:
    """Against a finite difference, through the same run that is sent."""
    found = module.gradient(ready, module.run(ready)).inputs
    step, small = 4, 1e-6

    def y(change: float) -> float:
        moved = ready.inputs.copy()
        moved[step, 0] += change
        return float(module.run(with_changes(ready, [], moved.tolist(), {}, Limits())).values[Y][6, 1])

    assert found[step, 0] == pytest.approx((y(small) - y(-small)) / (2 * small), rel=1e-6, abs=1e-9)


def test_one_unit_or_all(ready: Prepared) -> None:
    asked = module.differentiated(ready)
    assert asked is not None
    one = module.seed(ready, asked)
    assert one[6].tolist() == [0.0, 1.0]
    assert module.seed(ready, asked.model_copy(update={"unit": None}))[6].tolist() == [1.0, 1.0]
    assert one.sum() == 1.0


def test_a_shorter_sequence_is_differentiated_at_its_end(ready: Prepared) -> None:
    short = with_changes(ready, [], [[1.0, 1.0]] * 3, {}, Limits())
    asked = module.differentiated(short)
    assert asked is not None
    assert asked.step == 3
    assert short.backward is not None
    assert short.backward.step == 7, "and when it grows again, where it was before"


def test_nothing_is_differentiated_unless_asked() -> None:
    ready = prepare(experiment(), Limits())
    assert list(module.backwards(ready, module.run(ready))) == []


def test_a_window_is_sent_as_soon_as_it_is_known(ready: Prepared, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_STEPS", 2)
    few = with_windows(ready, [Window(name="early", symbols=["c", "c_prev"], first=2, count=3), Window(name="all")])
    *_, (_, trace) = module.forwards(few)
    names = [stretch and stretch.window for stretch, _ in module.forwards(few)]
    assert names == [None, "early", None, None, "all"]
    early, whole = sent(module.forwards(few))
    assert (early.first, early.count, set(early.arrays)) == (2, 3, {"main.1.forward.c", "main.1.forward.c_prev"})
    assert (whole.first, whole.count) == (1, 10)
    assert set(whole.arrays) == ready.known.sent
    back = sent(module.backwards(few, trace))
    assert [each.window for each in back] == ["early", "all"]
    assert set(back[0].arrays) == {"main.1.forward.c"}


def test_pictures_are_float32_and_keep_what_is_infinite(ready: Prepared) -> None:
    wild = with_changes(ready, [], [[1e300, 1e300]] * 3, {}, Limits())
    few = with_windows(wild, [Window(name="view", symbols=["x"], dtype="float32")])
    (stretch,) = sent(module.forwards(few))
    found = stretch.arrays["main.0.forward.x"]
    assert found.dtype == np.float32
    assert np.isinf(found).all()


def test_a_large_run_is_not_sent_unasked(ready: Prepared, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_NUMBERS", 10)
    *_, (_, trace) = module.forwards(ready)
    assert sent(module.forwards(ready)) == sent(module.backwards(ready, trace)) == []


def test_one_frame(ready: Prepared) -> None:
    found = module.frame(ready, module.run(ready), 3)
    assert (found.first, found.count) == (3, 1)
    assert found.arrays[Y].tolist() == module.run(ready).values[Y][2:3].tolist()


def test_messages_stay_small(monkeypatch: pytest.MonkeyPatch) -> None:
    ready = prepare(experiment(units=200, steps=5, parameters={"seed": 1}), Limits())
    assert module.chunk(ready) == 131_072 // (8 * ready.known.kept)
    monkeypatch.setattr(module, "STRETCH_BYTES", 8)
    assert module.chunk(ready) == 1
    watched = with_windows(ready, [])
    assert module.chunk(watched) == 500
    monkeypatch.setattr(module, "STRETCH_WORK", 10 * (ready.known.weights + ready.known.kept))
    assert module.chunk(watched) == 10


def test_a_reading_begins_where_the_one_before_has_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_STEPS", 4)
    given = {C: [0.25, -0.5]}
    three = prepare(experiment(units=2, steps=10, initial=given, carried=2, backward=LAST), Limits())
    row = experiment(units=2, steps=10).sequence.inputs
    long = prepare(experiment(units=2, sequence={"inputs": row * 3}, initial=given), Limits())
    whole = module.run(long).values[C]
    np.testing.assert_allclose(module.run(three).values[C], whole[20:], rtol=1e-14)
    np.testing.assert_allclose(module.started(three)[C], whole[19], rtol=1e-14)
    # Between two stretches of each earlier reading, nine in all, something newer may come first.
    streamed = list(module.forwards(three))
    assert [stretch is None for stretch, _ in streamed] == [True] * 6 + [False] * 3
    np.testing.assert_allclose(streamed[6][0].arrays[C + "_prev"][0], whole[19], rtol=1e-14)  # type: ignore[union-attr]


def test_the_gradient_stays_inside_the_reading_that_is_shown() -> None:
    carried = prepare(experiment(units=2, steps=10, carried=2, backward=LAST), Limits())
    left = {name: array.tolist() for name, array in module.started(carried).items()}
    alone = prepare(experiment(units=2, steps=10, initial=left, backward=LAST), Limits())
    found, expected = (module.gradient(each, module.run(each)) for each in (carried, alone))
    for name, array in expected.parameters.items():
        assert np.array_equal(found.parameters[name], array), name
    assert np.array_equal(found.initial[C], expected.initial[C])
    assert np.abs(found.initial[C]).max() > 0
