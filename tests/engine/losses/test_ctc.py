from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from app.engine import Ctc, NetworkError, Problem, ctc_loss
from tests.engine import every_alignment
from tests.engine.every_alignment import Array, Label
from tests.engine.published import FIRST, SECOND, WARP, Published


@st.composite
def small(draw: st.DrawFn) -> tuple[Array, Label, int]:
    """Logits, a label that may be too long, and any blank."""
    symbols = draw(st.integers(2, 4))
    steps = draw(st.integers(1, {2: 7, 3: 5, 4: 4}[symbols]))
    blank = draw(st.integers(0, symbols - 1))
    others = [symbol for symbol in range(symbols) if symbol != blank]
    label = draw(st.lists(st.sampled_from(others), max_size=steps))
    entry = st.floats(-8, 8, allow_subnormal=False)
    rows = draw(st.lists(st.lists(entry, min_size=symbols, max_size=symbols), min_size=steps, max_size=steps))
    return np.array(rows), tuple(label), blank


@given(small())
def test_the_loss_is_the_sum_over_all_alignments(case: tuple[Array, Label, int]) -> None:
    logits, label, blank = case
    exact = every_alignment.probabilities(logits, blank)
    found = ctc_loss(logits, list(label), blank=blank)
    assert (found.reason is not None) == (label not in exact)
    expected = -np.log(exact[label]) if label in exact else np.inf
    np.testing.assert_allclose(found.total, expected, rtol=1e-12, atol=1e-13)


@given(small())
def test_tables_and_posteriors_of_any_case(case: tuple[Array, Label, int]) -> None:
    logits, label, blank = case
    found = ctc_loss(logits, list(label), blank=blank)
    assume(found.reason is None)
    sums = np.log(np.exp(found.alpha + found.beta).sum(axis=1))
    np.testing.assert_allclose(sums, -found.total, rtol=1e-12, atol=1e-12)
    np.testing.assert_allclose(found.occupancy.sum(axis=1), 1, rtol=1e-14)
    np.testing.assert_allclose(found.posterior.sum(axis=1), 1, rtol=1e-14)
    np.testing.assert_allclose(found.gradient.sum(axis=1), 0, atol=1e-14)
    unused = sorted(set(range(logits.shape[1])) - {*label, blank})
    assert not found.posterior[:, unused].any()


@pytest.mark.parametrize(
    ("steps", "symbols", "label", "blank"),
    [(5, 3, (1, 2), 0), (5, 3, (1, 1), 0), (5, 3, (0, 0, 1), 2), (4, 4, (3, 0, 3), 1), (4, 3, (), 0), (3, 3, (2, 1, 2), 0)],
)
def test_gradient_and_posteriors_are_those_of_the_definition(steps: int, symbols: int, label: Label, blank: int) -> None:
    logits = np.random.default_rng(steps * symbols + blank).normal(size=(steps, symbols)) * 2
    found = ctc_loss(logits, label, blank=blank)
    np.testing.assert_allclose(found.gradient, every_alignment.gradient(logits, label, blank), rtol=0, atol=1e-14)
    states, said = every_alignment.posterior(logits, label, blank)
    np.testing.assert_allclose(found.occupancy, states, rtol=0, atol=1e-14)
    np.testing.assert_allclose(found.posterior, said, rtol=0, atol=1e-14)


@pytest.mark.parametrize("published", [FIRST, SECOND], ids=["first", "second"])
def test_published_tables(published: Published) -> None:
    found = ctc_loss(np.log(published.probabilities), published.label, blank=5)
    assert found.total == pytest.approx(published.loss, abs=5e-6)
    np.testing.assert_allclose(found.gradient, published.gradient, rtol=0, atol=1e-6)
    assert found.states[:4] == (5, 0, 5, 1)
    for ours, theirs in ((found.alpha, published.alpha), (found.beta, published.beta)):
        assert ours.shape == theirs.shape
        there = np.isfinite(theirs)
        np.testing.assert_allclose(ours[there], theirs[there], rtol=0, atol=6e-6)
        # what they leave out are states through which no alignment goes
        assert np.isneginf((found.alpha + found.beta)[~there]).all()


def test_the_published_case_of_two_steps() -> None:
    found = ctc_loss(WARP, [1, 2])
    assert found.total == pytest.approx(2.4628583915, abs=5e-11)
    assert np.exp(-found.total) == pytest.approx(0.0851911, abs=5e-8)
    expected = np.full((2, 5), 0.177031)
    expected[0, 1] = expected[1, 2] = -0.708125
    np.testing.assert_allclose(found.gradient, expected, atol=1e-6)


