from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from app.engine import Ctc, NetworkError, ctc_loss, ctc_loss_batch
from tests.engine.every_alignment import golden
from tests.engine.published import FIRST, SECOND

CASES = golden("ctc")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_the_same_as_pytorch(case: dict[str, Any]) -> None:
    logits, lengths = np.array(case["logits"]), case["lengths"]
    found = ctc_loss_batch(logits, case["labels"], blank=case["blank"], lengths=lengths)
    np.testing.assert_allclose(found.totals, case["totals"], rtol=1e-14, atol=1e-14)
    np.testing.assert_allclose(found.gradient, case["gradient"], rtol=0, atol=2e-14)
    assert found.total == pytest.approx(sum(case["totals"]), rel=1e-14)
    for index, (each, label, length) in enumerate(zip(found.sequences, case["labels"], lengths, strict=True)):
        same(each, ctc_loss(logits[:length, index], label, blank=case["blank"]))


def same(one: Ctc, other: Ctc) -> None:
    assert (one.label, one.blank, one.states, one.total) == (other.label, other.blank, other.states, other.total)
    for name in ("gradient", "alpha", "beta", "occupancy", "posterior"):
        np.testing.assert_allclose(getattr(one, name), getattr(other, name), rtol=1e-14, atol=1e-15, err_msg=name)


def test_what_the_cases_cover() -> None:
    """Each can be missed by a plausible mistake: the blank's index, repeats, no symbol, other lengths."""
    assert {case["blank"] for case in CASES} == {0, 2, 3}
    labels = [label for case in CASES for label in case["labels"]]
    assert [] in labels
    assert any(one == other for label in labels for one, other in pairwise(label))
    assert any(min(case["lengths"]) < len(case["logits"]) for case in CASES)
    assert max(len(case["logits"]) for case in CASES) == 40


def test_the_published_batch() -> None:
    logits = np.log(np.stack([FIRST.probabilities, SECOND.probabilities], axis=1))
    found = ctc_loss_batch(logits, [FIRST.label, SECOND.label], blank=5)
    np.testing.assert_allclose(found.totals, [3.34211, 5.42262], rtol=0, atol=5e-6)
    assert found.total == pytest.approx(8.76473, abs=1e-5)
    np.testing.assert_allclose(found.gradient, np.stack([FIRST.gradient, SECOND.gradient], axis=1), rtol=0, atol=1e-6)


def test_a_label_that_cannot_be() -> None:
    logits = np.random.default_rng(0).normal(size=(3, 2, 3))
    found = ctc_loss_batch(logits, [[1, 1, 2], [1]])
    assert found.total == found.totals[0] == np.inf
    assert found.totals[1] == ctc_loss(logits[:, 1], [1]).total
    assert [each.reason is None for each in found.sequences] == [False, True]
    np.testing.assert_array_equal(found.gradient[:, 0], 0)
    assert found.gradient[:, 1].all()


def test_what_is_not_a_number_stays_in_its_sequence() -> None:
    logits = np.random.default_rng(2).normal(size=(4, 2, 3))
    clean = ctc_loss_batch(logits, [[1, 2], [1]])
    logits[2, 0, 1] = np.nan
    found = ctc_loss_batch(logits, [[1, 2], [1]])
    assert np.isnan(found.total)
    assert np.isnan(found.gradient[:, 0]).all()
    assert found.totals[1] == clean.totals[1]
    np.testing.assert_array_equal(found.gradient[:, 1], clean.gradient[:, 1])


def test_what_comes_after_the_end_does_not_count() -> None:
    logits = np.random.default_rng(3).normal(size=(6, 2, 4))
    found = ctc_loss_batch(logits, [[1, 2], [3]], lengths=[3, 6])
    logits[3:, 0] = np.nan
    again = ctc_loss_batch(logits, [[1, 2], [3]], lengths=[3, 6])
    np.testing.assert_array_equal(found.totals, again.totals)
    np.testing.assert_array_equal(found.gradient, again.gradient)
    assert not found.gradient[3:, 0].any()
    assert found.sequences[0].alpha.shape == (3, 5)


def test_types() -> None:
    logits = np.random.default_rng(4).normal(size=(5, 1, 3)).astype(np.float32)
    found = ctc_loss_batch(logits, np.array([[1, 2]]))
    assert found.gradient.dtype == np.float32
    assert type(found.total) is float
    same(found.sequences[0], ctc_loss(logits[:, 0], [1, 2]))


def test_a_batch_that_cannot_be_used() -> None:
    logits = np.zeros((5, 2, 4))
    with pytest.raises(NetworkError) as error:
        ctc_loss_batch(logits, [[1], [7, 0], [2]], lengths=[5, 9])
    assert [problem.message for problem in error.value.problems] == [
        "there are 3 labels for 2 sequences",
        "'labels.2' has 7 at place 1, which is not one of the 4 symbols",
        "'labels.2' has 0 at place 2, which is the blank",
        "lengths [5, 9] do not fit 2 sequences of 5 steps",
    ]
    assert [problem.field for problem in error.value.problems] == ["labels", "labels.2", "labels.2", "lengths"]
    assert error.value.problems[0].hint == "give a list with a label for each"
    with pytest.raises(NetworkError, match="there are 0 labels for 2 sequences"):
        ctc_loss_batch(logits, 3)  # type: ignore[arg-type]
    with pytest.raises(NetworkError, match=r"'logits' has the shape \(5, 4\), not \(T, batch, symbols\)"):
        ctc_loss_batch(np.zeros((5, 4)), [[1]])
