"""What one visitor does: replies, staleness, and lanes."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest

from app.frames import unpack
from app.lessons import Shelf
from app.session import Limits
from app.session import runs as runs_module
from app.session.replies import Done, Frames, Gradients, Initialised, Opened, Pong
from tests.session.answers import FLAT, RUN, C, Y, kinds, problem, shown, values
from tests.session.conftest import Talk, experiment

B_F = "main.1.forward.b_f"


def test_a_cell_of_the_library_opens_with_what_is_said_of_it(talk: Talk) -> None:
    replies = talk.say("open", cell="jordan")
    assert kinds(replies) == ["opened", *RUN]
    opened, frames, _, gradients, _ = replies
    assert isinstance(opened, Opened)
    assert (opened.lesson, opened.experiment["cell"], opened.experiment["lesson"]) == (None, "jordan", None)
    assert opened.cell is not None
    assert (opened.cell["name"], opened.cell["title"]["en"]) == ("jordan", "Jordan network")
    assert isinstance(frames, Frames)
    assert isinstance(gradients, Gradients)
    assert (gradients.of, gradients.step) == (Y, 6)
    again = talk.say("open", experiment={**opened.experiment, "step": 3})
    assert isinstance(again[0], Opened)
    assert again[0].cell == opened.cell
    assert problem(talk.say("open", cell="gordon")) == "unknown cell 'gordon'"


def test_a_lesson_opens_with_everything(talk: Talk, shelf: Shelf) -> None:
    replies = talk.say("open", lesson="gated-cell")
    assert kinds(replies) == ["opened", *RUN]
    opened, frames, _, gradients, _ = replies
    assert isinstance(opened, Opened)
    assert opened.lesson == shelf.lessons["gated-cell"].document()
    assert opened.experiment["parameters"]["values"]["main.1.forward.W_z"] == [[1.0, 0.0, 0.0]]
    assert opened.network["layers"][0]["address"] == "main.1.forward"
    assert isinstance(frames, Frames)
    assert frames.arrays[C][:, 0].tolist() == pytest.approx([3, 7, 6.99977, 6.9995, 0], abs=1e-5)
    assert isinstance(gradients, Gradients)
    assert (gradients.of, gradients.step, gradients.unit) == (Y, 4, None)
    assert gradients.totals is not None
    assert gradients.totals[B_F][0] == pytest.approx(6.355165778276764e-04, rel=1e-12)
    assert all(each.id == 1 and each.lane == "main" for each in replies)


def test_an_experiment_opens_and_its_answer_opens_the_same_again(talk: Talk) -> None:
    record = json.loads(experiment(units=2, parameters={"seed": 3}, backward={"of": Y, "step": 2}).model_dump_json())
    first = talk.say("open", experiment=record)
    assert kinds(first) == ["opened", *RUN]
    assert isinstance(first[0], Opened)
    assert first[0].lesson is None
    again = talk.say("open", experiment=dict(first[0].experiment))
    assert isinstance(again[0], Opened)
    assert again[0].experiment == first[0].experiment
    assert values(again) == values(first)


def test_a_change_is_absolute_and_stays(talk: Talk) -> None:
    talk.say("open", lesson="gated-cell")
    changed = talk.say("change", parameters=[{"address": B_F, "index": [0], "value": -1000}])
    assert kinds(changed) == RUN
    assert values(changed) == [3.0]
    longer = talk.say("change", inputs=[[1, 0, 0]] * 2, initial={C: [100]})
    assert values(longer)[0] == pytest.approx(4.5397868702434395e-05), "nothing is kept of 100: b_f stayed"
    back = talk.say("change", parameters=[{"address": B_F, "index": [0], "value": 10}])
    assert values(back)[0] == pytest.approx(100, rel=1e-4)


def test_a_change_that_does_not_fit_changes_nothing(talk: Talk) -> None:
    before = values(talk.say("open", lesson="gated-cell"))
    good = {"address": B_F, "index": [0], "value": 0}
    bad = {"address": B_F, "index": [1], "value": 0}
    said = problem(talk.say("change", parameters=[good, bad], inputs=FLAT))
    assert said == "main.1.forward.b_f is a list of 1 number and has no entry [1]"
    assert values(talk.say("run")) == before


def test_a_change_is_applied_at_once_even_if_nobody_reads_its_answer(talk: Talk) -> None:
    talk.say("open", lesson="gated-cell")
    talk.begin("change", initial={C: [50]})
    assert values(talk.say("run"))[0] == pytest.approx(53)


def test_a_stale_request_ends_by_itself(talk: Talk) -> None:
    talk.say("open", lesson="gated-cell")
    drag = [talk.begin("change", initial={C: [value]}) for value in range(50)]
    assert [kinds(list(each)) for each in drag[:-1]] == [[]] * 49
    assert values(list(drag[-1]))[0] == pytest.approx(52)


def test_a_stale_request_that_has_begun_stops_between_stretches(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runs_module, "MOST_STEPS", 2)
    talk.say("open", lesson="gated-cell")
    older = talk.begin("run")
    assert next(older).type == "frames"
    newer = talk.begin("run")
    assert list(older) == []
    assert kinds(list(newer)) == ["frames"] * 3 + ["done run"] + ["gradients"] * 3 + ["done gradient"]


def test_an_old_picture_is_finished_when_nothing_was_shown_for_long(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runs_module, "MOST_STEPS", 2)
    now = [0.0]
    talk = Talk(shelf, clock=lambda: now[0])
    talk.say("open", lesson="gated-cell")
    older = talk.begin("run")
    next(older)
    now[0] += 1.0
    talk.begin("run")
    assert kinds(list(older))[:3] == ["frames", "frames", "done run"]


def test_a_newer_gradient_leaves_the_frames_alone(talk: Talk) -> None:
    talk.say("open", lesson="gated-cell")
    change = talk.begin("change", inputs=[*FLAT, *FLAT])
    asked = talk.begin("differentiate", of=C, step=1)
    assert kinds(list(change)) == ["frames", "done run"]
    replies = list(asked)
    assert kinds(replies) == ["gradients", "done gradient"]
    assert isinstance(replies[0], Gradients)
    assert (replies[0].of, replies[0].step, replies[0].steps) == (C, 1, 2)


def test_differentiation_holds_for_all_runs_until_it_is_ended(talk: Talk) -> None:
    talk.say("open", lesson="gated-cell")
    replies = talk.say("differentiate", of="c", step=5, unit=0)
    assert isinstance(replies[0], Gradients)
    assert replies[0].of == C
    assert replies[0].arrays[C][4, 0] == 1.0
    assert kinds(talk.say("run")) == RUN
    assert kinds(talk.say("differentiate", of=None)) == ["done gradient"]
    assert kinds(talk.say("run")) == ["frames", "done run"]


@pytest.mark.parametrize("name", ["z", "i", "i:in", "f", "o", "c", "y"])
def test_any_value_can_be_differentiated_at_any_step(talk: Talk, name: str) -> None:
    talk.say("open", lesson="gated-cell")
    for step in range(1, 6):
        replies = talk.say("differentiate", of=f"main.1.forward.{name}", step=step)
        assert isinstance(replies[0], Gradients)
        assert replies[0].arrays[f"main.1.forward.{name}"][step - 1, 0] == 1.0


def test_a_step_beyond_a_shorter_sequence(talk: Talk) -> None:
    talk.say("open", lesson="gated-cell")
    replies = talk.say("change", inputs=FLAT * 2)
    assert isinstance(replies[2], Gradients)
    assert (replies[2].step, replies[2].steps) == (2, 2)


def test_one_step(talk: Talk) -> None:
    talk.say("open", lesson="gated-cell")
    (reply,) = talk.say("seek", step=2)
    assert isinstance(reply, Frames)
    assert (reply.first, reply.count, reply.steps, reply.stream) == (2, 1, 5, "seek")
    assert values([reply]) == [7.0]
    assert problem(talk.say("seek", step=6)) == "there is no step 6: the sequence has 5"
    older, newer = talk.begin("seek", step=1), talk.begin("seek", step=2)
    assert (len(list(older)), len(list(newer))) == (0, 1)


def test_memory_is_told_before_the_run_and_limited_for_all_lanes_together(shelf: Shelf) -> None:
    opened = Talk(shelf).say("open", lesson="gated-cell")[0]
    assert isinstance(opened, Opened)
    talk = Talk(shelf, Limits(memory=opened.memory * 2))
    talk.say("open", lesson="gated-cell", lane="left")
    talk.say("open", lesson="gated-cell", lane="right")
    said = f"{opened.memory * 3:,} bytes of memory: the limit is {opened.memory * 2:,}"
    assert problem(talk.say("open", lesson="gated-cell", lane="third")) == said
    assert "bytes of memory" in problem(talk.say("change", inputs=FLAT * 90, lane="right"))
    assert shown(talk.say("run", lane="right"))[0] == ("frames", None, 1, 5), "nothing has changed"


def test_a_sequence_of_another_length_tells_what_its_run_takes(shelf: Shelf) -> None:
    talk = Talk(shelf)
    opened = talk.say("open", lesson="gated-cell")[0]
    longer = talk.say("change", inputs=FLAT * 10)[0]
    again = talk.say("change", parameters=[{"address": B_F, "index": [0], "value": 1}])[0]
    assert isinstance(opened, Opened)
    assert isinstance(longer, Frames)
    assert isinstance(again, Frames)
    assert longer.memory is not None
    assert longer.memory > opened.memory
    assert again.memory == longer.memory


def test_an_lstm_of_128_units_over_1000_steps_is_allowed(shelf: Shelf) -> None:
    record = experiment(units=128, steps=1000, cell="lstm", parameters={"seed": 1}).model_dump(mode="json")
    talk = Talk(shelf)
    (opened, *_) = talk.begin("open", experiment={**record, "backward": {"of": "h", "step": 1000}}), None
    reply = next(opened)
    assert isinstance(reply, Opened)
    assert reply.memory < Limits().memory / 3, "and several lanes of it"


def test_what_was_cancelled_is_not_computed(talk: Talk) -> None:
    talk.say("open", lesson="gated-cell")
    run = talk.begin("run")
    assert kinds(talk.say("cancel", kind="run")) == ["done run"]
    assert list(run) == []
    run = talk.begin("run")
    assert kinds(talk.say("cancel", kind="gradient")) == ["done gradient"]
    assert kinds(list(run)) == ["frames", "done run"]
    assert kinds(talk.say("run")) == RUN


def test_lanes_are_apart(talk: Talk) -> None:
    talk.say("open", lesson="gated-cell", lane="left")
    talk.say("open", lesson="linear-toy", lane="right")
    left, right = talk.begin("run", lane="left"), talk.begin("run", lane="right")
    assert {each.lane for each in left} == {"left"}
    assert {each.lane for each in right} == {"right"}


def test_a_ping(talk: Talk) -> None:
    assert talk.say("ping") == [Pong(1, "main")]


TOLD: list[tuple[dict[str, Any], str]] = [
    ({"type": "run"}, "nothing is open in lane 'main'"),
    ({"type": "change", "lane": "left"}, "nothing is open in lane 'left'"),
    ({"type": "open", "lesson": "gated"}, "there is no lesson 'gated'"),
    ({"type": "open", "lesson": "gated-cell", "preset": "x"}, "the lesson 'gated-cell' has no preset 'x'"),
]


@pytest.mark.parametrize(("message", "said"), TOLD)
def test_what_cannot_be_followed(talk: Talk, message: dict[str, Any], said: str) -> None:
    assert problem(talk.say(**message)) == said


def test_lanes_are_limited(shelf: Shelf) -> None:
    talk = Talk(shelf, Limits(lanes=2))
    talk.say("open", lesson="linear-toy", lane="a")
    talk.say("open", lesson="linear-toy", lane="b")
    assert problem(talk.say("open", lesson="linear-toy", lane="c")) == "3 lanes: the limit is 2"
    assert kinds(talk.say("open", lesson="linear-toy", lane="a"))[0] == "opened"


def test_a_failed_opening_leaves_what_was_open(talk: Talk) -> None:
    before = values(talk.say("open", lesson="gated-cell"))
    wild = json.loads(experiment(steps=5000).model_dump_json())
    assert problem(talk.say("open", experiment=wild)) == "5,000 steps in the sequence: the limit is 2,000"
    assert values(talk.say("run")) == before


def test_overflow_is_sent_as_it_is_and_undone(talk: Talk) -> None:
    """The toy's recurrent weight at 1000 over 120 steps."""
    before = talk.say("open", lesson="linear-toy")
    edge = {"address": "main.1.forward.U", "index": [0, 0], "value": 1000}
    wild = talk.say("change", parameters=[edge], inputs=[[1, 1]] * 120)
    assert all(isinstance(each, Frames | Gradients | Done) for each in wild)
    (frames,) = [each for each in wild if isinstance(each, Frames)]
    assert not np.isfinite(frames.arrays["main.1.forward.h"][-1]).all()
    for each in wild:
        data = each.encode()
        if isinstance(data, bytes):
            list(unpack(data))
        else:
            json.loads(data, parse_constant=pytest.fail)
    after = talk.say("change", parameters=[{**edge, "value": 1}], inputs=[[1, 1], [1, 1], [2, 2]])
    assert values(after, "main.1.forward.h") == values(before, "main.1.forward.h")


