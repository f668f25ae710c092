from __future__ import annotations

from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.engine import NetworkError, Problem, beam_search, best_path, collapse, count_labels, ctc_loss
from tests.engine import every_alignment
from tests.engine.every_alignment import Array, Label, label_of


@st.composite
def small(draw: st.DrawFn) -> tuple[Array, int]:
    """Logits and any blank; ties and symbols that cannot be among them."""
    symbols = draw(st.integers(1, 4))
    steps = draw(st.integers(1, {1: 5, 2: 7, 3: 5, 4: 4}[symbols]))
    entry = st.floats(-6, 6) | st.sampled_from([0.0, 1.0])
    rows = draw(st.lists(st.lists(entry, min_size=symbols, max_size=symbols), min_size=steps, max_size=steps))
    return np.array(rows), draw(st.integers(0, symbols - 1))


def test_the_best_path_is_a_trap() -> None:
    logits = np.log([[0.6, 0.4]] * 2)
    greedy = best_path(logits)
    assert (greedy.path, greedy.label) == ((0, 0), ())
    assert np.exp(greedy.log_probability) == pytest.approx(0.36, rel=1e-14)
    first, second = beam_search(logits)
    assert (first.label, second.label) == ((1,), ())
    assert np.exp(first.log_probability) == pytest.approx(0.64, rel=1e-14)
    assert np.exp(second.log_probability) == pytest.approx(0.36, rel=1e-14)


def test_by_hand() -> None:
    found = {each.label: np.exp(each.log_probability) for each in beam_search(np.log([[0.4, 0.6]] * 3), width=None)}
    assert found == pytest.approx({(): 0.064, (1,): 0.792, (1, 1): 0.144}, rel=1e-14)


@given(small())
def test_the_best_path_is_the_most_probable_alignment(case: tuple[Array, int]) -> None:
    logits, blank = case
    found = best_path(logits, blank=blank)
    p = every_alignment.softmax(logits)
    every = [np.prod(p[np.arange(len(p)), path]) for path in product(range(p.shape[1]), repeat=len(p))]
    assert np.exp(found.log_probability) == pytest.approx(max(every), rel=1e-12)
    assert np.prod(p[np.arange(len(p)), found.path]) == pytest.approx(max(every), rel=1e-12)
    assert found.label == collapse(found.path, blank) == label_of(found.path, blank)
    assert {type(symbol) for symbol in found.path} == {int}


@given(small())
def test_a_beam_without_width_is_the_exact_sum(case: tuple[Array, int]) -> None:
    logits, blank = case
    exact = every_alignment.probabilities(logits, blank)
    found = beam_search(logits, width=None, blank=blank)
    assert len(found) == len(exact) == count_labels(len(logits), logits.shape[1] - 1)
    assert {each.label: np.exp(each.log_probability) for each in found} == pytest.approx(exact, rel=1e-11)
    for each in found:
        assert -ctc_loss(logits, each.label, blank=blank).total == pytest.approx(each.log_probability, rel=1e-12, abs=1e-13)
    assert [each.log_probability for each in found] == sorted((each.log_probability for each in found), reverse=True)


@given(small(), st.integers(1, 6))
def test_a_narrow_beam_never_says_too_much(case: tuple[Array, int], width: int) -> None:
    logits, blank = case
    exact = every_alignment.probabilities(logits, blank)
    found = beam_search(logits, width=width, blank=blank)
    assert 1 <= len(found) <= width
    assert len({each.label for each in found}) == len(found)
    for each in found:
        assert np.exp(each.log_probability) <= exact[each.label] * (1 + 1e-12)


def plain(logits: Array, width: int, blank: int) -> dict[Label, tuple[float, float]]:
    """The search as it is usually written, prefix by prefix, with probabilities."""
    beam: dict[Label, tuple[float, float]] = {(): (1.0, 0.0)}
    for row in every_alignment.softmax(logits):
        grown: dict[Label, list[float]] = {}
        for prefix, (in_blank, in_symbol) in beam.items():
            for symbol, p in enumerate(row):
                if symbol == blank:
                    grown.setdefault(prefix, [0.0, 0.0])[0] += p * (in_blank + in_symbol)
                elif prefix and prefix[-1] == symbol:
                    grown.setdefault(prefix, [0.0, 0.0])[1] += p * in_symbol
                    grown.setdefault((*prefix, symbol), [0.0, 0.0])[1] += p * in_blank
                else:
                    grown.setdefault((*prefix, symbol), [0.0, 0.0])[1] += p * (in_blank + in_symbol)
        best = sorted(grown.items(), key=lambda each: -sum(each[1]))[:width]
        beam = {prefix: (both[0], both[1]) for prefix, both in best}
    return beam


@pytest.mark.parametrize("width", [1, 2, 3, 5, 10, 25])
@pytest.mark.parametrize("blank", [0, 2])
def test_the_beam_is_the_one_that_is_usually_written(width: int, blank: int) -> None:
    for seed in range(5):
        logits = np.random.default_rng(seed).normal(size=(12, 4)) * 1.5
        expected = {label: np.log(sum(both)) for label, both in plain(logits, width, blank).items()}
        found = {each.label: each.log_probability for each in beam_search(logits, width=width, blank=blank)}
        assert found == pytest.approx(expected, rel=1e-12)


