"""What the server writes in its log: little, in one line each, and nothing that a visitor has sent.

Bad input must be able neither to fill the log nor to stall the loop that writes it, nor to put control characters on a
terminal. Exceptions are named with the places they passed through; their texts could quote a message.
"""

from __future__ import annotations

import logging
import sys
import time
import traceback
from collections.abc import Callable
from pathlib import Path

LOGGER = logging.getLogger("unrolled")
PLACES = 4
KINDS = 1000  # kinds of messages remembered; more than there are, unless somebody puts data into them


class Sparing(logging.Filter):
    """Lets each kind of message through once a second, made safe, with the count of those left out."""

    def __init__(self, clock: Callable[[], float] = time.monotonic, seconds: float = 1.0) -> None:
        super().__init__()
        self._clock = clock
        self._seconds = seconds
        self._last: dict[str, float] = {}
        self._left_out: dict[str, int] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        kind = f"{record.name} {record.msg}"
        if len(self._last) > KINDS:
            self._last.clear()
        now = self._clock()
        if now - self._last.get(kind, -self._seconds) < self._seconds:
            self._left_out[kind] = self._left_out.get(kind, 0) + 1
            return False
        self._last[kind] = now
        text = record.getMessage().strip()
        if record.exc_info and record.exc_info[1] is not None:
            text += f": {place(record.exc_info[1])}"
        if self._left_out.get(kind):
            text += f" ({self._left_out.pop(kind)} more like it)"
        record.msg, record.args, record.exc_info, record.exc_text = printable(text), (), None, None
        return True


def place(error: BaseException) -> str:
    """An exception's type and the last places it passed through, without its text."""
    frames = traceback.extract_tb(error.__traceback__)[-PLACES:]
    where = " < ".join(f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in reversed(frames))
    return f"{type(error).__name__} at {where}" if where else type(error).__name__


def printable(text: str, longest: int = 500) -> str:
    """Text without control characters, in one line, not longer than a log line may be."""
    return "".join(char if char.isprintable() else "?" for char in text[:longest])


def install(level: int = logging.WARNING) -> None:
    """Sends the server's log lines to the terminal."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("unrolled: %(message)s"))
    handler.addFilter(Sparing())
    for name in ("unrolled", "uvicorn.error", "asyncio"):
        logger = logging.getLogger(name)
        logger.handlers = [handler]
        logger.propagate = False
        logger.setLevel(level)
