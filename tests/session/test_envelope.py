"""What every message has."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from app.session.envelope import Message
from app.session.records import SAFE


def test_a_message_is_of_the_first_lane_unless_it_names_another() -> None:
    assert Message(id=0).lane == "main"
    assert Message(id=SAFE, lane="lane-2").lane == "lane-2"


@pytest.mark.parametrize(
    ("id", "lane"), [(-1, "main"), (SAFE + 1, "main"), (1, "Left"), (1, "2"), (1, ""), (1, "a" * 17)]
)
def test_a_number_that_scripts_keep_exactly_and_a_short_name(id: int, lane: str) -> None:
    with pytest.raises(ValidationError):
        Message(id=id, lane=lane)
