"""What a window shows of a sequence, and that nothing is sent but what somebody looks at."""

from __future__ import annotations

import numpy as np
import pytest

from app.session import runs as runs_module
from app.session import session as session_module
from app.session.replies import Done, Frames, Gradients
from app.session.windows import Pane
from tests.session.answers import FLAT, RUN, C, kinds, problem, shown
from tests.session.conftest import Talk

VIEW = {"name": "view", "symbols": [C], "first": 2, "count": 3, "dtype": "float32"}
NEAR = {"name": "near", "first": 4, "count": 9}


@pytest.mark.parametrize(
    ("first", "count", "span"),
    [(1, None, (0, 10)), (3, 4, (2, 6)), (8, 9, (7, 10)), (10, 1, (9, 10)), (11, 5, (10, 10)), (99, None, (10, 10))],
)
def test_a_window_ends_where_the_sequence_does(first: int, count: int | None, span: tuple[int, int]) -> None:
    assert Pane("near", None, first, count).span(10) == span


def test_all_symbols_or_some() -> None:
    assert Pane("near").shows("c")
    assert Pane("near", frozenset({"c"})).shows("c")
    assert not Pane("near", frozenset({"c"})).shows("h")


def test_numbers_stay_exact_and_pictures_are_half_as_large() -> None:
    numbers = np.array([[0.1, 1e300]])
    assert Pane("near").cast(numbers) is numbers
    assert Pane("view", dtype="float32").cast(numbers).tolist() == [[float(np.float32(0.1)), np.inf]]


def test_only_what_is_in_view_is_sent(talk: Talk) -> None:
    (whole,) = [each for each in talk.say("open", lesson="gated-cell") if isinstance(each, Frames)]
    replies = talk.say("subscribe", windows=[VIEW, NEAR])
    assert shown(replies) == [
        ("frames", "view", 2, 3), ("frames", "near", 4, 2), ("gradients", "view", 2, 3), ("gradients", "near", 4, 2),
    ]  # fmt: skip
    view, near = (each for each in replies if isinstance(each, Frames))
    assert list(view.arrays) == [C]
    assert view.arrays[C].dtype == np.float32
    assert view.arrays[C][:, 0].tolist() == pytest.approx(whole.arrays[C][1:4, 0].tolist(), rel=1e-7)
    assert near.arrays.keys() == whole.arrays.keys()
    assert near.arrays[C].tolist() == whole.arrays[C][3:].tolist()
    changed = talk.say("change", initial={C: [50]})
    assert sorted(shown(changed)) == sorted(shown(replies)), "and so is every run from now on"
    everything = talk.say("subscribe", windows=None)
    assert kinds(everything) == RUN
    assert shown(everything)[0] == ("frames", None, 1, 5)
    assert shown(talk.say("subscribe", windows=[])) == []


def test_looking_elsewhere_needs_no_new_run(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    talk.say("open", lesson="gated-cell")
    first = talk.say("subscribe", windows=[VIEW, NEAR])
    monkeypatch.delattr(runs_module, "run")
    monkeypatch.setattr(session_module, "forwards", None)
    assert shown(talk.say("subscribe", windows=[VIEW, NEAR])) == []
    replies = talk.say("subscribe", windows=[VIEW, {**NEAR, "first": 1, "count": 1}])
    assert shown(replies) == [("frames", "near", 1, 1), ("gradients", "near", 1, 1)]
    back = talk.say("subscribe", windows=[NEAR])
    assert shown(back) == [("frames", "near", 4, 2), ("gradients", "near", 4, 2)]
    (before,) = [each for each in first if isinstance(each, Gradients) and each.window == "near"]
    (after,) = [each for each in back if isinstance(each, Gradients)]
    assert after.arrays[C].tolist() == before.arrays[C].tolist()


def test_a_run_in_windows_that_has_begun_is_finished(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runs_module, "MOST_STEPS", 2)
    talk.say("open", lesson="gated-cell")
    talk.say("subscribe", windows=[NEAR])
    older = talk.begin("run")
    assert next(older) is None
    newer = talk.begin("run")
    assert [each.type for each in older if each] == ["frames", "done"]
    assert kinds([each for each in newer if each]) == RUN


def test_the_whole_sequence_is_left_out_when_something_newer_is_wanted(talk: Talk) -> None:
    """A drag does not wait for what is read at rest."""
    talk.say("open", lesson="gated-cell")
    talk.say("subscribe", windows=[NEAR, {"name": "whole", "gradients": False}])
    older = talk.begin("run")
    first = next(older)
    newer = talk.begin("run")
    assert shown([each for each in [first, *older] if each]) == [("frames", "near", 4, 2)]
    assert ("frames", "whole", 1, 5) in shown([each for each in newer if each])


def test_gradients_that_nobody_looks_at_are_not_formed(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    talk.say("open", lesson="gated-cell")
    values = {**VIEW, "gradients": False}
    assert shown(talk.say("subscribe", windows=[values])) == [("frames", "view", 2, 3)]
    with monkeypatch.context() as patched:
        patched.setattr(runs_module, "seed", None)
        assert kinds(talk.say("change", initial={C: [50]})) == ["frames", "done run", "done gradient"]
    assert shown(talk.say("subscribe", windows=[VIEW])) == [("frames", "view", 2, 3), ("gradients", "view", 2, 3)]
    both = talk.say("subscribe", windows=[VIEW, {**values, "name": "other"}])
    assert shown(both) == [("frames", "other", 2, 3)]


def test_another_gradient_of_the_same_run_needs_no_new_run(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    talk.say("open", lesson="gated-cell")
    monkeypatch.delattr(runs_module, "run")
    talk.say("subscribe", windows=[NEAR])
    (found,) = [each for each in talk.say("differentiate", of=C, step=5) if isinstance(each, Gradients)]
    assert (found.window, found.arrays[C][1, 0]) == ("near", 1.0)


def test_a_window_that_comes_while_gradients_are_formed_misses_none(talk: Talk) -> None:
    talk.say("open", lesson="gated-cell")
    talk.say("subscribe", windows=[NEAR])
    run = talk.begin("run")
    while not isinstance(next(run), Done):
        continue
    assert shown(talk.say("subscribe", windows=[NEAR, VIEW])) == [
        ("frames", "view", 2, 3), ("gradients", "near", 4, 2), ("gradients", "view", 2, 3),
    ]  # fmt: skip
    assert [each for each in run if each is not None] == [], "the older one ends by itself"


def test_windows_have_names_of_their_own_and_known_symbols(talk: Talk) -> None:
    talk.say("open", lesson="gated-cell")
    unknown = {**VIEW, "symbols": ["main.1.forward.q"]}
    said = problem(talk.say("subscribe", windows=[unknown]))
    assert said == "the network has no symbol 'main.1.forward.q'"
    assert shown(talk.say("run"))[0] == ("frames", None, 1, 5), "nothing has changed"


def test_a_window_beyond_the_end_is_empty(talk: Talk) -> None:
    talk.say("open", lesson="gated-cell")
    talk.say("subscribe", windows=[VIEW])
    assert shown(talk.say("change", inputs=FLAT)) == [("frames", "view", 2, 0), ("gradients", "view", 2, 0)]


def test_what_is_large_waits_to_be_looked_at(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runs_module, "MOST_NUMBERS", 54)
    assert kinds(talk.say("open", lesson="gated-cell")) == ["opened", "done run", "done gradient"]
    assert shown(talk.say("subscribe", windows=[VIEW])) == [("frames", "view", 2, 3), ("gradients", "view", 2, 3)]
