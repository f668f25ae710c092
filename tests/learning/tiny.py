"""A recipe that takes a moment: one bit over a few steps, which one network keeps and the other cannot."""

from __future__ import annotations

from app.learning.attempt import Attempt
from app.learning.recipe import ACCURACY, Contender, Goal, Recipe

_SETTINGS = {"task": "one-bit", "options": {"length": 3}, "units": 8, "batch": 16, "test": 32, "rate": 0.05}
_BOTH = {"en": "x", "zh": "x"}

RECIPE = Recipe(
    "tiny", _BOTH, "nobody", _BOTH, _BOTH,
    (
        Contender("keeps", {"en": "GRU", "zh": "x"}, {**_SETTINGS, "cell": "gru", "every": 5, "updates": 200},
                  Goal(ACCURACY, 1.0), {"en": "12", "zh": "x"}),
        Contender("forgets", {"en": "feed-forward", "zh": "x"},
                  {**_SETTINGS, "cell": "feed-forward", "every": 10, "updates": 20}, Goal(ACCURACY, 1.0), {}),
    ),
    1.0, {"length": 6},
)  # fmt: skip


def made(contender: str, seed: int, **changed: object) -> Attempt:
    """An attempt that was never made."""
    usual: dict[str, object] = {
        "key": "0", "reached": True, "updates": 100, "sequences": 1600, "loss": 0.25, "accuracy": 1.0, "beyond": None,
        "stopped": "", "seconds": 0.5,
    }  # fmt: skip
    return Attempt(contender, seed, **{**usual, **changed})  # type: ignore[arg-type]
