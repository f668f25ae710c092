"""Everything that can be set about a server, from `UNROLLED_*` in the environment."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any, TypeVar

from app.engine import Problem, ProblemError, suggestion
from app.session import Limits

PREFIX = "UNROLLED_"
PORT = 8421


@dataclass(frozen=True, slots=True)
class Settings:
    """A server's settings; the defaults suit one person, or a class, on one machine."""

    host: str = "127.0.0.1"
    port: int = PORT
    allow_hosts: tuple[str, ...] = ()
    """Further names that the server answers to: NAME, NAME:PORT, or https://NAME behind a proxy."""
    frame_ancestors: tuple[str, ...] = ()
    """Other sites' origins that may show the page in a frame."""
    lessons: Path | None = None
    """A folder with a teacher's own lessons."""
    message_bytes: int = 8_388_608
    """The largest message on the socket: a whole experiment with as many weights as are allowed."""
    body_bytes: int = 8_388_608
    """The largest body of an API request."""
    weights_bytes: int = 67_108_864
    """The largest file of weights."""
    messages_per_second: int = 200
    """A slider sends one message per frame drawn, up to 144 in a second on a fast display; heartbeats and keys add a few."""
    burst: int = 400
    flood_seconds: int = 5
    """How long a client may stay above the rate before it is shown out."""
    sessions: int = 500
    """Visitors at the same time: a lecture hall."""
    send_seconds: int = 20
    """How long a client may leave its messages unread."""
    threads: int = field(default_factory=lambda: min(4, os.cpu_count() or 1))
    """Threads that compute. NumPy holds Python's lock for small arrays, so more would only queue."""
    trainers: int = 12
    """Processes that train, all visitors together; each takes some 60 MB. Further trainings wait for one of them to end."""
    training_at_once: int = field(default_factory=lambda: max(1, (os.cpu_count() or 1) - 1))
    """Trainings that compute at the same moment; the others take turns. One processor is left to those who look at something."""
    trainer_bytes: int = 1_073_741_824
    """Memory of one such process, beside what it has when it begins."""
    trainer_niceness: int = 15
    """How far such a process steps back for others, up to 19."""
    trainer_idle: int = 60
    """Seconds that a training may be paused while others wait for its process."""
    limits: Limits = field(default_factory=Limits)

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> Settings:
        """The defaults with what `UNROLLED_*` says.

        Raises ProblemError with every setting that is unknown or has a value of the wrong kind.
        """
        reader = _Reader(environment)
        limits = reader.read(Limits())
        settings = reader.read(cls(limits=limits))
        reader.finish()
        return settings


T = TypeVar("T", Settings, Limits)


class _Reader:
    """Takes settings out of the environment and collects what is wrong with them."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self.given = {
            name.removeprefix(PREFIX).lower(): value for name, value in environment.items() if name.startswith(PREFIX)
        }
        self.known: set[str] = set()
        self.problems: list[Problem] = []

    def read(self, defaults: T) -> T:
        found: dict[str, Any] = {}
        for each in fields(defaults):
            if each.name == "limits":
                continue
            self.known.add(each.name)
            if each.name in self.given:
                found[each.name] = self.convert(each.name, self.given[each.name], getattr(defaults, each.name))
        return replace(defaults, **found)

    def convert(self, name: str, text: str, default: object) -> object:
        match default:
            case int():
                return self.number(name, text, default)
            case tuple():
                return tuple(part.strip() for part in text.split(",") if part.strip())
            case None:
                return Path(text)
        return text

    def number(self, name: str, text: str, default: int) -> int:
        least = 0 if name == "port" else 1
        if text.strip().isascii() and text.strip().isdigit() and int(text) >= least:
            return int(text)
        self.refuse("bad-setting", f"{PREFIX}{name.upper()} must be a whole number from {least} up, not '{text}'", name)
        return default

    def refuse(self, code: str, message: str, name: str, hint: str = "") -> None:
        self.problems.append(Problem(code, message, {"setting": name}, hint, field=name))

    def finish(self) -> None:
        for name in sorted(self.given.keys() - self.known):
            close = suggestion(name, self.known)
            hint = f"did you mean {PREFIX}{close.upper()}?" if close else ""
            self.refuse("unknown-setting", f"{PREFIX}{name.upper()} is not a setting", name, hint)
        if self.problems:
            raise ProblemError(self.problems)
