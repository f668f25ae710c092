"""What a test reads off a session's replies."""

from __future__ import annotations

from app.session import Reply
from app.session.replies import Done, Frames, Gradients, Problems

C, Y = "main.1.forward.c", "main.1.forward.y"
FLAT = [[0.0, 0.0, 0.0]]
#: kinds of the replies to a run that went well
RUN = ["frames", "done run", "gradients", "done gradient"]


def kinds(replies: list[Reply]) -> list[str]:
    return [f"{each.type} {each.kind}" if isinstance(each, Done) else each.type for each in replies]


def problem(replies: list[Reply]) -> str:
    (reply,) = replies
    assert isinstance(reply, Problems)
    return "; ".join(each.message for each in reply.problems)


def values(replies: list[Reply], name: str = C) -> list[float]:
    return [float(each.arrays[name][0, 0]) for each in replies if isinstance(each, Frames)]


def shown(replies: list[Reply]) -> list[tuple[str, str | None, int, int]]:
    found = [each for each in replies if isinstance(each, Frames | Gradients)]
    return [(each.type, each.window, each.first, each.count) for each in found]
