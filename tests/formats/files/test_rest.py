"""Arrays that belong to no recurrent layer."""

from __future__ import annotations

from app.formats.files.limits import LIMITS
from app.formats.files.record import Contents, Rest, Stored
from app.formats.files.rest import listed_apart, rest_of
from tests.formats.files.samples import refused


def test_a_reason_of_its_own_goes_first() -> None:
    arrays = [Stored("a", "F32", (2,)), Stored("b", "I64", (), None, "whole numbers")]
    assert rest_of(arrays, "not recurrent") == (
        Rest("a", "F32", (2,), "not recurrent"), Rest("b", "I64", (), "whole numbers"),
    )  # fmt: skip


def test_what_the_helper_process_listed() -> None:
    contents = Contents((), {"rest": '[["a", "I64", [2, 3], "whole numbers"]]'})
    assert listed_apart(contents, LIMITS) == (Rest("a", "I64", (2, 3), "whole numbers"),)
    assert listed_apart(Contents(()), LIMITS) == ()
    assert refused(listed_apart, Contents((), {"rest": '[["a", "I64", [-2], ""]]'}), LIMITS).code == "bad-shape"