def test_a_prefix_that_was_dropped_may_come_back() -> None:
    """Its longer self must not be taken for another one then."""
    random = np.random.default_rng(0)
    found = 0
    for _ in range(50):
        logits = random.normal(size=(10, 3)) * 3
        labels = [each.label for each in beam_search(logits, width=2)]
        assert len(set(labels)) == len(labels)
        found += len(labels)
    assert found > 50


def test_wider_finds_what_narrow_misses() -> None:
    logits = np.random.default_rng(3).normal(size=(30, 6))
    best = [beam_search(logits, width=width)[0].log_probability for width in (1, 3, 10, 100)]
    assert best[0] < best[-1]
    exact = -ctc_loss(logits, beam_search(logits, width=100)[0].label).total
    assert best[-1] <= exact


def test_what_cannot_be_is_not_found() -> None:
    never = np.array([[0.0, -np.inf, 1.0], [-np.inf, -np.inf, 0.0]])
    found = beam_search(never, width=None)
    assert [each.label for each in found] == [(2,)]
    assert found[0].log_probability == pytest.approx(0, abs=1e-15)
    sure = beam_search([[1e4, -1e4], [-1e4, 1e4]], width=3)
    assert sure[0].label == (1,)
    assert sure[0].log_probability == 0
    assert best_path([[1e308, -1e308]]).label == ()


def test_of_equals_the_smaller_first() -> None:
    assert [each.label for each in beam_search(np.zeros((1, 4)), width=None)] == [(), (1,), (2,), (3,)]
    rare = [each.label for each in beam_search(np.zeros((3, 3)), width=None)][4:]
    assert rare == [(), (1, 1), (1, 2, 1), (2, 1, 2), (2, 2)]
    assert best_path(np.zeros((2, 3)), blank=2).path == (0, 0)


@pytest.mark.parametrize(("steps", "symbols"), [(0, 3), (1, 0), (3, 0), (1, 1), (5, 1), (6, 1), (4, 2), (5, 2), (4, 3)])
def test_how_many_labels(steps: int, symbols: int) -> None:
    every = {label_of(path, 0) for path in product(range(symbols + 1), repeat=steps)}
    assert count_labels(steps, symbols) == len(every)


def test_a_real_size() -> None:
    random = np.random.default_rng(0)
    logits = random.normal(size=(300, 64)) * 3
    found = beam_search(logits, width=10)
    assert len(found) == 10
    for each in found[:2]:
        assert each.log_probability <= -ctc_loss(logits, each.label).total + 1e-9


@pytest.mark.parametrize(
    ("logits", "options", "messages"),
    [
        (np.zeros((2, 3)), {"blank": 3}, ["the blank 3 is not one of the 3 symbols"]),
        (np.zeros((2, 3)), {"width": 0}, ["0 is not the width of a beam"]),
        (np.zeros((2, 3)), {"width": -3}, ["-3 is not the width of a beam"]),
        (np.zeros((2, 3)), {"width": 2.5}, ["2.5 is not the width of a beam"]),
        (np.zeros((2, 3)), {"width": True}, ["True is not the width of a beam"]),
        ([[0, 1], [np.nan, 1]], {}, ["the logits of step 2 have no softmax"]),
        ([[0, np.inf], [0, 1]], {}, ["the logits of step 1 have no softmax"]),
        ([[-np.inf, -np.inf]], {"blank": 5, "width": 0}, [
            "the blank 5 is not one of the 2 symbols", "the logits of step 1 have no softmax", "0 is not the width of a beam",
        ]),
        (np.zeros((20, 4)), {"width": None}, [
            "20 steps of 3 symbols can say more than 100000 labels, and without a width all are followed",
        ]),
        (np.zeros((5000, 3)), {"width": None}, [
            "5000 steps of 2 symbols can say more than 100000 labels, and without a width all are followed",
        ]),
        (np.zeros(3), {}, ["'logits' has the shape (3,), not (T, symbols)"]),
    ],
)  # fmt: skip
def test_what_cannot_be_decoded(logits: Any, options: dict[str, Any], messages: list[str]) -> None:
    with pytest.raises(NetworkError) as error:
        beam_search(logits, **options)
    assert [problem.message for problem in error.value.problems] == messages


def test_hints() -> None:
    with pytest.raises(NetworkError) as error:
        beam_search([[np.nan, 0.0]], width=0)
    assert error.value.problems == (
        Problem(
            "no-softmax", "the logits of step 1 have no softmax", {"place": "step 1"},
            "there is NaN or +inf among them, or -inf alone", field="logits",
        ),
        Problem(
            "bad-width", "0 is not the width of a beam", {"value": "0"},
            "give a whole number of at least 1, or None to drop nothing", field="width",
        ),
    )  # fmt: skip
    with pytest.raises(NetworkError, match="the logits of step 1 have no softmax"):
        best_path([[np.nan, 0.0]])
    with pytest.raises(NetworkError, match="the blank 2 is not one of the 2 symbols"):
        best_path([[0.0, 0.0]], blank=2)
    with pytest.raises(NetworkError) as error:
        beam_search(np.zeros((20, 4)), width=None)
    assert (error.value.problems[0].hint, error.value.problems[0].field) == ("give a width", "width")
