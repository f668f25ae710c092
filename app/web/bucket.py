"""How fast a client may speak: a bucket of tokens, one for each message, filled at a steady rate."""

from __future__ import annotations

from collections.abc import Callable


class Bucket:
    """Allows `burst` messages at once and `rate` a second after that."""

    def __init__(self, rate: float, burst: float, clock: Callable[[], float]) -> None:
        self._rate = rate
        self._burst = burst
        self._clock = clock
        self._tokens = burst
        self._filled = clock()
        self._empty_since: float | None = None

    def take(self) -> float:
        """Takes a token, and gives the seconds to wait before the message may be looked at; 0 for an honest client."""
        now = self._clock()
        self._tokens = min(self._burst, self._tokens + (now - self._filled) * self._rate) - 1
        self._filled = now
        if self._tokens >= self._burst / 2:
            self._empty_since = None
        if self._tokens >= 0:
            return 0.0
        if self._empty_since is None:
            self._empty_since = now
        return -self._tokens / self._rate

    def flooded(self) -> float:
        """For how many seconds the client has been at the limit."""
        return 0.0 if self._empty_since is None else self._clock() - self._empty_since
