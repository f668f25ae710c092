"""Learning: a network, a task and an optimiser, one update after the other, the same for the same seed."""

from .arrays import packed
from .attempt import Attempt, attempted, planned
from .fit import Fit, check_fit, shapes_of
from .measured import (
    MEASURED,
    Summary,
    attempts_at,
    attempts_text,
    is_current,
    per_cent,
    read_attempts,
    summed_up,
    tried,
)
from .offer import offered
from .pupil import Pupil
from .recipe import Contender, Goal, Recipe, recipe_named, recipes
from .record import read_record, write_record
from .settings import CHOICES, WHOLE, Settings, read_settings
from .start import GIVEN, STARTS
from .stop import Stop
from .training import HeldOut, History, Progress, Training

__all__ = [
    "CHOICES", "GIVEN", "MEASURED", "STARTS", "WHOLE", "Attempt", "Contender", "Fit", "Goal", "HeldOut", "History",
    "Progress", "Pupil", "Recipe", "Settings", "Stop", "Summary", "Training", "attempted", "attempts_at", "attempts_text",
    "check_fit", "is_current", "offered", "packed", "per_cent", "planned", "read_attempts", "read_record", "read_settings",
    "recipe_named", "recipes", "shapes_of", "summed_up", "tried", "write_record",
]  # fmt: skip