def test_the_numbers_that_are_told_are_those_that_a_change_starts_with(talk: Talk) -> None:
    talk.say("open", cell="lstm")
    starts = {"main.1.forward.U_f": {"kind": "orthogonal", "seed": 12, "scale": 1.25}}
    (told,) = talk.say("initialise", starts=starts)
    assert isinstance(told, Initialised)
    (drawn,) = told.arrays.values()
    np.testing.assert_allclose(drawn @ drawn.T, np.eye(3) * 1.25**2, atol=1e-12)
    changed = values(talk.say("change", starts=starts))
    talk.say("open", cell="lstm")
    entries = [
        {"address": "main.1.forward.U_f", "index": list(index), "value": float(value)}
        for index, value in np.ndenumerate(drawn)
    ]
    assert values(talk.say("change", parameters=entries)) == changed
    assert problem(talk.say("initialise", starts={"U_q": {"kind": "he"}})) == "the network has no parameter 'U_q'"


def test_the_next_reading_begins_with_what_the_last_one_left(talk: Talk) -> None:
    talk.say("open", lesson="three-times")

    def read(**change: Any) -> list[float]:
        (frames,) = [each for each in talk.say("change", **change) if isinstance(each, Frames)]
        return [float(frames.arrays[name][at, 0]) for name, at in (("main.1.forward.h_prev", 0), ("main.1.forward.h", 2))]

    assert read(carried=0) == [0, 7]
    assert read(carried=1) == [7, 63]
    assert read(carried=2) == [63, 511]
    assert read(initial={"main.1.forward.h": [1.0]}, carried=1) == [15, 127]
    assert read(carried=0) == [1, 15]
    assert problem(talk.say("change", carried=20)) == "21 readings of the sequence: the limit is 20"
