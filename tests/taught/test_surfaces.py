"""What the lessons on error surfaces say, measured anew: each way down is walked, each surface computed."""

from __future__ import annotations

import itertools
import re
from typing import Any

import numpy as np
import pytest

from app import cells
from app.engine import Axis, Foothold, Landscape, Network, downhill, objective
from app.lessons import Shelf, load_lessons

Array = np.ndarray[Any, np.dtype[Any]]
LESSONS = ["plains-and-walls", "clipping", "why-the-loss-jumps", "flat-and-steep", "gone-and-left"]
B, W = "main.1.forward.b", "main.1.forward.w"


def shown(html: str) -> str:
    return re.sub(r"<[^>]*>", "", html)


@pytest.fixture(scope="module")
def shelf() -> Shelf:
    return load_lessons()


def beats(shelf: Shelf, lesson: str) -> dict[str, Any]:
    return {beat["id"]: beat for beat in shelf.lesson(lesson).document()["beats"]}


def walk(shelf: Shelf, lesson: str, beat: str, **other: Any) -> list[Foothold]:
    """The way down that a beat shows, or the same with other settings."""
    found = beats(shelf, lesson)[beat]
    study = found["study"] | other
    experiment = shelf.lesson(lesson).experiment()
    network = Network.from_description(experiment["network"], cells.load)
    parameters = {name: np.array(found["set"][name], float) for name in (W, B)}
    asked = objective(network, "squared", "h", [*[None] * (int(study.get("until", 50)) - 1), [study["target"]]])
    xs = np.array(experiment["sequence"]["inputs"])[: asked.steps]
    axes = [Axis(B, (0,) * parameters[B].ndim, np.zeros(1)), Axis(W, (0,) * parameters[W].ndim, np.zeros(1))]
    clip = study["clip"] or None
    going = downhill(
        network, parameters, xs, asked, axes, rate=study["rate"], most=clip, initial=experiment["initial"]
    )
    return [next(going) for _ in range(int(study["updates"]) + 1)]


def jumps(way: list[Foothold]) -> list[int]:
    """After which updates the loss is more than ten times what it was."""
    return [at for at in range(1, len(way)) if way[at].loss > 10 * way[at - 1].loss]


def inside(at: Array) -> bool:
    return bool(-2.8 <= at[0] <= -2.0 and 4.6 <= at[1] <= 5.4)


def test_thrown_out_at_step_40_and_saved(shelf: Shelf) -> None:
    out = walk(shelf, "clipping", "thrown-out")
    assert all(each.length < 1 for each in out[:40])
    assert out[40].length == pytest.approx(962.9, abs=0.5)
    np.testing.assert_allclose(out[41].at, [79.2188, 55.7516], rtol=1e-3)
    assert out[-1].loss == pytest.approx(0.09, abs=1e-9)
    assert np.array_equal(out[-1].at, out[41].at), "it never comes back"
    saved = walk(shelf, "clipping", "saved")
    np.testing.assert_allclose(saved[41].at, [-2.4899, 4.9924], atol=1e-4)
    assert all(inside(each.at) for each in saved)
    assert min(each.loss for each in saved) < 0.01


def test_calm_up_to_the_foot_of_the_wall(shelf: Shelf) -> None:
    calm = walk(shelf, "clipping", "calm")
    losses = [each.loss for each in calm]
    assert losses == sorted(losses, reverse=True)
    assert max(0.1 * each.length for each in calm) < 0.02


def test_where_the_network_is_put_is_where_the_way_leads(shelf: Shelf) -> None:
    way = walk(shelf, "clipping", "thrown-out")
    for lesson, beat, step in (
        ("clipping", "on-the-wall", 40), ("clipping", "direction", 40),
        ("why-the-loss-jumps", "before", 37), ("why-the-loss-jumps", "after", 38), ("why-the-loss-jumps", "the-step", 37),
    ):  # fmt: skip
        put = beats(shelf, lesson)[beat]["set"]
        np.testing.assert_allclose([np.ravel(put[B])[0], np.ravel(put[W])[0]], way[step].at, rtol=1e-12)


def test_the_arrow_points_back_and_is_longer_than_the_map(shelf: Shelf) -> None:
    (wall,) = walk(shelf, "clipping", "on-the-wall")
    assert (-wall.gradient > 0).all(), "to where it came from: larger b and w"
    assert 0.1 * wall.length > 0.8 * np.sqrt(2)


def test_thresholds(shelf: Shelf) -> None:
    high = walk(shelf, "clipping", "too-large")
    assert not inside(high[41].at)
    assert np.linalg.norm(high[41].at - high[40].at) == pytest.approx(1.5)
    for most in (1, 0.1):
        assert all(inside(each.at) for each in walk(shelf, "clipping", "too-large", clip=most))
    plain, free = (walk(shelf, "clipping", "not-for-plains", clip=most) for most in (1, 0))
    np.testing.assert_array_equal([each.at for each in plain], [each.at for each in free])