def test_by_hand() -> None:
    logits = np.log([[0.4, 0.6]] * 3)
    chances = [np.exp(-ctc_loss(logits, [1] * count).total) for count in range(4)]
    np.testing.assert_allclose(chances, [0.064, 0.792, 0.144, 0], rtol=1e-14)
    assert np.exp(-ctc_loss(np.log([[0.6, 0.4]] * 2), [1]).total) == pytest.approx(0.64, rel=1e-14)


def test_thousands_of_steps() -> None:
    random = np.random.default_rng(0)
    logits = random.normal(size=(3000, 5)) * 3
    label = [int(symbol) for symbol in random.integers(1, 5, size=400)]
    found = ctc_loss(logits, label)
    # the sum over all states is the same at every step, all along
    through = found.alpha + found.beta
    sums = through.max(axis=1) + np.log(np.exp(through - through.max(axis=1, keepdims=True)).sum(axis=1))
    np.testing.assert_allclose(sums, -found.total, rtol=1e-13)
    np.testing.assert_allclose(found.posterior.sum(axis=1), 1, rtol=1e-13)
    for at in [(1500, label[200]), (2999, label[-1])]:
        losses = []
        for step in (1e-5, -1e-5):
            moved = logits.copy()
            moved[at] += step
            losses.append(ctc_loss(moved, label).total)
        assert found.gradient[at] == pytest.approx((losses[0] - losses[1]) / 2e-5, abs=1e-6)


def test_extreme_logits() -> None:
    sure = np.full((4, 3), -1e4)
    sure[np.arange(4), [1, 0, 1, 2]] = 1e4
    right, wrong = ctc_loss(sure, [1, 1, 2]), ctc_loss(sure, [2, 2])
    assert right.total == 0
    assert not right.gradient.any()
    # the cheapest alignments, 2 0 0 2 and 2 0 2 2, say twice what is 2e4 below the best; all others three times
    assert wrong.total == pytest.approx(4e4 - np.log(2), rel=1e-15)
    assert np.isfinite(wrong.gradient).all()
    np.testing.assert_allclose(wrong.posterior.sum(axis=1), 1, rtol=1e-12)
    flat = ctc_loss(np.full((4, 3), 1e308), [1, 2])
    assert flat.total == pytest.approx(ctc_loss(np.zeros((4, 3)), [1, 2]).total, rel=1e-15)
    assert ctc_loss([[1e308, -1e308]] * 2, []).total == 0
    far = ctc_loss([[1e308, -1e308]] * 2, [1])
    assert far.total == np.inf
    assert far.reason is not None


def test_nothing_is_more_than_certain() -> None:
    """A half and a half, say, that have been rounded up."""
    for end in np.arange(1, 100) / 100:
        total = ctc_loss([[-np.inf, 0.0], [end, 0.0]], [1]).total
        assert 0 <= total < 1e-15
        assert not np.signbit(total)
    assert not np.signbit(ctc_loss([[1.0]], []).total)


def test_logits_of_minus_infinity() -> None:
    never = np.array([[0.5, 0.25, -np.inf], [0.1, -np.inf, 2.0], [1.0, 0.3, 0.2]])
    found = ctc_loss(never, [1, 2])
    exact = every_alignment.probabilities(never, 0)
    assert found.total == pytest.approx(-np.log(exact[1, 2]), rel=1e-14)
    np.testing.assert_allclose(found.posterior, every_alignment.posterior(never, (1, 2), 0)[1], atol=1e-15)
    assert found.gradient[0, 2] == found.gradient[1, 1] == 0
    impossible = ctc_loss(never[:2], [2, 1])
    nothing(impossible)
    assert impossible.reason == Problem(
        "ctc-impossible", "every alignment of the label has probability 0",
        hint="a symbol that the label needs has a logit of -inf, or nearly so",
    )  # fmt: skip


def nothing(found: Ctc) -> None:
    """No loss that could be lowered, and no gradient."""
    assert found.total == np.inf
    assert not found.gradient.any()
    assert not found.occupancy.any()
    assert not found.posterior.any()


@pytest.mark.parametrize(
    ("label", "said", "needed", "blanks"),
    [
        ([1, 2, 1, 2], "the label needs 4 steps or more (symbols: 4, blanks between equal ones: 0), but the sequence has 3", 4, 0),
        ([1, 1, 2], "the label needs 4 steps or more (symbols: 3, blanks between equal ones: 1), but the sequence has 3", 4, 1),
        ([2, 2, 2], "the label needs 5 steps or more (symbols: 3, blanks between equal ones: 2), but the sequence has 3", 5, 2),
    ],
)
def test_too_few_steps(label: list[int], said: str, needed: int, blanks: int) -> None:
    logits = np.random.default_rng(0).normal(size=(3, 3))
    found = ctc_loss(logits, label)
    nothing(found)
    assert found.reason == Problem(
        "ctc-too-short", said, {"needed": needed, "symbols": len(label), "blanks": blanks, "steps": 3},
        "give a shorter label or a longer sequence",
    )  # fmt: skip
    assert ctc_loss(np.vstack([logits, logits])[:needed], label).reason is None


