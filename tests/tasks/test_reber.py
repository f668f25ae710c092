"""The embedded Reber grammar."""

from __future__ import annotations

import re

import numpy as np
import pytest

from app.tasks import Array, Batch
from app.tasks.reber import SYMBOLS, TASK, perfect, string
from tests.tasks.trivial import drawn, reached

#: the grammar as a regular expression, written independently of the table
INNER = r"B(?:TS*X(?:XT*VP)*(?:S|XT*VV)|PT*V(?:PX T*V)*(?:V|P(?:XT*VP)*(?:S|XT*VV)))E".replace(" ", "")
EMBEDDED = re.compile(rf"B(?:T{INNER}T|P{INNER}P)E")


def grammarian(batch: Batch) -> Array:
    """Knows all of the grammar, and remembers the second symbol."""
    assert batch.legal is not None
    return np.where(batch.legal | ~batch.mask[..., None], 0.0, -np.inf)


def forgetful(batch: Batch) -> Array:
    """Knows the grammar, but at the last symbol but one only that it is T or P."""
    logits = grammarian(batch)
    steps = batch.mask.sum(axis=0) - 2
    logits[steps, np.arange(batch.size)] = np.where(np.isin(list(SYMBOLS), ["T", "P"]), 0.0, -np.inf)
    return logits


def test_whoever_forgets_the_second_symbol_reaches_the_baseline() -> None:
    expected = TASK.baseline({})
    loss = reached(TASK, forgetful, 6000)[0]
    assert loss == pytest.approx(expected.loss, rel=0.02)
    answers = forgetful(drawn(TASK, 6000))
    steps = drawn(TASK, 6000).mask.sum(axis=0) - 2
    # no wrong symbol is judged better than a legal one but there, where one of the two is
    answers[steps, np.arange(6000), SYMBOLS.index("T")] = 1
    assert TASK.judge(answers, drawn(TASK, 6000)) == pytest.approx(expected.accuracy, abs=0.02)


def test_whoever_remembers_it_is_right_and_loses_less() -> None:
    loss, accuracy = reached(TASK, grammarian, 6000)
    assert accuracy == 1
    assert loss == pytest.approx(perfect(), rel=0.02)


def test_strings_are_those_of_the_grammar() -> None:
    random = np.random.default_rng(0)
    texts = ["".join(symbol for symbol, _ in string(random)) for _ in range(500)]
    assert [text for text in texts if not EMBEDDED.fullmatch(text)] == []
    assert len(set(texts)) > 100
    assert min(map(len, texts)) == 9


def test_each_step_wants_the_next_symbol() -> None:
    batch = drawn(TASK, 30)
    assert batch.inputs.shape[0] % 8 == 0
    codes = batch.inputs.argmax(axis=-1)
    for column in range(30):
        end = int(batch.mask[:, column].sum())
        assert codes[1:end, column].tolist() == batch.targets[: end - 1, column].tolist()
        assert SYMBOLS[batch.targets[end - 1, column]] == "E"
        assert not batch.inputs[end:, column].any()
    assert batch.legal is not None
    assert np.take_along_axis(batch.legal, batch.targets[..., None], -1)[..., 0][batch.mask].all()
