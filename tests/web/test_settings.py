"""Settings from the environment."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.engine import ProblemError
from app.session import Limits
from app.web.settings import Settings


def test_without_anything_set_the_defaults_hold() -> None:
    assert Settings.from_environment({"PATH": "/bin", "HOME": "/"}) == Settings()
    assert Settings().host == "127.0.0.1"


def test_every_kind_of_setting_is_read() -> None:
    found = Settings.from_environment(
        {
            "UNROLLED_HOST": "0.0.0.0",
            "UNROLLED_PORT": "0",
            "UNROLLED_ALLOW_HOSTS": "school.example, 10.0.0.5",
            "UNROLLED_LESSONS": "/lessons",
            "UNROLLED_MESSAGE_BYTES": "1024",
            "UNROLLED_STEPS": "12",
        }
    )
    assert (found.host, found.port, found.message_bytes) == ("0.0.0.0", 0, 1024)
    assert found.allow_hosts == ("school.example", "10.0.0.5")
    assert found.lessons == Path("/lessons")
    assert found.limits == Limits(steps=12)


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("UNROLLED_PORT", "http", "UNROLLED_PORT must be a whole number from 0 up, not 'http'"),
        ("UNROLLED_PORT", "-1", "UNROLLED_PORT must be a whole number from 0 up, not '-1'"),
        ("UNROLLED_STEPS", "0", "UNROLLED_STEPS must be a whole number from 1 up, not '0'"),
        ("UNROLLED_SESSIONS", "1e3", "UNROLLED_SESSIONS must be a whole number from 1 up, not '1e3'"),
        ("UNROLLED_BURST", "²", "UNROLLED_BURST must be a whole number from 1 up, not '²'"),
        ("UNROLLED_STEP", "5", "UNROLLED_STEP is not a setting"),
        ("UNROLLED_LIMITS", "5", "UNROLLED_LIMITS is not a setting"),
    ],
)
def test_a_bad_value_is_told(name: str, value: str, message: str) -> None:
    with pytest.raises(ProblemError) as caught:
        Settings.from_environment({name: value})
    assert [each.message for each in caught.value.problems] == [message]


def test_all_bad_values_are_told_at_once_with_what_was_meant() -> None:
    with pytest.raises(ProblemError) as caught:
        Settings.from_environment({"UNROLLED_PRT": "1", "UNROLLED_UNITS": "many", "UNROLLED_QQQQ": ""})
    assert [(each.code, each.hint) for each in caught.value.problems] == [
        ("bad-setting", ""),
        ("unknown-setting", "did you mean UNROLLED_PORT?"),
        ("unknown-setting", ""),
    ]
