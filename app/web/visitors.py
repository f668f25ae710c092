"""Everybody who is there: how many at most, and how they are shown out when the server stops."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import anyio
from starlette.websockets import WebSocket

from app.engine import Problem
from app.session import Session, Trainer
from app.session.replies import Problems

from .desk import Desk
from .settings import Settings
from .socket import RESTART, Farewell, Visit, goodbye
from .trainers import Trainers


class Visitors:
    """Opens a session for each socket and keeps count."""

    def __init__(self, settings: Settings, begin: Callable[[Trainer], Session]) -> None:
        self._settings = settings
        self._begin = begin
        self._visits: set[Visit] = set()
        self._trainers = Trainers(settings)
        self._pool = ThreadPoolExecutor(settings.threads, "unrolled-desk")

    def __len__(self) -> int:
        return len(self._visits)

    async def receive(self, socket: WebSocket) -> None:
        """The endpoint of the socket's route. The guard has let it in."""
        await socket.accept()
        most = self._settings.sessions
        if len(self._visits) >= most:
            full = Problem("full", f"all {most} places are taken", {"limit": "sessions", "allowed": most}, "try again later")
            await socket.send_text(Problems(None, "main", [full]).encode())
            await goodbye(socket, Farewell(1013, f"all {most} places are taken; try again later"))
            return
        trainings = self._trainers.own()
        visit = Visit(socket, Desk(self._begin(trainings)), self._pool, self._settings, trainings)
        self._visits.add(visit)
        try:
            await visit.run()
        finally:
            self._visits.discard(visit)
            trainings.leave()

    async def show_out(self, seconds: float = 1.0) -> None:
        """Closes every socket, so that the pages know to come back; gives up on those that do not listen.

        Whoever trains something is given its record first.
        """
        await self._trainers.last_records()
        for visit in list(self._visits):
            visit.leave(RESTART)
        with anyio.move_on_after(seconds):
            while self._visits:
                await anyio.sleep(0.01)

    async def close(self) -> None:
        """Ends the threads, without waiting for what nobody wants any more, and the processes."""
        await self._trainers.close()
        self._pool.shutdown(wait=False, cancel_futures=True)