def test_the_loss_jumps_over_the_wall_and_back(shelf: Shelf) -> None:
    before, after, again = walk(shelf, "why-the-loss-jumps", "and-back")
    assert after.loss == pytest.approx(0.3364, abs=1e-4)
    assert 25 < after.loss / before.loss < 35, "thirty times as high"
    assert again.loss < 2 * before.loss
    assert before.length < 1
    assert np.linalg.norm(after.at - before.at) < 0.02
    assert jumps(walk(shelf, "why-the-loss-jumps", "smaller")) == [7]
    assert jumps(walk(shelf, "why-the-loss-jumps", "the-step")) == [1]
    short = walk(shelf, "why-the-loss-jumps", "shorter-memory")
    assert max(each.loss for each in short) < 1e-3, "no harm"


def test_one_rate_for_a_plain_and_a_wall(shelf: Shelf) -> None:
    def way(beat: str, **other: Any) -> list[Foothold]:
        return walk(shelf, "flat-and-steep", beat, **other)

    flat = way("flat", updates=10)
    assert flat[-1].loss > 0.9 * flat[0].loss
    [ten] = way("flat-ten", updates=0)
    np.testing.assert_allclose(ten.at, flat[-1].at, atol=1e-12)
    assert way("flat-large")[-1].loss < 0.05 * flat[0].loss
    assert all(each.loss > 0.25 for each in way("flat-large")[:3])
    assert len(jumps(way("steep-large"))) >= 4
    small = way("steep-small")
    assert jumps(small) == []
    assert small[-1].loss > 0.9 * small[0].loss
    both = [each.loss for each in way("both")]
    arrived = next(at for at, loss in enumerate(both) if loss < 0.01)
    assert arrived == 20
    assert sum(loss > 0.25 for loss in both[arrived:33]) == 4, "leaps back"
    assert way("both")[33].length > 10
    assert np.linalg.norm(way("both")[34].at - way("both")[33].at) > 1, "thrown out"
    assert next(at for at, each in enumerate(way("ways-out")) if each.loss < 0.1) == 5
    ways_out = way("ways-out")
    moved = [np.linalg.norm(b.at - a.at) for a, b in itertools.pairwise(ways_out)]
    assert max(moved) == pytest.approx(0.1, abs=1e-6)
    lengths = [each.length for name in ("steep-small", "both") for each in way(name)] + [962.9]
    assert max(lengths) / min(lengths) > 1000, "a thousandfold"


def losses_of(shelf: Shelf, beat: str, *, beside: bool = False) -> tuple[Array, Array, Array]:
    """The surface that a beat shows: losses and both axes."""
    lesson = shelf.lesson("gone-and-left")
    experiment = lesson.experiment()
    view, own = experiment["view"], experiment["lanes"][0] if beside else experiment
    network = Network.from_description(own["network"], cells.load)
    changed = {} if beside else beats(shelf, "gone-and-left")[beat]["set"]
    values = {name: np.array(array, float) for name, array in (own["parameters"]["values"] | changed).items()}
    axes = []
    for name in ("across2", "down2") if beside else ("across", "down"):
        place, low, high = str(view[name]).split(":")
        axes.append(Axis(place.rsplit(".", 2)[0], (0, 0), np.linspace(float(low), float(high), 101)))
    loss = experiment["loss"]
    asked = objective(network, loss["kind"], loss["of"], loss["targets"])
    xs = np.array(experiment["sequence"]["inputs"])
    surface = Landscape(network, values, xs, asked, *axes, initial=own["initial"])
    found = np.empty((101, 101))
    for each in surface.stretches():
        if each is not None:
            found[list(each.rows)] = each.losses
    return found, axes[0].values, axes[1].values


def slopes(surface: tuple[Array, Array, Array]) -> Array:
    losses, across, down = surface
    return np.hypot(*np.gradient(losses, down, across))


def test_which_plains_are_gone_and_which_cliffs_stay(shelf: Shelf) -> None:
    def flat(surface: tuple[Array, Array, Array]) -> float:
        return float(np.mean((slopes(surface) < 1e-3) & (surface[0] > 0.1)))

    simple = losses_of(shelf, "so", beside=True)
    open_gates, half, always = (losses_of(shelf, beat) for beat in ("same-question", "half-open", "left"))
    assert flat(simple) > 0.2
    assert flat(open_gates) == 0
    assert flat(half) == 1
    assert slopes(simple).max() > 10
    assert slopes(open_gates).max() < slopes(simple).max() / 2
    assert slopes(always).max() == pytest.approx(slopes(simple).max(), rel=0.35), "as steep"
    assert simple[0][17, 67] == pytest.approx(0.25, abs=0.01)


@pytest.mark.parametrize("lesson", LESSONS)
def test_texts_are_short_and_name_the_same_in_both_languages(shelf: Shelf, lesson: str) -> None:
    for id, beat in beats(shelf, lesson).items():
        for part in (beat["text"], beat["try"]):
            if not part:
                continue
            assert len(shown(part["en"]).split()) <= 35, id
            assert len(shown(part["zh"])) <= 80, id
            named, decimals = (
                [{*re.findall(pattern, part[language])} for language in ("en", "zh")]
                for pattern in (r'data-name="([^"]+)"', r"(?<![\w.-])−?\d+\.\d+(?!<)")
            )
            assert named[0] == named[1], id
            assert decimals[0] == decimals[1], id