def test_no_symbol_at_all() -> None:
    logits = np.random.default_rng(1).normal(size=(5, 3))
    found = ctc_loss(logits, [], blank=1)
    p = every_alignment.softmax(logits)
    assert found.total == pytest.approx(-np.log(p[:, 1]).sum(), rel=1e-14)
    assert found.states == (1,)
    np.testing.assert_array_equal(found.occupancy, np.ones((5, 1)))
    np.testing.assert_allclose(found.gradient, p - [0, 1, 0], atol=1e-15)
    alone = ctc_loss(np.ones((3, 1)), [])
    assert alone.total == 0
    assert not alone.gradient.any()


def test_one_step() -> None:
    found = ctc_loss(np.log([[0.2, 0.5, 0.3]]), [2])
    assert np.exp(-found.total) == pytest.approx(0.3)
    assert found.beta.tolist() == [[-np.inf, 0, 0]]
    np.testing.assert_array_equal(found.alpha, [[np.log(0.2), np.log(0.3), -np.inf]])


def test_what_is_not_a_number_is_carried() -> None:
    logits = np.random.default_rng(2).normal(size=(4, 3))
    for bad in (np.nan, np.inf):
        logits[2, 1] = bad
        found = ctc_loss(logits, [1, 2])
        assert np.isnan(found.total)
        assert np.isnan(found.gradient).all()
        assert np.isnan(found.posterior).all()
        assert found.reason is None
    logits[2] = -np.inf
    assert np.isnan(ctc_loss(logits, [1, 2]).total)
    # that there is no alignment is known without any number
    nothing(ctc_loss(logits, [1, 1, 1]))


def test_types() -> None:
    logits = np.random.default_rng(4).normal(size=(5, 3)).astype(np.float32)
    found = ctc_loss(logits, np.array([1, 2]))
    assert found.gradient.dtype == np.float32
    assert found.alpha.dtype == found.posterior.dtype == np.float64
    assert found.total == ctc_loss(logits.astype(float), (1, 2)).total
    assert found.label == (1, 2)
    assert type(found.label[0]) is int
    assert ctc_loss(logits, [1] * 4).gradient.dtype == np.float32


RANGE = "symbols are whole numbers from 0 to 3"


@pytest.mark.parametrize(
    ("logits", "label", "blank", "expected"),
    [
        (np.zeros((5, 4)), [1, 9, 2], 0, ["'label' has 9 at place 2, which is not one of the 4 symbols"]),
        (np.zeros((5, 4)), [-1, 4], 0, [
            "'label' has -1 at place 1, which is not one of the 4 symbols",
            "'label' has 4 at place 2, which is not one of the 4 symbols",
        ]),
        (np.zeros((5, 4)), [1, 3], 3, ["'label' has 3 at place 2, which is the blank"]),
        (np.zeros((5, 4)), [1], 4, ["the blank 4 is not one of the 4 symbols"]),
        (np.zeros((5, 4)), [1], -1, ["the blank -1 is not one of the 4 symbols"]),
        (np.zeros((5, 4)), [1.5, True, "a"], 0, [
            "'label' has 1.5 at place 1, which is not one of the 4 symbols",
            "'label' has True at place 2, which is not one of the 4 symbols",
            "'label' has a at place 3, which is not one of the 4 symbols",
        ]),
        (np.zeros((5, 4)), [8], 9, [
            "the blank 9 is not one of the 4 symbols", "'label' has 8 at place 1, which is not one of the 4 symbols",
        ]),
        (np.zeros((5, 4)), "cat", 0, ["'label' is not a list of symbols"]),
        (np.zeros((5, 4)), 1, 0, ["'label' is not a list of symbols"]),
        (np.zeros((5, 2, 4)), [1], 0, ["'logits' has the shape (5, 2, 4), not (T, symbols)"]),
        (np.zeros((0, 4)), [], 0, ["'logits' has the shape (0, 4), not (T, symbols)"]),
        ([[1, 2], [3]], [1], 0, ["'logits' does not hold numbers in rows of equal length"]),
    ],
)  # fmt: skip
def test_what_cannot_be_used(logits: Any, label: Any, blank: Any, expected: list[str]) -> None:
    with pytest.raises(NetworkError) as error:
        ctc_loss(logits, label, blank=blank)
    assert [problem.message for problem in error.value.problems] == expected
    hints = {RANGE, "a label holds no blanks: they are put between its symbols", "give the symbols as a list of whole numbers",
             "give an array of the shape (T, symbols)", "give lists of numbers of equal length"}  # fmt: skip
    assert {problem.hint for problem in error.value.problems} <= hints
