"""Arrays that belong to no recurrent layer: what they are, as far as their file tells."""

from __future__ import annotations

import json
from collections.abc import Iterable

from .limits import Limits
from .numbers import shape_of
from .record import Contents, Rest, Stored


def rest_of(arrays: Iterable[Stored], why: str) -> tuple[Rest, ...]:
    """Arrays as the rest of a file; `why` is said of those that have no reason of their own."""
    return tuple(Rest(each.name, each.dtype, each.shape, each.why or why) for each in arrays)


def listed_apart(found: Contents, limits: Limits) -> tuple[Rest, ...]:
    """The arrays that the helper process only listed."""
    listed = json.loads(found.metadata.get("rest", "[]"))
    return tuple(
        Rest(str(name), str(kind), shape_of(shape, name, limits), str(why)) for name, kind, shape, why in listed
    )
