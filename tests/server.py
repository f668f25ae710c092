"""The real server as a process of its own, as a person starts it; its output is kept to be shown when a test fails."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Self

# A machine that is busy with twenty other things takes its time.
READY_WITHIN = 240.0
ADDRESS = re.compile(r"http://127\.0\.0\.1:(\d+)")


class Server:
    """`command` is what a person types, without host, port and browser: those are added here; `settings` are its variables.

    As a context it runs from the beginning to the end of it.
    """

    def __init__(
        self, command: Sequence[str], folder: Path, options: Sequence[str] = (), settings: Mapping[str, str] | None = None
    ) -> None:
        self.command, self.folder, self.options = list(command), folder, list(options)
        self.settings = dict(settings or {})
        self.lines: list[str] = []
        self.port = 0
        self.process: subprocess.Popen[str] | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/"

    @property
    def output(self) -> str:
        return "".join(self.lines)

    def start(self) -> None:
        """Starts it, on the port that it had before if it had one, and waits until it answers."""
        before = len(self.lines)
        self.process = subprocess.Popen(
            [*self.command, "--port", str(self.port), "--no-browser", *self.options],
            cwd=self.folder,
            env={**os.environ, **self.settings, "PYTHONUNBUFFERED": "1"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        threading.Thread(target=self._listen, args=(self.process,), daemon=True).start()
        end = time.monotonic() + READY_WITHIN
        while time.monotonic() < end and self.process.poll() is None:
            if self.port == 0 and (found := ADDRESS.search("".join(self.lines[before:]))):
                self.port = int(found[1])
            if self.port and self._answers():
                return
            time.sleep(0.05)
        self.kill()
        raise RuntimeError(f"the server did not start: {' '.join(self.command)}\n{self.output}")

    def _listen(self, process: subprocess.Popen[str]) -> None:
        assert process.stdout is not None
        with process.stdout:
            for line in process.stdout:
                self.lines.append(line)

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(self.url, timeout=5) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, OSError):
            return False

    def interrupt(self) -> float:
        """Ctrl-C; gives the seconds until it had ended."""
        assert self.process is not None
        start = time.monotonic()
        self.process.send_signal(signal.SIGINT)
        self.process.wait(timeout=20)
        return time.monotonic() - start

    def kill(self) -> None:
        """As a power cut would."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()

    def get(self, path: str) -> tuple[int, str, bytes]:
        """Status, media type and body of an address relative to the page's."""
        try:
            with urllib.request.urlopen(self.url + path, timeout=20) as answer:
                return answer.status, answer.headers.get_content_type(), answer.read()
        except urllib.error.HTTPError as refusal:
            return refusal.code, refusal.headers.get_content_type(), refusal.read()


def from_source(options: Sequence[str] = (), settings: Mapping[str, str] | None = None) -> Server:
    """The server of this working copy."""
    root = Path(__file__).resolve().parents[1]
    return Server([sys.executable, "-m", "app"], root, options, settings)
