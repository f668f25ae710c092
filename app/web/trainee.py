"""One process that trains: started, given orders, heard, and ended at once when it is not wanted any more."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from typing import Any

from app.engine import Problem
from app.frames import LENGTH, Dense, unpack

from .settings import Settings

Hear = Callable[[Mapping[str, Any], Mapping[str, Dense]], None]

#: its importance is lowered before it does anything else
_START = (
    "import json, os, sys; order = json.loads(sys.argv[1]); hasattr(os, 'nice') and os.nice(order['niceness']);"
    "sys.path[:] = order['path']; from app.learning.worker import main; main(order['memory'])"
)
_ALONE = dict.fromkeys(("OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "OMP_NUM_THREADS", "VECLIB_MAXIMUM_THREADS"), "1")
#: bytes that are read ahead of what is asked for
_AHEAD = 1_048_576
#: the reports after which there are no more
_LAST = ("done", "problems")


class Trainee:
    """A process. `hear` is given every report; the last one is `done` or `problems`, whatever happens to the process."""

    def __init__(self, settings: Settings, hear: Hear) -> None:
        self._settings, self._hear = settings, hear
        self._process: asyncio.subprocess.Process | None = None
        self._unsent: list[bytes] = []
        self._killed = False

    def order(self, order: Mapping[str, Any]) -> None:
        """Gives an order, or the first of all: what to train."""
        line = json.dumps(order, separators=(",", ":")).encode() + b"\n"
        if self._process is None or self._process.stdin is None:
            self._unsent.append(line)
        elif not self._process.stdin.is_closing():
            self._process.stdin.write(line)

    def kill(self) -> None:
        """Ends it. It is not heard any more."""
        self._killed = True
        if self._process is not None and self._process.returncode is None:
            self._process.kill()

    async def run(self) -> None:
        """From its start to its end."""
        try:
            self._process = process = await self._start()
        except OSError:
            self._stopped("no-trainer", "the process that trains cannot be started", "tell whoever runs this server")
            return
        try:
            await self._listen(process)
        finally:
            if process.returncode is None:
                process.kill()
            await process.wait()

    async def _start(self) -> asyncio.subprocess.Process:
        settings = self._settings
        order = {"path": sys.path, "memory": settings.trainer_bytes, "niceness": settings.trainer_niceness}
        return await asyncio.create_subprocess_exec(
            sys.executable, "-P", "-c", _START, json.dumps(order),
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env={**os.environ, **_ALONE},
            # Ctrl-C in the server's terminal is the server's business.
            start_new_session=True, creationflags=getattr(subprocess, "BELOW_NORMAL_PRIORITY_CLASS", 0), limit=_AHEAD,
        )  # fmt: skip

    async def _listen(self, process: asyncio.subprocess.Process) -> None:
        assert process.stdin is not None
        assert process.stdout is not None
        for line in self._unsent:
            process.stdin.write(line)
        last = False
        try:
            while not self._killed:
                (size,) = LENGTH.unpack(await process.stdout.readexactly(LENGTH.size))
                for header, groups in unpack(await process.stdout.readexactly(size)):
                    last = header["type"] in _LAST
                    if not self._killed:
                        self._hear(header, groups.get("arrays", {}))
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        if not last:
            said = "the process that trained was ended by the system, for want of memory perhaps"
            self._stopped("training-died", said, "go on from its last record, with a smaller batch, say")

    def _stopped(self, code: str, said: str, hint: str) -> None:
        if not self._killed:
            problem = Problem(code, said, {}, hint).to_data()
            self._hear({"type": "done", "why": "stopped", "problem": problem}, {})
