"""No message can break a session: whatever comes, each is answered, and every mistake told."""

from __future__ import annotations

import json
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.frames import unpack
from app.lessons import Shelf, load_lessons
from app.session import Limits, Reply, Session, read_message
from app.session.messages import MessageError
from app.session.replies import Problems
from tests.session.answers import RUN, kinds
from tests.session.grammar import Grammar

SEEDS = 135
LENGTH = 160


@pytest.fixture(scope="session")
def shelf() -> Shelf:
    return load_lessons()


def follow(session: Session, text: str, read: bool = True) -> list[Reply]:
    """Sends a text; checks that every answer can be sent, and that every mistake was told."""
    try:
        message = read_message(text)
    except MessageError as error:
        assert error.problems
        return [Problems(error.id, error.lane, error.problems)]
    answer = session.handle(message)
    if not read:
        return [each for each in [next(answer, None)] if each is not None]
    replies = [each for each in answer if each is not None]
    for reply in replies:
        assert (reply.id, reply.lane) == (message.id, message.lane)
        data = reply.encode()
        if isinstance(data, str):
            json.loads(data, parse_constant=pytest.fail)
        else:
            list(unpack(data))
        if isinstance(reply, Problems):
            assert reply.problems
            assert all(each.code and each.message and len(each.message) < 2000 for each in reply.problems)
    return replies


@pytest.mark.parametrize("seed", range(SEEDS))
def test_no_messages_can_break_a_session(shelf: Shelf, seed: int) -> None:
    """21,600 messages from good to absurd, some answers read to the end and some not."""
    grammar = Grammar(seed)
    session = Session(shelf, Limits(steps=40, units=8, layers=2, work=100_000, values=50_000))
    follow(session, '{"id":0,"type":"open","lesson":"gated-cell"}')
    for number in range(LENGTH):
        follow(session, grammar.text(), read=number % 4 > 0)
    assert kinds(follow(session, '{"id":0,"type":"open","lesson":"gated-cell"}')) == ["opened", *RUN], "it still works"


def test_the_grammar_reaches_everything(shelf: Shelf) -> None:
    """A fuzz that is refused at the door tests the door only."""
    found: Counter[str] = Counter()
    session = Session(shelf, Limits(steps=40, units=8, layers=2, work=100_000, values=50_000))
    grammar = Grammar(0)
    for _ in range(1500):
        for reply in follow(session, grammar.text()):
            found[reply.type] += 1
            if isinstance(reply, Problems):
                found.update(each.code for each in reply.problems)
    assert min(found[kind] for kind in ("opened", "frames", "gradients", "done", "pong", "problems")) > 20
    assert found["updates"] > 5
    codes = {"no-loss", "not-learned"}
    codes |= {"not-json", "missing-field", "unknown-field", "wrong-type", "over-limit", "unknown-value", "wrong-length"}
    assert not {code for code in codes if not found[code]}


@given(st.lists(st.text() | st.recursive(st.none() | st.floats() | st.text(), st.lists).map(json.dumps), max_size=9))
def test_nor_can_garbage(shelf: Shelf, texts: list[str]) -> None:
    session = Session(shelf)
    for text in texts:
        assert kinds(follow(session, text)) == ["problems"]
