"""The log: sparing, one line each, nothing of what visitors sent."""

from __future__ import annotations

import logging

import pytest

from app.web import logs


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def record(message: str, *args: object, error: BaseException | None = None) -> logging.LogRecord:
    info = (type(error), error, error.__traceback__) if error else None
    return logging.LogRecord("uvicorn.error", logging.ERROR, __file__, 1, message, args, info)


def test_one_line_a_second_of_each_kind_and_the_rest_is_counted() -> None:
    clock = Clock()
    sparing = logs.Sparing(clock)
    assert sparing.filter(record("bad input from %s", "a"))
    assert not sparing.filter(record("bad input from %s", "b"))
    assert not sparing.filter(record("bad input from %s", "c"))
    assert sparing.filter(record("something else"))
    clock.now += 1
    later = record("bad input from %s", "d")
    assert sparing.filter(later)
    assert later.getMessage() == "bad input from d (2 more like it)"


def test_its_memory_is_bounded() -> None:
    sparing = logs.Sparing(Clock())
    for number in range(3 * logs.KINDS):
        sparing.filter(record(f"data in the message: {number}"))
    assert len(sparing._last) <= logs.KINDS + 1


def test_control_characters_never_reach_a_terminal() -> None:
    found = record("from \x1b[31m%s", "a\nb\r\x00\u202e")
    logs.Sparing(Clock()).filter(found)
    assert found.getMessage() == "from ?[31ma?b???"
    assert logs.printable("x" * 1000) == "x" * 500


def fail(text: str) -> None:
    raise KeyError(text)


def test_an_exception_is_named_with_its_places_and_without_its_text() -> None:
    try:
        fail("the secret of a visitor")
    except KeyError as error:
        found = record("Exception in ASGI application\n", error=error)
    logs.Sparing(Clock()).filter(found)
    assert found.exc_info is None
    line = logging.Formatter("%(message)s").format(found)
    assert line.startswith("Exception in ASGI application: KeyError at test_logs.py:")
    assert " fail < test_logs.py:" in line
    assert "secret" not in line
    assert "\n" not in line


def test_an_exception_that_was_never_raised_has_no_place() -> None:
    assert logs.place(ValueError("x")) == "ValueError"


def test_the_servers_lines_go_to_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    loggers = [logging.getLogger(name) for name in ("unrolled", "uvicorn.error", "asyncio")]
    before = [(each.handlers, each.propagate, each.level) for each in loggers]
    try:
        logs.install()
        logs.LOGGER.warning("hello")
        logging.getLogger("uvicorn.error").info("not worth a line")
        assert capsys.readouterr().err == "unrolled: hello\n"
    finally:
        for each, (handlers, propagate, level) in zip(loggers, before, strict=True):
            each.handlers, each.propagate = handlers, propagate
            each.setLevel(level)
