"""Slot filling."""

from __future__ import annotations

import itertools

import numpy as np

from app.tasks.slots import KNOWN, LEXICON, TAGS, TASK, UNKNOWN, sentence
from tests.tasks.trivial import drawn, holds, known


def test_whoever_sees_one_word_at_a_time_reaches_the_baseline() -> None:
    cities = np.isin(TAGS, ["dep", "dest"])
    holds(TASK, lambda batch: known(batch, 4, batch.asked, cities), sequences=3000)


def test_the_verb_tells_what_the_city_is() -> None:
    random = np.random.default_rng(0)
    seen = set()
    for _ in range(300):
        words = sentence(random)
        cities = [word for word, _ in words if word in (*KNOWN, *UNKNOWN)]
        assert len(set(cities)) == len(cities) in (1, 2)
        for (verb, _), (word, tag) in itertools.pairwise(words):
            if word in cities:
                assert TAGS[tag] == {"leave": "dep", "arrive": "dest"}[verb]
        assert [TAGS[tag] for _, tag in words[-3:]] == ["other", "time", "time"]
        seen |= set(cities)
    assert seen == {*KNOWN, *UNKNOWN}


def test_words_that_the_lexicon_does_not_have_are_read_as_other() -> None:
    batch = drawn(TASK, 400)
    codes = batch.inputs.argmax(axis=-1)
    other = codes == LEXICON.index("other")
    assert not set(UNKNOWN) & set(LEXICON)
    assert (batch.asked[other]).all()
    assert 0.1 < other[batch.asked].mean() < 0.3
    assert (batch.inputs.sum(axis=-1) == batch.mask).all()
