"""What every record from outside has in common: strict types, no unknown fields, finite numbers."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Discriminator, Field, Tag

SAFE = 2**53 - 1  # the largest whole number that every JSON reader keeps exactly


class Record(BaseModel):
    """A record as it comes from outside. A field that is not known is a mistake, and so is `true` for 1."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, allow_inf_nan=False)


def _depth(value: object) -> str:
    if not isinstance(value, list):
        return "<number>"
    return "<matrix>" if value and isinstance(value[0], list) else "<row>"


# Names have no spaces or control characters, whatever the script.
Word = Annotated[str, Field(min_length=1, max_length=64, pattern=r"^[\w.:-]+$")]
Address = Annotated[str, Field(min_length=1, max_length=200, pattern=r"^[\w.:-]+$")]
Count = Annotated[int, Field(ge=1, le=SAFE)]
Index = Annotated[int, Field(ge=0, le=SAFE)]
Row = list[float]
Array = Annotated[
    Annotated[float, Tag("<number>")] | Annotated[Row, Tag("<row>")] | Annotated[list[Row], Tag("<matrix>")],
    Discriminator(_depth),
]
ArrayData = float | Row | list[Row]
"""An `Array` as Python sees it."""
