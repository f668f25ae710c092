"""What every message of a page has, whatever it says."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from .records import SAFE, Record


class Message(Record):
    id: Annotated[int, Field(ge=0, le=SAFE)]
    lane: Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*$", max_length=16)] = "main"
